import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import type { Plan } from "../plan/plan.ts";
import { renderDone } from "../view/done.ts";
import { renderPlan } from "../view/plan.ts";
import { during } from "../view/spinner.ts";
import { conduct, openView, settle } from "./conduct.ts";
import { again, type ProvisionFlags } from "./flags.ts";
import { type Operation, openOperation } from "./open.ts";
import { proposeProvision } from "./propose.ts";
import { rehearsingOf } from "./target.ts";

/** `astro provision`: plan, show, ask, carry out. Returns the exit code; throws AstroError for what ends it early. */
export async function provision(context: Context, flags: ProvisionFlags): Promise<number> {
  const operation = await openOperation(context, "provision", flags, flags.rehearse ? rehearsingOf(flags) : undefined);
  try {
    const { plan, known } = await during(context.stderr, "reading the app and what is deployed", () =>
      proposeProvision(context, operation, flags.assembly),
    );
    if (!flags.json)
      context.stderr.write(renderPlan(plan, operation.header, context.stderr, expectedPlanSeconds(plan)));
    await agree(context, flags, plan);
    const view = await openView(context, flags.json, operation);
    const result = await conduct(context, operation, plan, known, view);
    const command = again("provision", plan.environment, flags);
    return settle(
      context,
      operation,
      plan,
      result,
      command,
      () => {
        const report = { header: operation.header, stacks: plan.steps.length, monthly: plan.monthly.after, ...result };
        const { outputs } = result;
        return renderDone({ ...report, outputs, next: nextOf(operation, flags) }, context.stdout);
      },
      flags.json,
    );
  } finally {
    await operation.target.close();
  }
}

async function agree(context: Context, flags: ProvisionFlags, plan: Plan): Promise<void> {
  if (flags.yes || plan.steps.every((step) => step.action === "unchanged")) return;
  if (!context.canAsk || flags.json) {
    throw new AstroError("usage", "nobody can be asked whether to go on", "add --yes to go on without being asked");
  }
  const { terminalAsk } = await import("../wizard/terminal-ask.ts");
  if (await terminalAsk(context).confirm(`Provision ${plan.environment} now?`)) return;
  throw new AstroError("declined", "nothing was changed", "look at it again with:  astro plan");
}

/** What a person does next, now that the environment stands. */
function nextOf({ environment, site }: Operation, flags: ProvisionFlags): string {
  if (flags.rehearse) return `astro destroy --env ${site.environment} --rehearse, or the real thing without --rehearse`;
  if (environment.service.image === undefined) {
    return "push an image, name it in astro.yaml (service.image), then  astro provision";
  }
  return `astro cost --env ${site.environment}`;
}
