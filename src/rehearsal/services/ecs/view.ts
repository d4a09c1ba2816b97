import type { JsonObject } from "../../../template/types.ts";
import { uuid } from "../../hash.ts";
import { clusterName } from "../../resources/containers.ts";
import { textOf } from "../../resources/kind.ts";
import { isOn, rowsOf } from "../../rules/rule.ts";
import type { Stage } from "../../stage.ts";
import type { Result } from "../../wire/call.ts";
import type { Thing } from "../../world.ts";
import { seconds, tagList } from "../shelf.ts";
import { lower } from "./casing.ts";
import { eventsOf } from "./events.ts";
import { desired, type Rollout } from "./rollouts.ts";
import { addressOf, definitionOf, stopOf } from "./stops.ts";
import { failedTasks, failsAt, rolloutsOf, steadyAt, type Task, tasksOf } from "./tasks.ts";

/** Whether a task runs, and whether it is on its way there. */
export const isRunning = ({ started, stopping }: Task): boolean => started !== undefined && stopping === undefined;
export const isPending = ({ started, stopping }: Task): boolean => started === undefined && stopping === undefined;

/** ARN of the cluster that a service is in. */
function clusterArn({ properties, account, region }: Thing): string {
  return `arn:aws:ecs:${region}:${account}:cluster/${clusterName(textOf(properties, "Cluster", "default"))}`;
}

/** A service as DescribeServices shows it. */
export function serviceOf(stage: Stage, service: Thing): Result {
  const { properties } = service;
  const tasks = tasksOf(stage, service);
  const rollouts = rolloutsOf(stage, service);
  const [primary, ...older] = rollouts.toReversed();
  const alive = older.filter(({ id }) => tasks.some((task) => task.rollout.id === id && task.stopped === undefined));
  return {
    serviceArn: service.id,
    serviceName: textOf(service.attributes, "Name"),
    clusterArn: clusterArn(service),
    status: "ACTIVE",
    schedulingStrategy: "REPLICA",
    taskDefinition: primary?.definition ?? textOf(properties, "TaskDefinition"),
    desiredCount: desired(service),
    ...countsOf(tasks),
    ...launchOf(service),
    loadBalancers: rowsOf(properties.LoadBalancers).map(lower),
    healthCheckGracePeriodSeconds: Number(properties.HealthCheckGracePeriodSeconds ?? 0),
    ...(properties.DeploymentConfiguration !== undefined && {
      deploymentConfiguration: lower(properties.DeploymentConfiguration as JsonObject),
    }),
    deployments: [
      ...(primary ? [deploymentOf(stage, service, primary, "PRIMARY", tasks)] : []),
      ...alive.map((rollout) => deploymentOf(stage, service, rollout, "ACTIVE", tasks)),
    ],
    events: eventsOf(stage, service),
    createdAt: seconds(service.created),
    enableExecuteCommand: isOn(properties.EnableExecuteCommand),
    tags: tagList(service).map(lower),
  };
}

function countsOf(tasks: readonly Task[]) {
  return { runningCount: tasks.filter(isRunning).length, pendingCount: tasks.filter(isPending).length };
}

function launchOf({ properties }: Thing): Result {
  return {
    ...(properties.LaunchType !== undefined && { launchType: properties.LaunchType }),
    ...(properties.CapacityProviderStrategy !== undefined && {
      capacityProviderStrategy: rowsOf(properties.CapacityProviderStrategy).map(lower),
    }),
  };
}

function deploymentOf(
  stage: Stage,
  service: Thing,
  rollout: Rollout,
  status: "PRIMARY" | "ACTIVE",
  tasks: readonly Task[],
): Result {
  const own = tasks.filter((task) => task.rollout.id === rollout.id);
  const isOver = (at: number | undefined) => at !== undefined && at <= stage.world.now;
  const [state, words] = isOver(failsAt(stage, rollout))
    ? ["FAILED", "ECS deployment circuit breaker: tasks failed to start."]
    : isOver(steadyAt(stage, rollout))
      ? ["COMPLETED", `ECS deployment ${rollout.id} completed.`]
      : ["IN_PROGRESS", `ECS deployment ${rollout.id} in progress.`];
  return {
    id: rollout.id,
    status,
    taskDefinition: rollout.definition,
    desiredCount: state === "FAILED" ? 0 : (rollout.counts.at(-1)?.count ?? 0),
    ...countsOf(own),
    failedTasks: failedTasks(own).length,
    ...launchOf(service),
    createdAt: seconds(rollout.at),
    updatedAt: seconds(own.at(-1)?.created ?? rollout.at),
    rolloutState: state,
    rolloutStateReason: words,
  };
}

/** A task as DescribeTasks shows it. */
export function taskOf(stage: Stage, service: Thing, task: Task): Result {
  const definition = definitionOf(stage, service, task.rollout);
  const { started, stopping, stopped } = task;
  const lastStatus =
    stopped !== undefined
      ? "STOPPED"
      : stopping !== undefined
        ? "DEPROVISIONING"
        : started !== undefined
          ? "RUNNING"
          : "PENDING";
  const stop = stopOf(stage, service, task);
  const attachment = uuid(task.id, "eni");
  const address = addressOf(stage, service, task);
  const hasEnded = stopped !== undefined;
  return {
    taskArn: task.arn,
    clusterArn: clusterArn(service),
    taskDefinitionArn: task.rollout.definition,
    startedBy: task.rollout.id,
    group: `service:${textOf(service.attributes, "Name")}`,
    lastStatus,
    desiredStatus: stopping === undefined ? "RUNNING" : "STOPPED",
    createdAt: seconds(task.created),
    ...(started !== undefined && { startedAt: seconds(started) }),
    ...(stopping !== undefined && { stoppingAt: seconds(stopping) }),
    ...(stopped !== undefined && { stoppedAt: seconds(stopped), executionStoppedAt: seconds(stopped) }),
    ...(stop && { stopCode: stop.code, stoppedReason: stop.reason }),
    cpu: definition?.properties.Cpu,
    memory: definition?.properties.Memory,
    launchType: "FARGATE",
    platformVersion: "1.4.0",
    healthStatus: "UNKNOWN",
    attachments: [
      {
        id: attachment,
        type: "ElasticNetworkInterface",
        status: hasEnded ? "DELETED" : "ATTACHED",
        details: [{ name: "privateIPv4Address", value: address }],
      },
    ],
    containers: rowsOf(definition?.properties.ContainerDefinitions).map(({ Name, Image }) => ({
      name: Name,
      image: Image,
      taskArn: task.arn,
      lastStatus: hasEnded ? "STOPPED" : lastStatus === "DEPROVISIONING" ? "RUNNING" : lastStatus,
      ...(hasEnded && stop?.exitCode !== undefined && { exitCode: stop.exitCode }),
      ...(hasEnded && stop?.containerReason !== undefined && { reason: stop.containerReason }),
      networkInterfaces: [{ attachmentId: attachment, privateIpv4Address: address }],
    })),
  };
}
