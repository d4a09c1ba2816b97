import type { Json } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, needed, structures, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import {
  arnOf,
  createResource,
  deleteResource,
  findResource,
  listResources,
  tagList,
  tagsIn,
} from "./common/resources.ts";

const POLICY = "AWS::IAM::ManagedPolicy";
const USER = "AWS::IAM::User";
const PROFILE = "AWS::IAM::InstanceProfile";
const ROLE = "AWS::IAM::Role";

const at = ({ created }: ServiceResource) => new Date(created).toISOString();

/** Policy documents travel percent-encoded. */
export const encoded = (document: Json | undefined) => encodeURIComponent(JSON.stringify(document ?? {}));

const lacking = (what: string) => new AwsError("NoSuchEntity", what, 404);

/** Roles, users and groups to which a managed policy is attached, from either side. */
function attachments(simulator: Simulator, call: Call, policy: ServiceResource): readonly ServiceResource[] {
  const named = ["Roles", "Users", "Groups"].flatMap((list) => [policy.properties[list] ?? []].flat().map(String));
  const all = [ROLE, USER, "AWS::IAM::Group"].flatMap((type) => listResources(simulator, call, type));
  return all.filter(
    ({ id, properties }) => named.includes(id) || [properties.ManagedPolicyArns].flat().includes(policy.id),
  );
}

function policyOf(simulator: Simulator, call: Call, policy: ServiceResource): CallResult {
  return {
    PolicyName: policy.id.split("/").at(-1),
    PolicyId: String(policy.attributes.PolicyId ?? ""),
    Arn: policy.id,
    Path: String(policy.properties.Path ?? "/"),
    DefaultVersionId: "v1",
    AttachmentCount: attachments(simulator, call, policy).length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    Description: text(policy.properties, "Description"),
    CreateDate: at(policy),
    UpdateDate: at(policy),
    Tags: tagList(policy),
  };
}

function thePolicy(simulator: Simulator, call: Call, words = "does not exist or is not attachable"): ServiceResource {
  const arn = text(call.input, "PolicyArn") ?? "";
  const found = findResource(simulator, call, POLICY, arn);
  if (!found) throw lacking(`Policy ${arn} ${words}.`);
  return found;
}

const versionOf = (policy: ServiceResource) => ({ VersionId: "v1", IsDefaultVersion: true, CreateDate: at(policy) });

const getPolicyVersion: Handler = (simulator, call) => {
  const policy = thePolicy(simulator, call);
  const version = text(call.input, "VersionId");
  if (version !== "v1") throw lacking(`Policy ${policy.id} version ${version} does not exist or is not attachable.`);
  return { PolicyVersion: { ...versionOf(policy), Document: encoded(policy.properties.PolicyDocument) } };
};

const createPolicy: Handler = (simulator, call) => {
  const { input, scope } = call;
  const [name, path] = [needed(input, "PolicyName"), text(input, "Path") ?? "/"];
  const id = `arn:aws:iam::${scope.account}:policy${path}${name}`;
  if (findResource(simulator, call, POLICY, id))
    throw new AwsError(
      "EntityAlreadyExists",
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
      409,
    );
  const given = text(input, "Description");
  const properties = {
    ManagedPolicyName: name,
    Path: path,
    PolicyDocument: documentOf(needed(input, "PolicyDocument")),
    ...(given !== undefined && { Description: given }),
  };
  const made = createResource(simulator, call, {
    type: POLICY,
    id,
    properties,
    tags: tagsIn(structures(input, "Tags")),
  });
  // Without its description, and with tags where there are some (moto's test_iam_response_attributes, verified on AWS).
  const { Description: _, Tags, ...Policy } = policyOf(simulator, call, made);
  return { Policy: { ...Policy, ...(Object.keys(made.tags).length > 0 && { Tags }) } };
};

function documentOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new AwsError("MalformedPolicyDocument", "This policy contains invalid Json");
  }
}

const deletePolicy: Handler = (simulator, call) => {
  // localstack's test_delete_non_existent_policy_returns_no_such_entity, recorded 2025-03-06.
  const policy = thePolicy(simulator, call, "was not found");
  if (attachments(simulator, call, policy).length > 0)
    throw new AwsError("DeleteConflict", "Cannot delete a policy attached to entities.", 409);
  deleteResource(simulator, policy);
  return {};
};

/** An id of IAM's form: a prefix of four letters, and 17 more (IAM User Guide, "IAM identifiers"). */
const idOf = (prefix: string, { id }: ServiceResource) =>
  `${prefix}${id
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .padEnd(17, "A")
    .slice(0, 17)}`;

const userOf = (user: ServiceResource): CallResult => ({
  Path: String(user.properties.Path ?? "/"),
  UserName: user.id,
  UserId: idOf("AIDA", user),
  Arn: arnOf(user),
  CreateDate: at(user),
  // localstack's test_basic_user.py::test_black_box, recorded 2023-06-28.
  Tags: Object.keys(user.tags).length === 0 ? undefined : tagList(user),
});

/** The caller, if no user is named: a rehearsal has one user. */
const caller = ({ scope }: Call): CallResult => ({
  Path: "/",
  UserName: "rehearsal",
  UserId: "AIDAREHEARSAL",
  Arn: `arn:aws:iam::${scope.account}:user/rehearsal`,
  CreateDate: "2020-01-01T00:00:00Z",
});

const getUser: Handler = (simulator, call) => {
  const name = text(call.input, "UserName");
  if (name === undefined) return { User: caller(call) };
  const found = findResource(simulator, call, USER, name);
  if (!found) throw lacking(`The user with name ${name} cannot be found.`);
  return { User: userOf(found) };
};

/** Instance profiles; their roles are shown by `roleOf`. */
function profileOf(
  simulator: Simulator,
  call: Call,
  profile: ServiceResource,
  roleOf: (role: ServiceResource) => CallResult,
): CallResult {
  const names = [profile.properties.Roles ?? []].flat().map(String);
  return {
    Path: String(profile.properties.Path ?? "/"),
    InstanceProfileName: profile.id,
    InstanceProfileId: idOf("AIPA", profile),
    Arn: arnOf(profile),
    CreateDate: at(profile),
    Roles: names.flatMap((name) => findResource(simulator, call, ROLE, name) ?? []).map(roleOf),
  };
}

/** Managed policies, users and instance profiles; `roleOf` shows a role. */
export function identities(roleOf: (role: ServiceResource) => CallResult): { readonly [operation: string]: Handler } {
  return {
    CreatePolicy: createPolicy,
    DeletePolicy: deletePolicy,
    GetInstanceProfile: (simulator, call) => {
      const name = text(call.input, "InstanceProfileName") ?? "";
      const found = findResource(simulator, call, PROFILE, name);
      if (!found) throw lacking(`Instance Profile ${name} cannot be found.`);
      return { InstanceProfile: profileOf(simulator, call, found, roleOf) };
    },
    GetPolicy: (simulator, call) => ({ Policy: policyOf(simulator, call, thePolicy(simulator, call)) }),
    GetPolicyVersion: getPolicyVersion,
    GetUser: getUser,
    ListEntitiesForPolicy: (simulator, call) => {
      const attached = attachments(simulator, call, thePolicy(simulator, call));
      const of = (type: string) => attached.filter((one) => one.type === type);
      return {
        PolicyRoles: of(ROLE).map(({ id }) => ({ RoleName: id })),
        PolicyUsers: of(USER).map(({ id }) => ({ UserName: id })),
        PolicyGroups: of("AWS::IAM::Group").map(({ id }) => ({ GroupName: id })),
        IsTruncated: false,
      };
    },
    ListInstanceProfiles: (simulator, call) => ({
      InstanceProfiles: listResources(simulator, call, PROFILE).map((one) => profileOf(simulator, call, one, roleOf)),
      IsTruncated: false,
    }),
    ListPolicies: (simulator, call) => ({
      Policies: listResources(simulator, call, POLICY).map((one) => {
        // A summary of each (the same).
        const { Description: _, Tags: _tags, ...shown } = policyOf(simulator, call, one);
        return shown;
      }),
      IsTruncated: false,
    }),
    ListPolicyVersions: (simulator, call) => ({
      Versions: [versionOf(thePolicy(simulator, call))],
      IsTruncated: false,
    }),
    ListUsers: (simulator, call) => ({ Users: listResources(simulator, call, USER).map(userOf), IsTruncated: false }),
  };
}
