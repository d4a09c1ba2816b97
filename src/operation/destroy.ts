import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import { samePlace } from "../plan/elsewhere.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import { renderDestroyPlan, whereLooked } from "../view/destroy-plan.ts";
import { renderGone } from "../view/done.ts";
import { during } from "../view/spinner.ts";
import { conduct, openView, reportOutcome } from "./conduct.ts";
import { elsewhereError, noteElsewhere, standsHere } from "./elsewhere.ts";
import { again, type DestroyFlags, recoveryOptionsOf } from "./flags.ts";
import { keepInMind, memoryOf } from "./memory.ts";
import { tellNotices } from "./notices.ts";
import { type EnvironmentOperation, openOperation } from "./open.ts";
import { proposeDestroy } from "./propose.ts";
import { interruptibly, type LockSession, underLock } from "./session.ts";
import { paceOf } from "./timings.ts";

/** `astro destroy`: the plan reversed. Returns the exit code; throws AstroError for what ends it early. */
export async function destroy(context: Context, flags: DestroyFlags): Promise<number> {
  const operation = await openOperation(context, "destroy", flags);
  try {
    return await underLock(context, operation, flags, (session) => work(context, operation, flags, session));
  } finally {
    await operation.target.close();
  }
}

async function work(
  context: Context,
  operation: EnvironmentOperation,
  flags: DestroyFlags,
  session: LockSession,
): Promise<number> {
  const { plan, stacks, known, kept, inTheWay, around } = await during(context.stderr, "reading what is deployed", () =>
    interruptibly(context, () => proposeDestroy(context, operation, flags)),
  );
  const { elsewhere, gone } = around;
  const { site } = operation;
  const steps = plan.steps.map(({ stack, region }) => ({ name: stack, region }));
  if (!standsHere(steps, site.region) && elsewhere.length > 0) {
    throw elsewhereError(operation, flags, elsewhere, `nothing to destroy: ${whereLooked(plan)}`);
  }
  noteElsewhere(context, operation, flags, around);
  if (steps.every(({ name }) => name === BOOTSTRAP_STACK)) {
    keepInMind(memoryOf(operation), (one) => [site, ...gone].some((place) => samePlace(place, one)));
  }
  const secondsFor = await paceOf(operation);
  const seconds = expectedPlanSeconds(plan, stacks, secondsFor);
  if (flags.json)
    tellNotices(
      context,
      operation,
      inTheWay.map(({ words }) => `in the way: ${words}`),
    );
  else context.stderr.write(renderDestroyPlan(plan, operation.header, context.stderr, seconds, kept, inTheWay));
  if (plan.steps.length > 0) await agree(context, flags, plan.environment);
  else if (!flags.json) return 0;
  const view = await openView(context, flags.json, operation);
  const engine = { givingUp: recoveryOptionsOf(flags), secondsFor };
  const result = await conduct(context, operation, { session, plan, stacks, known, view, kept, engine, gone });
  const good = () =>
    renderGone({ header: operation.header, stacks: plan.steps.length, kept, ...result }, context.stdout);
  return reportOutcome(
    context,
    operation,
    plan,
    stacks,
    result,
    again("destroy", plan.environment, flags),
    good,
    flags.json,
  );
}

/** The environment's name, typed out: a reflex of the finger must not be enough. */
async function agree(context: Context, flags: DestroyFlags, environment: string): Promise<void> {
  if (flags.confirm === environment) return;
  const how = `${again("destroy", environment, flags)} --yes --confirm ${environment}`;
  if (flags.confirm !== undefined) {
    const words = `--confirm ${flags.confirm}: the environment is ${environment}, and nothing was removed`;
    throw new AstroError("declined", words, `if it is to go:  ${how}`);
  }
  if (!context.canAsk || flags.json || flags.yes) {
    throw new AstroError("usage", "no terminal to confirm on", `give it:  ${how}`);
  }
  const { terminalAsk } = await import("../wizard/terminal-ask.ts");
  const typed = await terminalAsk(context).text({
    message: "Type the environment's name to go on:",
    refuse: (answer) =>
      answer === "" || answer === environment ? undefined : `the environment is called ${environment}`,
  });
  if (typed !== environment) throw new AstroError("declined", "nothing was removed", "run it again when you are sure");
}
