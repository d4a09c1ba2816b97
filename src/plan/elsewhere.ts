import type { Config } from "../config/schema.ts";
import type { DeployedStack } from "./deployed.ts";
import { tellsRegion } from "./ownership.ts";
import type { Plan } from "./plan.ts";

/** Where an environment is. */
export type Location = Pick<Plan, "project" | "environment" | "region" | "account">;

/** An environment that is, or may be, deployed elsewhere than where an operation works. */
export type Elsewhere = Location & {
  /** ISO 8601. */
  readonly since: string;
  /** USD a month, about, when it was last provisioned. */
  readonly monthly?: number;
  /** Its stacks; absent where they could not be read. */
  readonly stacks?: number;
  /** Why they could not be read. */
  readonly why?: string;
  /** True if astro.yaml names it, for whatever account. */
  readonly named: boolean;
};

export function samePlace(one: Location, other: Location): boolean {
  return placeWord(one) === placeWord(other) && one.account === other.account;
}

/** A place as a flag takes it: PROJECT/ENVIRONMENT/REGION. */
export function placeWord({ project, environment, region }: Location): string {
  return [project, environment, region].join("/");
}

/** Whether astro.yaml still names what is there. */
export function isNamed({ project, environment, region, account }: Location, { name, environments }: Config): boolean {
  const found = Object.entries(environments).find(([key]) => key === environment)?.[1];
  return project === name && found?.region === region && (found.account ?? account) === account;
}

/** The environments of a project, by the tags of the stacks found. */
export function seenIn(found: readonly DeployedStack[], project: string, account: string): readonly Elsewhere[] {
  const telling = found.filter((stack) => stack.tags.ManagedBy === "astro" && stack.tags.Project === project);
  const places = new Map<string, Elsewhere>();
  for (const { region, tags, createdAt } of telling.filter(tellsRegion)) {
    const place = { project, environment: tags.Environment ?? "", region, account };
    const known = places.get(placeWord(place));
    const since = [createdAt.toISOString(), ...(known ? [known.since] : [])].toSorted()[0] ?? "";
    places.set(placeWord(place), { ...place, since, stacks: (known?.stacks ?? 0) + 1, named: false });
  }
  return [...places.values()];
}

/** One sentence with what is known about it. */
export function elsewhereWords({
  project,
  environment,
  region,
  account,
  since,
  monthly,
  stacks,
  why,
}: Elsewhere): string {
  const state =
    stacks === undefined
      ? `was deployed when last seen (${why ?? "not checked"})`
      : `has ${stacks === 1 ? "1 stack" : `${stacks} stacks`}`;
  const cost = monthly === undefined ? "" : `, about $${monthly} a month`;
  return `project ${project}, environment ${environment}, in ${region} of account ${account} ${state}, since ${since.slice(0, 10)}${cost}`;
}
