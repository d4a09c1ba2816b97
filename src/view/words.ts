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
  return `${rest.join("::") || service} (${SERVICES[service] ?? service})`;
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

/** Outputs under the labels a person looks for, in that order; the names of secrets on one line. */
export function labelOutputs(outputs: { readonly [name: string]: string }): readonly (readonly [string, string])[] {
  const names = Object.keys(outputs);
  const known = Object.keys(OUTPUTS).filter((name) => names.includes(name));
  const secrets = names.filter((name) => name.endsWith("SecretName"));
  const others = names.filter((name) => !known.includes(name) && !secrets.includes(name));
  const line = (name: string) => [OUTPUTS[name] ?? spaced(name), outputs[name] ?? ""] as const;
  return [
    ...known.map(line),
    ...(secrets.length > 0 ? [["Secrets", secrets.map((name) => outputs[name]).join(", ")] as const] : []),
    ...others.map(line),
  ];
}

/** `DatabaseEndpoint` as `Database endpoint`; a run of capitals stays as it is. */
function spaced(name: string): string {
  const words = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, " ");
  return words.replaceAll(/ [A-Z](?![A-Z])/g, (start) => start.toLowerCase());
}
