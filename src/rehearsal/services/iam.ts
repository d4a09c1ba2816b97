import type { Json } from "../../template/types.ts";
import { listOf, rowsOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import { arnOf, findResource, listResources, tagList } from "./common/resources.ts";
import { encoded, identities } from "./identities.ts";
import { providerCalls } from "./identity-providers.ts";
import { createLinkedRole, linkedRolesOf } from "./linked-roles.ts";
import { roleChanges } from "./role-changes.ts";

const ROLE = "AWS::IAM::Role";

function theRole(simulator: Simulator, call: Call): ServiceResource {
  const name = text(call.input, "RoleName") ?? "";
  const found = findResource(simulator, call, ROLE, name);
  if (!found) throw new AwsError("NoSuchEntity", `The role with name ${name} cannot be found.`, 404);
  return found;
}

/**
 * A trust policy as IAM stores it: a list of one item becomes the item (localstack's test_nested_output_in_params,
 * recorded 2023-02-07).
 */
function withoutLoneItems(value: Json, within = false): Json {
  if (Array.isArray(value)) {
    const items = (value as readonly Json[]).map((item) => withoutLoneItems(item, within));
    const [only] = items;
    return within && items.length === 1 && typeof only === "string" ? only : items;
  }
  if (value === null || typeof value !== "object") return value;
  const kept = Object.entries(value).map(([key, inner]) => [
    key,
    withoutLoneItems(inner, within || key === "Action" || key === "Principal"),
  ]);
  return Object.fromEntries(kept) as Json;
}

function roleOf(role: ServiceResource): CallResult {
  return {
    Path: String(role.properties.Path ?? "/"),
    RoleName: role.id,
    RoleId: String(role.attributes.RoleId ?? ""),
    Arn: arnOf(role),
    CreateDate: new Date(role.created).toISOString(),
    AssumeRolePolicyDocument: encoded(withoutLoneItems(role.properties.AssumeRolePolicyDocument ?? {})),
    // A stack's resource always has one (the same recording).
    Description: (role.properties.Description as string | undefined) ?? (role.owner ? "" : undefined),
    MaxSessionDuration: Number(role.properties.MaxSessionDuration ?? 3600),
    Tags: Object.keys(role.tags).length === 0 ? undefined : tagList(role),
  };
}

/** Inline policies: the role's own, and those of policy resources that name it. */
function inlineOf(
  simulator: Simulator,
  call: Call,
  role: ServiceResource,
): readonly { readonly name: string; readonly document: Json | undefined }[] {
  const own = rowsOf(role.properties.Policies).map(({ PolicyName, PolicyDocument }) => ({
    name: String(PolicyName),
    document: PolicyDocument,
  }));
  const others = [
    ...listResources(simulator, call, "AWS::IAM::Policy"),
    ...listResources(simulator, call, "AWS::IAM::RolePolicy"),
  ]
    .filter(({ properties }) => properties.RoleName === role.id || listOf(properties, "Roles").includes(role.id))
    .map(({ properties }) => ({ name: String(properties.PolicyName), document: properties.PolicyDocument }));
  return [...own, ...others];
}

const getRolePolicy: Handler = (simulator, call) => {
  const role = theRole(simulator, call);
  const name = text(call.input, "PolicyName");
  const found = inlineOf(simulator, call, role).find((one) => one.name === name);
  if (!found) throw new AwsError("NoSuchEntity", `The role policy with name ${name} cannot be found.`, 404);
  return { RoleName: role.id, PolicyName: found.name, PolicyDocument: encoded(found.document) };
};

const listAttachedRolePolicies: Handler = (simulator, call) => {
  const role = theRole(simulator, call);
  const arns = role.properties.ManagedPolicyArns;
  const attached = listResources(simulator, call, "AWS::IAM::ManagedPolicy").filter(({ properties }) =>
    [properties.Roles ?? []].flat().includes(role.id),
  );
  const list = [...new Set([...(Array.isArray(arns) ? arns.map(String) : []), ...attached.map(({ id }) => id)])];
  return {
    AttachedPolicies: list.map((PolicyArn) => ({ PolicyName: PolicyArn.split("/").at(-1), PolicyArn })),
    IsTruncated: false,
  };
};

const listRoles: Handler = (simulator, call) => {
  const prefix = text(call.input, "PathPrefix") ?? "/";
  // Without tags (IAM API Reference, ListRoles; localstack's test_role_with_tags, recorded 2025-07-02).
  const own = listResources(simulator, call, ROLE).map((role): CallResult => ({ ...roleOf(role), Tags: undefined }));
  const found = [...own, ...linkedRolesOf(simulator, call)];
  return { Roles: found.filter(({ Path }) => String(Path).startsWith(prefix)), IsTruncated: false };
};

/**
 * AWS Identity and Access Management, API version 2010-05-08: roles, and describe calls for policies and other
 * identities; no permission is checked.
 */
export const IAM: Service = {
  protocol: queryProtocol("https://iam.amazonaws.com/doc/2010-05-08/"),
  operations: {
    ...identities(roleOf),
    ...providerCalls,
    ...roleChanges({ the: theRole, shown: roleOf }),
    // RoleLastUsed is shown for a single role only (API Reference, "Role"; localstack's test_nested_stacks,
    // 2023-02-07).
    GetRole: (simulator, call) => {
      const linked = linkedRolesOf(simulator, call).find(({ RoleName }) => RoleName === text(call.input, "RoleName"));
      return { Role: { ...(linked ?? roleOf(theRole(simulator, call))), RoleLastUsed: {} } };
    },
    GetRolePolicy: getRolePolicy,
    ListAccountAliases: () => ({ AccountAliases: [], IsTruncated: false }),
    ListAttachedRolePolicies: listAttachedRolePolicies,
    ListRolePolicies: (simulator, call) => ({
      PolicyNames: inlineOf(simulator, call, theRole(simulator, call)).map(({ name }) => name),
      IsTruncated: false,
    }),
    CreateServiceLinkedRole: createLinkedRole,
    ListRoles: listRoles,
    ListRoleTags: (simulator, call) => ({ Tags: tagList(theRole(simulator, call)), IsTruncated: false }),
  },
};
