import { openCloud } from "../../src/aws/cloud.ts";
import { secondsBetween } from "../../src/clock.ts";
import { type Order, PHASES } from "../../src/config/phases.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { busyWhileCalling } from "../../src/operation/target.ts";
import { BOOTSTRAP_STACK, withBootstraps } from "../../src/plan/bootstrap.ts";
import type { Plan, Step } from "../../src/plan/plan.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Event } from "../../src/provision/event.ts";
import { carryOut, type RunResult } from "../../src/provision/run.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Stack } from "../../src/synth/assembly.ts";

/** A first provisioning on a rehearsal's simulated clock, and how long each of its stacks took there by itself. */
export type Provisioned = {
  readonly plan: Plan;
  readonly events: readonly Event[];
  readonly result: RunResult;
  /** Seconds of each stack, from the change set's making to the stack's end, by CloudFormation's own clock. */
  readonly seconds: ReadonlyMap<string, number>;
  /** Seconds from the first stack's beginning to the last one's end. */
  readonly makespan: number;
  readonly requests: ReadonlyMap<string, number>;
};

/** A clock that jumps and stands still while the engine computes, in an account in which nothing was ever made. */
const FROM_ZERO = { speed: "max", clients: "inside", start: new Date(0) } as const;

/** Provisions `stacks` anew, on a rehearsal whose durations hang on `seed` alone. */
export async function provisionAnew(
  stacks: readonly Stack[],
  site: { readonly project: string; readonly environment: string; readonly region: string; readonly account: string },
  order: Order,
  seed: number,
): Promise<Provisioned> {
  const { region, account } = site;
  const rehearsal = await startRehearsal({ ...FROM_ZERO, region, account, seed });
  try {
    const { endpoint, credentials, clock, busy, requests } = rehearsal;
    const cloud = busyWhileCalling(openCloud({ endpoint, credentials }, region), busy);
    const prices = await loadPricesFor([region]);
    const plan = await planProvision({ site, stacks, deployed: [], values: new Map(), prices, order });
    const events: Event[] = [];
    let count = 0;
    const result = await carryOut(
      plan,
      withBootstraps(region, stacks),
      {
        cloud,
        clock,
        emit: (event) => events.push(event),
        signal: new AbortController().signal,
        token: () => `t${++count}`,
      },
      { deployed: [], values: new Map() },
    );
    const made = new Map(requests);
    if (result.outcome !== "done") throw new Error(`not made: ${result.error?.message ?? result.outcome}`);
    const seconds = new Map<string, number>();
    for (const step of plan.steps) seconds.set(step.stack, await ownSeconds(cloud, step));
    return { plan, events, result, seconds, makespan: result.elapsedSeconds, requests: made };
  } finally {
    await rehearsal.close();
  }
}

/** What nobody can be faster than. */
async function ownSeconds(cloud: Cloud, { stack, region }: Step): Promise<number> {
  const events = await cloud.events({ name: stack, region });
  const [begun, ended] = [events[0], events.at(-1)];
  if (!begun || !ended) throw new Error(`${stack} has no events`);
  return secondsBetween(begun.at, ended.at);
}

/** Seconds of the phases' critical paths, one after the other. */
export function phasesPath({ plan, seconds }: Pick<Provisioned, "plan" | "seconds">): number {
  const paths = PHASES.map((phase) =>
    criticalPath(
      plan.steps.filter((step) => step.phase === phase),
      seconds,
    ),
  );
  return paths.reduce((total, path) => total + path, 0);
}

/** Seconds of the critical path of the whole, the bootstrap first. */
export function wholePath({ plan, seconds }: Pick<Provisioned, "plan" | "seconds">): number {
  const after = plan.steps.filter((step) => step.stack !== BOOTSTRAP_STACK);
  return (seconds.get(BOOTSTRAP_STACK) ?? 0) + criticalPath(after, seconds);
}

/** The longest chain of `steps` that need each other. */
function criticalPath(steps: readonly Step[], seconds: ReadonlyMap<string, number>): number {
  const finish = (step: Step): number =>
    (seconds.get(step.stack) ?? 0) +
    Math.max(0, ...steps.filter((other) => step.needs.includes(other.stack)).map(finish));
  return Math.max(0, ...steps.map(finish));
}
