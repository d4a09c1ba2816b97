import * as budgets from "aws-cdk-lib/aws-budgets";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";

/**
 * A budget belongs to the account, not to a region, and half of the regions' CloudFormation does not know the type
 * (CloudFormation's resource type schemas, published per region); this one's does.
 */
const BUDGET_REGION = "us-east-1";

/**
 * A monthly budget of the whole account. A budget of this environment alone would filter by tag, and shows zero until
 * somebody activates that tag for billing (AWS Billing User Guide, "Activating user-defined cost allocation tags").
 */
export class BudgetStack extends AstroStack {
  constructor(scope: Construct, settings: Settings, { monthly, email }: { monthly: number; email: string }) {
    super(scope, settings, {
      name: "budget",
      region: BUDGET_REGION,
      phase: "vpc",
      description: "Monthly budget of the account",
      optional: true,
    });
    const alert = (notificationType: string, threshold: number) => ({
      notification: { notificationType, threshold, thresholdType: "PERCENTAGE", comparisonOperator: "GREATER_THAN" },
      subscribers: [{ subscriptionType: "EMAIL", address: email }],
    });
    new budgets.CfnBudget(this, "Budget", {
      budget: {
        // Another subscriber is another budget, and no two have one name (AWS::Budgets::Budget,
        // NotificationsWithSubscribers: replacement). A name has at most 100 characters (AWS Billing API Reference, Budget).
        budgetName: `${settings.prefix}-${email}`.slice(0, 100),
        budgetType: "COST",
        timeUnit: "MONTHLY",
        budgetLimit: { amount: monthly, unit: "USD" },
        // What credits pay today is owed once they run out: with them a budget shows nothing (AWS Billing API Reference,
        // CostTypes: what is left out is counted).
        costTypes: { includeCredit: false, includeRefund: false },
      },
      notificationsWithSubscribers: [alert("ACTUAL", 80), alert("FORECASTED", 100)],
      // Budgets names its tags otherwise than the rest of AWS, so the stack's tags do not reach it.
      resourceTags: Object.entries(this.tags.tagValues()).map(([key, value]) => ({ key, value })),
    });
  }
}
