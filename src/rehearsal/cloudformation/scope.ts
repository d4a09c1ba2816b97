import type { Json, JsonObject, Template } from "../../template/types.ts";
import { partitionOf, suffixOf, zonesOf } from "../regions.ts";
import { attributeOf } from "../resources/kinds.ts";
import type { Stage } from "../stage.ts";
import { evaluate, type Scope } from "../template/evaluate.ts";
import { isFromSsm, parameterValue } from "../template/parameters.ts";
import { UNKNOWN } from "../template/unknown.ts";
import { thingAt } from "../things.ts";
import { invalid } from "../wire/error.ts";
import type { Place } from "../world.ts";
import { exportNamed, stackCalled } from "./find.ts";
import type { Deployment, Stack, StackResource } from "./stack.ts";

/** The value of a resource for `Ref` and `Fn::GetAtt`; `undefined` where it is not made yet. */
export type Lookup = (
  logicalId: string,
) => Pick<StackResource, "physicalId" | "attributes" | "type" | "properties"> | undefined;

/** A stack's names, to evaluate its template with; what `lookup` does not know is UNKNOWN. */
export function scopeOf(
  stage: Stage,
  stack: Pick<Stack, "id" | "name" | "account" | "region">,
  template: Template,
  deployment: Deployment,
  lookup: Lookup,
): Scope {
  const memory = new Map<string, boolean>();
  const scope: Scope = {
    ref: (name) =>
      parameter(stage, stack, template, deployment, name) ?? pseudo(stack, deployment, name) ?? resource(name),
    attribute: (id, name) => {
      if (!Object.hasOwn(template.Resources, id)) return undefined;
      const found = lookup(id);
      return found === undefined ? UNKNOWN : attributeOf(stage.model, stack, found, name);
    },
    condition: (name) => {
      const known = memory.get(name);
      if (known !== undefined) return known;
      const definition = template.Conditions?.[name];
      if (definition === undefined) throw invalid(`Template error: unresolved condition dependency: ${name}`);
      const value = evaluate(definition, scope);
      memory.set(name, value === true || value === "true");
      return value === true || value === "true";
    },
    mapping: (map, first, second) => {
      const level = (template.Mappings?.[map] as JsonObject | undefined)?.[first] as JsonObject | undefined;
      return level?.[second];
    },
    zones: zonesOf,
    imported: (name) => {
      const found = exportNamed(stage.world, stack, name);
      if (!found) throw invalid(`No export named ${name} found.`);
      return found.value;
    },
    stackOutput: (reference) => stackOutput(stage, stack, reference),
    dynamic: (text) => dynamic(stage, stack, text),
  };
  const resource = (name: string): Json | undefined => {
    const definition = template.Resources[name];
    if (!definition || (definition.Condition !== undefined && !scope.condition(definition.Condition))) return undefined;
    return lookup(name)?.physicalId ?? UNKNOWN;
  };
  return scope;
}

function parameter(
  stage: Stage,
  place: Place,
  template: Template,
  deployment: Deployment,
  name: string,
): Json | undefined {
  const declared = template.Parameters?.[name];
  const text = deployment.parameters[name];
  if (!declared || text === undefined) return undefined;
  return parameterValue(declared, isFromSsm(declared) ? ssmValue(stage, place, text) : text);
}

/** The value of an SSM parameter that a template parameter names. */
export function ssmValue(stage: Stage, place: Place, name: string): string {
  const value = thingAt(stage.world, "AWS::SSM::Parameter", place, name)?.properties.Value;
  if (value === undefined) {
    throw invalid(`Unable to fetch parameters [${name}] from parameter store for this account.`);
  }
  return String(value);
}

function pseudo(
  stack: Pick<Stack, "id" | "name" | "account" | "region">,
  deployment: Deployment,
  name: string,
): Json | undefined {
  switch (name) {
    case "AWS::AccountId":
      return stack.account;
    case "AWS::Region":
      return stack.region;
    case "AWS::Partition":
      return partitionOf(stack.region);
    case "AWS::URLSuffix":
      return suffixOf(stack.region);
    case "AWS::StackName":
      return stack.name;
    case "AWS::StackId":
      return stack.id;
    case "AWS::NotificationARNs":
      return [...deployment.notifications];
    default:
      return undefined;
  }
}

function stackOutput(stage: Stage, place: Place, reference: JsonObject): string {
  const { StackName, OutputName, Region } = reference;
  if (typeof StackName !== "string" || typeof OutputName !== "string") {
    throw invalid("Template error: Fn::GetStackOutput requires the string parameters StackName and OutputName");
  }
  const region = typeof Region === "string" ? Region : place.region;
  const stack = stackCalled(stage.world, { account: place.account, region }, StackName);
  if (!stack?.deployed) {
    throw invalid(
      `Template error: Fn::GetStackOutput references stack ${StackName} in ${region}, which does not exist`,
    );
  }
  const output = stack.outputs.find(({ key }) => key === OutputName);
  if (!output) {
    throw invalid(
      `Template error: Fn::GetStackOutput references output ${OutputName}, which stack ${StackName} in ${region} does not have`,
    );
  }
  return output.value;
}

function dynamic(stage: Stage, place: Place, text: string): string {
  const [, service, ...rest] = text.slice(2, -2).split(":");
  if (service === "ssm") {
    const name = rest[0] ?? "";
    const value = thingAt(stage.world, "AWS::SSM::Parameter", place, name)?.properties.Value;
    if (value === undefined)
      throw invalid(
        `Parameter ${name} not found. (Service: AWSSimpleSystemsManagement; Status Code: 400; Error Code: ParameterNotFound)`,
      );
    return String(value);
  }
  // A secret stays a reference: its value belongs in no state file.
  if (service === "secretsmanager" && !text.includes(UNKNOWN)) checkSecret(stage, place, text);
  return text;
}

function checkSecret(stage: Stage, place: Place, text: string): void {
  const body = text.slice("{{resolve:secretsmanager:".length, -2);
  const id = body.split(/:Secret(?:String|Binary)/)[0] ?? body;
  const secrets = Object.values(stage.world.things["AWS::SecretsManager::Secret"] ?? {}).filter(
    (secret) =>
      secret.account === place.account && secret.region === place.region && secret.state.deleted === undefined,
  );
  if (secrets.some((secret) => secret.id === id || secret.properties.Name === id || secret.id.slice(0, -7) === id))
    return;
  throw invalid(
    "Secrets Manager can't find the specified secret. (Service: AWSSecretsManager; Status Code: 400; Error Code: ResourceNotFoundException)",
  );
}
