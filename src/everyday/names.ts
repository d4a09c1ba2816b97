import type { Site } from "../plan/provision-plan.ts";
import type { AppPart } from "../release/app-stacks.ts";
import { MIGRATION_LOG } from "../release/migration.ts";

type Named = Pick<Site, "project" | "environment">;

/** The services that the app's tasks are in. */
export const APP_SERVICES = ["api", "worker"] as const satisfies readonly AppPart[];

/** What the logs call that which migrates. */
export const MIGRATE = MIGRATION_LOG;

/** The cluster of an environment's tasks, as the app's templates call it. */
export function clusterOf({ project, environment }: Named): string {
  return `${project}-${environment}`;
}

/** The log group of one part of the app. */
export function logGroupOf({ project, environment }: Named, part: AppPart): string {
  return `/${project}/${environment}/${part}`;
}

/** A secret of the environment. */
export function secretOf({ project, environment }: Named, name: "database" | "redis"): string {
  return `${project}/${environment}/${name}`;
}

/** Where Parameter Store keeps a value of a stack: no name there begins with `aws` or `ssm`. */
export function storedValueOf(
  { project, environment }: Named,
  stack: "database" | "cache",
  name: "Host" | "Port",
): string {
  const path = `/${project}/${environment}/${stack}/${name}`;
  return /^(aws|ssm)/i.test(project) ? `/astro${path}` : path;
}
