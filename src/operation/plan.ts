import type { Context } from "../context.ts";
import { hintText } from "../errors.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import { interruptionOf } from "../plan/interruptions.ts";
import { changingStacks, type Plan } from "../plan/plan.ts";
import { storedVerdicts } from "../preflight/stored.ts";
import { renderNotices } from "../view/notices.ts";
import { renderPlan } from "../view/plan.ts";
import { during } from "../view/spinner.ts";
import { outdatedCi } from "./ci-policies.ts";
import { noteElsewhere } from "./elsewhere.ts";
import { commandWith, type PlanOptions, profileWords } from "./flags.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { keepPlan } from "./plan-file.ts";
import { fixAs, isProblem } from "./preflight.ts";
import { type Proposal, proposeProvision } from "./propose.ts";
import { interruptibly } from "./session.ts";
import { paceOf } from "./timings.ts";

/** `astro plan`: what `astro provision` would change; leaves nothing behind in the account. */
export async function plan(
  context: Context,
  flags: PlanOptions,
): Promise<{ readonly value: object; readonly render: () => string }> {
  return inOperation(context, "plan", flags, async (operation) => {
    const proposal = await during(context.stderr, "reading the app and what is deployed", () =>
      interruptibly(context, () => proposeProvision(context, operation, flags)),
    );
    const { plan, stacks, around } = proposal;
    noteElsewhere(context, operation, flags, around);
    notes(context, operation, proposal, flags);
    if (flags.out !== undefined) await keepPlan(context, operation, proposal, flags.out);
    const seconds = expectedPlanSeconds(plan, stacks, await paceOf(operation));
    return {
      value: outline(plan),
      render: () => renderPlan(plan, operation.header, context.stdout, seconds) + keptWords(plan, flags),
    };
  });
}

/** What was added to a simulated account, Parameter Store values that are missing, and what CI lacks; doctor checks more. */
function notes(
  context: Context,
  operation: EnvironmentOperation,
  { plan, stacks, known, given = [] }: Proposal,
  flags: PlanOptions,
): void {
  const { stderr } = context;
  const missing = storedVerdicts(changingStacks(plan, stacks), stacks, known.values, plan.account).filter(isProblem);
  const words = missing.map(
    ({ words, fix }) =>
      `would block the deployment: ${[words, ...(fix ? fixAs(flags, fix).hints : []).map(hintText)].join("; ")}`,
  );
  const all = [...given, ...words, ...outdatedCi(context, operation, stacks, profileWords(flags))];
  if (all.length > 0) stderr.write(renderNotices(all, stderr));
}

/** Where a plan is saved, and the command that carries it out. */
function keptWords({ environment }: Plan, flags: PlanOptions): string {
  if (flags.out === undefined) return "";
  const command = commandWith("provision", environment, { ...flags, ...KEPT, file: flags.out });
  return ` Kept in ${flags.out}. ${hintText({ text: "Next", command })}\n`;
}

/** Flags whose values are in a saved plan already. */
const KEPT = { parameter: undefined, parameters: undefined };

/** The plan as `astro plan --json` prints it: every change, no template. */
function outline({ environment, region, account, order, steps, monthly, unpriced = [] }: Plan): object {
  return {
    environment,
    region,
    account,
    order,
    stacks: steps.map(({ needs: _needs, resources: _resources, region: _region, changes, ...rest }) => ({
      ...rest,
      changes: changes.map((change) => {
        const interrupts = interruptionOf(change);
        return interrupts === undefined ? change : { ...change, interrupts };
      }),
    })),
    monthly,
    unpriced,
  };
}
