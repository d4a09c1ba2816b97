import type { JsonObject } from "../../template/types.ts";
import { partOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { arnOf, findResource, listResources } from "./common/resources.ts";

const RULE = "AWS::Events::Rule";

function ruleOf(rule: ServiceResource) {
  const {
    Description,
    EventPattern,
    ScheduleExpression,
    State = "ENABLED",
    EventBusName = "default",
  } = rule.properties;
  return {
    Name: rule.id.split("|").at(-1) ?? "",
    Arn: arnOf(rule),
    State,
    EventBusName,
    ...(Description !== undefined && { Description }),
    ...(ScheduleExpression !== undefined && { ScheduleExpression }),
    ...(EventPattern !== undefined && {
      EventPattern: typeof EventPattern === "string" ? EventPattern : JSON.stringify(EventPattern),
    }),
  };
}

const theRule: (...given: Parameters<Handler>) => ServiceResource = (simulator, call) => {
  const name = text(call.input, "Name") ?? text(call.input, "Rule") ?? "";
  const bus = (text(call.input, "EventBusName") ?? "default").split("/").at(-1) ?? "default";
  const found = findResource(simulator, call, RULE, bus === "default" ? name : `${bus}|${name}`);
  if (!found) throw new AwsError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus ${bus}.`);
  return found;
};

type Bus = { readonly name: string; readonly arn: string };

/** The default bus, and those that stacks created. */
function busesOf(simulator: Simulator, call: Call): readonly Bus[] {
  const { account, region } = call.scope;
  const arn = (name: string) => `arn:aws:events:${region}:${account}:event-bus/${name}`;
  const names = ["default", ...listResources(simulator, call, "AWS::Events::EventBus").map(({ id }) => id)];
  return names.map((name) => ({ name, arn: arn(name) }));
}

function busShown(simulator: Simulator, call: Call, { name, arn }: Bus) {
  const statements = listResources(simulator, call, "AWS::Events::EventBusPolicy")
    .filter(({ properties }) => (properties.EventBusName ?? "default") === name)
    .map(({ properties }) => statementOf(properties, arn));
  const policy = { Version: "2012-10-17", Statement: statements };
  return { Name: name, Arn: arn, ...(statements.length > 0 && { Policy: JSON.stringify(policy) }) };
}

/** A statement as it is written, or made of an action and an account ("AWS::Events::EventBusPolicy"). */
function statementOf({ StatementId, Statement, Action, Principal }: JsonObject, arn: string): JsonObject {
  if (Statement !== undefined) return { Sid: StatementId ?? "", ...partOf(Statement) };
  const who = Principal === "*" ? "*" : { AWS: `arn:aws:iam::${Principal}:root` };
  return { Sid: StatementId ?? "", Effect: "Allow", Principal: who, Action: Action ?? "", Resource: arn };
}

/** Amazon EventBridge, API version 2015-10-07: rules and their targets; events are not delivered. */
export const EVENTS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    // localstack's test_event_rule_creation_without_target, recorded 2024-06-20.
    DescribeRule: (simulator, call) => ({ ...ruleOf(theRule(simulator, call)), CreatedBy: call.scope.account }),
    ListEventBuses: (simulator, call) => ({
      EventBuses: busesOf(simulator, call).map((bus) => busShown(simulator, call, bus)),
    }),
    DescribeEventBus: (simulator, call) => {
      const name = (text(call.input, "Name") ?? "default").split("/").at(-1) ?? "";
      const found = busesOf(simulator, call).find((bus) => bus.name === name);
      if (!found) throw new AwsError("ResourceNotFoundException", `Event bus ${name} does not exist.`);
      return busShown(simulator, call, found);
    },
    ListRules: (simulator, call) => {
      const prefix = text(call.input, "NamePrefix") ?? "";
      const bus = (text(call.input, "EventBusName") ?? "default").split("/").at(-1) ?? "default";
      const found = listResources(simulator, call, RULE).filter(({ id }) => {
        const [name = "", on = "default"] = id.split("|").toReversed();
        return on === bus && name.startsWith(prefix);
      });
      return { Rules: found.map(ruleOf) };
    },
    ListTargetsByRule: (simulator, call) => ({
      Targets: (theRule(simulator, call).properties.Targets ?? []) as readonly JsonObject[],
    }),
  },
};
