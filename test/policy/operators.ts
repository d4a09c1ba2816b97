import type { EnvironmentInput } from "../../src/config/schema.ts";
import { operatorPolicy } from "../../src/policy/policy.ts";
import type { AnyDocument, Asked } from "../support/iam.ts";
import { synthesise } from "../template/app/synth.ts";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";

/** Everything that an environment can have, under a boundary. */
export const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/engineers`;
export const everything = (domain: string): EnvironmentInput => ({
  region: REGION,
  account: ACCOUNT,
  network: { azs: 2, flowLogs: true },
  service: { maxTasks: 3 },
  loadBalancer: { accessLogs: true },
  cdn: { waf: true },
  domain: { name: domain, zone: "Z0123456789ABCDEFGHIJ" },
  alarms: { email: "ops@example.com" },
  budget: { monthly: 100, email: "ops@example.com" },
});

/** The stacks of an environment, as a policy is made from them. */
function stacksOf(chosen: EnvironmentInput, project: string, environment: string) {
  return synthesise(chosen, project, environment).map(({ stackName, template, environment: { region } }) => ({
    name: stackName,
    region,
    template,
  }));
}

/** The policy of an operator of an environment. */
export function operatorOf(
  project: string,
  environment: string,
  chosen: EnvironmentInput,
  boundary?: string,
): readonly AnyDocument[] {
  const place = { project, environment, region: REGION, account: ACCOUNT };
  return operatorPolicy(place, stacksOf(chosen, project, environment), { boundary }).documents;
}

/** What a request says beside its action and its ARN: the region, who made it, and tags of the thing or of the request. */
export type Circumstances = { readonly [key: string]: string | readonly string[] };

export const tags = (of: "Resource" | "Request", project: string, environment: string): Circumstances => ({
  [`aws:${of}Tag/Project`]: project,
  [`aws:${of}Tag/Environment`]: environment,
});

/** By way of CloudFormation, in the operator's name. */
export const VIA: Circumstances = { "aws:CalledVia": ["cloudformation.amazonaws.com"] };

/** A request on an ARN, `HERE` standing for region and account. */
export function ask(action: string, arn: string, circumstances: Circumstances = {}): Asked {
  const local = arn.replace("HERE", `${REGION}:${ACCOUNT}`).replace("ACCOUNT", ACCOUNT);
  const resource = arn === "*" || arn.startsWith("arn:") ? arn : `arn:aws:${local}`;
  return { action, resource, context: { "aws:RequestedRegion": REGION, ...circumstances } };
}
