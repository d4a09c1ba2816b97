import { loadPricesFor } from "../cost/catalogue.ts";
import { type EnvironmentCost, estimate } from "../cost/estimate.ts";
import { TYPICAL_USAGE } from "../cost/usage.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Step } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import { refOf } from "../provision/engine.ts";
import { everyStack, lookAt } from "../provision/look.ts";
import { type Around, isDeployedIn, lookAround, stopForElsewhere } from "./elsewhere.ts";
import type { OperationOptions } from "./flags.ts";
import type { EnvironmentOperation } from "./open.ts";

/** Regions an environment usually has stacks in: its own, and CloudFront's (certificates and firewalls live there). */
export function usualRegions(region: string): readonly string[] {
  return [...new Set([region, "us-east-1"])];
}

/** The environment's deployed stacks, and those that `steps` name, with their templates. Throws AstroError("not-ours"). */
export async function deployedNow(
  operation: EnvironmentOperation,
  steps: readonly Pick<Step, "stack" | "region" | "takesOver">[],
): Promise<readonly DeployedTemplate[]> {
  const { target, site } = operation;
  const regions = [...new Set([...usualRegions(site.region), ...steps.map((step) => step.region)])];
  const adopt = steps.flatMap(({ stack, takesOver }) => (takesOver === undefined ? [] : [stack]));
  const found = await everyStack(target.cloud, regions);
  return (await lookAt(target.cloud, site, found, { adopt, wanted: steps.map((step) => refOf(step)) })).deployed;
}

/**
 * What is deployed of the environment, and environments elsewhere that are no longer in astro.yaml: those are an
 * AstroError("elsewhere") where nothing is deployed here.
 */
export async function deployedAround(
  operation: EnvironmentOperation,
  flags: OperationOptions,
): Promise<{ readonly deployed: readonly DeployedTemplate[]; readonly around: Around }> {
  const { target, site } = operation;
  const regions = usualRegions(site.region);
  const found = await everyStack(target.cloud, regions);
  const { deployed } = await lookAt(target.cloud, site, found);
  const around = await lookAround(operation, regions, found);
  // Whatever is left of a failed creation is something to look at.
  const left = deployed.map(({ name, region }) => ({ name, region }));
  if (!isDeployedIn(left, site.region)) {
    const nothing = `${site.environment} is not deployed in ${site.region}`;
    stopForElsewhere(operation, flags, around, { nothing });
  }
  return { deployed, around };
}

/** What the deployed stacks of an environment cost by list prices and typical usage, at a day (ISO 8601). */
export async function deployedCost(
  { environment: name, region }: Site,
  stacks: readonly DeployedTemplate[],
  today: string,
): Promise<Pick<EnvironmentCost, "monthlyTotal" | "unpriced">> {
  const prices = await loadPricesFor([...new Set([region, ...stacks.map((stack) => stack.region)])]);
  return estimate({ name, region, stacks, usage: TYPICAL_USAGE, today }, prices);
}
