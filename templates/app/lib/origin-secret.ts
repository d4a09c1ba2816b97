import { SecretValue } from "aws-cdk-lib";
import type { Settings } from "./astro-stack";
import type { Environment } from "./config";
import { secretNames } from "./names";

/** The header by which the load balancer recognises the CDN (Amazon CloudFront Developer Guide, "Restrict access to ALBs"). */
export const ORIGIN_HEADER = "x-origin-verify";

/**
 * Whether the load balancer answers requests of the CDN only: where it is public, and the API has no host name of its own.
 */
export function onlyForCdn({ domain, loadBalancer }: Environment): boolean {
  return domain === undefined && !loadBalancer.private;
}

/** The value of that header, resolved by CloudFormation when the stack is deployed. */
export function originSecret(settings: Settings): string {
  return SecretValue.secretsManager(secretNames(settings).origin, { jsonField: "word" }).unsafeUnwrap();
}
