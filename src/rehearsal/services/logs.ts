import type { JsonObject } from "../../template/types.ts";
import { digits } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, flag, type Handler, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { createResource, deleteResource, findResource, listResources } from "./common/resources.ts";
import { type LogLine, taskLines } from "./ecs/log-lines.ts";
import { oneOffLines } from "./ecs/one-off-lines.ts";
import { matcherOf } from "./log-filter.ts";
import { type KeyedLine, keyed, pageAfter } from "./log-pages.ts";

const TYPE = "AWS::Logs::LogGroup";

const keptLines = (group: ServiceResource) => (group.state.lines ?? []) as unknown as readonly LogLine[];

const ofTasks = (simulator: Simulator, group: ServiceResource): readonly LogLine[] => [
  ...taskLines(simulator, group),
  ...oneOffLines(simulator, group),
];

/** Events put into the group, and the log lines of ECS tasks. */
const linesOf = (simulator: Simulator, group: ServiceResource): readonly LogLine[] =>
  [...keptLines(group), ...ofTasks(simulator, group)].toSorted((a, b) => a.timestamp - b.timestamp);

/** A group's name, or its ARN where the call takes one. */
const namedIn = ({ input }: Call) =>
  text(input, "logGroupName") ??
  text(input, "logGroupIdentifier")
    ?.replace(/^arn:.*:log-group:/, "")
    .replace(/:\*$/, "");

function theGroup(simulator: Simulator, call: Call, name = namedIn(call)): ServiceResource {
  const found = findResource(simulator, call, TYPE, name ?? "");
  if (!found) throw new AwsError("ResourceNotFoundException", "The specified log group does not exist.");
  return found;
}

const describeLogGroups: Handler = (simulator, call) => {
  const prefix = text(call.input, "logGroupNamePrefix") ?? "";
  const pattern = text(call.input, "logGroupNamePattern") ?? "";
  const found = listResources(simulator, call, TYPE).filter(({ id }) => id.startsWith(prefix) && id.includes(pattern));
  return { logGroups: found.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((group) => groupOf(simulator, group)) };
};

function groupOf(simulator: Simulator, group: ServiceResource): CallResult {
  const { RetentionInDays, KmsKeyId } = group.properties;
  const arn = `arn:aws:logs:${group.region}:${group.account}:log-group:${group.id}`;
  return {
    logGroupName: group.id,
    creationTime: group.created,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    logGroupClass: "STANDARD",
    storedBytes: linesOf(simulator, group).reduce((sum, { message }) => sum + message.length, 0),
    ...(RetentionInDays !== undefined && { retentionInDays: Number(RetentionInDays) }),
    ...(KmsKeyId !== undefined && { kmsKeyId: KmsKeyId }),
  };
}

const createLogGroup: Handler = (simulator, call) => {
  const name = text(call.input, "logGroupName") ?? "";
  if (findResource(simulator, call, TYPE, name))
    throw new AwsError("ResourceAlreadyExistsException", "The specified log group already exists");
  const tags = (call.input.tags ?? {}) as { readonly [key: string]: string };
  createResource(simulator, call, { type: TYPE, id: name, properties: { LogGroupName: name }, tags });
  return {};
};

const deleteLogGroup: Handler = (simulator, call) => {
  deleteResource(simulator, theGroup(simulator, call));
  return {};
};

const putRetentionPolicy: Handler = (simulator, call) => {
  const group = theGroup(simulator, call);
  group.properties = { ...group.properties, RetentionInDays: Number(call.input.retentionInDays) };
  return {};
};

const streamsOf = (group: ServiceResource) => (group.state.streams ?? []) as readonly string[];

/** Streams that stacks made. */
const stacksStreams = (simulator: Simulator, call: Call, group: ServiceResource) =>
  listResources(simulator, call, "AWS::Logs::LogStream")
    .filter(({ properties }) => properties.LogGroupName === group.id)
    .map(({ id }) => id);

const createLogStream: Handler = (simulator, call) => {
  const group = theGroup(simulator, call);
  const name = text(call.input, "logStreamName") ?? "";
  if (streamsOf(group).includes(name))
    throw new AwsError("ResourceAlreadyExistsException", "The specified log stream already exists");
  group.state.streams = [...streamsOf(group), name];
  return {};
};

const describeLogStreams: Handler = (simulator, call) => {
  const group = theGroup(simulator, call);
  const prefix = text(call.input, "logStreamNamePrefix") ?? "";
  const written = ofTasks(simulator, group).map(({ stream }) => stream);
  const all = new Set([...stacksStreams(simulator, call, group), ...streamsOf(group), ...written]);
  const names = [...all].filter((name) => name.startsWith(prefix));
  return {
    logStreams: names.map((logStreamName) => ({
      logStreamName,
      creationTime: group.created,
      arn: `arn:aws:logs:${group.region}:${group.account}:log-group:${group.id}:log-stream:${logStreamName}`,
      storedBytes: 0,
    })),
  };
};

const putLogEvents: Handler = (simulator, call) => {
  const group = theGroup(simulator, call);
  const stream = text(call.input, "logStreamName") ?? "";
  if (!streamsOf(group).includes(stream))
    throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  const lines = structures(call.input, "logEvents").map((one) => ({
    timestamp: Number(one.timestamp),
    message: String(one.message),
    ingestionTime: simulator.state.now,
    stream,
  }));
  group.state.lines = [...keptLines(group), ...lines] as unknown as readonly JsonObject[];
  return { nextSequenceToken: String(keptLines(group).length) };
};

/** What a call asks for; `endTime` itself is in it or not, as the operation has it. */
function chosen(lines: readonly LogLine[], { input }: Call, isEndIn: boolean): readonly KeyedLine[] {
  const [start, end] = [Number(input.startTime ?? 0), Number(input.endTime ?? Infinity)];
  const stream = text(input, "logStreamName");
  const streams = texts(input, "logStreamNames");
  const prefix = text(input, "logStreamNamePrefix") ?? "";
  const fits = matcherOf(text(input, "filterPattern") ?? "");
  return keyed(lines).filter(
    (line) =>
      line.timestamp >= start &&
      (isEndIn ? line.timestamp <= end : line.timestamp < end) &&
      (stream === undefined || line.stream === stream) &&
      (streams.length === 0 || streams.includes(line.stream)) &&
      line.stream.startsWith(prefix) &&
      fits(line.message),
  );
}

const getLogEvents: Handler = (simulator, call) => {
  const limit = Number(call.input.limit ?? 10_000);
  const group = theGroup(simulator, call);
  const stream = text(call.input, "logStreamName") ?? "";
  const lines = linesOf(simulator, group);
  const isThere = streamsOf(group).includes(stream) || lines.some((line) => line.stream === stream);
  if (!isThere) throw new AwsError("ResourceNotFoundException", "The specified log stream does not exist.");
  const found = chosen(lines, call, false);
  // A token goes on from there, and is answered with itself at the end of the stream (API Reference, GetLogEvents).
  const token = /^f\/(.+)$/.exec(text(call.input, "nextToken") ?? "")?.[1];
  const isFromHead = token !== undefined || flag(call.input, "startFromHead");
  const { page, last } = pageAfter(isFromHead ? found : found.slice(-limit), token, limit);
  const shown = page.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime }));
  return { events: shown, nextForwardToken: `f/${last ?? ""}`, nextBackwardToken: "b/0" };
};

/** API Reference, FilterLogEvents: 10,000 lines a page; names and a prefix of streams exclude each other. */
const filterLogEvents: Handler = (simulator, call) => {
  const { input } = call;
  if (texts(input, "logStreamNames").length > 0 && text(input, "logStreamNamePrefix") !== undefined)
    throw new AwsError(
      "InvalidParameterException",
      "LogStreamNamePrefix and LogStreamNames are mutually exclusive parameters.",
    );
  const group = theGroup(simulator, call);
  const found = chosen(linesOf(simulator, group), call, true);
  const { page, rest, last } = pageAfter(found, text(input, "nextToken"), Number(input.limit ?? 10_000));
  return {
    events: page.map(({ stream, timestamp, message, ingestionTime, key }) => ({
      logStreamName: stream,
      timestamp,
      message,
      ingestionTime,
      eventId: digits(56, group.id, key),
    })),
    searchedLogStreams: [],
    ...(rest > 0 && { nextToken: last }),
  };
};

const listTags: Handler = (simulator, call) => {
  const name =
    text(call.input, "resourceArn")?.split(":log-group:")[1]?.replace(/:\*$/, "") ?? text(call.input, "logGroupName");
  return { tags: { ...theGroup(simulator, call, name).tags } };
};

/** Amazon CloudWatch Logs, API version 2014-03-28. */
export const LOGS: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    CreateLogGroup: createLogGroup,
    CreateLogStream: createLogStream,
    DeleteLogGroup: deleteLogGroup,
    DescribeLogGroups: describeLogGroups,
    DescribeLogStreams: describeLogStreams,
    DescribeMetricFilters: () => ({ metricFilters: [] }),
    DescribeSubscriptionFilters: () => ({ subscriptionFilters: [] }),
    FilterLogEvents: filterLogEvents,
    GetLogEvents: getLogEvents,
    ListTagsForResource: listTags,
    ListTagsLogGroup: listTags,
    PutLogEvents: putLogEvents,
    PutRetentionPolicy: putRetentionPolicy,
  },
};
