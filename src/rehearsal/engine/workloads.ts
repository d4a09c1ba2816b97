import type { Stack, StackResource, Task } from "../cloudformation/stack.ts";
import { desired, rollOut, SERVICE } from "../services/ecs/rollouts.ts";
import { failsAt, rolloutsOf, steadyAt } from "../services/ecs/tasks.ts";
import type { Stage } from "../stage.ts";
import { isFatal } from "../workload.ts";
import { handlerSays } from "./fail.ts";
import { thingOf } from "./making.ts";
import { millisecondsFor } from "./times.ts";

/** For so long CloudFormation waits for a service to be steady: three hours, as its users have seen it. */
const PATIENCE = 3 * 3_600_000;

/** CloudFormation hands an ECS service on: ECS begins to roll out what it is to be. */
export function rollOutNow(stage: Stage, stack: Stack, resource: StackResource, task: Task): void {
  const service = resource.type === SERVICE ? thingOf(stage, stack, resource) : undefined;
  if (!service) return;
  // A stack that says how many tasks there are to be overrules what was said since.
  if (service.properties.DesiredCount !== undefined) delete service.state.desired;
  const takes = millisecondsFor(stage, stack, resource, task.doing === "create" ? "create" : "update");
  const workload = task.trouble?.workload;
  rollOut(stage, service, { takes, ...(workload && { workload }) });
}

/** What a service with a fault of its own comes to, and when; `undefined` for any other resource. */
export function rolloutEnd(
  stage: Stage,
  stack: Stack,
  resource: StackResource,
  task: Task,
): { readonly at: number; readonly failure?: string } | undefined {
  if (task.trouble?.effect !== "workload") return undefined;
  const service = thingOf(stage, stack, resource);
  const rollout = service && rolloutsOf(stage, service).findLast(({ workload }) => workload === task.trouble?.workload);
  if (!service || !rollout || rollout.at < (task.started ?? 0)) return undefined;
  if (!isFatal(rollout.workload) || desired(service) === 0) {
    return { at: steadyAt(stage, rollout) ?? stage.world.now };
  }
  const failed = failsAt(stage, rollout);
  if (failed !== undefined) {
    const words = "Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.";
    return { at: failed, failure: handlerSays(resource, stack, words, "GeneralServiceException") };
  }
  const failure = handlerSays(resource, stack, "Exceeded attempts to wait", "NotStabilized");
  return { at: (task.started ?? 0) + PATIENCE, failure };
}
