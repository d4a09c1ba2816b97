import { command, shellLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError, type Hint } from "../errors.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import { type Plan, type PlannedChange, type Step, stackFor } from "../plan/plan.ts";
import type { Cloud } from "../provision/cloud.ts";
import { driftOf, withDrift } from "../provision/live/look.ts";
import { storedFor } from "../provision/stored.ts";
import { renderDone } from "../view/done.ts";
import { renderPlan } from "../view/plan.ts";
import { during } from "../view/spinner.ts";
import { conduct, openView, reportOutcome } from "./conduct.ts";
import { confirm } from "./confirm.ts";
import { deployedNow } from "./deployed.ts";
import { noteElsewhere } from "./elsewhere.ts";
import { commandWith, type ProvisionOptions, recoveryOptionsOf } from "./flags.ts";
import { gateFor } from "./gate.ts";
import { driftFacts, noteGiven, tellFacts } from "./notices.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { type KeptPlan, readPlan, recallPlan } from "./plan-file.ts";
import { lookFirst } from "./preflight.ts";
import { type Proposal, proposeProvision } from "./propose.ts";
import { interruptibly, type LockSession, underLock } from "./session.ts";
import { paceOf } from "./timings.ts";

/**
 * `astro provision`: plan (or read a saved plan), show, ask, carry out. Returns the exit code; throws AstroError
 * for what ends it early.
 */
export async function provision(context: Context, flags: ProvisionOptions): Promise<number> {
  const kept = flags.file === undefined ? undefined : await readPlan(context, flags.file);
  if (kept) checkFlags(kept, flags);
  const place = { ...flags, env: kept?.content.plan.environment ?? flags.env };
  return inOperation(context, "provision", place, (operation) =>
    underLock(context, operation, flags, (session) => work(context, operation, flags, session, kept)),
  );
}

async function work(
  context: Context,
  operation: EnvironmentOperation,
  flags: ProvisionOptions,
  session: LockSession,
  kept: KeptPlan | undefined,
): Promise<number> {
  const { plan, stacks, known, around, given } = await during(
    context.stderr,
    "reading the app and what is deployed",
    () =>
      interruptibly(context, () =>
        kept ? recalled(operation, kept, flags) : proposeProvision(context, operation, flags),
      ),
  );
  const secondsFor = await paceOf(operation);
  const seconds = expectedPlanSeconds(plan, stacks, secondsFor);
  if (flags.json) tellFacts(context, operation, driftFacts(plan));
  else context.stderr.write(renderPlan(plan, operation.header, context.stderr, seconds));
  noteElsewhere(context, operation, flags, around);
  noteGiven(context, given);
  const gate = gateFor(plan, stacks, flags);
  gate.plan();
  await lookFirst(context, operation, { plan, stacks, known, around }, flags);
  const mayChange = flags.revertDrift || plan.steps.some((step) => step.action !== "unchanged");
  if (mayChange && !flags.yes) await confirmed(context, flags, plan);
  const view = await openView(context, flags.json, operation);
  const revertDrift = flags.revertDrift ?? false;
  // Once a kept plan has begun it is stale: from there on the app itself goes on.
  const again = commandWith("provision", plan.environment, { ...flags, file: undefined });
  const engine = {
    again,
    recoveryOptions: recoveryOptionsOf(flags),
    revertDrift,
    gate: async (step: Step, changes: readonly PlannedChange[], cloud: Cloud) => {
      // Another tool may have deployed while somebody read the plan, or earlier stacks took their time.
      const now = { ...step, changes };
      const { drift } = await driftOf(cloud, plan.account, now, stackFor(stacks, step), known.deployed);
      gate.step(step, changes, drift);
    },
    secondsFor,
  };
  const result = await conduct(context, operation, { session, plan, stacks, known, view, engine, gone: around.gone });
  const isFirst = plan.steps.every(({ image }) => image?.runs === undefined);
  const left = plan.unpriced === undefined ? {} : { unpriced: plan.unpriced };
  const good = () => {
    const report = {
      header: operation.header,
      stacks: plan.steps.length,
      monthly: plan.monthly.after,
      ...left,
      ...result,
    };
    return renderDone({ ...report, outputs: result.outputs, next: nextOf(operation, flags, isFirst) }, context.stdout);
  };
  return reportOutcome(context, operation, plan, result, again, good, flags.json);
}

/** Environments elsewhere were looked for when the plan was saved. */
const NOTHING: Proposal["around"] = { elsewhere: [], gone: [] };

/** A saved plan, if it is not stale. */
async function recalled(operation: EnvironmentOperation, kept: KeptPlan, flags: ProvisionOptions): Promise<Proposal> {
  const { cloud } = operation.target;
  const deployed = await deployedNow(operation, kept.content.plan.steps);
  const { plan, stacks } = await recallPlan(operation, kept, deployed);
  // What runs may have moved since, though no stack has.
  const [seen, values] = await Promise.all([
    withDrift(cloud, plan, stacks, deployed, { reverts: flags.revertDrift }),
    storedFor(cloud, stacks),
  ]);
  return { plan: seen, stacks, known: { deployed, values }, around: NOTHING };
}

/** Refuses flags that say something else than the plan. Throws AstroError("usage"). */
function checkFlags({ file, content: { plan, rehearsal } }: KeptPlan, flags: ProvisionOptions): void {
  const refuse = (words: string, hint: string | Hint) => new AstroError("usage", `${file} ${words}`, hint);
  if (rehearsal && !flags.rehearse) throw refuse("is a plan for the simulated AWS", "add --rehearse");
  if (!rehearsal && flags.rehearse) throw refuse("is not a plan for the simulated AWS", "leave --rehearse out");
  if (flags.env !== undefined && flags.env !== plan.environment) {
    throw refuse(`is a plan for ${plan.environment}, but --env is ${flags.env}`, "remove --env");
  }
  if (flags.parameter !== undefined || flags.parameters !== undefined) {
    throw refuse("already holds the parameters' values", {
      text: "give them to the plan instead",
      command: command`astro plan --out ${file}`,
    });
  }
}

function confirmed(context: Context, flags: ProvisionOptions, plan: Plan): Promise<void> {
  return confirm(context, flags, {
    question: `Provision ${plan.environment}?`,
    without: "add --yes to go on without being asked",
    declined: {
      message: "nothing was changed",
      hint: { text: "look at it again with", command: commandWith("plan", plan.environment, { ...bare(flags) }) },
    },
  });
}

/** Flags that every command on an environment has. */
function bare({ dir, profile, rehearse, speed, json }: ProvisionOptions) {
  return { dir, profile, rehearse, speed, json };
}

/** The next command, once the environment is deployed; `isFirst` before the first deployment of the app. */
function nextOf(
  { environment, site, project }: EnvironmentOperation,
  flags: ProvisionOptions,
  isFirst: boolean,
): string {
  if (project.foreign) {
    const { assembly, region, project: name } = flags;
    const place = { ...bare(flags), assembly, region, project: name };
    const destroy = shellLine(commandWith("destroy", site.environment, place));
    return flags.rehearse ? `${destroy}, or the same on AWS without --rehearse` : destroy;
  }
  const { build, frontend } = project.config;
  const deploys = environment.service.image === undefined && isFirst;
  if (flags.rehearse) {
    const next = deploys && (build ?? frontend) !== undefined ? "deploy" : "destroy";
    return `astro ${next} --env ${site.environment} --rehearse, or the same on AWS without --rehearse`;
  }
  if (deploys) return shellLine(commandWith("deploy", site.environment, { ...bare(flags), dir: undefined }));
  return `astro cost --env ${site.environment}`;
}
