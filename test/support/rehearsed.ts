import { CloudFormationClient, paginateDescribeStacks } from "@aws-sdk/client-cloudformation";
import { S3Client } from "@aws-sdk/client-s3";
import { onTestFinished } from "vitest";
import { openCloud } from "../../src/aws/cloud.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { busyWhileCalling } from "../../src/operation/target.ts";
import { BOOTSTRAP_STACK, withBootstraps } from "../../src/plan/bootstrap.ts";
import type { DeployedStack, DeployedTemplate } from "../../src/plan/deployed.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { planProvision, type Site } from "../../src/plan/provision-plan.ts";
import { removalSteps } from "../../src/plan/removal.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Engine } from "../../src/provision/engine.ts";
import type { Event } from "../../src/provision/event.ts";
import { environmentLock, idOf } from "../../src/provision/lock.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { previewed } from "../../src/provision/preview.ts";
import { recorder } from "../../src/provision/recorder.ts";
import { carryOut, type Known, type RunResult } from "../../src/provision/run.ts";
import { storedFor } from "../../src/provision/stored.ts";
import { type Rehearsal, type RehearsalOptions, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import { noticeLines } from "../../src/view/event-words.ts";
import { SITE } from "./stacks.ts";

/** What one run did, from plan to end. */
export type Ran = {
  readonly plan: Plan;
  readonly stacks: readonly Stack[];
  readonly result: RunResult;
  readonly events: readonly Event[];
  /** What the engine said it would do, `stack: words` each. */
  readonly noticed: readonly string[];
  readonly outcomes: { readonly [stack: string]: string };
};

/** The real engine on the real SDK clients, before an AWS that is not AWS; and clients of others, to get in its way. */
export type Workbench = {
  /** For whoever looks and works by hand; once a run has used it up, nothing can be changed with it. */
  readonly cloud: Cloud;
  /** Another one, as another process has it. */
  readonly opened: () => Cloud;
  readonly cloudformation: CloudFormationClient;
  readonly s3: S3Client;
  readonly site: Site;
  /** Plans and carries out, under the environment's lock as the command does. */
  readonly provision: (stacks: readonly Stack[], options?: RunOptions) => Promise<Ran>;
  /** The plan as `astro plan` makes it, and what stands. */
  readonly plan: (
    stacks: readonly Stack[],
    regions?: readonly string[],
  ) => Promise<{ readonly plan: Plan; readonly deployed: readonly DeployedTemplate[] }>;
  /** `bootstrap` takes astro's own stack away too. */
  readonly destroy: (options?: RunOptions & { readonly bootstrap?: boolean }) => Promise<Ran>;
  /** Carries out a plan that somebody else made, under the lock. */
  readonly carry: (plan: Plan, stacks: readonly Stack[], known: Known, given?: RunOptions) => Promise<Ran>;
  readonly status: (stack: string) => Promise<string | undefined>;
  /** Holds the clock while somebody else does something. */
  readonly meanwhile: <T>(work: () => Promise<T>) => Promise<T>;
  /** Lets time pass. */
  readonly pass: (seconds: number) => Promise<void>;
  /** Waits until CloudFormation is done with a stack; its status. */
  readonly settled: (stack: string) => Promise<string | undefined>;
  /** Locks and change sets nobody needs any more. */
  readonly left: () => Promise<readonly string[]>;
};

export type RunOptions = Partial<
  Pick<Engine, "recoveryOptions" | "revertDrift" | "express" | "ask" | "cancel" | "cloud" | "signal" | "gate">
> & {
  readonly onEvent?: (event: Event) => void;
  /** Words of this run; `run1` and so on by default. */
  readonly run?: string;
  /** Regions to look at; the environment's own by default. */
  readonly regions?: readonly string[];
};

export type Rehearsed = Workbench & { readonly rehearsal: Rehearsal };

/** Starts a rehearsed AWS in jump mode that is gone when the test is over. */
export async function rehearsed(options: Partial<RehearsalOptions> = {}): Promise<Rehearsed> {
  const rehearsal = await startRehearsal({
    speed: "max",
    region: SITE.region,
    account: SITE.account,
    clients: "inside",
    seed: 7,
    start: new Date("2026-03-01T12:00:00Z"),
    ...options,
  });
  onTestFinished(rehearsal.close);
  return { rehearsal, ...workbench(rehearsal) };
}

/** The engine before whatever answers at `endpoint`; `busy` holds its clock until the returned function is called. */
export function workbench(place: Pick<Rehearsal, "endpoint" | "credentials" | "clock" | "busy">): Workbench {
  const { endpoint, credentials, clock, busy } = place;
  const opened = () => busyWhileCalling(openCloud({ endpoint, credentials }, SITE.region), busy);
  // Whoever looks and works by hand; each run has one of its own, as each process does.
  const cloud = opened();
  const config = { endpoint, credentials, region: SITE.region };
  let runs = 0;

  const carry = async (plan: Plan, stacks: readonly Stack[], known: Known, given: RunOptions): Promise<Ran> => {
    const { onEvent, regions: _, run = `run${++runs}`, signal = new AbortController().signal, ...more } = given;
    const cloud = given.cloud ?? opened();
    const events: Event[] = [];
    const operation = plan.direction;
    const own = { run, who: "arn:aws:iam::111122223333:user/ada", host: "here", process: "here 1", operation };
    const lock = environmentLock({
      cloud,
      clock,
      signal,
      site: SITE,
      own,
      isGone: () => false,
      wait: true,
      waiting: [],
    });
    const recording = recorder(cloud, SITE, own);
    let count = 0;
    const token = () => `${run}-${++count}`;
    const emit = (event: Event) => {
      events.push(event);
      onEvent?.(event);
      recording.emit(event);
    };
    try {
      const result = await carryOut(plan, stacks, { ...more, cloud, clock, emit, signal, token, lock }, known);
      const { outcome, outputs, elapsedSeconds } = result;
      const at = clock.now().toISOString();
      emit({ type: "result", at, environment: SITE.environment, outcome, outputs, elapsedSeconds });
      await recording.close();
      return { plan, stacks, result, events, ...summary(events) };
    } finally {
      await lock.release();
    }
  };
  const seen = async (wanted: readonly Stack[] = [], more: readonly string[] = []) => {
    const regions = new Set([SITE.region, ...more, ...wanted.map(({ region }) => region)]);
    const found = await everyStack(cloud, [...regions]);
    const { deployed } = await lookAt(cloud, SITE, found, wanted.length > 0 ? { wanted } : undefined);
    return { deployed, values: await storedFor(cloud, wanted) };
  };
  const status: Rehearsed["status"] = async (name) => (await cloud.stack({ name, region: SITE.region }))?.status;

  return {
    cloud,
    opened,
    cloudformation: new CloudFormationClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    site: SITE,
    carry: (plan, stacks, known, given = {}) => carry(plan, stacks, known, given),
    status,
    provision: async (stacks, given = {}) => {
      const known = await seen(stacks, given.regions);
      const regions = new Set([SITE.region, ...(given.regions ?? []), ...stacks.map(({ region }) => region)]);
      const prices = await loadPricesFor([...regions]);
      const plan = await planProvision({ site: SITE, stacks, ...known, prices });
      return carry(plan, withBootstraps(SITE.region, stacks), known, given);
    },
    plan: async (stacks, regions = [SITE.region]) => {
      const known = await seen(stacks, regions);
      const prices = await loadPricesFor(regions);
      const planned = (withPreviews?: Plan) =>
        planProvision({ site: SITE, stacks, ...known, prices, ...(withPreviews && { withPreviews }) });
      const word = `plan${++runs}`;
      let count = 0;
      const { signal } = new AbortController();
      const world = { cloud, clock, signal, token: () => `${word}-${++count}` };
      return {
        plan: await previewed(world, await planned(), stacks, known.deployed, planned),
        deployed: known.deployed,
      };
    },
    destroy: async ({ bootstrap = false, ...given } = {}) => {
      const known = await seen();
      const going = ({ tags, name }: DeployedStack) =>
        tags.Environment === SITE.environment || (bootstrap && name === BOOTSTRAP_STACK);
      const steps = removalSteps(known.deployed.filter(going));
      return carry({ ...SITE, direction: "destroy", steps, monthly: { before: 0, after: 0 } }, [], known, given);
    },
    meanwhile: async (work) => {
      const done = busy();
      try {
        return await work();
      } finally {
        done();
      }
    },
    pass: (seconds) => clock.sleep(seconds * 1000),
    settled: async (name) => {
      for (;;) {
        const now = await status(name);
        if (!now?.endsWith("_IN_PROGRESS") || now === "REVIEW_IN_PROGRESS") return now;
        await clock.sleep(5000);
      }
    },
    left: async () => {
      const lock = await cloud.lock(SITE.region, idOf(SITE));
      const client = new CloudFormationClient(config);
      const names: string[] = [];
      // Nested stacks too, which the engine does not see.
      for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {}))
        names.push(...Stacks.map(({ StackName = "" }) => StackName));
      const sets = await Promise.all(
        names.map(async (name) => {
          const found = await cloud.changeSets({ name, region: SITE.region });
          return found.map((set) => `${name}: ${set}`);
        }),
      );
      return [...(lock ? [`lock of ${lock.run}`] : []), ...sets.flat()];
    },
  };
}

function summary(events: readonly Event[]): Pick<Ran, "noticed" | "outcomes"> {
  const outcomes = events.flatMap((event) => (event.type === "stack.done" ? [[event.stack, event.outcome]] : []));
  return {
    noticed: events.flatMap((event) => {
      const lines = "phase" in event && "stack" in event ? noticeLines(event) : undefined;
      return lines === undefined || !("stack" in event) ? [] : [`${event.stack}: ${lines.join("\n")}`];
    }),
    outcomes: Object.fromEntries(outcomes),
  };
}
