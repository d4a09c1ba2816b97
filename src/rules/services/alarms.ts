import { constraint, first, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asList, asNumber, asTexts, parsed } from "../values.ts";

const ALARM = "AWS::CloudWatch::Alarm";

const PUT_ALARM = "Amazon CloudWatch API Reference, PutMetricAlarm";

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

/** Alarms and dashboards. */
export const ALARM_RULES: readonly Rule[] = [
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
