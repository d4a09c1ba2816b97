import type { Value, Values } from "../../template/evaluate.ts";
import { between, constrained, firstFault } from "../checks.ts";
import type { Rule, RuleSubject, Violation } from "../rule.ts";
import { asBoolean, asList, asObject, asText, objects, sameValue, whole } from "../values.ts";

const LISTENER = "AWS::ElasticLoadBalancingV2::Listener";
const RULE = "AWS::ElasticLoadBalancingV2::ListenerRule";
const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

const ACTIONS = "ELBv2 API Reference, Action";
const FINAL = ["forward", "redirect", "fixed-response"];

/** Content types of a fixed response (ELBv2 API Reference, FixedResponseActionConfig). */
const CONTENT = ["text/plain", "text/css", "text/html", "application/javascript", "application/json"];

/** Rules of listeners, and what both do with a request. */
export const LISTENER_RULE_RULES: readonly Rule[] = [
  {
    id: "listener-rule-priority",
    types: [RULE],
    document: "CloudFormation Template Reference, AWS::ElasticLoadBalancingV2::ListenerRule (Priority)",
    check: constrained("Priority", 1, 50_000, "priority"),
  },
  {
    id: "listener-rule-priority-once",
    types: [RULE],
    document: "ELBv2 API Reference, CreateRule (PriorityInUse)",
    code: "AlreadyExists",
    check: ({ properties: { ListenerArn, Priority }, before }) => {
      const twice = before(RULE).some(
        ({ properties }) => sameValue(properties.ListenerArn, ListenerArn) && sameValue(properties.Priority, Priority),
      );
      const message = `Priority '${asText(Priority)}' is currently in use`;
      return twice ? { property: "Priority", value: Priority, message } : undefined;
    },
  },
  {
    id: "listener-rule-conditions",
    types: [RULE],
    document: "Elastic Load Balancing User Guide, Quotas for your Application Load Balancers",
    approximate: true,
    check: ({ properties: { Conditions } }) => {
      const counted = objects(Conditions).reduce((sum, condition) => sum + valuesIn(condition), 0);
      const message = `A rule can only have '5' condition values, but '${counted}' were specified`;
      return counted > 5 ? { property: "Conditions", message } : undefined;
    },
  },
  {
    id: "listener-final-action",
    types: [LISTENER, RULE],
    document: ACTIONS,
    approximate: true,
    check: eachList((property, actions) => {
      const kinds = actions.map(({ Type }) => asText(Type));
      if (kinds.includes(undefined) || kinds.filter((kind) => FINAL.includes(kind ?? "")).length === 1)
        return undefined;
      const message = "Exactly one of the following actions must be specified: forward, redirect, fixed-response";
      return { property, message };
    }),
  },
  {
    id: "listener-forward-target",
    types: [LISTENER, RULE],
    document: ACTIONS,
    approximate: true,
    check: eachAction((path, action) => {
      const { Type, TargetGroupArn, ForwardConfig } = action;
      const nowhere = asText(Type) === "forward" && TargetGroupArn === undefined && ForwardConfig === undefined;
      const message = "A target group ARN must be specified for a forward action";
      return nowhere ? { property: `${path}/TargetGroupArn`, message } : undefined;
    }),
  },
  {
    id: "listener-forward-protocol",
    types: [LISTENER],
    document: "Elastic Load Balancing User Guide, Target groups for your Application Load Balancers",
    approximate: true,
    check: (subject) =>
      eachAction((path, { TargetGroupArn }) => {
        const listener = asText(subject.properties.Protocol) ?? "";
        const group = asText(subject.find(TargetGroupArn, TARGETS)?.properties.Protocol) ?? "";
        const web = (protocol: string) => /^HTTPS?$/.test(protocol);
        const mixed = listener !== "" && group !== "" && web(listener) !== web(group);
        const message = `Listener protocol '${listener}' is not supported with a target group with the protocol '${group}'`;
        return mixed ? { property: `${path}/TargetGroupArn`, value: group, message } : undefined;
      })(subject),
  },
  {
    id: "listener-redirect-loop",
    types: [LISTENER, RULE],
    document: "ELBv2 API Reference, RedirectActionConfig",
    check: eachAction((path, { RedirectConfig }) => {
      const config = asObject(RedirectConfig);
      const kept = ["Protocol", "Port", "Host", "Path"].every(
        (name) => config[name] === undefined || asText(config[name]) === defaultOf(name),
      );
      const loops = Object.keys(config).length > 0 && kept;
      const message = "The redirect configuration is not valid because it creates a loop.";
      return loops ? { property: `${path}/RedirectConfig`, message } : undefined;
    }),
  },
  {
    id: "listener-fixed-response",
    types: [LISTENER, RULE],
    document: "ELBv2 API Reference, FixedResponseActionConfig",
    check: eachAction((path, { FixedResponseConfig }) => {
      const kind = asText(asObject(FixedResponseConfig).ContentType);
      if (kind === undefined || CONTENT.includes(kind)) return undefined;
      const message = `The ContentType must be one of:'${CONTENT.join("', '")}'`;
      return { property: `${path}/FixedResponseConfig/ContentType`, value: kind, message };
    }),
  },
  {
    id: "listener-fixed-response-code",
    types: [LISTENER, RULE],
    document: "ELBv2 API Reference, FixedResponseActionConfig (StatusCode)",
    approximate: true,
    check: eachAction((path, { FixedResponseConfig }) => {
      const code = asText(asObject(FixedResponseConfig).StatusCode);
      if (code === undefined || /^[245]\d\d$/.test(code)) return undefined;
      const message = `The status code '${code}' must be 2XX, 4XX or 5XX`;
      return { property: `${path}/FixedResponseConfig/StatusCode`, value: code, message };
    }),
  },
  {
    id: "listener-forward-weight",
    types: [LISTENER, RULE],
    document: "ELBv2 API Reference, TargetGroupTuple (Weight)",
    approximate: true,
    check: (subject) =>
      between(
        `${subject.type === RULE ? "Actions" : "DefaultActions"}.*.ForwardConfig.TargetGroups.*.Weight`,
        0,
        999,
        (weight) => `The weight '${weight}' must be between '0' and '999' inclusive`,
      )(subject),
  },
  {
    id: "listener-stickiness",
    types: [LISTENER, RULE],
    document: "ELBv2 API Reference, TargetGroupStickinessConfig (DurationSeconds)",
    approximate: true,
    check: eachAction((path, { ForwardConfig }) => {
      const { Enabled, DurationSeconds } = asObject(asObject(ForwardConfig).TargetGroupStickinessConfig);
      const missing = asBoolean(Enabled) === true && DurationSeconds === undefined;
      const message = "A duration must be specified if target group stickiness is enabled";
      const property = `${path}/ForwardConfig/TargetGroupStickinessConfig/DurationSeconds`;
      return missing ? { property, message } : undefined;
    }),
  },
];

function eachList(check: (property: string, actions: readonly Values[]) => Violation | undefined) {
  return ({ type, properties }: RuleSubject): Violation | undefined => {
    const property = type === RULE ? "Actions" : "DefaultActions";
    const actions = whole(properties[property]);
    return actions && check(property, actions);
  };
}

function eachAction(check: (path: string, action: Values) => Violation | undefined) {
  return eachList((property, actions) =>
    firstFault(actions.entries(), ([index, action]) => check(`${property}/${index}`, action)),
  );
}

/** The default of a redirect, which keeps that part of the request (ELBv2 API Reference, RedirectActionConfig). */
function defaultOf(name: string): string {
  return name === "Path" ? "/#{path}" : `#{${name.toLowerCase()}}`;
}

function valuesIn(condition: Values): number {
  const lists: readonly (Value | undefined)[] = [
    condition.Values,
    ...Object.values(condition).map((inner) => asObject(inner).Values),
  ];
  return lists.reduce<number>((sum, values) => sum + asList(values).length, 0);
}
