import { rowsOf } from "../../resources/properties.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { CallResult } from "../../wire/call.ts";
import { healthCheckMessage } from "./events.ts";
import { unhealthyAfter } from "./rollouts.ts";
import { addressOf } from "./stop-reasons.ts";
import { type SimulatedTask, tasksOf } from "./tasks.ts";

type Health = { readonly State: string; readonly Reason?: string; readonly Description?: string };

/** The target health of a service's tasks, as DescribeTargetHealth shows it: once they run. */
export function targetsOf(
  simulator: Simulator,
  service: ServiceResource,
  group: ServiceResource,
): readonly CallResult[] {
  const used = rowsOf(service.properties.LoadBalancers).find(({ TargetGroupArn }) => TargetGroupArn === group.id);
  const port = Number(used?.ContainerPort ?? group.properties.Port ?? 80);
  const seen = tasksOf(simulator, service).filter(
    ({ started, stopped }) => started !== undefined && stopped === undefined,
  );
  return seen.map((task) => ({
    Target: { Id: addressOf(simulator, service, task), Port: port },
    HealthCheckPort: String(port),
    TargetHealth: healthOf(simulator, service, group, task),
  }));
}

/** Elastic Load Balancing API Reference, "TargetHealth". */
function healthOf(simulator: Simulator, service: ServiceResource, group: ServiceResource, task: SimulatedTask): Health {
  if (task.stopping !== undefined) {
    const Description = "Target deregistration is in progress";
    return { State: "draining", Reason: "Target.DeregistrationInProgress", Description };
  }
  if (task.healthy !== undefined) return { State: "healthy" };
  if (simulator.state.now < (task.started ?? 0) + unhealthyAfter(simulator, service, group.id)) {
    return { State: "initial", Reason: "Elb.InitialHealthChecking", Description: "Initial health checks in progress" };
  }
  const Reason = task.rollout.workload === "health-check" ? "Target.ResponseCodeMismatch" : "Target.Timeout";
  return { State: "unhealthy", Reason, Description: healthCheckMessage(task) };
}
