import type { DeployedStack } from "../../src/plan/deployed.ts";
import type { ChangeSetInput, Cloud, Lock, StackEvent, StackRef, StackResource } from "../../src/provision/cloud.ts";
import { sameJson } from "../../src/template/equal.ts";
import type { Template } from "../../src/template/types.ts";

import { TAGS } from "./stacks.ts";

const ACCOUNT = "111122223333";

type Fault = { readonly resource: string; readonly type: string; readonly reason: string };
type Held = { stack: DeployedStack; template: Template; events: StackEvent[]; undeleted?: string };

/** A CloudFormation of a few rules, enough to see what the engine asks of it, and in which order. */
export type FakeCloud = Cloud & {
  /** Every changing call made, as `operation stack`. */
  readonly calls: string[];
  /** The next operation on a stack of this name fails so. */
  readonly faults: Map<string, Fault>;
  /** Values of a stack's outputs; by default each output's name with the stack's. */
  readonly outputs: Map<string, { readonly [key: string]: string }>;
  readonly objects: Map<string, string>;
  /** What stands in Parameter Store, in whatever region. */
  readonly stored: Map<string, string>;
  readonly contents: Map<string, number>;
  /** Puts a stack there as if it had been deployed before. */
  readonly put: (ref: StackRef, template: Template, extra?: Partial<DeployedStack>) => DeployedStack;
  /** Thrown by the next call whose name it is. */
  readonly errors: Map<string, Error>;
  readonly locks: Map<string, Lock>;
};

/** S3's words for a bucket that holds something. */
const NOT_EMPTY = "The bucket you tried to delete is not empty (Service: S3, Status Code: 409)";

export function fakeCloud(): FakeCloud {
  const held = new Map<string, Held>();
  const changeSets = new Map<string, ChangeSetInput>();
  const calls: string[] = [];
  const faults = new Map<string, Fault>();
  const outputs: FakeCloud["outputs"] = new Map();
  const objects = new Map<string, string>();
  const stored = new Map<string, string>();
  const contents = new Map<string, number>();
  const errors = new Map<string, Error>();
  const locks = new Map<string, Lock>();
  // Events of stacks that are deleted: they can still be read by ARN.
  const gone = new Map<string, readonly StackEvent[]>();
  let count = 0;

  /** A stack's name, also where its ARN is given. */
  const nameOf = (name: string) => (name.includes(":stack/") ? (name.split("/")[1] ?? name) : name);
  const key = ({ name, region }: StackRef) => `${region}/${nameOf(name)}`;
  const called = (operation: string, name: string) => {
    calls.push(`${operation} ${nameOf(name)}`);
    const error = errors.get(operation);
    errors.delete(operation);
    if (error) throw error;
  };
  const note = (to: Held, logicalId: string, type: string, status: string, reason?: string) => {
    const physicalId = type === "AWS::CloudFormation::Stack" ? to.stack.id : `${logicalId.toLowerCase()}-1`;
    const id = `event-${++count}`;
    to.events.push({ id, at: new Date(0), logicalId, physicalId, type, status, ...(reason && { reason }) });
  };
  const end = (to: Held, status: string, reason?: string) => {
    to.stack = { ...to.stack, status };
    note(to, to.stack.name, "AWS::CloudFormation::Stack", status, reason);
  };
  const put: FakeCloud["put"] = (ref, template, extra = {}) => {
    const stack: DeployedStack = {
      name: nameOf(ref.name),
      region: ref.region,
      id: `arn:aws:cloudformation:${ref.region}:${ACCOUNT}:stack/${nameOf(ref.name)}/1`,
      status: "CREATE_COMPLETE",
      outputs: outputs.get(nameOf(ref.name)) ?? outputsOf(nameOf(ref.name), template),
      tags: TAGS,
      createdAt: new Date(0),
      terminationProtection: false,
      ...extra,
    };
    const to: Held = { stack, template, events: [] };
    held.set(key(ref), to);
    note(to, ref.name, "AWS::CloudFormation::Stack", stack.status);
    return stack;
  };

  return {
    calls,
    faults,
    outputs,
    objects,
    contents,
    stored,
    storedValues: async (_, names) =>
      new Map(names.flatMap((name) => (stored.has(name) ? [[name, stored.get(name) ?? ""] as const] : []))),
    errors,
    locks,
    put,
    identity: async () => ({ account: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/ada` }),
    stacks: async (region) => [...held.values()].map((one) => one.stack).filter((stack) => stack.region === region),
    stack: async (ref) => held.get(key(ref))?.stack,
    template: async (ref) => JSON.stringify(held.get(key(ref))?.template),
    resources: async (ref): Promise<readonly StackResource[]> => {
      const { template, undeleted } = held.get(key(ref)) ?? {};
      return Object.entries(template?.Resources ?? {}).map(([logicalId, { Type }]) => ({
        logicalId,
        physicalId: `${logicalId.toLowerCase()}-1`,
        type: Type,
        status: logicalId === undeleted ? "DELETE_FAILED" : "CREATE_COMPLETE",
        ...(logicalId === undeleted && { reason: NOT_EMPTY }),
      }));
    },
    events: async (ref, after) => {
      const events = held.get(key(ref))?.events ?? gone.get(key(ref)) ?? [];
      return events.slice(events.findIndex((event) => event.id === after) + 1);
    },
    recentEvents: async (ref) => {
      const to = held.get(key(ref));
      // An operation somebody else began is over by the time anybody looks at its events.
      if (to?.stack.status.endsWith("_IN_PROGRESS") && to.stack.status !== "REVIEW_IN_PROGRESS") {
        end(to, to.stack.status.replace("_IN_PROGRESS", "_COMPLETE"));
      }
      return to?.events ?? [];
    },
    createChangeSet: async (input) => {
      called(`createChangeSet${input.revertDrift ? ":revertDrift" : ""}`, input.stack.name);
      changeSets.set(input.changeSet, input);
      if (input.kind === "CREATE") put(input.stack, { Resources: {} }, { status: "REVIEW_IN_PROGRESS", outputs: {} });
    },
    changeSet: async (ref, name) => {
      const { template } = wanted(changeSets.get(name));
      const stack = held.get(key(ref))?.stack.id ?? ref.name;
      if (sameJson(held.get(key(ref))?.template, template)) {
        return { stack, status: "FAILED", reason: "The submitted information didn't contain changes.", changes: [] };
      }
      const changes = Object.entries(template.Resources).map(([logicalId, { Type }]) => ({
        logicalId,
        type: Type,
        action: "Add" as const,
        causes: [],
        recreates: [],
      }));
      return { stack, status: "CREATE_COMPLETE", changes };
    },
    refusals: async () => [],
    changeSets: async (ref) => [...changeSets].flatMap(([name, { stack }]) => (key(stack) === key(ref) ? [name] : [])),
    deleteChangeSet: async (ref, name) => {
      called("deleteChangeSet", ref.name);
      changeSets.delete(name);
    },
    executeChangeSet: async (ref, changeSet) => {
      called("executeChangeSet", ref.name);
      const input = wanted(changeSets.get(changeSet));
      const name = nameOf(ref.name);
      const fault = faults.get(name);
      faults.delete(name);
      for (const [set, { stack }] of changeSets) if (key(stack) === key(ref)) changeSets.delete(set);
      const word = input.kind;
      put(ref, input.template, { tags: input.tags });
      const to = held.get(key(ref));
      if (to === undefined) return;
      to.events.length = 0;
      note(to, name, "AWS::CloudFormation::Stack", `${word}_IN_PROGRESS`);
      for (const [id, { Type }] of Object.entries(input.template.Resources)) {
        note(to, id, Type, `${word}_IN_PROGRESS`);
        if (fault?.resource === id) note(to, id, Type, `${word}_FAILED`, fault.reason);
        else if (fault) note(to, id, Type, `${word}_FAILED`, "Resource creation cancelled");
        else note(to, id, Type, `${word}_COMPLETE`);
      }
      end(to, fault ? (word === "CREATE" ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE") : `${word}_COMPLETE`);
    },
    deleteStack: async (ref) => {
      called("deleteStack", ref.name);
      const to = held.get(key(ref));
      if (to === undefined) return;
      const fault = faults.get(to.stack.name);
      faults.delete(to.stack.name);
      if (fault) note(to, fault.resource, fault.type, "DELETE_FAILED", fault.reason);
      if (fault) to.undeleted = fault.resource;
      end(to, fault ? "DELETE_FAILED" : "DELETE_COMPLETE");
      if (fault) return;
      gone.set(key(ref), to.events);
      held.delete(key(ref));
    },
    setTerminationProtection: async (ref, on) => {
      called(`protect:${on}`, ref.name);
      const to = held.get(key(ref));
      if (to) to.stack = { ...to.stack, terminationProtection: on };
    },
    cancelUpdate: async (ref) => called("cancelUpdate", ref.name),
    continueRollback: async (ref, _token, skip) => called(`continueRollback:${skip.join(",")}`, ref.name),
    rollBack: async (ref) => called("rollBack", ref.name),
    lock: async (_region, id) => locks.get(id),
    takeLock: async (_region, lock, over) => {
      const holder = locks.get(lock.id);
      const isFree = !holder || holder.run === lock.run;
      if (isFree || (holder.run === over?.run && holder.heartbeat === over.heartbeat)) locks.set(lock.id, lock);
      return locks.get(lock.id);
    },
    keepLock: async (_region, lock) => {
      const holder = locks.get(lock.id);
      if (holder?.run !== lock.run) return false;
      locks.set(lock.id, { ...holder, heartbeat: lock.heartbeat });
      return true;
    },
    dropLock: async (_region, lock) => locks.get(lock.id)?.run === lock.run && locks.delete(lock.id),
    upload: async (_region, bucket, name, body) => {
      objects.set(`${bucket}/${name}`, body);
      return `https://s3.example/${bucket}/${name}`;
    },
    publishAssets: async (_region, manifest) => called("publishAssets", manifest),
    emptyBucket: async (_region, bucket) => {
      called("emptyBucket", bucket);
      return contents.get(bucket) ?? 0;
    },
    emptyRepository: async (_region, repository) => {
      called("emptyRepository", repository);
      return contents.get(repository) ?? 0;
    },
    dropValidations: async (zone) => {
      called("dropValidations", zone);
      return contents.get(zone) ?? 0;
    },
    inTheWay: async () => [],
    clearLeftover: async (_owned, _region, _type, name) => {
      called("clearLeftover", name);
      return true;
    },
    service: async () => undefined,
    serviceTasks: async () => [],
    targets: async () => [],
    logTail: async () => undefined,
    liveServices: async () => [],
    definition: async () => undefined,
    database: async () => undefined,
    cache: async () => undefined,
    secretWritten: async () => undefined,
    readObject: async (_region, bucket, name) => objects.get(`${bucket}/${name}`),
    listObjects: async (_region, bucket, prefix) =>
      [...objects.keys()].flatMap((name) =>
        name.startsWith(`${bucket}/${prefix}`) ? [name.slice(bucket.length + 1)] : [],
      ),
    writeObject: async (_region, bucket, name, body) => void objects.set(`${bucket}/${name}`, body),
  };

  function wanted(input: ChangeSetInput | undefined): ChangeSetInput & { readonly template: Template } {
    if (input === undefined) throw new Error("no such change set");
    const { template: from } = input;
    if (from === "previous") {
      const { template = { Resources: {} } } = held.get(key(input.stack)) ?? {};
      return { ...input, template: template as Template & ChangeSetInput["template"] };
    }
    const body = "body" in from ? from.body : (objects.get(from.url.replace("https://s3.example/", "")) ?? "");
    return { ...input, template: JSON.parse(body) as Template & ChangeSetInput["template"] };
  }
}

function outputsOf(name: string, template: Template): { readonly [key: string]: string } {
  return Object.fromEntries(Object.keys(template.Outputs ?? {}).map((id) => [id, `${name}.${id}`]));
}
