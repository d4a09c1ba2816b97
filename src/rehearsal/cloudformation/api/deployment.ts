import type { Json, JsonObject, Template } from "../../../template/types.ts";
import { partOf, rowsOf } from "../../resources/properties.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Deployment, SimulatedStack } from "../../state/stack.ts";
import { resolveParameters } from "../../template/parameters.ts";
import { type Call, flag, structures, text, texts } from "../../wire/call.ts";
import { AwsError, invalid } from "../../wire/error.ts";
import { storedNow } from "../external-values.ts";
import { withTransforms } from "../transforms.ts";
import { templateOf } from "./source.ts";
import { checkTriggers } from "./triggers.ts";

/** The deployment that a call requests; throws AWS's errors for template, parameters, tags and capabilities. */
export function deploymentOf(simulator: Simulator, call: Call, stack: SimulatedStack | undefined): Deployment {
  const { input } = call;
  const { blob, template: sent } = templateOf(simulator, call, stack);
  const given = structures(input, "Parameters").map((one) => ({
    key: String(one.ParameterKey ?? ""),
    usePrevious: String(one.UsePreviousValue) === "true",
    ...(one.ParameterValue !== undefined && one.ParameterValue !== null && { value: String(one.ParameterValue) }),
  }));
  const parameters = resolveParameters(sent, given, stack?.deployed?.parameters ?? {});
  const named = stack ?? { id: "", name: text(input, "StackName") ?? "", ...call.scope };
  const { parsed: template, ...blobs } = withTransforms(simulator, named, blob, parameters);
  const stored = storedNow(simulator, call.scope, template, parameters);
  const capabilities = texts(input, "Capabilities");
  // A change set shows the transformed template before it is deployed.
  checkCapabilities(template, sent.Transform !== undefined && call.operation !== "CreateChangeSet", capabilities);
  const timeout = text(input, "TimeoutInMinutes");
  // Reused by later updates unless they set their own (User Guide, "Rollback triggers").
  const rollback = (input.RollbackConfiguration as JsonObject | undefined) ?? stack?.deployed?.rollback;
  const role = text(input, "RoleARN") ?? stack?.deployed?.role;
  checkRole(simulator, call, text(input, "RoleARN"));
  checkTypes(template, texts(input, "ResourceTypes"));
  checkTriggers(input.RollbackConfiguration);
  return {
    ...blobs,
    parameters,
    ...(Object.keys(stored).length > 0 && { stored }),
    tags: input.Tags === undefined ? (stack?.deployed?.tags ?? {}) : tagsOf(structures(input, "Tags")),
    // An update without capabilities keeps the stack's (localstack's test_no_echo_parameter, recorded 2025-08-15).
    capabilities:
      call.operation === "UpdateStack" && capabilities.length === 0
        ? (stack?.deployed?.capabilities ?? [])
        : capabilities,
    notifications:
      input.NotificationARNs === undefined ? (stack?.deployed?.notifications ?? []) : texts(input, "NotificationARNs"),
    ...(role !== undefined && { role }),
    ...(timeout !== undefined && { timeoutMinutes: Number(timeout) }),
    ...(flag(input, "ImportExistingResources") && { adopts: true as const }),
    ...(rollback !== undefined && { rollback }),
  };
}

function tagsOf(list: readonly JsonObject[]): { readonly [key: string]: string } {
  for (const [i, { Key, Value }] of list.entries()) {
    checkLength(`tags.${i + 1}.member.key`, String(Key ?? ""), 128);
    checkLength(`tags.${i + 1}.member.value`, String(Value ?? ""), 256);
  }
  const keys = list.map(({ Key }) => String(Key));
  const twice = keys.find((key, i) => keys.indexOf(key) < i);
  if (twice !== undefined) throw invalid(`Duplicate tag keys found: ${twice}`);
  const reserved = list.find(({ Key }) => String(Key).toLowerCase().startsWith("aws:"));
  if (reserved) throw invalid(`Tag keys cannot start with 'aws:': ${reserved.Key}`);
  return Object.fromEntries(list.map(({ Key, Value }) => [String(Key), String(Value ?? "")]));
}

/** A key or value of a tag (API Reference, "Tag"). */
function checkLength(member: string, value: string, most: number): void {
  const [bound, words] = value === "" ? [1, "greater"] : value.length > most ? [most, "less"] : [];
  if (bound !== undefined)
    throw invalid(
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have length ${words} than or equal to ${bound}`,
    );
}

/** Types that need a capability, and the property with which they need CAPABILITY_NAMED_IAM. */
const IAM: { readonly [type: string]: string | undefined } = {
  "AWS::IAM::AccessKey": undefined,
  "AWS::IAM::Group": "GroupName",
  "AWS::IAM::InstanceProfile": "InstanceProfileName",
  "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
  "AWS::IAM::Policy": undefined,
  "AWS::IAM::Role": "RoleName",
  "AWS::IAM::User": "UserName",
  "AWS::IAM::UserToGroupAddition": undefined,
};

/** The capability a template needs ("Acknowledging IAM resources"), and the types it is for. */
export function capabilityFor(template: Template): { readonly capability?: string; readonly types: readonly string[] } {
  const resources = Object.values(template.Resources).filter(({ Type }) => Object.hasOwn(IAM, Type));
  if (resources.length === 0) return { types: [] };
  const isNamed = resources.some(({ Type, Properties }) => Properties?.[IAM[Type] ?? ""] !== undefined);
  return {
    capability: isNamed ? "CAPABILITY_NAMED_IAM" : "CAPABILITY_IAM",
    types: [...new Set(resources.map(({ Type }) => Type))],
  };
}

/** A service role must exist; roles of other accounts are not checked. */
export function checkRole(simulator: Simulator, { scope }: Pick<Call, "scope">, role: string | undefined): void {
  if (role === undefined || role.split(":")[4] !== scope.account) return;
  const name = role.split("/").at(-1) ?? "";
  const found = resourceAt(simulator.state, "AWS::IAM::Role", { account: scope.account, region: "global" }, name);
  if (!found || !isTrusting(found.properties.AssumeRolePolicyDocument))
    throw invalid(`Role ${role} is invalid or cannot be assumed`);
}

/**
 * Whether CloudFormation may assume the role (localstack's test_update_with_role_without_permissions, recorded
 * 2022-11-21).
 */
function isTrusting(document: Json | undefined): boolean {
  const { Statement } = partOf(document);
  return rowsOf([Statement ?? []].flat()).some(({ Effect, Principal }) => {
    const services = [partOf(Principal).Service ?? []].flat();
    return (
      String(Effect).toLowerCase() === "allow" &&
      (Principal === "*" || services.includes("cloudformation.amazonaws.com"))
    );
  });
}

function checkTypes(template: Template, permitted: readonly string[]): void {
  if (permitted.length === 0) return;
  const isPermitted = (type: string) =>
    permitted.some((one) => one === type || (one.endsWith("*") && type.startsWith(one.slice(0, -1))));
  const other = Object.values(template.Resources).find(({ Type }) => !isPermitted(Type));
  if (other)
    throw invalid(`Resource type ${other.Type} is not allowed by parameter ResourceTypes [${permitted.join(", ")}]`);
}

function checkCapabilities(template: Template, expands: boolean, given: readonly string[]): void {
  const { capability } = capabilityFor(template);
  const enough =
    capability === undefined ||
    given.includes("CAPABILITY_NAMED_IAM") ||
    (capability === "CAPABILITY_IAM" && given.includes(capability));
  const missing = [
    ...(enough ? [] : [capability]),
    ...(expands && !given.includes("CAPABILITY_AUTO_EXPAND") ? ["CAPABILITY_AUTO_EXPAND"] : []),
  ];
  if (missing.length > 0)
    throw new AwsError("InsufficientCapabilitiesException", `Requires capabilities : [${missing.join(", ")}]`);
}
