import { bootstrapBucket, stateFolder } from "../plan/bootstrap.ts";
import { sha256 } from "../plan/digest.ts";
import type { Plan } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import { readJson } from "../reading/json.ts";
import {
  listSchema,
  mapSchema,
  numberSchema,
  objectSchema,
  oneOf,
  shaped,
  timeSchema,
  textSchema as word,
} from "../reading/shape.ts";
import type { Cloud, Lock } from "./cloud.ts";
import type { Emit, Event, RunOutcome, StackOutcome } from "./event.ts";

/** What became of one stack in a run; nothing yet where there is neither outcome nor failure. */
type RecordedStack = {
  readonly stack: string;
  readonly region: string;
  readonly phase: string;
  readonly action: string;
  readonly outcome?: StackOutcome;
  readonly failed?: { readonly status: string; readonly reason: string; readonly resource?: string };
  readonly elapsedSeconds?: number;
};

/** One run, as the bootstrap bucket keeps it: who did what, when, and how it ended. */
export type RunRecord = {
  readonly run: string;
  readonly operation: string;
  readonly who: string;
  readonly host: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** Absent while it runs, and for good if it was killed. */
  readonly outcome?: RunOutcome;
  /** SHA-256 of the plan that was carried out. */
  readonly plan: string;
  readonly stacks: readonly RecordedStack[];
  readonly outputs: { readonly [name: string]: string };
};

/** Keeps a run's record from its events, in a bucket that keeps the earlier ones as versions. */
export type Recorder = {
  readonly emit: Emit;
  /** Resolves once everything is written that could be. */
  readonly close: () => Promise<void>;
};

/** The recorder of one run. A record that cannot be written is left out: the run matters more. */
export function recorder(cloud: Cloud, site: Site, own: Pick<Lock, "run" | "operation" | "who" | "host">): Recorder {
  let plan: Plan | undefined;
  let record: RunRecord | undefined;
  let isWritten = false;
  let writing: Promise<void> = Promise.resolve();
  const write = (unless: () => boolean = () => false) => {
    writing = writing.then(async () => {
      if (record === undefined || plan === undefined || unless()) return;
      isWritten = await save(cloud, site, { ...record, plan: await sha256(plan) });
    });
  };
  return {
    emit: (event) => {
      if (event.type === "run.started" || event.type === "release.started") {
        plan = event.plan;
        // A release is one run from its build to its proof.
        record = { ...beginning(own, event.at, event.plan), ...(record && { startedAt: record.startedAt }) };
      }
      record = record && after(record, event);
      // A run that changes nothing is written down once, at its end; any other once it has the lock, and with it the bucket.
      const changes = plan?.steps.some(({ action }) => action !== "unchanged") ?? false;
      const isLocked = event.type === "phase.started" && event.phase !== "bootstrap";
      if (event.type === "result") write();
      else if ((changes && isLocked) || event.type === "release.started") write(() => isWritten);
    },
    close: () => writing,
  };
}

function beginning(own: Pick<Lock, "run" | "operation" | "who" | "host">, at: string, plan: Plan): RunRecord {
  const { run, operation, who, host } = own;
  const stacks = plan.steps.map(({ stack, region, phase, action }) => ({ stack, region, phase, action }));
  return { run, operation, who, host, startedAt: at, plan: "", stacks, outputs: {} };
}

function after(record: RunRecord, event: Event): RunRecord {
  if (event.type === "result") {
    return { ...record, endedAt: event.at, outcome: event.outcome, outputs: event.outputs };
  }
  if (event.type !== "stack.done" && event.type !== "stack.failed") return record;
  const { elapsedSeconds } = event;
  const news =
    event.type === "stack.done"
      ? { outcome: event.outcome, elapsedSeconds }
      : {
          failed: {
            status: event.status,
            reason: event.reason,
            ...(event.resource !== undefined && { resource: event.resource }),
          },
          elapsedSeconds,
        };
  return { ...record, stacks: record.stacks.map((one) => (one.stack === event.stack ? { ...one, ...news } : one)) };
}

async function save(cloud: Cloud, site: Site, record: RunRecord): Promise<boolean> {
  const bucket = bootstrapBucket(site.account, site.region);
  try {
    await cloud.writeObject(site.region, bucket, keyOf(site), `${JSON.stringify(record, null, 2)}\n`);
    return true;
  } catch {
    return false;
  }
}

/** What a record must have to be read: one that a newer astro wrote may have more. */
const RECORD = objectSchema({
  run: word,
  operation: word,
  who: word,
  host: word,
  startedAt: timeSchema,
  endedAt: timeSchema.optional(),
  outcome: oneOf(["done", "failed", "interrupted", "cancelled"]).optional(),
  plan: word,
  stacks: listSchema(
    objectSchema({
      stack: word,
      region: word,
      phase: word,
      action: word,
      outcome: word.optional(),
      failed: objectSchema({ status: word, reason: word, resource: word.optional() }).optional(),
      elapsedSeconds: numberSchema.optional(),
    }),
  ),
  outputs: mapSchema(word),
});

/** The environment's last run; `undefined` if none was recorded or its record cannot be understood. */
export async function lastRun(cloud: Cloud, site: Site): Promise<RunRecord | undefined> {
  const text = await cloud.readObject(site.region, bootstrapBucket(site.account, site.region), keyOf(site));
  if (text === undefined) return undefined;
  try {
    return shaped<RunRecord>(RECORD, readJson(text));
  } catch {
    return undefined;
  }
}

function keyOf(site: Site): string {
  return `${stateFolder(site)}run.json`;
}
