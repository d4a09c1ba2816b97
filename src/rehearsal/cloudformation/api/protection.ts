import { isObject } from "../../../template/json.ts";
import type { Json, JsonObject } from "../../../template/types.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { SimulatedStack } from "../../state/stack.ts";
import { type Call, type CallResult, flag, needed, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { fetchObject } from "../fetch.ts";
import { missingInBrackets, theStack } from "../find.ts";

export function updateTerminationProtection(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  if (stack.status === "DELETE_COMPLETE") throw invalid(`Stack [${stack.name}] does not exist`);
  if (stack.parent !== undefined)
    throw invalid(
      `Termination protection cannot be updated on nested stack [${stack.name}]. It is set on the root stack.`,
    );
  stack.terminationProtection = flag(call.input, "EnableTerminationProtection");
  return { StackId: stack.id };
}

/** Whether a stack is protected: a nested one as its root is ("Protect CloudFormation stacks from being deleted"). */
export function isProtected({ state }: Simulator, stack: SimulatedStack): boolean {
  return (state.stacks.find(({ id }) => id === stack.root) ?? stack).terminationProtection;
}

export function setStackPolicy(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  const policy = policyOf(simulator, call, "StackPolicyBody", "StackPolicyURL");
  if (policy === undefined) throw invalid("Either StackPolicyBody or StackPolicyURL must be specified.");
  stack.policy = policy;
  return {};
}

export function getStackPolicy(simulator: Simulator, call: Call): CallResult {
  const stack = theStack(simulator.state, call.scope, needed(call.input, "StackName"), missingInBrackets);
  // While an update runs under another policy, that is the one (localstack's test_policy_during_update, 2022-11-17).
  return { StackPolicyBody: stack.operation?.policyDuringUpdate ?? stack.policy };
}

/** The stack policy of a call; throws if it is invalid. */
export function policyOf(simulator: Simulator, call: Call, bodyName: string, urlName: string): string | undefined {
  const [body, url] = [text(call.input, bodyName), text(call.input, urlName)];
  if (body !== undefined && url !== undefined) throw invalid(`You cannot specify both ${urlName} and ${bodyName}`);
  const policy = body ?? (url === undefined ? undefined : stored(simulator, call, urlName, url));
  if (policy === undefined) return undefined;
  try {
    if (isPolicy(JSON.parse(policy) as Json)) return policy;
  } catch {
    // Falls through: invalid JSON is an invalid policy.
  }
  throw invalid("Error validating stack policy: Invalid stack policy");
}

/** "Prevent updates to stack resources": update actions only, and everybody for a principal; `{}` is no policy at all. */
function isPolicy(value: Json): boolean {
  if (!isObject(value)) return false;
  const { Statement } = value;
  if (Statement === undefined) return Object.keys(value).length === 0;
  return [Statement].flat().every((one) => {
    if (one === null || typeof one !== "object" || Array.isArray(one)) return false;
    const { Effect, Principal, Action, NotAction, Resource, NotResource } = one as JsonObject;
    const actions = [Action ?? NotAction ?? []].flat().map(String);
    const isEffect = Effect === "Allow" || Effect === "Deny";
    const isPrincipal = Principal === "*" || (Principal as JsonObject | undefined)?.AWS === "*";
    const isAimed = [Resource ?? NotResource ?? []].flat().length > 0;
    return (
      isEffect &&
      isPrincipal &&
      isAimed &&
      actions.length > 0 &&
      actions.every((action) => /^(Update:.+|\*)$/.test(action))
    );
  });
}

function stored(simulator: Simulator, call: Call, parameter: string, url: string): string {
  const { blob } = fetchObject(simulator, parameter, url, call.http.headers.host ?? "");
  return simulator.blobs.get(blob).toString("utf8");
}
