import { type Billed, type CostFinding, line, list, number, text, unpriced, values } from "../finding.ts";

/**
 * A log group: what is written, kept and searched (Amazon CloudWatch pricing, "Logs"). Flow logs are vended logs, with
 * prices of their own.
 */
export function* logGroup(it: Billed): Iterable<CostFinding> {
  const kind = text(it.properties().LogGroupClass) ?? "STANDARD";
  const written = it.usage.get("ingestedGB");
  if (kind !== "STANDARD") {
    if (written > 0) yield unpriced(`no price for logs of the class ${kind}`);
  } else if (ofFlowLogs(it)) yield line("Other", "flow logs written", "logs.vended.gb", written);
  else yield line("Other", "logs written", "logs.ingest.standard.gb", written);
  yield line("Other", "logs kept", "logs.storage.gb_month", it.usage.get("storedGB"));
  yield line("Other", "logs searched", "logs.insights.scanned_gb", it.usage.get("scannedGB"));
}

function ofFlowLogs(it: Billed): boolean {
  return it.ofType("AWS::EC2::FlowLog").some((flowLog) => {
    const { LogGroupName, LogDestination } = flowLog.properties();
    const target = it.find(LogGroupName) ?? it.find(LogDestination);
    return target?.id === it.id && target.stack === it.stack;
  });
}

/**
 * An alarm: one fee for each metric it looks at, a higher one where it looks more often than once a minute (Amazon
 * CloudWatch pricing, "Alarms": standard and high resolution).
 */
export function* alarm(it: Billed): Iterable<CostFinding> {
  const { Metrics, Period, ThresholdMetricId } = it.properties();
  const queried = (list(Metrics) ?? []).filter((metric) => values(metric).MetricStat !== undefined);
  const periods = [number(Period), ...queried.map((metric) => number(values(values(metric).MetricStat).Period))];
  const often = periods.some((period) => period !== undefined && period < 60);
  // An anomaly detection alarm pays for the metric and the two bounds of its band.
  const metrics = Math.max(1, queried.length) + (ThresholdMetricId === undefined ? 0 : 2);
  if (often) yield line("Other", "alarm, high resolution", "alarm.high_resolution.month", metrics);
  else yield line("Other", "alarm", "alarm.standard.month", metrics);
}

/** A composite alarm. */
export function* compositeAlarm(): Iterable<CostFinding> {
  yield line("Other", "composite alarm", "alarm.composite.month", 1);
}

/** A dashboard; the first three of an account are free. */
export function* dashboard(): Iterable<CostFinding> {
  yield line("Other", "dashboard", "dashboard.month", 1, { list: "global" });
}

/** A metric filter: a custom metric for each of its transformations. */
export function* metricFilter(it: Billed): Iterable<CostFinding> {
  const metrics = list(it.properties().MetricTransformations)?.length ?? 1;
  yield line("Other", "metric from logs", "metric.custom.month", metrics);
}

/** A cluster: free, unless Container Insights writes metrics for it. */
export function* cluster(it: Billed): Iterable<CostFinding> {
  const settings = (list(it.properties().ClusterSettings) ?? []).map(values);
  const insights = settings.find(({ Name }) => Name === "containerInsights")?.Value;
  if (insights !== undefined && insights !== "disabled")
    yield unpriced("Container Insights is billed by the metrics it writes, which depend on what runs");
}
