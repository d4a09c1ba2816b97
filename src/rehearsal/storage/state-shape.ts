import type {
  ChangeDetail,
  Deployment,
  DeploymentMode,
  ResourceChange,
  ResourceTask,
  Signal,
  SimulatedChangeSet,
  SimulatedEvent,
  SimulatedResource,
  SimulatedStack,
  StackOperation,
  StackOutput,
  StoredValue,
  ValidationFinding,
} from "../state/stack.ts";
import type { Increase, ObjectVersion, ServiceResource, State, Upload } from "../state/state.ts";
import { WORKLOADS } from "../state/workload.ts";
import { amount, count, fields, flag, form, list, maybe, object, oneOf, record, type Shape, text } from "./shape.ts";

/** The last time of a state, 9999-12-31: later ones cannot be written as AWS writes times (ISO 8601, four digits). */
export const LAST = Date.UTC(9999, 11, 31);

const time = count(LAST);
const number = count(Number.MAX_SAFE_INTEGER);
const texts = record(text);
const names = list(text);
const blob = form(/^[0-9a-f]{64}$/, "the name of a blob");

const deployment = fields<Deployment>({
  template: blob,
  original: maybe(blob),
  parameters: texts,
  stored: maybe(record(fields<StoredValue>({ value: text, stamp: text }))),
  tags: texts,
  capabilities: names,
  notifications: names,
  role: maybe(text),
  timeoutMinutes: maybe(number),
  rollback: maybe(object),
  adopts: maybe(flag),
});

const stackResource = fields<SimulatedResource>({
  logicalId: text,
  type: text,
  physicalId: text,
  key: maybe(text),
  status: text,
  reason: maybe(text),
  at: time,
  properties: object,
  told: maybe(object),
  attributes: object,
  dependsOn: names,
  deletionPolicy: maybe(text),
  updateReplacePolicy: maybe(text),
  metadata: maybe(object),
  configured: maybe(flag),
  incarnation: number,
  drift: maybe(fields<NonNullable<SimulatedResource["drift"]>>({ status: text, at: time, actual: maybe(object) })),
});

const output = fields<StackOutput>({
  key: text,
  value: text,
  description: maybe(text),
  exportName: maybe(text),
});

const event = fields<SimulatedEvent>({
  id: text,
  at: time,
  logicalId: text,
  physicalId: text,
  type: text,
  status: text,
  reason: maybe(text),
  detailed: maybe(text),
  token: maybe(text),
  operation: maybe(text),
  properties: maybe(number),
});

const trouble = fields<NonNullable<ResourceTask["trouble"]>>({
  effect: text,
  reason: text,
  workload: maybe(oneOf(...WORKLOADS)),
});

const task = fields<ResourceTask>({
  logicalId: text,
  kind: oneOf("put", "restore", "delete"),
  old: maybe(stackResource),
  needs: names,
  state: oneOf("waiting", "begun", "initiated", "settling", "done", "failed", "cancelled"),
  doing: maybe(oneOf("create", "update", "replace", "delete")),
  started: maybe(time),
  due: maybe(time),
  trouble: maybe(trouble),
  waitsForChild: maybe(flag),
  waiting: maybe(flag),
  awaits: maybe(
    fields<NonNullable<ResourceTask["awaits"]>>({ count: number, milliseconds: number, policy: maybe(flag) }),
  ),
});

const operation = fields<StackOperation>({
  id: text,
  kind: oneOf("create", "update", "delete", "rollback", "continue"),
  creating: flag,
  token: maybe(text),
  stage: oneOf("forward", "cleanup", "rollback", "rollback-cleanup", "delete"),
  tasks: record(task),
  target: maybe(deployment),
  before: record(stackResource),
  made: names,
  superseded: list(stackResource),
  retain: names,
  forced: maybe(flag),
  retainExceptOnCreate: maybe(flag),
  express: maybe(flag),
  skip: names,
  onFailure: oneOf("ROLLBACK", "DO_NOTHING", "DELETE"),
  troubles: record(trouble),
  expires: maybe(time),
  alarm: maybe(text),
  watched: maybe(time),
  policyDuringUpdate: maybe(text),
  policyAfter: maybe(text),
  failed: fields<StackOperation["failed"]>({ create: names, update: names, delete: names }),
  stopped: maybe(text),
});

const detail = fields<ChangeDetail>({
  attribute: text,
  name: maybe(text),
  path: maybe(text),
  recreation: maybe(text),
  evaluation: text,
  source: text,
  cause: maybe(text),
  before: maybe(text),
  after: maybe(text),
  changeType: maybe(text),
  only: maybe(text),
});

const change = fields<ResourceChange>({
  action: text,
  policyAction: maybe(text),
  logicalId: text,
  physicalId: maybe(text),
  type: text,
  replacement: maybe(text),
  drift: maybe(text),
  scope: names,
  details: list(detail),
  before: maybe(text),
  after: maybe(text),
  changeSet: maybe(text),
});

const finding = fields<ValidationFinding>({
  logicalId: text,
  type: text,
  validation: text,
  mode: text,
  path: text,
  reason: text,
});

const mode = fields<DeploymentMode>({ express: flag, disableRollback: flag });

const changeSet = fields<SimulatedChangeSet>({
  id: text,
  name: text,
  type: oneOf("CREATE", "UPDATE"),
  description: maybe(text),
  created: time,
  due: time,
  onStackFailure: maybe(oneOf("ROLLBACK", "DO_NOTHING", "DELETE")),
  mode: maybe(mode),
  reverts: maybe(flag),
  deployment,
  changes: list(change),
  failure: maybe(text),
  warning: maybe(text),
  findings: list(finding),
  token: maybe(text),
  obsolete: maybe(flag),
  nested: maybe(flag),
  parent: maybe(text),
  root: maybe(text),
});

const signal = fields<Signal>({
  id: text,
  status: oneOf("SUCCESS", "FAILURE"),
  reason: maybe(text),
  data: maybe(text),
});

const stack = fields<SimulatedStack>({
  id: text,
  name: text,
  account: text,
  region: text,
  status: text,
  reason: maybe(text),
  detailed: maybe(text),
  created: time,
  updated: maybe(time),
  deleted: maybe(time),
  deployed: maybe(deployment),
  parked: maybe(operation),
  disableRollback: flag,
  givenUp: maybe(flag),
  mode: maybe(mode),
  terminationProtection: flag,
  policy: maybe(text),
  resources: record(stackResource),
  incarnations: record(number),
  outputs: list(output),
  events: list(event),
  changeSets: list(changeSet),
  operation: maybe(operation),
  lastOperation: maybe(text),
  lastKind: maybe(text),
  executed: maybe(text),
  executions: maybe(list(fields<NonNullable<SimulatedStack["executions"]>[number]>({ changeSet, operation: text }))),
  parent: maybe(text),
  root: maybe(text),
  signals: maybe(record(list(signal))),
  tokens: names,
  told: maybe(fields<NonNullable<SimulatedStack["told"]>>({ texts: names, last: record(number) })),
  drift: maybe(fields<NonNullable<SimulatedStack["drift"]>>({ id: text, at: time, status: text, drifted: number })),
});

const resource = fields<ServiceResource>({
  account: text,
  region: text,
  type: text,
  id: text,
  properties: object,
  attributes: object,
  tags: texts,
  created: time,
  owner: maybe(fields<NonNullable<ServiceResource["owner"]>>({ stack: text, logicalId: text })),
  state: object,
});

const version = fields<ObjectVersion>({
  key: text,
  version: text,
  at: time,
  size: number,
  etag: text,
  blob: maybe(blob),
  headers: texts,
  tags: maybe(texts),
});

const upload = fields<Upload>({
  id: text,
  bucket: text,
  key: text,
  at: time,
  headers: texts,
  parts: record(fields<Upload["parts"][number]>({ blob, etag: text, size: number })),
});

const increase = fields<Increase>({ account: text, region: text, id: text, code: text, desired: amount, at: time });

const state = fields<State>({
  format: number,
  seed: number,
  account: text,
  now: time,
  serial: number,
  stacks: list(stack),
  resources: record(record(resource)),
  objects: record(list(version)),
  uploads: record(upload),
  items: record(record(object)),
  increases: maybe(list(increase)),
});

/** What is wrong with what was read for a state, and where; undefined if it is one. */
export const wrongIn = (found: unknown): ReturnType<Shape> => state(found, "");
