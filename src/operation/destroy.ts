import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import { samePlace } from "../plan/elsewhere.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import { renderDestroyPlan, whereLooked } from "../view/destroy-plan.ts";
import { renderGone } from "../view/done.ts";
import { during } from "../view/spinner.ts";
import { conduct, openView, reportOutcome } from "./conduct.ts";
import { confirm } from "./confirm.ts";
import { elsewhereError, isDeployedIn, noteElsewhere } from "./elsewhere.ts";
import { commandWith, type DestroyOptions, recoveryOptionsOf } from "./flags.ts";
import { memoryOf, updateMemory } from "./memory.ts";
import { tellFacts } from "./notices.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { proposeDestroy } from "./propose.ts";
import { interruptibly, type LockSession, underLock } from "./session.ts";
import { paceOf } from "./timings.ts";

/** `astro destroy`: the plan reversed. Returns the exit code; throws AstroError for what ends it early. */
export async function destroy(context: Context, flags: DestroyOptions): Promise<number> {
  return inOperation(context, "destroy", flags, (operation) =>
    underLock(context, operation, flags, (session) => work(context, operation, flags, session)),
  );
}

async function work(
  context: Context,
  operation: EnvironmentOperation,
  flags: DestroyOptions,
  session: LockSession,
): Promise<number> {
  const { plan, stacks, known, kept, inTheWay, around } = await during(context.stderr, "reading what is deployed", () =>
    interruptibly(context, () => proposeDestroy(context, operation, flags)),
  );
  const { elsewhere, gone } = around;
  const { site } = operation;
  const steps = plan.steps.map(({ stack, region }) => ({ name: stack, region }));
  if (!isDeployedIn(steps, site.region) && elsewhere.length > 0) {
    throw elsewhereError(operation, flags, elsewhere, `nothing to destroy: ${whereLooked(plan)}`);
  }
  noteElsewhere(context, operation, flags, around);
  if (steps.every(({ name }) => name === BOOTSTRAP_STACK)) {
    updateMemory(memoryOf(operation), (one) => [site, ...gone].some((place) => samePlace(place, one)));
  }
  const secondsFor = await paceOf(operation);
  const seconds = expectedPlanSeconds(plan, stacks, secondsFor);
  if (flags.json)
    tellFacts(
      context,
      operation,
      inTheWay.map((one) =>
        "by" in one ? { type: "deletion.blocked", ...one } : { type: "deletion.unknown", ...one },
      ),
    );
  else context.stderr.write(renderDestroyPlan(plan, operation.header, context.stderr, seconds, kept, inTheWay));
  if (plan.steps.length === 0 && !flags.json) return 0;
  if (plan.steps.length > 0 && flags.confirm !== plan.environment) await confirmed(context, flags, plan.environment);
  const view = await openView(context, flags.json, operation);
  const again = commandWith("destroy", plan.environment, flags);
  const engine = { recoveryOptions: recoveryOptionsOf(flags), secondsFor, again };
  const result = await conduct(context, operation, { session, plan, stacks, known, view, kept, engine, gone });
  const good = () =>
    renderGone({ header: operation.header, stacks: plan.steps.length, kept, ...result }, context.stdout);
  return reportOutcome(context, operation, plan, result, again, good, flags.json);
}

/** The environment's name, typed out: a reflex of the finger must not be enough. */
function confirmed(context: Context, flags: DestroyOptions, environment: string): Promise<void> {
  const how = [...commandWith("destroy", environment, flags), "--yes", "--confirm", environment];
  if (flags.confirm !== undefined) {
    const words = `--confirm ${flags.confirm}: the environment is ${environment}, and nothing was removed`;
    throw new AstroError("declined", words, { text: "to remove it", command: how });
  }
  return confirm(context, flags, {
    question: `Type ${environment} to destroy it:`,
    typed: environment,
    without: { text: "confirm it with", command: how },
    declined: { message: "nothing was removed", hint: "run it again when you are sure" },
  });
}
