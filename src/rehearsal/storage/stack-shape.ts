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
import { WORKLOADS } from "../state/workload.ts";
import { array, boolean, fields, integer, literal, maybe, object, pattern, record, string } from "./shape.ts";

/** The last time of a state, 9999-12-31: later ones do not fit AWS's format (ISO 8601, four digits). */
export const LAST_TIME = Date.UTC(9999, 11, 31);

export const time = integer(LAST_TIME);

export const whole = integer(Number.MAX_SAFE_INTEGER);

export const texts = record(string);

const names = array(string);

export const blob = pattern(/^[0-9a-f]{64}$/, "the name of a blob");

const deployment = fields<Deployment>({
  template: blob,
  original: maybe(blob),
  parameters: texts,
  stored: maybe(record(fields<StoredValue>({ value: string, stamp: string }))),
  tags: texts,
  capabilities: names,
  notifications: names,
  role: maybe(string),
  timeoutMinutes: maybe(whole),
  rollback: maybe(object),
  adopts: maybe(boolean),
});

const stackResource = fields<SimulatedResource>({
  logicalId: string,
  type: string,
  physicalId: string,
  key: maybe(string),
  status: string,
  reason: maybe(string),
  at: time,
  properties: object,
  told: maybe(object),
  attributes: object,
  dependsOn: names,
  deletionPolicy: maybe(string),
  updateReplacePolicy: maybe(string),
  metadata: maybe(object),
  configured: maybe(boolean),
  incarnation: whole,
  drift: maybe(fields<NonNullable<SimulatedResource["drift"]>>({ status: string, at: time, actual: maybe(object) })),
});

const output = fields<StackOutput>({
  key: string,
  value: string,
  description: maybe(string),
  exportName: maybe(string),
});

const event = fields<SimulatedEvent>({
  id: string,
  at: time,
  logicalId: string,
  physicalId: string,
  type: string,
  status: string,
  reason: maybe(string),
  detailed: maybe(string),
  token: maybe(string),
  operation: maybe(string),
  properties: maybe(whole),
});

const trouble = fields<NonNullable<ResourceTask["trouble"]>>({
  effect: string,
  reason: string,
  workload: maybe(literal(...WORKLOADS)),
});

const task = fields<ResourceTask>({
  logicalId: string,
  kind: literal("put", "restore", "delete"),
  old: maybe(stackResource),
  needs: names,
  state: literal("waiting", "begun", "initiated", "settling", "done", "failed", "cancelled"),
  doing: maybe(literal("create", "update", "replace", "delete")),
  started: maybe(time),
  due: maybe(time),
  trouble: maybe(trouble),
  waitsForChild: maybe(boolean),
  waiting: maybe(boolean),
  awaits: maybe(
    fields<NonNullable<ResourceTask["awaits"]>>({ count: whole, milliseconds: whole, policy: maybe(boolean) }),
  ),
});

const operation = fields<StackOperation>({
  id: string,
  kind: literal("create", "update", "delete", "rollback", "continue"),
  creating: boolean,
  token: maybe(string),
  stage: literal("forward", "cleanup", "rollback", "rollback-cleanup", "delete"),
  tasks: record(task),
  target: maybe(deployment),
  before: record(stackResource),
  made: names,
  superseded: array(stackResource),
  retain: names,
  forced: maybe(boolean),
  retainExceptOnCreate: maybe(boolean),
  express: maybe(boolean),
  skip: names,
  onFailure: literal("ROLLBACK", "DO_NOTHING", "DELETE"),
  troubles: record(trouble),
  expires: maybe(time),
  alarm: maybe(string),
  watched: maybe(time),
  policyDuringUpdate: maybe(string),
  policyAfter: maybe(string),
  failed: fields<StackOperation["failed"]>({ create: names, update: names, delete: names }),
  stopped: maybe(string),
});

const detail = fields<ChangeDetail>({
  attribute: string,
  name: maybe(string),
  path: maybe(string),
  recreation: maybe(string),
  evaluation: string,
  source: string,
  cause: maybe(string),
  before: maybe(string),
  after: maybe(string),
  changeType: maybe(string),
  only: maybe(string),
});

const change = fields<ResourceChange>({
  action: string,
  policyAction: maybe(string),
  logicalId: string,
  physicalId: maybe(string),
  type: string,
  replacement: maybe(string),
  drift: maybe(string),
  scope: names,
  details: array(detail),
  before: maybe(string),
  after: maybe(string),
  changeSet: maybe(string),
});

const finding = fields<ValidationFinding>({
  logicalId: string,
  type: string,
  validation: string,
  mode: string,
  path: string,
  reason: string,
});

const mode = fields<DeploymentMode>({ express: boolean, disableRollback: boolean });

const changeSet = fields<SimulatedChangeSet>({
  id: string,
  name: string,
  type: literal("CREATE", "UPDATE"),
  description: maybe(string),
  created: time,
  due: time,
  onStackFailure: maybe(literal("ROLLBACK", "DO_NOTHING", "DELETE")),
  mode: maybe(mode),
  reverts: maybe(boolean),
  deployment,
  changes: array(change),
  failure: maybe(string),
  warning: maybe(string),
  findings: array(finding),
  token: maybe(string),
  obsolete: maybe(boolean),
  nested: maybe(boolean),
  parent: maybe(string),
  root: maybe(string),
});

const signal = fields<Signal>({
  id: string,
  status: literal("SUCCESS", "FAILURE"),
  reason: maybe(string),
  data: maybe(string),
});

export const stack = fields<SimulatedStack>({
  id: string,
  name: string,
  account: string,
  region: string,
  status: string,
  reason: maybe(string),
  detailed: maybe(string),
  created: time,
  updated: maybe(time),
  deleted: maybe(time),
  deployed: maybe(deployment),
  parked: maybe(operation),
  disableRollback: boolean,
  givenUp: maybe(boolean),
  mode: maybe(mode),
  terminationProtection: boolean,
  policy: maybe(string),
  resources: record(stackResource),
  incarnations: record(whole),
  outputs: array(output),
  events: array(event),
  changeSets: array(changeSet),
  operation: maybe(operation),
  lastOperation: maybe(string),
  lastKind: maybe(string),
  executed: maybe(string),
  executions: maybe(array(fields<NonNullable<SimulatedStack["executions"]>[number]>({ changeSet, operation: string }))),
  parent: maybe(string),
  root: maybe(string),
  signals: maybe(record(array(signal))),
  tokens: names,
  told: maybe(fields<NonNullable<SimulatedStack["told"]>>({ texts: names, last: record(whole) })),
  drift: maybe(fields<NonNullable<SimulatedStack["drift"]>>({ id: string, at: time, status: string, drifted: whole })),
});
