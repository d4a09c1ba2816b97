import { dayOf } from "../clock.ts";
import type { CommandLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { followRun as follow } from "../provision/attach.ts";
import { idOf } from "../provision/lock.ts";
import { lastRun } from "../provision/recorder.ts";
import type { RunResult } from "../provision/run.ts";
import { type HistorySnapshot, type RunHistory, readHistory } from "../provision/run-history.ts";
import { renderDone, renderGone } from "../view/done.ts";
import { during } from "../view/spinner.ts";
import { openView, reportOutcome } from "./conduct.ts";
import { deployedAround, deployedCost } from "./deployed.ts";
import { commandWith, type OperationOptions } from "./flags.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { interruptibly, lockClock } from "./session.ts";

/**
 * `astro attach`: follows the environment's last run, finished or running, from CloudFormation alone.
 * Returns that run's exit code; throws AstroError if there is none.
 */
export async function attach(context: Context, flags: OperationOptions): Promise<number> {
  return inOperation(context, "attach", flags, async (operation) => {
    let { snapshot, history, result } = await followRun(context, flags, operation);
    // A first run is on record only once its bootstrap stands: what comes after that is seen with a second look.
    if (!history.isRecorded && result.outcome === "done") {
      await operation.target.running(() => operation.target.clock.sleep(RECORDED));
      const now = await look(operation, flags);
      if (now.history.run === history.run && now.history.isRecorded) {
        ({ snapshot, history, result } = await followRun(context, flags, operation));
      }
    }
    const command = againFor(history, flags);
    const good = await goodWords(context, operation, history, snapshot, result);
    return await reportOutcome(context, operation, history.plan, result, command, good, flags.json);
  });
}

/** The command that goes on from where the run failed. */
function againFor({ plan, operation }: RunHistory, flags: OperationOptions): CommandLine {
  const isRelease = operation === "deploy" || operation === "rollback";
  return commandWith(isRelease ? operation : plan.direction, plan.environment, flags);
}

/** Milliseconds after the bootstrap's end in which a run is put on record. */
const RECORDED = 5000;

type Seen = { readonly snapshot: HistorySnapshot; readonly history: RunHistory; readonly result: RunResult };

async function followRun(context: Context, flags: OperationOptions, operation: EnvironmentOperation): Promise<Seen> {
  const { snapshot, history } = await during(context.stderr, "reading what has happened", () =>
    interruptibly(context, () => look(operation, flags)),
  );
  return { snapshot, history, result: await watch(context, flags, operation, history) };
}

async function look(operation: EnvironmentOperation, flags: OperationOptions): Promise<Omit<Seen, "result">> {
  const { target, site } = operation;
  const [{ deployed }, record, lock] = await Promise.all([
    deployedAround(operation, flags),
    lastRun(target.cloud, site),
    target.cloud.lock(site.region, idOf(site)),
  ]);
  const snapshot = { deployed, record, lock };
  const history = await readHistory(target.cloud, site, snapshot);
  if (history) return { snapshot, history };
  const words = `${site.environment} was never deployed in ${site.region}`;
  throw new AstroError("failed", words, {
    text: "start with",
    command: commandWith("provision", site.environment, flags),
  });
}

async function watch(
  context: Context,
  flags: OperationOptions,
  operation: EnvironmentOperation,
  history: RunHistory,
): Promise<RunResult> {
  const { target } = operation;
  const view = await openView(context, flags.json, operation);
  const { cloud, clock } = target;
  try {
    return await target.running(async () => {
      const signal = context.interruptible();
      const watching = {
        cloud,
        clock,
        lockClock: lockClock(context, target),
        emit: view.emit,
        signal,
        again: againFor(history, flags),
      };
      const result = await follow(watching, history);
      const { outcome, outputs } = result;
      const elapsedSeconds = Math.round(result.elapsedSeconds);
      const at = clock.now().toISOString();
      view.emit({ type: "result", at, environment: history.plan.environment, outcome, outputs, elapsedSeconds });
      return result;
    });
  } finally {
    await view.close();
  }
}

/** How a run that went well is said: as the command that carried it out would have. */
async function goodWords(
  context: Context,
  { header, site }: EnvironmentOperation,
  { plan }: RunHistory,
  { deployed }: HistorySnapshot,
  result: RunResult,
): Promise<() => string> {
  const stacks = plan.steps.length;
  if (plan.direction === "destroy") return () => renderGone({ header, stacks, kept: [], ...result }, context.stdout);
  const { monthlyTotal: monthly, unpriced } = await deployedCost(site, deployed, dayOf(context.clock));
  return () => renderDone({ header, stacks, monthly, unpriced, ...result }, context.stdout);
}
