import { entryOf } from "../template/json.ts";

/** Names of AWS services where a person's differs from the resource type's. */
const SERVICES: { readonly [service: string]: string } = {
  ApplicationAutoScaling: "Auto Scaling",
  CertificateManager: "ACM",
  ElasticLoadBalancingV2: "ELB",
  SecretsManager: "Secrets",
};

/** A resource type a person can read: `AWS::RDS::DBInstance` is `DBInstance (RDS)`. */
export function resourceName(type: string): string {
  const [vendor = type, service, ...rest] = type.split("::");
  if (service === undefined) return vendor;
  if (vendor === "Custom") return `${service} (custom)`;
  return `${rest.join("::") || service} (${entryOf(SERVICES, service) ?? service})`;
}

/** A resource by its logical id and what it is: `Redis, ReplicationGroup (ElastiCache)`. */
export function resourceWords(logicalId: string, type: string): string {
  const name = resourceName(type);
  return name.startsWith(`${logicalId} `) ? name : `${logicalId}, ${name}`;
}

/** A stack's name without what all stacks of the environment share. */
export function shortStack(stack: string, project: string, environment: string): string {
  const shared = `${project}-${environment}-`;
  return stack.startsWith(shared) && stack.length > shared.length ? stack.slice(shared.length) : stack;
}

/** What a stack under this operation is doing. */
export function operationWord(action: "create" | "update" | "delete" | "check"): string {
  return { create: "creating", update: "updating", delete: "removing", check: "checking" }[action];
}

/** What a resource with this CloudFormation status is doing. */
export function doing(status: string): string {
  const action = (["create", "update", "delete"] as const).find((word) => status.startsWith(`${word.toUpperCase()}_`));
  return action === undefined ? status.toLowerCase().replaceAll("_", " ") : operationWord(action);
}

/** Labels of the outputs a person looks for. */
const OUTPUTS: { readonly [output: string]: string } = { AppUrl: "App", ApiUrl: "API", RepositoryUri: "Images" };

/** Names of the same kind, on one line. */
const LISTS: { readonly [label: string]: RegExp } = { Secrets: /SecretName$/, Buckets: /BucketName$/ };

/** What programs look for and nobody types; `--json` has them. */
const UNSAID = new Set(["ClusterName", "ServiceName", "LogGroupName", "DistributionId", "ApiOrigin"]);

/** Outputs under the labels a person looks for, in that order; names of one kind on one line. */
export function labelOutputs(outputs: { readonly [name: string]: string }): readonly (readonly [string, string])[] {
  const names = Object.keys(outputs).filter((name) => !UNSAID.has(name));
  const known = Object.keys(OUTPUTS).filter((name) => names.includes(name));
  const lists = Object.entries(LISTS).map(([label, kind]) => [label, names.filter((name) => kind.test(name))] as const);
  const records = names.filter((name) => /Record$/.test(name));
  const said = new Set([...known, ...records, ...lists.flatMap(([, listed]) => listed)]);
  return [
    ...known.map((name) => [OUTPUTS[name] ?? name, outputs[name] ?? ""] as const),
    ...lists
      .filter(([, listed]) => listed.length > 0)
      .map(([label, listed]) => [label, listed.map((name) => outputs[name]).join(", ")] as const),
    ...records.map((name, index) => [index === 0 ? "Add to DNS" : "", outputs[name] ?? ""] as const),
    ...names.filter((name) => !said.has(name)).map((name) => [spaced(name), outputs[name] ?? ""] as const),
  ];
}

/** `DatabaseEndpoint` as `Database endpoint`; a run of capitals stays as it is. */
function spaced(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ");
  return words.replaceAll(/ [A-Z](?![A-Z])/g, (start) => start.toLowerCase());
}
