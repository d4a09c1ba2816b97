import type { JsonObject } from "../template/types.ts";
import { createResource, findResource } from "./services/common/resources.ts";
import type { Simulator } from "./state/simulator.ts";

/** What an account needs before an app that astro did not generate is deployed to it, by name. */
export type Prerequisites = {
  readonly region: string;
  /** Values in Parameter Store. */
  readonly parameters: { readonly [name: string]: string };
  readonly buckets: readonly string[];
  /** Roles that CloudFormation may assume. */
  readonly roles: readonly string[];
};

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "cloudformation.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/**
 * Creates what of it the account does not have yet: outside of any stack, at once, and never failed by a fault. Returns
 * whether anything was created.
 */
export function createPrerequisites(
  simulator: Simulator,
  { region, parameters, buckets, roles }: Prerequisites,
): boolean {
  const at = { scope: { account: simulator.state.account, region } };
  const wanted: readonly (readonly [type: string, id: string, properties: JsonObject])[] = [
    ...Object.entries(parameters).map(
      ([Name, Value]) => ["AWS::SSM::Parameter", Name, { Name, Value, Type: "String" }] as const,
    ),
    ...buckets.map((BucketName) => ["AWS::S3::Bucket", BucketName, { BucketName }] as const),
    ...roles.map(
      (RoleName) => ["AWS::IAM::Role", RoleName, { RoleName, AssumeRolePolicyDocument: TRUST, Path: "/" }] as const,
    ),
  ];
  const missing = wanted.filter(([type, id]) => findResource(simulator, at, type, id) === undefined);
  for (const [type, id, properties] of missing) createResource(simulator, at, { type, id, properties });
  return missing.length > 0;
}
