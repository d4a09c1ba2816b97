import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Step } from "../plan/plan.ts";
import { refOf } from "../provision/engine.ts";
import { everyStack, lookAt } from "../provision/look.ts";
import type { Operation } from "./open.ts";

/** Regions an environment usually has stacks in: its own, and CloudFront's (certificates and firewalls live there). */
export function usualRegions(region: string): readonly string[] {
  return [...new Set([region, "us-east-1"])];
}

/** The environment's stacks that stand, and those that `steps` name, with their templates. Throws AstroError("not-ours"). */
export async function standingNow(
  { target, site }: Operation,
  steps?: readonly Pick<Step, "stack" | "region" | "takesOver">[],
): Promise<readonly DeployedTemplate[]> {
  const regions = [...new Set([...usualRegions(site.region), ...(steps ?? []).map((step) => step.region)])];
  const found = await everyStack(target.cloud, regions);
  const adopt = (steps ?? []).flatMap(({ stack, takesOver }) => (takesOver === undefined ? [] : [stack]));
  const wanted = steps?.map((step) => refOf(step));
  return (await lookAt(target.cloud, site, found, { adopt, ...(wanted && { wanted }) })).deployed;
}
