import { AstroError, type Hint } from "../errors.ts";
import type { Stack } from "../synth/assembly.ts";
import { BOOTSTRAP_STACK } from "./bootstrap.ts";
import type { DeployedStack } from "./deployed.ts";
import type { Plan } from "./plan.ts";

/** The owner of a stack, as far as tags tell. */
type Owned = Pick<Plan, "project" | "environment">;
type Tags = DeployedStack["tags"];
type Ref = Pick<DeployedStack, "name" | "region">;

/** Stacks that every environment of the generated app has, in its own region; each is called PROJECT-ENVIRONMENT-kind. */
export const ALWAYS = [
  "network",
  "secrets",
  "registry",
  "storage",
  "database",
  "cache",
  "load-balancer",
  "service",
  "cdn",
] as const;

/** The app's other stacks of the environment's own region; certificate-cdn, waf and budget live in us-east-1. */
export const SOMETIMES = ["alarms", "zone", "certificate", "dns"] as const;

/** The tags that make a stack an environment's. */
function tagsOf({ project, environment }: Owned): Tags {
  return { Project: project, Environment: environment, ManagedBy: "astro" };
}

/** Whether the tags make a stack the environment's. */
export function isOf(tags: Tags, owned: Owned): boolean {
  return Object.entries(tagsOf(owned)).every(([key, value]) => tags[key] === value);
}

/**
 * Whether the environment may work on a stack: it has its tags, or it is the bootstrap that all share, or it was only
 * ever looked at. A stack in review has neither resources nor tags until its change set is executed (CloudFormation API
 * Reference, CreateChangeSet): until then it is whose the change set in it is.
 */
export function isOurs(
  { name, status, tags, claimed }: Pick<DeployedStack, "name" | "status" | "tags" | "claimed">,
  owned: Owned,
): boolean {
  if (claimed !== undefined) return isOf(claimed, owned);
  const isUnclaimed = tags.Project === undefined && tags.Environment === undefined && tags.ManagedBy === undefined;
  if (status === "REVIEW_IN_PROGRESS" && isUnclaimed) return true;
  return name === BOOTSTRAP_STACK ? tags.ManagedBy === "astro" : isOf(tags, owned);
}

/** The stacks that an environment has for certain, whatever its app is like now, and the bootstrap. */
export function usualStacks({ project, environment, region }: Owned & Pick<Plan, "region">): readonly Ref[] {
  return [BOOTSTRAP_STACK, ...ALWAYS.map((kind) => `${project}-${environment}-${kind}`)].map((name) => ({
    name,
    region,
  }));
}

/** Whether a stack is one that an environment has in its own region alone, so that it tells which that is. */
export function tellsRegion({ name, tags }: Pick<DeployedStack, "name" | "tags">): boolean {
  return [...ALWAYS, ...SOMETIMES].some((kind) => name === `${tags.Project}-${tags.Environment}-${kind}`);
}

/** The owner of a stack, as words to follow its name. */
export function ownerWords({
  tags,
  claimed,
  createdAt,
}: Pick<DeployedStack, "tags" | "claimed" | "createdAt">): string {
  const { Project, Environment, ManagedBy } = claimed ?? tags;
  const day = createdAt.toISOString().slice(0, 10);
  if (Project !== undefined && Environment !== undefined && ManagedBy === "astro")
    return `belongs to project ${Project}, environment ${Environment}`;
  const said = Object.entries({ Project, Environment, ManagedBy }).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${value}`],
  );
  const what = said.length === 0 ? "has no tags of an environment" : `is tagged ${said.join(", ")} only`;
  return `${what}: created by somebody else on ${day}`;
}

/**
 * The error for stacks that have the environment's names but belong to somebody else. `ways` are further ways to resolve
 * it, one sentence each.
 */
export function notOurs(
  foreign: readonly Pick<DeployedStack, "name" | "region" | "tags" | "claimed" | "createdAt">[],
  { project, environment }: Owned,
  ways: readonly Hint[] = [],
): AstroError {
  const lines = foreign.map((stack) => `${stack.name} in ${stack.region} ${ownerWords(stack)}`);
  const what = foreign.length === 1 ? "a stack" : "stacks";
  return new AstroError(
    "not-ours",
    [
      `${what} of somebody else with a name of ${project}, environment ${environment}; nothing was changed:`,
      ...lines,
    ].join("\n"),
    [{ text: "give the project or the environment another name in astro.yaml" }, ...ways],
  );
}

/**
 * The stack with the environment's tags, by which it is identified from then on. Throws AstroError("synthesis") if the
 * app tags it as another environment's.
 */
export function claimed(stack: Stack, owned: Owned): Stack {
  const wanted = tagsOf(owned);
  const other = Object.entries(wanted).find(([key, value]) => (stack.tags[key] ?? value) !== value);
  if (other === undefined) return { ...stack, tags: { ...stack.tags, ...wanted } };
  const [key, value] = other;
  throw new AstroError(
    "synthesis",
    `${stack.name} is tagged ${key}=${stack.tags[key]}, but it is to be of ${owned.project}, environment ${owned.environment} (${key}=${value})`,
    `remove that tag from the stack in the app, or set it to its own ${key === "Project" ? "project" : "environment"}: astro identifies stacks by it`,
  );
}
