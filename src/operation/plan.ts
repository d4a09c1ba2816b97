import type { Context } from "../context.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import type { Plan } from "../plan/plan.ts";
import { renderPlan } from "../view/plan.ts";
import { during } from "../view/spinner.ts";
import type { OperationFlags } from "./flags.ts";
import { openOperation } from "./open.ts";
import { proposeProvision } from "./propose.ts";
import { rehearsingOf } from "./target.ts";

/** `astro plan`: what a provisioning would do; nothing is changed and nothing is left behind. */
export async function plan(
  context: Context,
  flags: OperationFlags & { readonly assembly?: string | undefined },
): Promise<{ readonly value: object; readonly render: () => string }> {
  const operation = await openOperation(context, "plan", flags, flags.rehearse ? rehearsingOf(flags) : undefined);
  try {
    const { plan } = await during(context.stderr, "reading the app and what is deployed", () =>
      proposeProvision(context, operation, flags.assembly),
    );
    return {
      value: outline(plan),
      render: () => renderPlan(plan, operation.header, context.stdout, expectedPlanSeconds(plan)),
    };
  } finally {
    await operation.target.close();
  }
}

/** The plan as `astro plan --json` prints it: every change, no template. */
function outline({ environment, region, account, steps, monthly }: Plan): object {
  return {
    environment,
    region,
    account,
    stacks: steps.map(({ stack, phase, action, because, changes }) => ({ stack, phase, action, because, changes })),
    monthly,
  };
}
