import { serviceResourceOf } from "../cloudformation/resources.ts";
import { desiredCount, rollOut, SERVICE } from "../services/ecs/rollouts.ts";
import { failsAt, rolloutsOf, steadyAt } from "../services/ecs/tasks.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import { isFatal } from "../state/workload.ts";
import { handlerMessage } from "./fail.ts";
import { millisecondsFor } from "./times.ts";

/** How long CloudFormation waits for a service to be steady: three hours, as users report. */
const LONGEST_WAIT = 3 * 3_600_000;

/** Starts the rollout of an ECS service that CloudFormation created or updated. */
export function rollOutNow(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  task: ResourceTask,
): void {
  const service = resource.type === SERVICE ? serviceResourceOf(simulator, stack, resource) : undefined;
  if (!service) return;
  // A template's DesiredCount overrides a count that was set since.
  if (service.properties.DesiredCount !== undefined) delete service.state.desired;
  const takes = millisecondsFor(simulator, stack, resource, task.doing === "create" ? "create" : "update");
  const workload = task.trouble?.workload;
  rollOut(simulator, service, { takes, ...(workload && { workload }) });
}

/** How and when the rollout of a service with a workload fault ends; `undefined` for any other resource. */
export function rolloutEnd(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  task: ResourceTask,
): { readonly at: number; readonly failure?: string } | undefined {
  if (task.trouble?.effect !== "workload") return undefined;
  const service = serviceResourceOf(simulator, stack, resource);
  const rollout =
    service && rolloutsOf(simulator, service).findLast(({ workload }) => workload === task.trouble?.workload);
  if (!service || !rollout || rollout.at < (task.started ?? 0)) return undefined;
  if (!isFatal(rollout.workload) || desiredCount(service) === 0) {
    return { at: steadyAt(simulator, rollout) ?? simulator.state.now };
  }
  const failed = failsAt(simulator, rollout);
  if (failed !== undefined) {
    const words = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
    return { at: failed, failure: handlerMessage(resource, stack, words, "GeneralServiceException") };
  }
  const failure = handlerMessage(resource, stack, "Exceeded attempts to wait", "NotStabilized");
  return { at: (task.started ?? 0) + LONGEST_WAIT, failure };
}
