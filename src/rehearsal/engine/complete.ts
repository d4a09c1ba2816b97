import { serviceResourceOf } from "../cloudformation/resources.ts";
import { handlerOf } from "../resources/handlers.ts";
import { impossibleRequest } from "../rules/impossible-requests.ts";
import { removeResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import {
  NESTED,
  type ResourceTask,
  type SimulatedResource,
  type SimulatedStack,
  type StackOperation,
} from "../state/stack.ts";
import { setResourceStatus, writeEvent } from "./events.ts";
import { endTask, failTask, handlerMessage } from "./fail.ts";
import { signalFromInstances } from "./instances.ts";
import { childEnded } from "./nested.ts";
import { signalOutcome } from "./signals.ts";
import type { TaskStep } from "./task-step.ts";
import { millisecondsFor } from "./times.ts";
import { rolloutEnd } from "./workloads.ts";

/**
 * Types whose dependents begin at CONFIGURATION_COMPLETE, during the eventual consistency check (CloudFormation User
 * Guide, "Understand CloudFormation stack creation events": the ones its figure shows).
 */
export const CHECKED: ReadonlySet<string> = new Set([
  "AWS::ECR::Repository",
  "AWS::ECS::Cluster",
  "AWS::ECS::Service",
  "AWS::ECS::TaskDefinition",
]);

/** The part of the duration after which such a resource reaches CONFIGURATION_COMPLETE. */
export const CONFIGURED = 0.7;

const CHECKING = "Eventual consistency check initiated";

/** The service has finished with a resource: it is complete, waits for something else, or failed. */
export function completePut(step: TaskStep): void {
  const { simulator, stack, operation, task } = step;
  const resource = stack.resources[task.logicalId];
  if (!resource) {
    endTask(task, "done");
    return;
  }
  const failed = failureOf(simulator, stack, resource, task);
  if (failed) {
    failTask(step, failed);
    const item = task.trouble?.effect === "lost" ? serviceResourceOf(simulator, stack, resource) : undefined;
    if (item) removeResource(simulator.state, item);
    return;
  }
  if (waitsForOthers(step, resource)) return;
  signalFromInstances(simulator, stack, resource, task);
  if (task.doing === "create" && task.state === "initiated" && CHECKED.has(resource.type) && !operation.express) {
    check(simulator, stack, resource, task);
    return;
  }
  if (signalOutcome(simulator, stack, resource, task) === "waiting") {
    task.due = (task.started ?? 0) + (task.awaits?.milliseconds ?? 0);
    return;
  }
  setResourceStatus(simulator.state, stack, resource, task.doing === "create" ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
  endTask(task, "done");
}

function failureOf(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  task: ResourceTask,
): string | undefined {
  if (task.trouble?.effect === "fails" || task.trouble?.effect === "lost")
    return handlerMessage(resource, stack, task.trouble.reason, "GeneralServiceException");
  const refused = impossibleRequest(resource.type, resource.properties);
  if (refused) return handlerMessage(resource, stack, refused.message, refused.code);
  const rollout = rolloutEnd(simulator, stack, resource, task);
  if (rollout?.failure !== undefined && rollout.at <= simulator.state.now) return rollout.failure;
  if (resource.type === NESTED) return childEnded(simulator, stack, resource, task.doing, task.kind === "restore");
  const signals = signalOutcome(simulator, stack, resource, task);
  return typeof signals === "object" ? signals.failed : undefined;
}

/** Whether the resource waits for an external action, such as a DNS record; it times out in the end. */
function waitsForOthers(step: TaskStep, resource: SimulatedResource): boolean {
  const { simulator, stack, task } = step;
  const awaits = handlerOf(resource.type)?.waitsFor;
  const item = awaits && serviceResourceOf(simulator, stack, resource);
  if (!awaits || !item || task.doing === "update") return false;
  const isDone = task.trouble?.effect !== "unvalidated" && awaits.isDone(simulator, item);
  if (isDone) {
    delete task.waiting;
    item.state.status = awaits.states[1];
    return false;
  }
  const until = (task.started ?? 0) + awaits.milliseconds;
  if (simulator.state.now >= until) {
    failTask(step, handlerMessage(resource, stack, awaits.words, "NotStabilized"));
    item.state.status = awaits.states[2];
    return true;
  }
  task.waiting = true;
  task.due = until;
  return true;
}

/** Its configuration is complete, and its dependents may begin. */
function check(simulator: Simulator, stack: SimulatedStack, resource: SimulatedResource, task: ResourceTask): void {
  const { logicalId, physicalId, type, status } = resource;
  writeEvent(simulator.state, stack, {
    logicalId,
    physicalId,
    type,
    status,
    reason: CHECKING,
    detailed: "CONFIGURATION_COMPLETE",
  });
  resource.configured = true;
  task.state = "settling";
  const usual = (task.started ?? 0) + millisecondsFor(simulator, stack, resource, "create");
  task.due = Math.max(simulator.state.now + 1, rolloutEnd(simulator, stack, resource, task)?.at ?? usual);
}

/** Adds the stack's CONFIGURATION_COMPLETE event once only consistency checks are left. */
export function reportConfigured(simulator: Simulator, stack: SimulatedStack, operation: StackOperation): void {
  const left = Object.values(operation.tasks).filter(({ state }) => state !== "done");
  if (!operation.creating || stack.detailed !== undefined || left.some(({ state }) => state !== "settling")) return;
  stack.detailed = "CONFIGURATION_COMPLETE";
  const { name, id, status } = stack;
  writeEvent(simulator.state, stack, {
    logicalId: name,
    physicalId: id,
    type: "AWS::CloudFormation::Stack",
    status,
    reason: CHECKING,
    detailed: "CONFIGURATION_COMPLETE",
  });
}
