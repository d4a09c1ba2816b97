import { describe, expect, it } from "vitest";
import type { Json, JsonObject } from "../../../src/template/types.ts";
import { type Design, dev, prod, read } from "./designs.ts";

const alarms = { email: "ops@example.com" };
const quiet = read({ region: "us-east-1", alarms });

/** What a metric was in each period, the oldest first; undefined where AWS reported nothing. */
type Series = readonly (number | undefined)[];

/**
 * Whether an alarm rings after a series: every value of the evaluated periods breaches (Amazon CloudWatch User Guide, "Alarm
 * evaluation", "Configuring how CloudWatch alarms treat missing data").
 */
function rings({ at }: Design, id: string, series: Series): boolean {
  const { ComparisonOperator, EvaluationPeriods, Threshold, TreatMissingData } = at("alarms", id);
  const threshold = Number(Threshold);
  const breaches = (value: number | undefined): boolean => {
    if (value === undefined) return TreatMissingData === "breaching";
    return ComparisonOperator === "LessThanThreshold" ? value < threshold : value > threshold;
  };
  expect(["LessThanThreshold", "GreaterThanThreshold"]).toContain(ComparisonOperator);
  const evaluated = series.slice(-Number(EvaluationPeriods));
  expect(evaluated).toHaveLength(Number(EvaluationPeriods));
  return evaluated.every(breaches);
}

const MIB = 1024 ** 2;
const times = (count: number, value: number | undefined): Series => Array.from({ length: count }, () => value);

type Case = readonly [id: string, metric: string, rings: readonly Series[], quiet: readonly Series[]];
const CASES: readonly Case[] = [
  [
    "HealthyTasks",
    "AWS/ApplicationELB HealthyHostCount Minimum",
    // None healthy, none registered, and one after the other.
    [times(3, 0), times(3, undefined), [1, 0, undefined, 0]],
    [times(3, 1), [0, 0, 1], [0, 1, 0]],
  ],
  // Of db.t3.micro's 1024 MiB, and the 112 connections that they would allow.
  ["DatabaseMemory", "AWS/RDS FreeableMemory Minimum", [times(3, 40 * MIB)], [times(3, 90 * MIB), times(3, undefined)]],
  ["DatabaseConnections", "AWS/RDS DatabaseConnections Maximum", [[80]], [[60], [undefined]]],
  // A new database begins with no credits.
  ["DatabaseCredits", "AWS/RDS CPUCreditBalance Maximum", [times(12, 0)], [times(12, 30), [...times(11, 0), 6]]],
  [
    "CacheMemory1",
    "AWS/ElastiCache DatabaseMemoryUsagePercentage Maximum",
    [[90, 95, 99]],
    [
      [90, 80, 99],
      [undefined, undefined, undefined],
    ],
  ],
  ["CacheEvictions1", "AWS/ElastiCache Evictions Sum", [[200, 300, 150]], [[200, 0, 300]]],
  ["DatabaseCpu", "AWS/RDS CPUUtilization Average", [[90, 95, 99]], [[90, 20, 99]]],
  ["DatabaseStorage", "AWS/RDS FreeStorageSpace Minimum", [[1024 * MIB]], [[3 * 1024 * MIB]]],
  ["ApiErrors", "AWS/ApplicationELB HTTPCode_Target_5XX_Count Sum", [[11]], [[10], [undefined]]],
  ["LoadBalancerErrors", "AWS/ApplicationELB HTTPCode_ELB_5XX_Count Sum", [[11]], [[10], [undefined]]],
  ["ApiLatency", "AWS/ApplicationELB TargetResponseTime p95", [[2, 2, 2]], [[2, 0.5, 2]]],
  ["ServiceCpu", "AWS/ECS CPUUtilization Average", [[90, 90, 90]], [[90, 80, 90]]],
  ["ServiceMemory", "AWS/ECS MemoryUtilization Average", [[90, 90, 90]], [[90, 80, 90]]],
];

describe("an alarm", () => {
  it.each(CASES)("%s rings when it should and at no other time", (id, metric, bad, good) => {
    const { Namespace, MetricName, Statistic, ExtendedStatistic, AlarmActions } = quiet.at("alarms", id);
    expect(`${Namespace} ${MetricName} ${Statistic ?? ExtendedStatistic}`).toBe(metric);
    expect(AlarmActions).toEqual([{ Ref: "AlarmTopic" }]);
    for (const series of bad) expect(rings(quiet, id, series), `${id} ${series}`).toBe(true);
    for (const series of good) expect(rings(quiet, id, series), `${id} ${series}`).toBe(false);
  });

  it("is tried above, each of them", () => {
    const resources = Object.entries(quiet.templates.alarms?.Resources ?? {});
    const ids = resources.flatMap(([id, { Type }]) => (Type === "AWS::CloudWatch::Alarm" ? [id] : []));
    expect(ids.toSorted()).toEqual(CASES.map(([id]) => id).toSorted());
  });

  it("counts tasks of the target group that the service is in", () => {
    const dimensions = quiet.at("alarms", "HealthyTasks").Dimensions as readonly JsonObject[];
    expect(dimensions.map(({ Name }) => Name)).toEqual(["LoadBalancer", "TargetGroup"]);
  });

  it("rings of no missing task where none runs before the first deployment", () => {
    const missing = (design: Design) => design.at("alarms", "HealthyTasks").TreatMissingData;
    expect(missing(read({ region: "us-east-1", alarms }))).toBe("breaching");
    expect(missing(read({ region: "us-east-1", network: { nat: "none" }, alarms }))).toBe("notBreaching");
  });

  it.each([
    ["db.t4g.medium", 4, true],
    ["db.m6i.4xlarge", 64, false],
    ["db.r6g.large", 16, false],
  ])("knows the memory of %s, and whether it has credits", (size, gib, burstable) => {
    const one = read({ region: "us-east-1", database: { class: size }, alarms });
    expect(one.at("alarms", "DatabaseMemory").Threshold).toBe(gib * 1024 * MIB * 0.05);
    expect("DatabaseCredits" in (one.templates.alarms?.Resources ?? {})).toBe(burstable);
  });
});

describe("a failed deployment", () => {
  /** Whether an event matches a pattern (Amazon EventBridge User Guide, "Creating event patterns": exact values). */
  const matches = (pattern: Json, event: Json): boolean =>
    Object.entries(pattern as JsonObject).every(([key, wanted]) => {
      const value = (event as JsonObject)[key];
      if (!Array.isArray(wanted)) return value !== undefined && matches(wanted ?? {}, value);
      return (Array.isArray(value) ? value : [value]).some((one) =>
        wanted.some((two: Json) => JSON.stringify(two) === JSON.stringify(one)),
      );
    });
  const rule = quiet.at("alarms", "FailedDeployments");
  const pattern = rule.EventPattern as JsonObject;
  const [service] = pattern.resources as readonly Json[];
  // As the Amazon ECS Developer Guide shows it, "Amazon ECS service deployment state change events".
  const event = (eventName: string, resource = service as Json) => ({
    "detail-type": "ECS Deployment State Change",
    source: "aws.ecs",
    resources: [resource],
    detail: { eventType: "ERROR", eventName, deploymentId: "ecs-svc/123", reason: "tasks failed to start." },
  });

  it("is told of by e-mail, and no other deployment, nor another service's", () => {
    expect(matches(pattern, event("SERVICE_DEPLOYMENT_FAILED"))).toBe(true);
    expect(matches(pattern, event("SERVICE_DEPLOYMENT_COMPLETED"))).toBe(false);
    expect(matches(pattern, event("SERVICE_DEPLOYMENT_FAILED", "arn:aws:ecs:us-east-1:1:service/other/api"))).toBe(
      false,
    );
    expect(rule.Targets).toMatchObject([
      { Arn: { Ref: "AlarmTopic" }, InputTransformer: { InputPathsMap: { reason: "$.detail.reason" } } },
    ]);
    expect(JSON.stringify(service)).toContain(":service/");
  });

  it("gets through to the topic and its key, which take no condition from EventBridge", () => {
    const policies = [quiet.at("alarms", "AlarmTopicPolicy").PolicyDocument, quiet.at("secrets", "Key").KeyPolicy];
    for (const policy of policies) {
      const statements = (policy as JsonObject).Statement as readonly JsonObject[];
      const statement = statements.find(({ Principal }) => JSON.stringify(Principal).includes("events.amazonaws.com"));
      expect(statement).toMatchObject({ Effect: "Allow", Principal: { Service: "events.amazonaws.com" } });
      expect(statement).not.toHaveProperty("Condition");
    }
    for (const { at } of [dev, prod])
      expect(JSON.stringify(at("secrets", "Key"))).not.toContain("events.amazonaws.com");
  });
});

describe("a budget", () => {
  it("counts what credits pay, and rings before they are used up", () => {
    const { at } = read({ region: "eu-west-1", budget: { monthly: 50, email: "ops@example.com" } });
    expect(at("budget", "Budget").Budget).toMatchObject({
      BudgetLimit: { Amount: 50 },
      CostTypes: { IncludeCredit: false, IncludeRefund: false },
    });
  });
});
