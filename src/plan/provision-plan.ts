import { LAST_PHASE, type Order } from "../config/phases.ts";
import type { Prices } from "../cost/catalogue.ts";
import { type CostInput, type EnvironmentCost, estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import { AstroError } from "../errors.ts";
import type { Stack } from "../synth/assembly.ts";
import { sameJson } from "../template/equal.ts";
import { type Anew, followed, writtenUnder } from "../template/followed.ts";
import { importsOf } from "../template/imports.ts";
import { outputReads } from "../template/reads.ts";
import { storedReads } from "../template/stored.ts";
import { widenedAccess } from "./access.ts";
import { BOOTSTRAP_STACK, withBootstraps } from "./bootstrap.ts";
import { Incomparable } from "./comparison.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { allOf, changesBetween } from "./diff.ts";
import { digestOf } from "./digest.ts";
import { plannedImage } from "./images.ts";
import { inOrder } from "./order.ts";
import { isOurs, ownerWords } from "./ownership.ts";
import { derivedIn, NOT_MADE, type Plan, replacedIn, type Step, stackFor } from "./plan.ts";
import { removalSteps } from "./removal.ts";
import { stageTo } from "./stages.ts";
import { isAtRest, isDead } from "./status.ts";
import { awaitedRead, movedRead, type StoredValues, storedKey } from "./stored-values.ts";
import { unprotected } from "./unprotected.ts";

/** Where a plan applies: the environment and the only account it may change. */
export type Site = Pick<Plan, "project" | "environment" | "region" | "account">;

export type ProvisionInput = {
  readonly site: Site;
  /** The stacks of the environment as synthesised. */
  readonly stacks: readonly Stack[];
  readonly deployed: readonly DeployedTemplate[];
  /** Parameter Store's values for everything the stacks read. */
  readonly values: StoredValues;
  readonly prices: Prices;
  /** The day it is, ISO 8601: what old versions cost depends on it. */
  readonly today?: string;
  readonly order?: Order;
  /** The plan with AWS's change sets, if they were made: what these replace counts, not what the templates seem to. */
  readonly withPreviews?: Plan;
};

/** Compares the assembly with what is deployed. The bootstrap of every region the environment uses comes first. */
export async function planProvision(input: ProvisionInput): Promise<Plan> {
  const { site, stacks, deployed, values, prices, order, today, withPreviews } = input;
  const wanted = withBootstraps(site.region, stacks);
  const living = deployed.filter((stack) => !isDead(stack.status));
  const isDeployed = living.some((stack) => stack.name !== BOOTSTRAP_STACK);
  const steps: Step[] = [];
  const anew: Anew = ({ name, region }, logicalId) => {
    const of = (one: Pick<Plan, "steps"> | undefined) =>
      one?.steps.find((step) => step.stack === name && step.region === region);
    const seen = of(withPreviews);
    const step = seen?.foreseen?.by === "change-set" ? seen : of({ steps });
    return step !== undefined && replacedIn(step).includes(logicalId);
  };
  const around = { wanted, deployed, values, anew };
  // A stack changes with the values that it reads from another, so the others come first.
  const imports = importsOf(wanted);
  const placed = wanted.map((source) => ({
    source,
    stack: source.name,
    phase: source.phase,
    needs: needsOf(source, wanted, imports(source)),
  }));
  for (const { source: stack, needs } of inOrder(placed)) {
    const current = stackFor(deployed, { stack: stack.name, region: stack.region });
    try {
      const step = withOwner(await stepFor(stack, needs, current, around), current, site);
      steps.push(isDeployed ? await withAccess(step, stack, current, around) : step);
    } catch (error) {
      throw error instanceof Incomparable ? incomparable(stack, error) : error;
    }
  }
  steps.push(...orphans(deployed, wanted));
  const price = (of: CostInput["stacks"]) =>
    estimate(
      { name: site.environment, region: site.region, stacks: of, usage: TYPICAL_USAGE, ...(today && { today }) },
      prices,
    );
  const [before, after] = [price(living), price(wanted.flatMap((stack) => [stack, ...(stack.nested ?? [])]))];
  return {
    ...site,
    direction: "provision",
    steps: withCosts(inOrder(steps), before, after),
    ...(order && { order }),
    monthly: { before: living.length === 0 ? 0 : before.monthlyTotal, after: after.monthlyTotal },
    ...(after.unpriced.length > 0 && { unpriced: after.unpriced }),
  };
}

/** Marks a stack of another owner as taken over; its tags differ, so it is never unchanged. */
function withOwner(step: Step, deployed: DeployedTemplate | undefined, site: Site): Step {
  if (deployed === undefined || isOurs(deployed, site)) return step;
  const takesOver = ownerWords(deployed);
  const because = `taken over: until now it ${takesOver}`;
  return { ...step, action: step.action === "unchanged" ? "update" : step.action, takesOver, because };
}

function incomparable({ name }: Stack, error: Incomparable): AstroError {
  return new AstroError(
    "template",
    `${name}: its template, or the one it was deployed from, is not valid: ${error.message}`,
    "look for an empty or malformed policy or rule",
    error,
  );
}

/** In a new environment everything widens access, so it is not shown there. */
async function withAccess(
  step: Step,
  stack: Stack,
  current: DeployedTemplate | undefined,
  { wanted, deployed }: Around,
): Promise<Step> {
  if (step.action === "update" ? step.changes.length === 0 : step.action !== "create") return step;
  const before = step.action === "update" && current ? followed(current, deployed) : { Resources: {} };
  const access = await widenedAccess(before, followed(stack, wanted));
  return access.length === 0 ? step : { ...step, access };
}

function withCosts(steps: readonly Step[], before: EnvironmentCost, after: EnvironmentCost): readonly Step[] {
  const [then, now] = [costByStack(before), costByStack(after)];
  return steps.map((step, index) => {
    // Bootstraps of several regions share a name, and with it one bill.
    const isFirst = steps.findIndex((other) => other.stack === step.stack) === index;
    const of = (costs: ReadonlyMap<string, number>) =>
      isFirst ? Math.round((costs.get(step.stack) ?? 0) * 100) / 100 : 0;
    return { ...step, monthly: { before: of(then), after: of(now) } };
  });
}

/** USD a month of what each stack's resources are billed for. */
function costByStack({ components }: EnvironmentCost): ReadonlyMap<string, number> {
  const costs = new Map<string, number>();
  for (const { stack: place, monthly } of components.flatMap(({ items }) => items)) {
    // A nested stack's cost counts for its parent.
    const [stack = place] = place.split("/");
    costs.set(stack, (costs.get(stack) ?? 0) + monthly);
  }
  return costs;
}

/**
 * Stacks of the environment that the app no longer has (those of a removed domain, say): removed last, when nothing
 * reads from them any more, in reverse order of creation. CloudFormation would refuse to
 * delete a protected one (User Guide, "Protect CloudFormation stacks from being deleted"), after all else was done.
 */
function orphans(deployed: readonly DeployedTemplate[], wanted: readonly Stack[]): readonly Step[] {
  const left = deployed.filter(
    (stack) =>
      stack.name !== BOOTSTRAP_STACK &&
      !wanted.some((other) => other.name === stack.name && other.region === stack.region),
  );
  const guarded = left.find(({ terminationProtection }) => terminationProtection);
  if (guarded) throw protectedFromRemoval(guarded);
  const others = [...new Set(wanted.map((stack) => stack.name))];
  return removalSteps(left).map((step) => ({ ...step, phase: LAST_PHASE, needs: [...others, ...step.needs] }));
}

function protectedFromRemoval({ name, region }: DeployedTemplate): AstroError {
  return new AstroError(
    "failed",
    `${name} is no longer in the app, but has termination protection`,
    unprotected(
      name,
      region,
      "keep it in the app; or, if it is to be deleted, turn the protection off and run the same command again",
    ),
  );
}

/** What a step is planned from, besides its own stack. */
type Around = {
  readonly wanted: readonly Stack[];
  readonly deployed: readonly DeployedTemplate[];
  readonly values: StoredValues;
  readonly anew: Anew;
};

/** Stacks that must be deployed before: those the app declares, and those that write what it reads. */
function needsOf(stack: Stack, wanted: readonly Stack[], imported: readonly string[]): readonly string[] {
  const writers = storedReads(stack.template).flatMap(({ path }) => writtenUnder(path, stack.region, wanted)?.by ?? []);
  const needs = [...stack.needs, ...outputReads(stack.template).map((read) => read.stack), ...writers, ...imported];
  return [...new Set(needs)].filter((name) => name !== stack.name);
}

async function stepFor(
  stack: Stack,
  needs: readonly string[],
  current: DeployedTemplate | undefined,
  { wanted, deployed, values, anew }: Around,
): Promise<Step> {
  const { name, region, phase, template } = stack;
  const resources = Object.keys(template.Resources).length;
  const step = {
    stack: name,
    region,
    phase,
    needs,
    digest: await digestOf(stack),
    resources,
    ...derivedIn(current?.template ?? template),
  };
  if (current === undefined) return { ...step, action: "create", changes: allOf(template, "add") };
  if (isDead(current.status)) {
    const because = `an earlier attempt ended as ${current.status}; what is left of it is deleted first`;
    return { ...step, action: "create", changes: allOf(template, "add"), because };
  }
  // What a stack that is gone had written is not known: it counts as wanted, and is looked up during the run.
  const gone = wanted.filter((one) => !deployed.some(({ name, region }) => name === one.name && region === one.region));
  const image = plannedImage(stack, current);
  const known = { ...step, ...(image && { image }) };
  const [then, now] = [followed(current, [...deployed, ...gone]), followed(stack, wanted, anew)];
  const changes = sameJson(then, now) ? [] : await changesBetween(then, now);
  const awaited = awaitedRead(stack, values, deployed, wanted, anew);
  const because = whyLook(stack, current, values) ?? (sameJson(current.template, template) ? awaited : undefined);
  if (changes.length > 0 || because !== undefined || !sameJson(current.template, template)) {
    const foreseen = { by: "templates", why: awaited ?? NOT_MADE } as const;
    const stage = stageTo(current.template, template);
    return {
      ...known,
      action: "update",
      changes,
      foreseen,
      ...(because === undefined ? {} : { because }),
      ...(stage && { inTwo: stage.words }),
    };
  }
  return { ...known, action: "unchanged", changes };
}

/** Why a stack must be checked although its template is the deployed one; `undefined` if it need not be. */
function whyLook(stack: Stack, deployed: DeployedTemplate, values: StoredValues): string | undefined {
  if (!isAtRest(deployed.status)) return `it is in ${deployed.status}`;
  if (!sameJson(deployed.tags, stack.tags)) return "its tags differ";
  if (hasOtherParameters(stack, deployed, values)) return "its parameters differ";
  if (deployed.terminationProtection !== stack.terminationProtection) return "its termination protection differs";
  return movedRead(stack, deployed, values);
}

/** Whether a parameter is deployed with a value other than the given one or its default. */
function hasOtherParameters(
  { region, template: { Parameters = {} }, parameters: wanted = {} }: Stack,
  { parameters = {} }: DeployedTemplate,
  values: StoredValues,
): boolean {
  return Object.entries(Parameters).some(([name, { Default, NoEcho }]) => {
    const current = parameters[name];
    const given = Object.hasOwn(wanted, name) ? wanted[name] : undefined;
    // AWS does not show it, so it may differ from the given value.
    if (String(NoEcho) === "true") return given !== undefined;
    const becomes = given ?? Default;
    if (current === undefined || becomes === undefined) return given !== current && given !== undefined;
    return current !== String(becomes) && current !== values.get(storedKey(region, String(becomes)));
  });
}
