import type { Values } from "../../template/evaluate.ts";
import { between, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asNumber, asText } from "../values.ts";
import { numberFault } from "./load-balancers.ts";

const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

const HEALTH = "Elastic Load Balancing User Guide, Health checks for Application Load Balancer target groups";

/** Numbers that a group's attributes may be (ELBv2 API Reference, TargetGroupAttribute), in seconds. */
const ATTRIBUTES = {
  "deregistration_delay.timeout_seconds": [0, 3600],
  "stickiness.lb_cookie.duration_seconds": [1, 604_800],
  "stickiness.app_cookie.duration_seconds": [1, 604_800],
} as const;

const ranged = (what: string, least: number, most: number) => (value: number) =>
  `${what} '${value}' must be between '${least}' and '${most}'`;

/** Target groups and their health checks. */
export const TARGET_GROUP_RULES: readonly Rule[] = [
  {
    id: "health-check-interval",
    types: [TARGETS],
    document: HEALTH,
    approximate: true,
    check: between("HealthCheckIntervalSeconds", 5, 300, ranged("Health check interval", 5, 300)),
  },
  {
    id: "health-check-timeout",
    types: [TARGETS],
    document: HEALTH,
    approximate: true,
    check: between("HealthCheckTimeoutSeconds", 2, 120, ranged("Health check timeout", 2, 120)),
  },
  {
    id: "health-check-threshold",
    types: [TARGETS],
    document: HEALTH,
    approximate: true,
    check: between("HealthyThresholdCount", 2, 10, ranged("Healthy threshold count", 2, 10)),
  },
  {
    id: "health-check-unhealthy-threshold",
    types: [TARGETS],
    document: HEALTH,
    approximate: true,
    check: between("UnhealthyThresholdCount", 2, 10, ranged("Unhealthy threshold count", 2, 10)),
  },
  {
    id: "health-check-timeout-below-interval",
    types: [TARGETS],
    document: HEALTH,
    check: ({ properties }) => {
      if (!isHttp(properties)) return undefined;
      const { HealthCheckIntervalSeconds: interval = 30, HealthCheckTimeoutSeconds: timeout = 5 } = properties;
      const [every, wait] = [asNumber(interval), asNumber(timeout)];
      if (every === undefined || wait === undefined || every > wait) return undefined;
      const property = properties.HealthCheckTimeoutSeconds
        ? "HealthCheckTimeoutSeconds"
        : "HealthCheckIntervalSeconds";
      const value = properties[property];
      return { property, value, message: "Health check interval must be greater than the timeout." };
    },
  },
  {
    id: "health-check-path",
    types: [TARGETS],
    document: HEALTH,
    approximate: true,
    check: fits(
      "HealthCheckPath",
      (path) => (path.startsWith("/") || /^[\w.]+\/\w+$/.test(path)) && path.length <= 1024,
      (path) => `Health check path '${path}' must begin with a '/' character and have at most '1024' characters`,
    ),
  },
  {
    id: "health-check-matcher",
    types: [TARGETS],
    document: "ELBv2 API Reference, Matcher (HttpCode)",
    approximate: true,
    check: (subject) => {
      if (!isHttp(subject.properties)) return undefined;
      return fits(
        "Matcher.HttpCode",
        isMatcher,
        (codes) => `Health check matcher HTTP code '${codes}' must be within '200-499' inclusive`,
      )(subject);
    },
  },
  {
    id: "target-group-needs",
    types: [TARGETS],
    document: "ELBv2 API Reference, CreateTargetGroup (Port, Protocol, VpcId)",
    check: ({ properties }) => {
      const { TargetType = "instance" } = properties;
      const kind = asText(TargetType);
      if (kind === undefined || kind === "lambda") return undefined;
      const words = { Protocol: "protocol", Port: "port", VpcId: "VPC ID" } as const;
      const property = (["Protocol", "Port", "VpcId"] as const).find((name) => properties[name] === undefined);
      return property && { property, message: `A ${words[property]} must be specified` };
    },
  },
  {
    id: "target-group-lambda",
    types: [TARGETS],
    document: "ELBv2 API Reference, CreateTargetGroup (TargetType)",
    check: ({ properties }) => {
      if (asText(properties.TargetType) !== "lambda") return undefined;
      const words = { Protocol: "Protocol", Port: "Port", VpcId: "VPC ID" } as const;
      const property = (["Protocol", "Port", "VpcId"] as const).find((name) => properties[name] !== undefined);
      if (property === undefined) return undefined;
      const message = `${words[property]} cannot be specified for target groups with target type 'lambda'`;
      return { property, value: properties[property], message };
    },
  },
  {
    id: "target-group-attribute",
    types: [TARGETS],
    document: "Elastic Load Balancing User Guide, Edit target group attributes for your Application Load Balancer",
    check: ({ properties: { TargetGroupAttributes } }) =>
      numberFault("TargetGroupAttributes", TargetGroupAttributes, ATTRIBUTES),
  },
  {
    id: "target-group-slow-start",
    types: [TARGETS],
    document: "Elastic Load Balancing User Guide, Edit target group attributes: slow start mode",
    approximate: true,
    check: ({ properties: { TargetGroupAttributes } }) => {
      const fault = numberFault("TargetGroupAttributes", TargetGroupAttributes, {
        "slow_start.duration_seconds": [30, 900],
      });
      return fault?.value === 0 ? undefined : fault;
    },
  },
];

/** Whether it is a group of an Application Load Balancer with HTTP/1.1 or HTTP/2. */
function isHttp({ TargetType, Protocol, ProtocolVersion, HealthCheckProtocol }: Values): boolean {
  const web = (value: Values[string] | undefined) => value === undefined || /^HTTPS?$/.test(asText(value) ?? "");
  const known = TargetType === undefined || ["instance", "ip"].includes(asText(TargetType) ?? "");
  const plain = ProtocolVersion === undefined || /^HTTP[12]$/.test(asText(ProtocolVersion) ?? "");
  return known && plain && /^HTTPS?$/.test(asText(Protocol) ?? "") && web(HealthCheckProtocol);
}

function isMatcher(codes: string): boolean {
  return codes.split(",").every((part) => {
    const [from = Number.NaN, to = from, ...more] = part.trim().split("-").map(Number);
    return more.length === 0 && from >= 200 && to <= 499 && from <= to;
  });
}
