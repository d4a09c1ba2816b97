import type { JsonObject } from "../../template/types.ts";
import { partOf, rowsOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { listResources, seconds } from "./common/resources.ts";

const BUDGET = "AWS::Budgets::Budget";

const nameOf = (budget: ServiceResource) => String(partOf(budget.properties.Budget).BudgetName ?? budget.id);

function budgetOf(budget: ServiceResource): CallResult {
  const { BudgetType, TimeUnit, BudgetLimit, CostFilters, FilterExpression } = partOf(budget.properties.Budget);
  const { Amount, Unit = "USD" } = partOf(BudgetLimit);
  return {
    BudgetName: nameOf(budget),
    BudgetType,
    TimeUnit,
    ...(Amount !== undefined && { BudgetLimit: { Amount: String(Amount), Unit } }),
    ...(CostFilters !== undefined && { CostFilters: CostFilters as JsonObject }),
    ...(FilterExpression !== undefined && { FilterExpression: FilterExpression as JsonObject }),
    // Nothing is billed here.
    CalculatedSpend: { ActualSpend: { Amount: "0.0", Unit } },
    LastUpdatedTime: seconds(budget.created),
    HealthStatus: { Status: "HEALTHY" },
  };
}

function theBudget(simulator: Simulator, call: Call): ServiceResource {
  const name = text(call.input, "BudgetName");
  const found = listResources(simulator, call, BUDGET).find((one) => nameOf(one) === name);
  if (!found)
    throw new AwsError(
      "NotFoundException",
      `Unable to get budget: ${name} - the budget doesn't exist. Try creating it first.`,
    );
  return found;
}

const notificationsOf = (budget: ServiceResource) => rowsOf(budget.properties.NotificationsWithSubscribers);

const describeSubscribers: Handler = (simulator, call) => {
  const wanted = partOf(call.input.Notification as JsonObject | undefined);
  const found = notificationsOf(theBudget(simulator, call)).find(({ Notification }) => {
    const { NotificationType, Threshold } = partOf(Notification);
    return NotificationType === wanted.NotificationType && Number(Threshold) === Number(wanted.Threshold);
  });
  if (!found) throw new AwsError("NotFoundException", "The notification doesn't exist.");
  return { Subscribers: rowsOf(found.Subscribers) };
};

/** AWS Budgets, API version 2016-10-20: look-ups of what stacks made. */
export const BUDGETS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    DescribeBudget: (simulator, call) => ({ Budget: budgetOf(theBudget(simulator, call)) }),
    DescribeBudgets: (simulator, call) => ({ Budgets: listResources(simulator, call, BUDGET).map(budgetOf) }),
    DescribeNotificationsForBudget: (simulator, call) => ({
      Notifications: notificationsOf(theBudget(simulator, call)).map(({ Notification }) => ({
        ...partOf(Notification),
        NotificationState: "OK",
      })),
    }),
    DescribeSubscribersForNotification: describeSubscribers,
  },
};
