import type { JsonObject } from "../../template/types.ts";
import { rowsOf, textOf } from "../resources/properties.ts";
import type { ServiceResource } from "../state/state.ts";
import { type CallResult, type Handler, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { findResource, listResources } from "./common/resources.ts";

/**
 * Default attributes of an application load balancer (Application Load Balancers User Guide, "Load balancer
 * attributes").
 */
const BALANCER = {
  "access_logs.s3.enabled": "false",
  "access_logs.s3.bucket": "",
  "access_logs.s3.prefix": "",
  "client_keep_alive.seconds": "3600",
  "connection_logs.s3.enabled": "false",
  "connection_logs.s3.bucket": "",
  "connection_logs.s3.prefix": "",
  "deletion_protection.enabled": "false",
  "idle_timeout.timeout_seconds": "60",
  "load_balancing.cross_zone.enabled": "true",
  "routing.http.desync_mitigation_mode": "defensive",
  "routing.http.drop_invalid_header_fields.enabled": "false",
  "routing.http.preserve_host_header.enabled": "false",
  "routing.http.x_amzn_tls_version_and_cipher_suite.enabled": "false",
  "routing.http.xff_client_port.enabled": "false",
  "routing.http.xff_header_processing.mode": "append",
  "routing.http2.enabled": "true",
  "waf.fail_open.enabled": "false",
  "zonal_shift.config.enabled": "false",
};

/** Those of a network or gateway load balancer (Network Load Balancers User Guide, "Load balancer attributes"). */
const PLAIN = {
  "access_logs.s3.enabled": "false",
  "access_logs.s3.bucket": "",
  "access_logs.s3.prefix": "",
  "deletion_protection.enabled": "false",
  "load_balancing.cross_zone.enabled": "false",
};

/** Default attributes of a target group (Application Load Balancers User Guide, "Target group attributes"). */
const GROUP = {
  "deregistration_delay.timeout_seconds": "300",
  "load_balancing.algorithm.anomaly_mitigation": "off",
  "load_balancing.algorithm.type": "round_robin",
  "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
  "slow_start.duration_seconds": "0",
  "stickiness.app_cookie.cookie_name": "",
  "stickiness.app_cookie.duration_seconds": "86400",
  "stickiness.enabled": "false",
  "stickiness.lb_cookie.duration_seconds": "86400",
  "stickiness.type": "lb_cookie",
};

/** Defaults, overridden by the template's values. */
function laidOver(defaults: { readonly [key: string]: string }, given: JsonObject[string] | undefined): CallResult {
  const own = Object.fromEntries(rowsOf(given).map(({ Key, Value }) => [String(Key), String(Value)]));
  return { Attributes: Object.entries({ ...defaults, ...own }).map(([Key, Value]) => ({ Key, Value })) };
}

const describeLoadBalancerAttributes: Handler = (simulator, call) => {
  const balancer = findResource(
    simulator,
    call,
    "AWS::ElasticLoadBalancingV2::LoadBalancer",
    text(call.input, "LoadBalancerArn") ?? "",
  );
  if (!balancer) throw new AwsError("LoadBalancerNotFound", "One or more load balancers not found");
  const isApplication = textOf(balancer.properties, "Type", "application") === "application";
  return laidOver(isApplication ? BALANCER : PLAIN, balancer.properties.LoadBalancerAttributes);
};

const describeTargetGroupAttributes: Handler = (simulator, call) => {
  const group = findResource(
    simulator,
    call,
    "AWS::ElasticLoadBalancingV2::TargetGroup",
    text(call.input, "TargetGroupArn") ?? "",
  );
  if (!group) throw new AwsError("TargetGroupNotFound", "One or more target groups not found");
  return laidOver(GROUP, group.properties.TargetGroupAttributes);
};

/** A listener's rules by their priority, its default actions last. */
const describeRules =
  (actionOf: (action: JsonObject) => CallResult): Handler =>
  (simulator, call) => {
    const [listener, arns] = [text(call.input, "ListenerArn"), texts(call.input, "RuleArns")];
    const own = listResources(simulator, call, "AWS::ElasticLoadBalancingV2::ListenerRule")
      .toSorted((a, b) => Number(a.properties.Priority) - Number(b.properties.Priority))
      .map((rule) => ({
        ...ruleOf(rule),
        of: textOf(rule.properties, "ListenerArn"),
        actions: rowsOf(rule.properties.Actions),
      }));
    const defaults = listResources(simulator, call, "AWS::ElasticLoadBalancingV2::Listener").map(
      ({ id, properties }) => ({
        RuleArn: `${id.replace(":listener/", ":listener-rule/")}/default`,
        Priority: "default",
        Conditions: [],
        IsDefault: true,
        of: id,
        actions: rowsOf(properties.DefaultActions),
      }),
    );
    const kept = [...own, ...defaults].filter(
      ({ RuleArn, of }) => (listener === undefined || of === listener) && (arns.length === 0 || arns.includes(RuleArn)),
    );
    if (kept.length === 0) throw new AwsError("ListenerNotFound", "One or more listeners not found");
    return { Rules: kept.map(({ of: _, actions, ...rule }) => ({ ...rule, Actions: actions.map(actionOf) })) };
  };

function ruleOf({ id, properties }: ServiceResource) {
  const Conditions = rowsOf(properties.Conditions).map((condition) => condition as CallResult);
  return { RuleArn: id, Priority: textOf(properties, "Priority"), Conditions, IsDefault: false };
}

/** Look-ups of attributes and rules; `actionOf` shows an action. */
export function balancingSettings(actionOf: (action: JsonObject) => CallResult): {
  readonly [operation: string]: Handler;
} {
  return {
    DescribeLoadBalancerAttributes: describeLoadBalancerAttributes,
    DescribeRules: describeRules(actionOf),
    DescribeTargetGroupAttributes: describeTargetGroupAttributes,
  };
}
