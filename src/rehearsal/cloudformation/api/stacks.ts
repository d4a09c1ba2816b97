import { settle } from "../../engine/advance.ts";
import { setStack } from "../../engine/events.ts";
import { cancelRunning } from "../../engine/fail.ts";
import { finish } from "../../engine/stages.ts";
import { addStack, startCreate, startDelete, startUpdate } from "../../engine/start.ts";
import type { Stage } from "../../stage.ts";
import { type Call, flag, needed, type Result, text, texts } from "../../wire/call.ts";
import { AwsError, invalid } from "../../wire/error.ts";
import { missingInBrackets, stackCalled, theStack } from "../find.ts";
import { previewOf } from "../preview.ts";
import type { Deployment, Operation, Stack } from "../stack.ts";
import { policyOf } from "./protection.ts";
import { checkStackName, deploymentOf } from "./wishes.ts";

/** States from which a stack can be updated. */
const UPDATABLE = new Set([
  "CREATE_COMPLETE",
  "CREATE_FAILED",
  "IMPORT_COMPLETE",
  "IMPORT_ROLLBACK_COMPLETE",
  "UPDATE_COMPLETE",
  "UPDATE_FAILED",
  "UPDATE_ROLLBACK_COMPLETE",
]);

/** Throws AWS's refusal if the stack cannot be updated in the state it is in. */
export function checkUpdatable(stack: Stack): void {
  if (!UPDATABLE.has(stack.status))
    throw invalid(`Stack:${stack.id} is in ${stack.status} state and can not be updated.`);
}

export function createStack(stage: Stage, call: Call): Result {
  const { input, place } = call;
  const name = needed(input, "StackName");
  checkStackName(name);
  const token = text(input, "ClientRequestToken");
  const there = stackCalled(stage.world, place, name);
  if (there && token !== undefined && there.tokens.includes(token)) return { StackId: there.id };
  if (there) throw new AwsError("AlreadyExistsException", `Stack [${name}] already exists`);
  const onFailure = text(input, "OnFailure");
  if (onFailure !== undefined && input.DisableRollback !== undefined)
    throw invalid("Only one of DisableRollback or OnFailure may be specified.");
  const target = deploymentOf(stage, call, undefined);
  checkEvaluates(stage, call, name, target);
  const stack = addStack(stage, place, name);
  stack.terminationProtection = flag(input, "EnableTerminationProtection");
  const policy = policyOf(stage, call, "StackPolicyBody", "StackPolicyURL");
  if (policy !== undefined) stack.policy = policy;
  startCreate(stage, stack, target, {
    onFailure:
      (onFailure as Operation["onFailure"] | undefined) ?? (flag(input, "DisableRollback") ? "DO_NOTHING" : "ROLLBACK"),
    ...(token !== undefined && { token }),
  });
  return { StackId: stack.id };
}

/** What cannot be worked out (a missing export, a reference to a resource that is left out) is refused at once. */
function checkEvaluates(stage: Stage, call: Call, name: string, target: Deployment): void {
  const draft = { id: "", name, ...call.place, resources: {}, outputs: [] } as unknown as Stack;
  previewOf(stage, draft, target);
}

export function updateStack(stage: Stage, call: Call): Result {
  const { input, place } = call;
  const stack = theStack(stage.world, place, needed(input, "StackName"), missingInBrackets);
  const token = text(input, "ClientRequestToken");
  if (token !== undefined && stack.tokens.includes(token)) return { StackId: stack.id };
  checkUpdatable(stack);
  const target = deploymentOf(stage, call, stack);
  if (!differs(stage, stack, target)) throw invalid("No updates are to be performed.");
  const policy = policyOf(stage, call, "StackPolicyBody", "StackPolicyURL");
  if (policy !== undefined) stack.policy = policy;
  const during = policyOf(stage, call, "StackPolicyDuringUpdateBody", "StackPolicyDuringUpdateURL");
  startUpdate(stage, stack, target, {
    onFailure: flag(input, "DisableRollback") ? "DO_NOTHING" : "ROLLBACK",
    ...(token !== undefined && { token }),
    ...(during !== undefined && { policyDuringUpdate: during }),
  });
  return { StackId: stack.id };
}

/** Whether an update would do anything at all. */
export function differs(stage: Stage, stack: Stack, target: Deployment): boolean {
  const { changes, outputsDiffer } = previewOf(stage, stack, target);
  const tags = JSON.stringify(sorted(stack.deployed?.tags ?? {})) !== JSON.stringify(sorted(target.tags));
  return changes.length > 0 || outputsDiffer || tags || stack.status.endsWith("_FAILED");
}

const sorted = (map: { readonly [key: string]: string }) =>
  Object.entries(map).toSorted(([a], [b]) => (a < b ? -1 : 1));

export function deleteStack(stage: Stage, call: Call): Result {
  const { input, place } = call;
  const name = needed(input, "StackName");
  const stack = stackCalled(stage.world, place, name);
  const token = text(input, "ClientRequestToken");
  if (!stack || stack.status === "DELETE_COMPLETE" || stack.status === "DELETE_IN_PROGRESS") return {};
  if (token !== undefined && stack.tokens.includes(token)) return {};
  if (stack.terminationProtection)
    throw invalid(`Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`);
  const retain = texts(input, "RetainResources");
  if (retain.length > 0 && stack.status !== "DELETE_FAILED") {
    throw invalid(
      `Invalid operation on stack [${stack.id}]. Specify resources to retain only when the stack is in the DELETE_FAILED state.`,
    );
  }
  const strangers = retain.filter((id) => !stack.resources[id]);
  if (strangers.length > 0) throw invalid(`Resources [${strangers.join(", ")}] do not exist in stack [${stack.name}]`);
  if (/^UPDATE.*_IN_PROGRESS$/.test(stack.status))
    throw invalid(`Stack [${stack.name}] cannot be deleted while in status ${stack.status}`);
  if (stack.status === "REVIEW_IN_PROGRESS") {
    stack.changeSets.length = 0;
    stack.deleted = stage.world.now;
    setStack(stage.world, stack, "DELETE_IN_PROGRESS", "User Initiated");
    finish(stage, stack, "DELETE_COMPLETE");
    return {};
  }
  if (stack.operation) cancelRunning(stage, stack, stack.operation);
  startDelete(stage, stack, {
    retain,
    forced: text(input, "DeletionMode") === "FORCE_DELETE_STACK",
    ...(token !== undefined && { token }),
  });
  settle(stage, stack);
  return {};
}
