import type { JsonObject } from "../../template/types.ts";
import { type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Thing } from "../world.ts";
import { allOf, arnOf, oneOf } from "./shelf.ts";

const RULE = "AWS::Events::Rule";

function ruleOf(rule: Thing) {
  const {
    Description,
    EventPattern,
    ScheduleExpression,
    State = "ENABLED",
    EventBusName = "default",
  } = rule.properties;
  return {
    Name: rule.id,
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

const theRule: (...given: Parameters<Handler>) => Thing = (stage, call) => {
  const name = text(call.input, "Name") ?? text(call.input, "Rule") ?? "";
  const found = oneOf(stage, call, RULE, name);
  if (!found) throw new AwsError("ResourceNotFoundException", `Rule ${name} does not exist on EventBus default.`);
  return found;
};

/** Amazon EventBridge, API version 2015-10-07: rules and their targets; nothing is ever sent. */
export const EVENTS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    DescribeRule: (stage, call) => ruleOf(theRule(stage, call)),
    ListRules: (stage, call) => {
      const prefix = text(call.input, "NamePrefix") ?? "";
      const found = allOf(stage, call, RULE).filter(({ id }) => id.startsWith(prefix));
      return { Rules: found.map(ruleOf) };
    },
    ListTargetsByRule: (stage, call) => ({
      Targets: (theRule(stage, call).properties.Targets ?? []) as readonly JsonObject[],
    }),
  },
};
