import { constraint, first, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asList, asNumber, asObject, asText, asTexts, parsed } from "../values.ts";

const TARGET = "AWS::ApplicationAutoScaling::ScalableTarget";
const POLICY = "AWS::ApplicationAutoScaling::ScalingPolicy";
const ALARM = "AWS::CloudWatch::Alarm";

const REGISTER = "Application Auto Scaling API Reference, RegisterScalableTarget";
const PUT = "Application Auto Scaling API Reference, PutScalingPolicy";
const PUT_ALARM = "Amazon CloudWatch API Reference, PutMetricAlarm";

/** The form of a resource id, by service (RegisterScalableTarget, ResourceId). */
const RESOURCE: { readonly [namespace: string]: RegExp } = {
  ecs: /^service\/[^/]+\/[^/]+$/,
  dynamodb: /^table\/[^/]+(\/index\/[^/]+)?$/,
  lambda: /^function:[^:]+:[^:]+$/,
  rds: /^cluster:.+$/,
  elasticache: /^(replication-group|cache-cluster)\/[^/]+$/,
};

const DAY = 86_400;

/** Constraints of an alarm's properties (PutMetricAlarm), by its name in the service's own model. */
const ALLOWED = {
  ComparisonOperator: [
    "comparisonOperator",
    [
      "GreaterThanOrEqualToThreshold",
      "GreaterThanThreshold",
      "GreaterThanUpperThreshold",
      "LessThanLowerOrGreaterThanUpperThreshold",
      "LessThanLowerThreshold",
      "LessThanOrEqualToThreshold",
      "LessThanThreshold",
    ],
  ],
  Statistic: ["statistic", ["Average", "Maximum", "Minimum", "SampleCount", "Sum"]],
  TreatMissingData: ["treatMissingData", ["breaching", "ignore", "missing", "notBreaching"]],
  Unit: [
    "unit",
    [
      ...["Seconds", "Microseconds", "Milliseconds", "Percent", "Count", "Count/Second", "None"],
      ...["Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes"].flatMap((unit) => [unit, `${unit}/Second`]),
      ...["Bits", "Kilobits", "Megabits", "Gigabits", "Terabits"].flatMap((unit) => [unit, `${unit}/Second`]),
    ],
  ],
} as const;

const ACTIONS = ["AlarmActions", "InsufficientDataActions", "OKActions"];

/** Scaling, alarms and dashboards. */
export const SCALING_AND_ALARM_RULES: readonly Rule[] = [
  {
    id: "scaling-range",
    types: [TARGET],
    document: `${REGISTER} (MinCapacity, MaxCapacity)`,
    check: ({ properties: { MinCapacity, MaxCapacity } }) => {
      const [least, most] = [asNumber(MinCapacity), asNumber(MaxCapacity)];
      const message = "Maximum capacity cannot be less than minimum capacity";
      return least !== undefined && most !== undefined && most < least
        ? { property: "MaxCapacity", value: most, message }
        : undefined;
    },
  },
  {
    id: "scaling-resource",
    types: [TARGET],
    document: `${REGISTER} (ResourceId)`,
    check: (subject) => {
      const { ServiceNamespace, ScalableDimension } = subject.properties;
      const [space, dimension] = [asText(ServiceNamespace), asText(ScalableDimension)];
      const form = RESOURCE[space ?? ""];
      const message = "Unsupported service namespace, resource type or scalable dimension";
      if (space !== undefined && dimension !== undefined && !dimension.startsWith(`${space}:`)) {
        return { property: "ScalableDimension", value: dimension, message };
      }
      return form && fits("ResourceId", form, () => message)(subject);
    },
  },
  {
    id: "scaling-label",
    types: [POLICY],
    document: "Application Auto Scaling API Reference, PredefinedMetricSpecification (ResourceLabel)",
    approximate: true,
    check: ({ properties: { TargetTrackingScalingPolicyConfiguration } }) => {
      const { PredefinedMetricSpecification } = asObject(TargetTrackingScalingPolicyConfiguration);
      const { PredefinedMetricType, ResourceLabel } = asObject(PredefinedMetricSpecification);
      const metric = asText(PredefinedMetricType);
      const property = "TargetTrackingScalingPolicyConfiguration/PredefinedMetricSpecification/ResourceLabel";
      if (metric === "ALBRequestCountPerTarget") {
        const message = "You must specify a resource label for the metric type ALBRequestCountPerTarget";
        if (ResourceLabel === undefined) return { property, message };
        const label = asText(ResourceLabel);
        const legal = label === undefined || /^app\/[^/]+\/[^/]+\/targetgroup\/[^/]+\/[^/]+$/.test(label);
        return legal ? undefined : { property, value: label, message: `Invalid resource label: ${label}` };
      }
      const message = `You can't specify a resource label for the metric type ${metric}`;
      return metric !== undefined && ResourceLabel !== undefined
        ? { property, value: ResourceLabel, message }
        : undefined;
    },
  },
  {
    id: "scaling-policy-kind",
    types: [POLICY],
    document: `${PUT} (PolicyType)`,
    approximate: true,
    check: ({ properties }) => {
      const type = asText(properties.PolicyType);
      const wanted = `${type}PolicyConfiguration`;
      const known = ["StepScaling", "TargetTrackingScaling", "PredictiveScaling"].includes(type ?? "");
      if (!known || properties[wanted] !== undefined) return undefined;
      return { property: wanted, message: `A ${type} policy must have a ${wanted}` };
    },
  },
  {
    id: "alarm-statistic",
    types: [ALARM],
    document: `${PUT_ALARM} (Statistic, ExtendedStatistic)`,
    approximate: true,
    check: ({ properties: { MetricName, Metrics, Statistic, ExtendedStatistic } }) => {
      if (MetricName === undefined || Metrics !== undefined) return undefined;
      if ((Statistic === undefined) !== (ExtendedStatistic === undefined)) return undefined;
      const message = "Exactly one of Statistic and ExtendedStatistic must be specified for a metric";
      return { property: Statistic === undefined ? "Statistic" : "ExtendedStatistic", message };
    },
  },
  {
    id: "alarm-word",
    types: [ALARM],
    document: `${PUT_ALARM} (ComparisonOperator, Statistic, TreatMissingData, Unit)`,
    approximate: true,
    check: first(
      ...Object.entries(ALLOWED).map(([name, [member, words]]) =>
        fits(name, words, (word) => constraint(word, member, `satisfy enum value set: [${words.join(", ")}]`)),
      ),
    ),
  },
  {
    id: "alarm-percentile",
    types: [ALARM],
    document: "Amazon CloudWatch User Guide, CloudWatch statistics definitions",
    approximate: true,
    check: fits(
      "ExtendedStatistic",
      /^(p(100(\.0{0,2})?|\d{1,2}(\.\d{0,10})?)|(tm|wm|tc|ts)(100|\d{1,2})(\.\d{0,10})?|IQM|(TM|WM|TC|TS|PR)\(.*:.*\))$/i,
      (word) => `The value ${word} for parameter ExtendedStatistic is not supported.`,
    ),
  },
  {
    id: "alarm-actions",
    types: [ALARM],
    document: `${PUT_ALARM} (AlarmActions, InsufficientDataActions, OKActions)`,
    approximate: true,
    check: ({ properties }) => {
      for (const name of ACTIONS) {
        const wrong = asTexts(properties[name]).find((action) => !action.startsWith("arn:"));
        if (wrong !== undefined) return { property: name, value: wrong, message: `Invalid arn syntax: ${wrong}` };
        const count = asList(properties[name]).length;
        const member = `${name.slice(0, 1).toLowerCase()}${name.slice(1)}`;
        if (count > 5)
          return {
            property: name,
            value: count,
            message: constraint("", member, "have length less than or equal to 5"),
          };
      }
      return undefined;
    },
  },
  {
    id: "alarm-metric",
    types: [ALARM],
    document: `${PUT_ALARM} (Metrics, MetricName)`,
    approximate: true,
    check: ({ properties: { MetricName, Metrics, EvaluationCriteria } }) => {
      if (EvaluationCriteria !== undefined || (MetricName === undefined) !== (Metrics === undefined)) return undefined;
      const message = "Either a metric (MetricName) or a list of metric queries (Metrics) must be specified, not both";
      return { property: "MetricName", message };
    },
  },
  {
    id: "alarm-period",
    types: [ALARM],
    document: `${PUT_ALARM} (Period)`,
    approximate: true,
    check: fits(
      "Period",
      (period) => ["10", "20", "30"].includes(period) || (Number(period) >= 60 && Number(period) % 60 === 0),
      (period) => `The period ${period} is not valid: it must be 10, 20, 30 or a multiple of 60.`,
    ),
  },
  {
    id: "alarm-span",
    types: [ALARM],
    document: `${PUT_ALARM} (EvaluationPeriods)`,
    check: ({ properties: { Period, EvaluationPeriods } }) => {
      const [period, times] = [asNumber(Period), asNumber(EvaluationPeriods)];
      if (period === undefined || times === undefined) return undefined;
      const most = period >= 3600 ? 7 * DAY : DAY;
      const message = `Metrics cannot be checked across more than ${most === DAY ? "a day" : "7 days"} (EvaluationPeriods * Period must be <= ${most}).`;
      return period * times > most ? { property: "EvaluationPeriods", value: times, message } : undefined;
    },
  },
  {
    id: "alarm-datapoints",
    types: [ALARM],
    document: `${PUT_ALARM} (DatapointsToAlarm)`,
    approximate: true,
    check: ({ properties: { DatapointsToAlarm, EvaluationPeriods } }) => {
      const [points, times] = [asNumber(DatapointsToAlarm), asNumber(EvaluationPeriods)];
      const message = "DatapointsToAlarm cannot be greater than EvaluationPeriods";
      return points !== undefined && times !== undefined && points > times
        ? { property: "DatapointsToAlarm", value: points, message }
        : undefined;
    },
  },
  {
    id: "dashboard-body",
    types: ["AWS::CloudWatch::Dashboard"],
    document: "Amazon CloudWatch API Reference, Dashboard body structure and syntax",
    approximate: true,
    check: fits(
      "DashboardBody",
      (body) => parsed(body) !== undefined,
      () => "The field DashboardBody must be a valid JSON object",
    ),
  },
  {
    id: "dashboard-name",
    types: ["AWS::CloudWatch::Dashboard"],
    document: "Amazon CloudWatch API Reference, PutDashboard (DashboardName)",
    check: fits(
      "DashboardName",
      /^[A-Za-z0-9_-]+$/,
      () =>
        "The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).",
    ),
  },
];
