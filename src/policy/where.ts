import { bootstrapBucket } from "../plan/bootstrap.ts";
import type { Site } from "../plan/provision-plan.ts";
import { partitionOf } from "../template/partition.ts";

/** Where an environment lives; an account of `*` is whichever the policy is attached in. */
export type PolicyScope = Pick<Site, "project" | "environment" | "region" | "account">;

/** CloudFront's certificates and web ACLs live here, and what AWS keeps once a partition is asked for here. */
export const GLOBAL_REGION = "us-east-1";

/** Twelve characters, whichever: an account whose id is not known yet, inside a longer name. */
export const ANY_ACCOUNT = "????????????";

/** A pattern in one region, with its names put in: `HERE` is region and account, `BOOTSTRAP` the region's bucket. */
export function arnIn(region: string, pattern: string, { account }: Pick<PolicyScope, "account">): string {
  const bucket = bootstrapBucket(account === "*" ? ANY_ACCOUNT : account, region);
  const local = pattern.replace("HERE", `${region}:ACCOUNT`).replace("BOOTSTRAP", bucket).replace("ACCOUNT", account);
  return `arn:${partitionOf(region)}:${local}`;
}

/** The same in each of several regions, none twice. */
export function arnsIn(
  regions: readonly string[],
  pattern: string,
  place: Pick<PolicyScope, "account">,
): readonly string[] {
  return [...new Set(regions.map((region) => arnIn(region, pattern, place)))];
}

/** That a thing has the environment's tags, or that a request gives it these. */
export function tagsOf(
  { project, environment }: PolicyScope,
  of: "Request" | "Resource",
): { readonly [key: string]: string } {
  return { [`aws:${of}Tag/Project`]: project, [`aws:${of}Tag/Environment`]: environment };
}
