import { rowsOf, textOf } from "../../resources/properties.ts";
import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { CallResult } from "../../wire/call.ts";
import { seconds } from "../common/resources.ts";
import { type Rollout, unhealthyAfter } from "./rollouts.ts";
import { failedTasks, failsAt, rolloutsOf, type SimulatedTask, steadyAt, tasksOf } from "./tasks.ts";

type Event = { readonly at: number; readonly message: string };

/** Events that DescribeServices shows at most. */
const MOST = 100;

/** The newest events of a service, newest first, in ECS's words (Developer Guide, "Amazon ECS service event messages"). */
export function eventsOf(simulator: Simulator, service: ServiceResource): readonly CallResult[] {
  const name = textOf(service.attributes, "Name");
  const rollouts = rolloutsOf(simulator, service);
  const tasks = tasksOf(simulator, service);
  const all = [
    ...taskEvents(simulator, service, tasks),
    ...rollouts.flatMap((rollout, index) =>
      rolloutEvents(
        simulator,
        rollout,
        rollouts[index + 1],
        tasks.filter((task) => task.rollout.id === rollout.id),
      ),
    ),
  ];
  return all
    .filter(({ at }) => at <= simulator.state.now)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST)
    .map(({ at, message }) => ({
      id: uuid(service.id, message, at),
      createdAt: seconds(at),
      message: `(service ${name}) ${message}`,
    }));
}

function taskEvents(simulator: Simulator, service: ServiceResource, tasks: readonly SimulatedTask[]): readonly Event[] {
  const port = String(rowsOf(service.properties.LoadBalancers)[0]?.ContainerPort ?? 80);
  const batches = (
    time: (task: SimulatedTask) => number | undefined,
    words: (batch: readonly SimulatedTask[]) => readonly string[],
  ) =>
    [...new Set(tasks.map(time))].flatMap((at) =>
      at === undefined ? [] : words(tasks.filter((task) => time(task) === at)).map((message) => ({ at, message })),
    );
  const ids = (batch: readonly SimulatedTask[]) => batch.map(({ id }) => `(task ${id})`).join(" ");
  const groups = (batch: readonly SimulatedTask[]) => batch[0]?.rollout.groups ?? [];
  const ran = ({ started, stopping }: SimulatedTask) => (started === undefined ? undefined : stopping);
  return [
    ...batches(
      ({ created }) => created,
      (batch) => [`has started ${batch.length} tasks: ${ids(batch)}.`],
    ),
    ...batches(
      ({ started }) => started,
      (batch) => groups(batch).map((group) => `registered ${batch.length} targets in (target-group ${group})`),
    ),
    ...batches(
      (task) => (task.end === "workload" && !isUnhealthy(task) ? undefined : ran(task)),
      (batch) => [`has stopped ${batch.length} running tasks: ${ids(batch)}.`],
    ),
    ...batches(ran, (batch) =>
      groups(batch).map((group) => `deregistered ${batch.length} targets in (target-group ${group})`),
    ),
    ...batches(
      ({ rollout, end, stopped }) =>
        rollout.workload === "spot-interruption" && end === "workload" ? stopped : undefined,
      () => [
        "was unable to place a task. Reason: Capacity is unavailable at this time. Please try again later or in a different availability zone. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
      ],
    ),
    ...tasks.filter(isUnhealthy).flatMap((task) =>
      task.rollout.groups.flatMap((group) => {
        const at = (task.started ?? task.created) + unhealthyAfter(simulator, service, group);
        const message = `(port ${port}) is unhealthy in (target-group ${group}) due to (reason ${healthCheckMessage(task)})`;
        return at <= (task.stopping ?? Infinity) ? [{ at, message }] : [];
      }),
    ),
  ];
}

function isUnhealthy({ rollout: { workload }, started }: SimulatedTask): boolean {
  return started !== undefined && (workload === "health-check" || workload === "health-check-timeout");
}

/** The reason of failing health checks (Elastic Load Balancing API Reference, TargetHealth). */
export function healthCheckMessage({ rollout: { workload } }: SimulatedTask): string {
  return workload === "health-check" ? "Health checks failed with these codes: [404]" : "Request timed out";
}

function rolloutEvents(
  simulator: Simulator,
  rollout: Rollout,
  next: Rollout | undefined,
  tasks: readonly SimulatedTask[],
): readonly Event[] {
  const failed = failsAt(simulator, rollout);
  const steady = steadyAt(simulator, rollout);
  const third = failedTasks(tasks).filter(({ started }) => started === undefined)[2]?.stopped;
  const isOver = (at: number) => next !== undefined && next.at < at;
  return [
    ...(third === undefined
      ? []
      : [
          {
            at: third,
            message:
              "is unable to consistently start tasks successfully. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.",
          },
        ]),
    ...(failed === undefined || isOver(failed)
      ? []
      : [
          { at: failed, message: `(deployment ${rollout.id}) deployment failed: tasks failed to start.` },
          ...(next?.at === failed ? [{ at: failed, message: `rolling back to deployment ${next.id}.` }] : []),
        ]),
    ...(steady === undefined || isOver(steady)
      ? []
      : [
          // Newest first, at one time as well.
          { at: steady, message: "has reached a steady state." },
          { at: steady, message: `(deployment ${rollout.id}) deployment completed.` },
        ]),
  ];
}
