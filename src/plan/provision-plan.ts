import { PHASES } from "../config/phases.ts";
import type { Prices } from "../cost/catalogue.ts";
import { estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import type { Stack } from "../synth/assembly.ts";
import { sameJson } from "../template/equal.ts";
import { outputReads } from "../template/reads.ts";
import { BOOTSTRAP_STACK, bootstrapStack } from "./bootstrap.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { allOf, changesBetween } from "./diff.ts";
import { inOrder } from "./order.ts";
import type { Plan, Step } from "./plan.ts";
import { type ReadRecord, valuesOf } from "./read-values.ts";
import { removalSteps } from "./removal.ts";
import { isDead } from "./status.ts";

/** Where a plan applies: the environment and the one account it may touch. */
export type Site = Pick<Plan, "project" | "environment" | "region" | "account">;

export type ProvisionInput = {
  readonly site: Site;
  /** The stacks of the environment as synthesised. */
  readonly stacks: readonly Stack[];
  readonly deployed: readonly DeployedTemplate[];
  readonly record: ReadRecord;
  readonly prices: Prices;
};

/** Compares what is wanted with what stands. The bootstrap of every region the environment uses comes first. */
export async function planProvision({ site, stacks, deployed, record, prices }: ProvisionInput): Promise<Plan> {
  const regions = [...new Set([site.region, ...stacks.map((stack) => stack.region)])];
  const wanted = [...regions.map(bootstrapStack), ...stacks];
  const steps: Step[] = [];
  for (const stack of wanted) {
    const standing = deployed.find((other) => other.name === stack.name && other.region === stack.region);
    steps.push(await stepFor(stack, standing, record[stack.name], deployed));
  }
  steps.push(...orphans(deployed, wanted));
  const living = deployed.filter((stack) => !isDead(stack.status));
  const price = (of: Parameters<typeof estimate>[0]["stacks"]) =>
    estimate({ name: site.environment, region: site.region, stacks: of, usage: TYPICAL_USAGE }, prices).monthlyTotal;
  return {
    ...site,
    direction: "provision",
    steps: inOrder(steps),
    monthly: { before: living.length === 0 ? 0 : price(living), after: price(wanted) },
  };
}

/**
 * Stacks of the environment that the app no longer has (a domain given up, say): removed at the very end, when
 * nothing reads from them any more, and in the reverse of the order they were made in.
 */
function orphans(deployed: readonly DeployedTemplate[], wanted: readonly Stack[]): readonly Step[] {
  const left = deployed.filter(
    (stack) =>
      stack.name !== BOOTSTRAP_STACK &&
      !wanted.some((other) => other.name === stack.name && other.region === stack.region),
  );
  const last = PHASES.at(-1) ?? "dns";
  const others = wanted.filter((stack) => stack.phase === last).map((stack) => stack.name);
  return removalSteps(left).map((step) => ({ ...step, phase: last, needs: [...others, ...step.needs] }));
}

async function stepFor(
  stack: Stack,
  standing: DeployedTemplate | undefined,
  recorded: ReadRecord[string] | undefined,
  deployed: readonly DeployedTemplate[],
): Promise<Step> {
  const { name, region, phase, needs, template } = stack;
  const step = { stack: name, region, phase, needs, source: stack, resources: Object.keys(template.Resources).length };
  if (standing === undefined) return { ...step, action: "create", changes: allOf(template, "add") };
  if (isDead(standing.status)) {
    const because = `an earlier attempt ended as ${standing.status}; what is left of it is deleted first`;
    return { ...step, action: "create", changes: allOf(template, "add"), because };
  }
  const changes = sameJson(standing.template, template) ? [] : await changesBetween(standing.template, template);
  const because = whyLook(stack, standing, recorded, deployed);
  if (changes.length > 0 || because !== undefined || !sameJson(standing.template, template)) {
    return { ...step, action: "update", changes, ...(because === undefined ? {} : { because }) };
  }
  return { ...step, action: "unchanged", changes };
}

/** Why a stack must be looked at although its template is the one that is deployed; `undefined` if it need not be. */
function whyLook(
  stack: Stack,
  standing: DeployedTemplate,
  recorded: ReadRecord[string] | undefined,
  deployed: readonly DeployedTemplate[],
): string | undefined {
  if (!sameJson(standing.tags, stack.tags)) return "its tags differ";
  if (standing.terminationProtection !== stack.terminationProtection) return "its termination protection differs";
  const reads = outputReads(stack.template);
  if (reads.length === 0) return undefined;
  const values = valuesOf(reads, stack.region, deployed);
  if (recorded === undefined) return "nobody recorded the values it reads from other stacks";
  return sameJson(values, recorded) ? undefined : "a value it reads from another stack has changed";
}
