import type { JsonObject } from "../template/types.ts";
import { createResource, findResource } from "./services/common/resources.ts";
import type { Simulator } from "./state/simulator.ts";

/** What is to be in an account before an app by others comes into it, by name. */
export type Prerequisites = {
  readonly region: string;
  /** Values in Parameter Store. */
  readonly parameters: { readonly [name: string]: string };
  readonly buckets: readonly string[];
  /** Roles that CloudFormation may take. */
  readonly roles: readonly string[];
};

const TRUST = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: { Service: "cloudformation.amazonaws.com" }, Action: "sts:AssumeRole" }],
};

/**
 * Puts into the account what of it is not there yet: no stack has it, it takes no time, and no fault strikes it. Returns
 * whether anything was put there.
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
