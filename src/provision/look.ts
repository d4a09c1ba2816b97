import { AstroError } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack, DeployedTemplate } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import { isDead } from "../plan/status.ts";
import { Fault } from "../reading/fault.ts";
import { readJson } from "../reading/json.ts";
import { asTemplate } from "../template/shape.ts";
import type { Template } from "../template/types.ts";
import type { Cloud } from "./cloud.ts";
import { sideBySide } from "./side-by-side.ts";

/** What stands in an account, as one environment sees it. */
export type Sight = {
  /** The environment's stacks and the bootstraps, with their templates. */
  readonly deployed: readonly DeployedTemplate[];
  /** Other environments of astro in the same regions, as `project-environment`: they share the bootstrap. */
  readonly neighbours: readonly string[];
};

/** Every stack of `regions` that is not deleted, in as few calls as AWS allows. */
export async function everyStack(cloud: Cloud, regions: readonly string[]): Promise<readonly DeployedStack[]> {
  return (await sideBySide(regions, (region) => cloud.stacks(region))).flat();
}

/** Reads the templates of those of `found` that are the environment's: by its tags, or by name if `wanted` names them. */
export async function lookAt(
  cloud: Cloud,
  site: Site,
  found: readonly DeployedStack[],
  wanted: readonly string[],
): Promise<Sight> {
  const isOurs = (stack: DeployedStack) =>
    belongs(stack, site) || wanted.includes(stack.name) || stack.name === BOOTSTRAP_STACK;
  const deployed = await sideBySide(found.filter(isOurs), async (stack) => ({
    ...stack,
    template: await templateOf(cloud, stack),
  }));
  const others = found.filter((stack) => !isOurs(stack) && stack.tags.ManagedBy === "astro");
  return { deployed, neighbours: [...new Set(others.map(({ tags }) => `${tags.Project}-${tags.Environment}`))] };
}

function belongs({ tags }: DeployedStack, site: Site): boolean {
  return tags.ManagedBy === "astro" && tags.Project === site.project && tags.Environment === site.environment;
}

/** The template a stack was deployed from; an empty one where it is of no use. Throws AstroError("template"). */
export async function templateOf(cloud: Cloud, stack: DeployedStack): Promise<Template> {
  // A stack in review has no template yet, and what a failed creation was made from is of no use.
  if (isDead(stack.status) && stack.status !== "DELETE_FAILED") return { Resources: {} };
  const text = await cloud.template({ name: stack.id, region: stack.region });
  try {
    return asTemplate(readJson(text));
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    throw new AstroError(
      "template",
      `${stack.name} was deployed from a template that somebody else wrote: ${error.message}`,
      "deploy it once more from the app with `npx cdk deploy`, or remove the stack",
      error,
    );
  }
}
