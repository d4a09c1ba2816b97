import { dayOf } from "../clock.ts";
import type { Context } from "../context.ts";
import { loadPricesFor } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import { AstroError } from "../errors.ts";
import { attach as follow } from "../provision/attach.ts";
import { idOf } from "../provision/lock.ts";
import { lookBack, type Past, type Sight } from "../provision/past.ts";
import { lastRun } from "../provision/recorder.ts";
import type { Result } from "../provision/run.ts";
import { renderDone, renderGone } from "../view/done.ts";
import { during } from "../view/spinner.ts";
import { openView, settle } from "./conduct.ts";
import { again, type OperationFlags } from "./flags.ts";
import { type Operation, openOperation } from "./open.ts";
import { interruptibly, lockClock } from "./session.ts";
import { standingAround } from "./sight.ts";

/**
 * `astro attach`: looks on at the environment's last run, whoever began it and wherever, from CloudFormation alone.
 * Returns that run's exit code; throws AstroError if there is none.
 */
export async function attach(context: Context, flags: OperationFlags): Promise<number> {
  const operation = await openOperation(context, "attach", flags);
  try {
    let { sight, past, result } = await lookOn(context, flags, operation);
    // A first run is on record only once its bootstrap stands: what comes after that is seen with a second look.
    if (!past.isRecorded && result.outcome === "done") {
      await operation.target.running(() => operation.target.clock.sleep(RECORDED));
      const now = await look(operation, flags);
      if (now.past.run === past.run && now.past.isRecorded) {
        ({ sight, past, result } = await lookOn(context, flags, operation));
      }
    }
    const removing = past.plan.direction === "destroy";
    const command = again(removing ? "destroy" : "provision", past.plan.environment, flags);
    const good = await goodWords(context, operation, past, sight, result);
    return await settle(context, operation, past.plan, result, command, good, flags.json);
  } finally {
    await operation.target.close();
  }
}

/** Milliseconds after the bootstrap's end in which a run is put on record. */
const RECORDED = 5000;

type Seen = { readonly sight: Sight; readonly past: Past; readonly result: Result };

async function lookOn(context: Context, flags: OperationFlags, operation: Operation): Promise<Seen> {
  const { sight, past } = await during(context.stderr, "reading what has happened", () =>
    interruptibly(context, () => look(operation, flags)),
  );
  return { sight, past, result: await watch(context, flags, operation, past) };
}

async function look(
  operation: Operation,
  flags: OperationFlags,
): Promise<{ readonly sight: Sight; readonly past: Past }> {
  const { target, site } = operation;
  const [{ deployed }, record, lock] = await Promise.all([
    standingAround(operation, flags),
    lastRun(target.cloud, site),
    target.cloud.lock(site.region, idOf(site)),
  ]);
  const sight = { deployed, record, lock };
  const past = await lookBack(target.cloud, site, sight);
  if (past) return { sight, past };
  const words = `nothing was ever done to ${site.environment} in ${site.region}`;
  throw new AstroError("failed", words, `begin with:  ${again("provision", site.environment, flags)}`);
}

async function watch(context: Context, flags: OperationFlags, operation: Operation, past: Past): Promise<Result> {
  const { target } = operation;
  const view = await openView(context, flags.json, operation);
  const { cloud, clock } = target;
  try {
    return await target.running(async () => {
      const signal = context.interruptible();
      const watching = { cloud, clock, lockClock: lockClock(context, target), emit: view.emit, signal };
      const result = await follow(watching, past);
      const { outcome, outputs } = result;
      const elapsedSeconds = Math.round(result.elapsedSeconds);
      const at = clock.now().toISOString();
      view.emit({ type: "result", at, environment: past.plan.environment, outcome, outputs, elapsedSeconds });
      return result;
    });
  } finally {
    await view.close();
  }
}

/** How a run that went well is said: as the command that carried it out would have. */
async function goodWords(
  context: Context,
  { header, site }: Operation,
  { plan }: Past,
  { deployed }: Sight,
  result: Result,
): Promise<() => string> {
  const stacks = plan.steps.length;
  if (plan.direction === "destroy") return () => renderGone({ header, stacks, kept: [], ...result }, context.stdout);
  const prices = await loadPricesFor([...new Set(plan.steps.map((step) => step.region))]);
  const name = site.environment;
  const today = dayOf(context.clock);
  const cost = estimate({ name, region: site.region, stacks: deployed, usage: TYPICAL_USAGE, today }, prices);
  const { monthlyTotal: monthly, unpriced } = cost;
  return () => renderDone({ header, stacks, monthly, unpriced, ...result }, context.stdout);
}
