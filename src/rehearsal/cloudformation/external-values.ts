import type { JsonObject, Parameter, Template } from "../../template/types.ts";
import { UNKNOWN } from "../model/unknown.ts";
import { secretCalled, secretText } from "../resources/secrets.ts";
import { storedParameter } from "../resources/stored-parameters.ts";
import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { isFromSsm, isListType } from "../template/parameters.ts";
import { invalid, Unresolvable } from "../wire/error.ts";
import { exportNamed, stackCalled } from "./find.ts";

/** The value of an export; throws Unresolvable if there is none. */
export function imported(simulator: Simulator, scope: Scope, name: string): string {
  const found = exportNamed(simulator.state, scope, name);
  if (!found) throw new Unresolvable(`No export named ${name} found.`);
  return found.value;
}

/** `Fn::GetStackOutput`: an output of a live stack, of another region or account too. */
export function stackOutput(simulator: Simulator, scope: Scope, reference: JsonObject): string {
  const { StackName, OutputName, Region, RoleArn } = reference;
  if (typeof StackName !== "string" || typeof OutputName !== "string") {
    throw invalid("Template error: Fn::GetStackOutput requires the string parameters StackName and OutputName");
  }
  const region = typeof Region === "string" ? Region : scope.region;
  const account = typeof RoleArn === "string" ? (RoleArn.split(":")[4] ?? scope.account) : scope.account;
  const what = `Template error: Fn::GetStackOutput references`;
  const stack = stackCalled(simulator.state, { account, region }, StackName);
  if (!stack?.deployed) throw new Unresolvable(`${what} stack ${StackName} in ${region}, which does not exist`);
  const output = stack.outputs.find(({ key }) => key === OutputName);
  if (output) return output.value;
  throw new Unresolvable(`${what} output ${OutputName}, which stack ${StackName} in ${region} does not have`);
}

/**
 * The value of a template parameter that names an SSM parameter, `name` or `name:version`: as it was when the call was
 * made, if that is known, or its current value (API Reference, "Parameter": ResolvedValue).
 */
export function storedValue(
  simulator: Simulator,
  scope: Scope,
  { parameters, stored }: Pick<Deployment, "parameters" | "stored">,
  key: string,
  parameter: SsmTyped,
): string {
  return stored?.[key]?.value ?? ssmValue(simulator, scope, key, parameters[key] ?? "", parameter);
}

/** Current values of the SSM parameters that a template's parameters name, each with the stamp of its last write. */
export function storedNow(
  simulator: Simulator,
  scope: Scope,
  { Parameters = {} }: Template,
  parameters: Deployment["parameters"],
): NonNullable<Deployment["stored"]> {
  const named = Object.entries(Parameters).filter(([, parameter]) => isFromSsm(parameter));
  return Object.fromEntries(
    named.map(([key, parameter]) => {
      const name = parameters[key] ?? "";
      const value = ssmValue(simulator, scope, key, name, parameter);
      const [path = "", version] = name.split(":");
      const { version: newest = 1, written = 0 } = storedParameter(simulator, scope, path, version) ?? {};
      return [key, { value, stamp: `ssm:${path}:${newest}:${written}` }];
    }),
  );
}

type SsmTyped = Pick<Parameter, "Type" | "Default">;

/** The value of an SSM parameter, `name` or `name:version`, that a template parameter of this type names. */
function ssmValue(simulator: Simulator, scope: Scope, key: string, name: string, { Type, Default }: SsmTyped): string {
  const [path = "", version] = name.split(":");
  const found = storedParameter(simulator, scope, path, version);
  // Without a default the message differs (localstack's test_resolve_ssm_missing_parameter, recorded 2025-08-06).
  if (!found && Default === undefined)
    throw invalid(`Parameter ${key} should either have input value or default value`);
  if (!found) throw invalid(`Unable to fetch parameters [${name}] from parameter store for this account.`);
  if (found.type === "SecureString")
    throw invalid(`Parameters [${name}] referenced by template have types not supported by CloudFormation.`);
  const isList = isListType(Type);
  if (isList !== (found.type === "StringList"))
    throw invalid(`Types for SSM parameters [${name}] defined in CFN template and SSM are incompatible`);
  if (!isList) return found.value;
  return found.value
    .split(",")
    .map((item) => item.trim())
    .join(",");
}

/**
 * The value of a `{{resolve:…}}` reference (User Guide, "Get values stored in other services using dynamic
 * references"). A secret stays a reference: its value belongs in no state file.
 */
export function dynamicValue(simulator: Simulator, scope: Scope, text: string): string {
  if (text.includes(UNKNOWN)) return text;
  const body = text.slice("{{resolve:".length, -2);
  if (body.startsWith("secretsmanager:")) checkSecret(simulator, scope, body.slice("secretsmanager:".length));
  if (!body.startsWith("ssm")) return text;
  const [, service, name = "", version] = /^(ssm|ssm-secure):([a-zA-Z0-9_.\-/]+)(?::(\d+))?$/.exec(body) ?? [];
  if (service === undefined) throw invalid(`Incorrect format is used in the following SSM reference: [${text}]`);
  const found = storedParameter(simulator, scope, name, version);
  if (!found) throw new Unresolvable(`Parameters: [${body}] cannot be found.`);
  if (service === "ssm-secure") return text;
  if (found.type !== "SecureString") return found.value;
  const words = `Non-secure ssm prefix was used for secure parameter ${name}`;
  throw version === undefined ? new Unresolvable(words) : invalid(words);
}

/** Whether it refers to a secret: those are resolved when their resource is created or updated. */
export function isSecretReference(text: string): boolean {
  return text.startsWith("{{resolve:secretsmanager:");
}

/** Keys that an attachment to a database adds to its secret (Template Reference, "SecretTargetAttachment"). */
const ATTACHED: ReadonlySet<string> = new Set([
  "dbClusterIdentifier",
  "dbInstanceIdentifier",
  "dbname",
  "engine",
  "host",
  "port",
]);

function checkSecret(simulator: Simulator, scope: Scope, body: string): void {
  const [id = "", rest = ""] = body.split(/:Secret(?:String|Binary):?/);
  const secret = secretCalled(simulator, scope, id);
  if (!secret) throw new Unresolvable("Secrets Manager can't find the specified secret.");
  const [key = ""] = rest.split(":");
  const attached = resourcesAt(simulator.state, "AWS::SecretsManager::SecretTargetAttachment", scope).some(
    ({ properties }) => properties.SecretId === secret.id,
  );
  if (key === "" || (attached && ATTACHED.has(key))) return;
  const value = parsed(secretText(simulator, secret));
  if (value === undefined) throw new Unresolvable("Could not parse SecretString JSON");
  if (value[key] === undefined)
    throw new Unresolvable("Could not find a value associated with JSONKey in SecretString");
}

function parsed(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
