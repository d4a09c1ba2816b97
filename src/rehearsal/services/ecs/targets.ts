import { rowsOf } from "../../rules/rule.ts";
import type { Stage } from "../../stage.ts";
import type { Result } from "../../wire/call.ts";
import type { Thing } from "../../world.ts";
import { checkWords } from "./events.ts";
import { unhealthyAfter } from "./rollouts.ts";
import { addressOf } from "./stops.ts";
import { type Task, tasksOf } from "./tasks.ts";

type Health = { readonly State: string; readonly Reason?: string; readonly Description?: string };

/** How the tasks of a service stand in a target group, as DescribeTargetHealth shows it: from when they run on. */
export function targetsOf(stage: Stage, service: Thing, group: Thing): readonly Result[] {
  const used = rowsOf(service.properties.LoadBalancers).find(({ TargetGroupArn }) => TargetGroupArn === group.id);
  const port = Number(used?.ContainerPort ?? group.properties.Port ?? 80);
  const seen = tasksOf(stage, service).filter(({ started, stopped }) => started !== undefined && stopped === undefined);
  return seen.map((task) => ({
    Target: { Id: addressOf(stage, service, task), Port: port },
    HealthCheckPort: String(port),
    TargetHealth: healthOf(stage, service, group, task),
  }));
}

/** Elastic Load Balancing API Reference, "TargetHealth". */
function healthOf(stage: Stage, service: Thing, group: Thing, task: Task): Health {
  if (task.stopping !== undefined) {
    const Description = "Target deregistration is in progress";
    return { State: "draining", Reason: "Target.DeregistrationInProgress", Description };
  }
  if (task.healthy !== undefined) return { State: "healthy" };
  if (stage.world.now < (task.started ?? 0) + unhealthyAfter(stage, service, group.id)) {
    return { State: "initial", Reason: "Elb.InitialHealthChecking", Description: "Initial health checks in progress" };
  }
  const Reason = task.rollout.workload === "health-check" ? "Target.ResponseCodeMismatch" : "Target.Timeout";
  return { State: "unhealthy", Reason, Description: checkWords(task) };
}
