import { SecretValue } from "aws-cdk-lib";
import type { Settings } from "./astro-stack";
import type { Environment } from "./config";
import { secretNames } from "./names";

/** The header by which the load balancer knows the CDN (Amazon CloudFront Developer Guide, "Restrict access to ALBs"). */
export const ORIGIN_HEADER = "x-origin-verify";

/**
 * Whether the load balancer answers nobody but the CDN: where the internet reaches it, and it has no name for others to call
 * the API by.
 */
export function onlyForCdn({ domain, loadBalancer }: Environment): boolean {
  return domain === undefined && !loadBalancer.private;
}

/** What the CDN says in that header, read by CloudFormation as the stack is made. */
export function originSecret(settings: Settings): string {
  return SecretValue.secretsManager(secretNames(settings).origin, { jsonField: "word" }).unsafeUnwrap();
}
