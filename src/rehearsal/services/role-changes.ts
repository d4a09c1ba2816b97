import type { Json, JsonObject } from "../../template/types.ts";
import { listOf, rowsOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, needed, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { addTags, createResource, deleteResource, findResource, removeTags, tagsIn } from "./common/resources.ts";

const ROLE = "AWS::IAM::Role";

/** Finds and shows roles. */
type Roles = {
  readonly the: (simulator: Simulator, call: Call) => ServiceResource;
  readonly shown: (role: ServiceResource) => CallResult;
};

const policiesOf = ({ properties }: ServiceResource) => listOf(properties, "ManagedPolicyArns");

function document(call: Call, name: string): Json {
  try {
    return JSON.parse(needed(call.input, name)) as Json;
  } catch {
    throw new AwsError("MalformedPolicyDocument", "This policy contains invalid Json");
  }
}

function createRole(shown: Roles["shown"]): Handler {
  return (simulator, call) => {
    const { input } = call;
    const name = needed(input, "RoleName");
    if (findResource(simulator, call, ROLE, name))
      throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, 409);
    const Description = text(input, "Description");
    const properties = {
      RoleName: name,
      Path: text(input, "Path") ?? "/",
      AssumeRolePolicyDocument: document(call, "AssumeRolePolicyDocument"),
      ...(Description !== undefined && { Description }),
    };
    const made = createResource(simulator, call, {
      type: ROLE,
      id: name,
      properties,
      tags: tagsIn(structures(input, "Tags")),
    });
    // MaxSessionDuration is not shown yet (localstack's test_role_with_path_lifecycle, recorded 2025-06-19).
    const { MaxSessionDuration: _, ...Role } = shown(made);
    return { Role };
  };
}

const deleteRole =
  (the: Roles["the"]): Handler =>
  (simulator, call) => {
    const role = the(simulator, call);
    if (policiesOf(role).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must detach all policies first.", 409);
    if (rowsOf(role.properties.Policies).length > 0)
      throw new AwsError("DeleteConflict", "Cannot delete entity, must delete policies first.", 409);
    deleteResource(simulator, role);
    return {};
  };

/** A change of a role's properties or tags, with an empty answer. */
const changing =
  (the: Roles["the"], change: (role: ServiceResource, call: Call) => void): Handler =>
  (simulator, call) => {
    change(the(simulator, call), call);
    return {};
  };

function set(role: ServiceResource, properties: JsonObject): void {
  role.properties = { ...role.properties, ...properties };
}

/** Calls that change roles outside of their stacks. */
export function roleChanges({ the, shown }: Roles): { readonly [operation: string]: Handler } {
  const others = (role: ServiceResource, name: string) =>
    rowsOf(role.properties.Policies).filter(({ PolicyName }) => PolicyName !== name);
  return {
    AttachRolePolicy: changing(the, (role, { input }) => {
      set(role, { ManagedPolicyArns: [...new Set([...policiesOf(role), needed(input, "PolicyArn")])] });
    }),
    CreateRole: createRole(shown),
    DeleteRole: deleteRole(the),
    DeleteRolePolicy: changing(the, (role, { input }) => {
      set(role, { Policies: others(role, needed(input, "PolicyName")) });
    }),
    DetachRolePolicy: changing(the, (role, { input }) => {
      const arn = needed(input, "PolicyArn");
      set(role, { ManagedPolicyArns: policiesOf(role).filter((one) => one !== arn) });
    }),
    PutRolePolicy: changing(the, (role, call) => {
      const PolicyName = needed(call.input, "PolicyName");
      const policy = { PolicyName, PolicyDocument: document(call, "PolicyDocument") };
      set(role, { Policies: [...others(role, PolicyName), policy] });
    }),
    TagRole: changing(the, (role, { input }) => {
      addTags(role, structures(input, "Tags"));
    }),
    UntagRole: changing(the, (role, { input }) => {
      removeTags(role, texts(input, "TagKeys"));
    }),
    UpdateAssumeRolePolicy: changing(the, (role, call) => {
      set(role, { AssumeRolePolicyDocument: document(call, "PolicyDocument") });
    }),
  };
}
