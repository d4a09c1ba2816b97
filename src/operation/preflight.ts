import type { Context } from "../context.ts";
import { AstroError, type Hint } from "../errors.ts";
import { expectedPlanSeconds } from "../plan/expect.ts";
import { changingStacks } from "../plan/plan.ts";
import { declaredBy } from "../preflight/declared.ts";
import type { CheckVerdict, Fix, PreflightFinding, ToldVerdict } from "../preflight/finding.ts";
import { heldBy } from "../preflight/named.ts";
import { preflight } from "../preflight/run.ts";
import { completed, completedHints } from "../provision/commands.ts";
import { renderBrief } from "../view/preflight.ts";
import { during } from "../view/spinner.ts";
import { canConfirm } from "./confirm.ts";
import { commandWith, type OperationOptions, type ProvisionOptions, profileWords } from "./flags.ts";
import { tellFacts } from "./notices.ts";
import type { EnvironmentOperation } from "./open.ts";
import type { Proposal } from "./propose.ts";
import { remedy } from "./remedy.ts";
import { interruptibly } from "./session.ts";
import type { Target } from "./target.ts";
import { paceOf } from "./timings.ts";

/** What a run may take over or delete on its own: names that need not be free. */
type ClearingOptions = Partial<Pick<ProvisionOptions, "deleteLeftover" | "adopt">>;

/** Runs every preflight check on the plan; changes nothing. */
export async function findingsOn(
  context: Context,
  operation: EnvironmentOperation,
  { plan, stacks, known }: Proposal,
  flags: OperationOptions & ClearingOptions,
): Promise<readonly PreflightFinding[]> {
  const { site, environment, target, project } = operation;
  const look = await target.lookUps();
  const seconds = expectedPlanSeconds(plan, stacks, await paceOf(operation));
  const found = await preflight({
    site,
    again: commandWith("provision", site.environment, flags),
    resources: declaredBy(plan, stacks, known.deployed),
    stacks,
    changing: changingStacks(plan, stacks),
    values: known.values,
    ...(project.foreign && { foreign: true }),
    moved: plan.steps.flatMap(({ stack, drift = [] }) => drift.map((one) => ({ ...one, stack }))),
    unseen: plan.steps.flatMap(({ unseen }) => unseen ?? []),
    seconds,
    ...(environment.account !== undefined && { pinned: environment.account }),
    real: target.real,
    nameServers: target.real ? context.nameServers : async (domain) => rehearsedServers(target, domain),
    held: heldBy(site.account, known.deployed),
    yielding: [...(flags.deleteLeftover ?? []), ...(flags.adopt ?? [])],
    now: context.clock.now,
    look,
  });
  return found.map((one) => (one.fix === undefined ? one : { ...one, fix: fixAs(flags, one.fix) }));
}

/** What to do about something, as whom this run is. */
export function fixAs(flags: OperationOptions, fix: Fix): Fix {
  return { ...fix, hints: completedHints(fix.hints, profileWords(flags)) };
}

/** The simulation has no public DNS; with the fault `undelegated` a domain is reported as unknown. */
function rehearsedServers({ rehearsing }: Target, domain: string): readonly string[] | undefined {
  const lost = (rehearsing?.faults ?? []).flatMap((fault) =>
    "undelegated" in fault ? [String(fault.undelegated).replace(/\.$/, "")] : [],
  );
  return lost.some((name) => domain === name || domain.endsWith(`.${name}`)) ? [] : undefined;
}

/**
 * Before a plan is carried out: looks, says in a line that all is well, shows warnings, offers what can be done about
 * problems where a person can be asked. Throws AstroError("preflight") for problems that stay. A plan that changes no
 * resource is not looked at.
 */
export async function lookFirst(
  context: Context,
  operation: EnvironmentOperation,
  proposal: Proposal,
  flags: ProvisionOptions,
): Promise<void> {
  if (flags.noPreflight || proposal.plan.steps.every((step) => step.changes.length === 0)) return;
  const look = () =>
    during(context.stderr, "checking the account", () =>
      interruptibly(context, () => findingsOn(context, operation, proposal, flags)),
    );
  const { environment } = operation.site;
  const provision = commandWith("provision", environment, flags);
  const doctor = completed(["astro", "doctor"], provision);
  const asks = canConfirm(context, flags);
  const show = (findings: readonly PreflightFinding[], problems: boolean) => {
    if (flags.json) warn(context, operation, findings);
    else
      context.stderr.write(renderBrief(findings, context.stderr, { text: "full report", command: doctor }, problems));
    return findings;
  };
  const first = show(await look(), asks);
  const done = flags.yes
    ? await remedy(context, operation, first.filter(isRole), "harmless")
    : await remedy(
        context,
        operation,
        first.filter((one) => isProblem(one) || isRole(one)),
        asks ? "ask" : "nothing",
      );
  const problems = (done.length > 0 ? show(await look(), false) : first).filter(isProblem);
  if (problems.length === 0) return;
  const fixable = problems.some(({ fix }) => fix?.action !== undefined);
  throw new AstroError("preflight", problemWords(problems), [
    ...problemHints(problems),
    ...(fixable ? [{ text: "astro can fix some of it", command: doctor }] : []),
    { text: "when it is fixed", command: provision },
    {
      text: "or, to ignore it",
      command: commandWith("provision", environment, { ...flags, noPreflight: true }),
    },
  ]);
}

/** Warnings as lines of JSON: who reads those sees no screen. */
function warn(context: Context, operation: EnvironmentOperation, findings: readonly PreflightFinding[]): void {
  tellFacts(
    context,
    operation,
    findings.flatMap((one) =>
      one.outcome === "warning" ? [{ type: "preflight.warned", check: one.code, finding: one.warning }] : [],
    ),
  );
}

/** Roles that AWS would make itself, later and not always in time: they are made first. */
function isRole({ fix }: PreflightFinding): boolean {
  return fix?.action?.type === "create-roles";
}

/** True for what stops a provisioning. */
export function isProblem<Verdict extends CheckVerdict>(verdict: Verdict): verdict is Verdict & ToldVerdict {
  return verdict.outcome === "problem";
}

type Problem = PreflightFinding & ToldVerdict;

function problemWords(problems: readonly Problem[]): string {
  const many = problems.length === 1 ? "this is" : `${problems.length} problems are`;
  return [
    `${many} in the way, and nothing was changed:`,
    ...problems.map(({ code, words }) => `${code}: ${words}`),
  ].join("\n");
}

/** What to do about each problem; of several, with the check that each is of. */
function problemHints(problems: readonly Problem[]): readonly Hint[] {
  return problems.flatMap(({ code, fix }) =>
    (fix?.hints ?? []).map((hint, at) =>
      at === 0 && problems.length > 1 ? { ...hint, text: `${code}: ${hint.text}` } : hint,
    ),
  );
}
