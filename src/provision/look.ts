import { AstroError, type Hint } from "../errors.ts";
import { BOOTSTRAP_STACK } from "../plan/bootstrap.ts";
import type { DeployedStack, DeployedTemplate } from "../plan/deployed.ts";
import { isOf, isOurs, notOurs, tellsRegion, usualStacks } from "../plan/ownership.ts";
import type { Site } from "../plan/provision-plan.ts";
import { isDead } from "../plan/status.ts";
import { readJson } from "../reading/json.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { asTemplate } from "../template/shape.ts";
import type { Template } from "../template/types.ts";
import type { Cloud, StackRef } from "./cloud.ts";
import { isThere } from "./inside.ts";
import { isAstroChangeSet } from "./recovery/change-sets.ts";
import { sideBySide } from "./side-by-side.ts";

/** What is deployed in an account, as one environment sees it. */
export type Snapshot = {
  /** The environment's stacks and the bootstraps, with their templates. */
  readonly deployed: readonly DeployedTemplate[];
  /** Other environments of astro in the same regions, as `project-environment`: they share the bootstrap. */
  readonly neighbours: readonly string[];
};

/** Every stack of `regions` that is not deleted or nested in another, in as few calls as AWS allows. */
export async function everyStack(cloud: Cloud, regions: readonly string[]): Promise<readonly DeployedStack[]> {
  return (await sideBySide(regions, (region) => cloud.stacks(region))).flat();
}

/** What else a look is given. */
export type Looking = {
  /** Stacks whose names the environment needs; those that it has for certain if left out. */
  readonly wanted?: readonly StackRef[];
  /** Names of others' stacks that are to become the environment's. */
  readonly adopt?: readonly string[];
  /** Names of others' stacks that are known to be others', and are let alone. */
  readonly leave?: readonly string[];
  /** What helps where a stack of others has a name that is needed. */
  readonly ways?: (foreign: readonly DeployedStack[]) => readonly Hint[];
};

/**
 * Reads the templates of those of `all` that are the environment's by their tags. Throws AstroError("not-ours") if
 * somebody else has a stack of a name that the environment needs.
 */
export async function lookAt(
  cloud: Cloud,
  site: Site,
  all: readonly DeployedStack[],
  given: Looking = {},
): Promise<Snapshot> {
  const { wanted = usualStacks(site), adopt = [], leave = [], ways = () => [] } = given;
  const isWanted = ({ name, region }: DeployedStack) =>
    wanted.some((one) => one.name === name && one.region === region);
  const found = await sideBySide(all, async (stack) => (isWanted(stack) ? await asClaimed(cloud, stack, site) : stack));
  const named = found.filter((stack) => isWanted(stack) && !leave.includes(stack.name));
  const foreign = named.filter((stack) => !isOurs(stack, site) && !adopt.includes(stack.name));
  if (foreign.length > 0) throw notOurs(foreign, site, ways(foreign));
  const isElsewhere = (stack: DeployedStack) => stack.region !== site.region && tellsRegion(stack);
  const mine = found.filter(
    (stack) =>
      (given.wanted !== undefined && named.includes(stack)) ||
      (stack.name === BOOTSTRAP_STACK && isOurs(stack, site)) ||
      (isOf(stack.tags, site) && !isElsewhere(stack)),
  );
  const deployed = await sideBySide(mine, async (stack) => ({
    ...stack,
    template: await readDeployedTemplate(cloud, stack),
  }));
  const others = found.filter((stack) => !mine.includes(stack) && stack.tags.ManagedBy === "astro");
  return { deployed, neighbours: [...new Set(others.map(({ tags }) => `${tags.Project}-${tags.Environment}`))] };
}

/**
 * A stack in review with whose it is to be, if a change set of somebody else's waits in it: whoever executes one first
 * drops all the others (CloudFormation API Reference, ExecuteChangeSet). Those of astro's runs are no claim: one that is
 * at work has the environment's lock, or loses the race for a name in the open.
 */
export async function asClaimed(
  cloud: Pick<Cloud, "changeSets" | "changeSet">,
  stack: DeployedStack,
  owned: Pick<Site, "project" | "environment">,
): Promise<DeployedStack> {
  if (stack.status !== "REVIEW_IN_PROGRESS") return stack;
  const ref = { name: stack.id, region: stack.region };
  const others = (await cloud.changeSets(ref)).filter((name) => !isAstroChangeSet(name));
  const meant = await sideBySide(others, async (name) => (await cloud.changeSet(ref, name)).tags ?? {});
  const claimed = meant.find((tags) => !isOf(tags, owned));
  return claimed === undefined ? stack : { ...stack, claimed };
}

/**
 * The template a stack was deployed from: of one whose deletion failed, with what is left of it alone, and an
 * empty one where it is of no use. Throws AstroError("template").
 */
export async function readDeployedTemplate(cloud: Cloud, stack: DeployedStack): Promise<Template> {
  const template = await wholeTemplate(cloud, stack);
  if (stack.status !== "DELETE_FAILED") return template;
  const left = (await cloud.resources({ name: stack.id, region: stack.region })).filter(isThere);
  const ids = new Set(left.map(({ logicalId }) => logicalId));
  const resources = Object.entries(template.Resources).filter(([id]) => ids.has(id));
  return { ...template, Resources: Object.fromEntries(resources) };
}

async function wholeTemplate(cloud: Cloud, stack: DeployedStack): Promise<Template> {
  // A stack in review has no template yet, and what a failed creation was made from is of no use.
  if (isDead(stack.status) && stack.status !== "DELETE_FAILED") return { Resources: {} };
  const text = await cloud.template({ name: stack.id, region: stack.region });
  try {
    return asTemplate(readJson(text));
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    throw new AstroError(
      "template",
      `${stack.name} was deployed from a template that somebody else wrote: ${error.message}`,
      "deploy it once more from the app with `npx cdk deploy`, or remove the stack",
      error,
    );
  }
}
