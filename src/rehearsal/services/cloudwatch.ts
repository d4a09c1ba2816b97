import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { isOn } from "../resources/properties.ts";
import { resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, text, texts } from "../wire/call.ts";
import { decodeCbor, encodeCbor } from "../wire/cbor.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Protocol, queryProtocol, type Service } from "../wire/protocol.ts";
import { createResource, deleteResource, findResource, listResources, tagList } from "./common/resources.ts";

const ALARM = "AWS::CloudWatch::Alarm";
const COMPOSITE = "AWS::CloudWatch::CompositeAlarm";

const JSON_10 = jsonProtocol("1.0");
const QUERY = queryProtocol("http://monitoring.amazonaws.com/doc/2010-08-01/");
const CBOR = { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" };

/** Members with timestamps. */
const TIMES: ReadonlySet<string> = new Set([
  "AlarmConfigurationUpdatedTimestamp",
  "StateTransitionedTimestamp",
  "StateUpdatedTimestamp",
]);

/** The protocol of newer clients: the operation is in the path, bodies are CBOR. */
const RPC: Protocol = {
  read: ({ path, body }) => ({
    operation: path.split("/").at(-1) ?? "",
    input: decodeCbor(body) as JsonObject,
  }),
  answer: (_, result) => ({ status: 200, headers: CBOR, body: encodeCbor(result, TIMES) }),
  refuse: ({ code, message, status }) => ({
    status,
    headers: CBOR,
    body: encodeCbor({ __type: code, message }),
  }),
  unknown: "UnknownOperationException",
};

/** Amazon CloudWatch has three protocols; the answer is in the request's. */
export function cloudWatchFor(http: {
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
}): Service {
  const isRpc = http.headers["smithy-protocol"] === "rpc-v2-cbor";
  const isJson = http.headers["x-amz-target"] !== undefined;
  return { protocol: isRpc ? RPC : isJson ? JSON_10 : QUERY, operations: isRpc ? OPERATIONS : inSeconds(isJson) };
}

const plain = (value: Json | undefined) => (value === undefined ? undefined : Number(value));

const list = (value: Json | undefined) => (Array.isArray(value) ? (value as readonly Json[]) : []);

/** What alarms of both kinds show. */
function commonOf(alarm: ServiceResource, first: string): CallResult {
  const { properties } = alarm;
  return {
    AlarmName: alarm.id,
    AlarmArn: `arn:aws:cloudwatch:${alarm.region}:${alarm.account}:alarm:${alarm.id}`,
    AlarmDescription: text(properties, "AlarmDescription"),
    AlarmConfigurationUpdatedTimestamp: alarm.created,
    ActionsEnabled: isOn(properties.ActionsEnabled ?? true),
    OKActions: list(properties.OKActions),
    AlarmActions: list(properties.AlarmActions),
    InsufficientDataActions: list(properties.InsufficientDataActions),
    // No metric is measured: the state is INSUFFICIENT_DATA, or what SetAlarmState set.
    StateValue: text(alarm.state, "alarm") ?? first,
    StateUpdatedTimestamp: Number(alarm.state.changed ?? alarm.created),
    StateTransitionedTimestamp: Number(alarm.state.changed ?? alarm.created),
  };
}

/** The alarms that a composite one's rule names, with their states (localstack's test_composite_alarm_creation, recorded 2024-07-16). */
function triggersOf(simulator: Simulator, alarm: ServiceResource, rule: string): string {
  const names = [...rule.matchAll(/(?:ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*["']?([^"')]+?)["']?\s*\)/g)].map(
    ([, name = ""]) => name.split(":alarm:").at(-1) ?? name,
  );
  const triggeringAlarms = [...new Set(names)].flatMap((name) => {
    const found = resourceAt(simulator.state, "AWS::CloudWatch::Alarm", alarm, name);
    if (!found) return [];
    const { AlarmArn: arn, StateValue: value, StateUpdatedTimestamp: at } = commonOf(found, "INSUFFICIENT_DATA");
    return [{ arn, state: { value, timestamp: new Date(Number(at)).toISOString().replace("Z", "+0000") } }];
  });
  return JSON.stringify({ triggeringAlarms });
}

function compositeOf(alarm: ServiceResource, simulator: Simulator): CallResult {
  const { AlarmRule } = alarm.properties;
  const common = commonOf(alarm, "OK");
  return {
    ...common,
    AlarmRule,
    StateReason: text(alarm.state, "reason") ?? `${common.AlarmArn} was created and its alarm rule evaluates to OK`,
    StateReasonData: triggersOf(simulator, alarm, text(alarm.properties, "AlarmRule") ?? ""),
  };
}

function alarmOf(alarm: ServiceResource): CallResult {
  const { properties } = alarm;
  const { MetricName, Namespace, Statistic, ExtendedStatistic, ComparisonOperator, TreatMissingData, Unit } =
    properties;
  return {
    ...commonOf(alarm, "INSUFFICIENT_DATA"),
    StateReason: text(alarm.state, "reason") ?? "Unchecked: Initial alarm creation",
    MetricName,
    Namespace,
    Statistic,
    ExtendedStatistic,
    Dimensions: list(properties.Dimensions),
    Period: plain(properties.Period),
    Unit,
    EvaluationPeriods: plain(properties.EvaluationPeriods),
    DatapointsToAlarm: plain(properties.DatapointsToAlarm),
    Threshold: plain(properties.Threshold),
    ComparisonOperator,
    TreatMissingData,
    Metrics: properties.Metrics === undefined ? undefined : list(properties.Metrics),
  };
}

function chosen(simulator: Simulator, call: Call, type: string): readonly ServiceResource[] {
  const names = texts(call.input, "AlarmNames");
  const prefix = text(call.input, "AlarmNamePrefix") ?? "";
  return listResources(simulator, call, type).filter(
    ({ id }) => (names.length === 0 || names.includes(id)) && id.startsWith(prefix),
  );
}

const OPERATIONS: { readonly [operation: string]: Handler } = {
  DeleteAlarms: (simulator, call) => {
    for (const name of texts(call.input, "AlarmNames")) {
      const found = findResource(simulator, call, ALARM, name);
      if (found) deleteResource(simulator, found);
    }
    return {};
  },
  DescribeAlarms: (simulator, call) => {
    // Composite ones only where they are asked for (API Reference, "DescribeAlarms": AlarmTypes).
    const types = texts(call.input, "AlarmTypes");
    const isAsked = (type: string) => types.includes(type) || (types.length === 0 && type === "MetricAlarm");
    return {
      MetricAlarms: isAsked("MetricAlarm") ? chosen(simulator, call, ALARM).map(alarmOf) : [],
      CompositeAlarms: isAsked("CompositeAlarm")
        ? chosen(simulator, call, COMPOSITE).map((alarm) => compositeOf(alarm, simulator))
        : [],
    };
  },
  GetMetricData: () => ({ MetricDataResults: [], Messages: [] }),
  GetMetricStatistics: (_, { input }) => ({ Label: text(input, "MetricName") ?? "", Datapoints: [] }),
  PutMetricAlarm: (simulator, call) => {
    const { AlarmName, Tags: _, ...properties } = call.input as JsonObject;
    const id = String(AlarmName ?? "");
    const found = findResource(simulator, call, ALARM, id);
    if (found) found.properties = { AlarmName: id, ...properties };
    else createResource(simulator, call, { type: ALARM, id, properties: { AlarmName: id, ...properties } });
    return {};
  },
  SetAlarmState: (simulator, call) => {
    const { input } = call;
    const alarm = findResource(simulator, call, ALARM, text(input, "AlarmName") ?? "");
    if (!alarm) throw new AwsError("ResourceNotFound", "Alarm does not exist", 404);
    Object.assign(alarm.state, {
      alarm: text(input, "StateValue") ?? "",
      reason: text(input, "StateReason") ?? "",
      changed: simulator.state.now,
    });
    return {};
  },
  ListDashboards: (simulator, call) => ({
    DashboardEntries: listResources(simulator, call, "AWS::CloudWatch::Dashboard").map(({ id, account }) => ({
      DashboardName: id,
      DashboardArn: `arn:aws:cloudwatch::${account}:dashboard/${id}`,
    })),
  }),
  ListMetrics: () => ({ Metrics: [] }),
  ListTagsForResource: (simulator, call) => {
    const name = (text(call.input, "ResourceARN") ?? "").split(":alarm:")[1] ?? "";
    const found = findResource(simulator, call, ALARM, name);
    return { Tags: found ? tagList(found) : [] };
  },
};

/** Members that XML shows as no whole numbers even where they are. */
const DOUBLES: ReadonlySet<string> = new Set(["Threshold"]);

/** The same with times as JSON (seconds) or XML (text) has them. */
function inSeconds(isJson: boolean): { readonly [operation: string]: Handler } {
  const timed = (value: CallResult): CallResult =>
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        if (TIMES.has(name)) return [name, isJson ? Number(inner) / 1000 : new Date(Number(inner)).toISOString()];
        if (!isJson && DOUBLES.has(name) && Number.isInteger(inner)) return [name, `${inner}.0`];
        return [name, Array.isArray(inner) ? inner.map((one) => (isObject(one) ? timed(one) : one)) : inner];
      }),
    );
  return Object.fromEntries(
    Object.entries(OPERATIONS).map(([name, handler]) => [
      name,
      (simulator: Simulator, call: Call) => timed(handler(simulator, call)),
    ]),
  );
}
