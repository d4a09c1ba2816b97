import pMap from "p-map";
import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack, DeployedTemplate } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import { isDead } from "../plan/status.ts";
import type { Template } from "../template/types.ts";
import type { Cloud } from "./cloud.ts";

/** Calls at one time: CloudFormation throttles readers that ask for more. */
const SIDE_BY_SIDE = 6;

/**
 * One read of what stands: every stack of the environment in `regions`, with its template, and the bootstraps.
 * A stack belongs to the environment by its tags, or by name if `wanted` names it.
 */
export async function lookAt(
  cloud: Cloud,
  site: Site,
  regions: readonly string[],
  wanted: readonly string[],
): Promise<readonly DeployedTemplate[]> {
  const found = (await pMap(regions, (region) => cloud.stacks(region), { concurrency: SIDE_BY_SIDE })).flat();
  const ours = found.filter(
    (stack) => belongs(stack, site) || wanted.includes(stack.name) || stack.name === BOOTSTRAP_STACK,
  );
  return pMap(ours, async (stack) => ({ ...stack, template: await templateOf(cloud, stack) }), {
    concurrency: SIDE_BY_SIDE,
  });
}

function belongs({ tags }: DeployedStack, site: Site): boolean {
  return tags.ManagedBy === "astro" && tags.Project === site.project && tags.Environment === site.environment;
}

async function templateOf(cloud: Cloud, stack: DeployedStack): Promise<Template> {
  // A stack in review has no template yet, and what a failed creation was made from is of no use.
  if (isDead(stack.status) && stack.status !== "DELETE_FAILED") return { Resources: {} };
  const text = await cloud.template({ name: stack.id, region: stack.region });
  try {
    return JSON.parse(text) as Template;
  } catch (error) {
    throw new AstroError(
      "template",
      `${stack.name} was deployed from a template that is not JSON: somebody else wrote it`,
      "deploy it once more from the app with `npx cdk deploy`, or remove the stack",
      error,
    );
  }
}
