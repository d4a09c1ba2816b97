import type { JsonObject } from "../../../template/types.ts";
import { clusterName } from "../../resources/containers.ts";
import { isOn, rowsOf, textOf } from "../../resources/properties.ts";
import { digits, uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import type { CallResult } from "../../wire/call.ts";
import { seconds, tagList } from "../common/resources.ts";
import { lower } from "./casing.ts";
import { eventsOf } from "./events.ts";
import { desiredCount, type Rollout } from "./rollouts.ts";
import { addressOf, stopReasonOf, taskDefinitionOfRollout } from "./stop-reasons.ts";
import { failedTasks, failsAt, rolloutsOf, type SimulatedTask, steadyAt, tasksOf } from "./tasks.ts";

/** Whether a task is running, and whether it is pending. */
export const isTaskRunning = ({ started, stopping }: SimulatedTask): boolean =>
  started !== undefined && stopping === undefined;
export const isTaskPending = ({ started, stopping }: SimulatedTask): boolean =>
  started === undefined && stopping === undefined;

/** ARN of a service's cluster. */
function clusterArn({ properties, account, region }: ServiceResource): string {
  return `arn:aws:ecs:${region}:${account}:cluster/${clusterName(textOf(properties, "Cluster", "default"))}`;
}

/** A service as DescribeServices shows it. */
export function serviceView(simulator: Simulator, service: ServiceResource): CallResult {
  const { properties } = service;
  const tasks = tasksOf(simulator, service);
  const rollouts = rolloutsOf(simulator, service);
  const [primary, ...older] = rollouts.toReversed();
  const alive = older.filter(({ id }) => tasks.some((task) => task.rollout.id === id && task.stopped === undefined));
  return {
    serviceArn: service.id,
    serviceName: textOf(service.attributes, "Name"),
    clusterArn: clusterArn(service),
    status: "ACTIVE",
    schedulingStrategy: "REPLICA",
    taskDefinition: primary?.definition ?? textOf(properties, "TaskDefinition"),
    desiredCount: desiredCount(service),
    ...countsOf(tasks),
    ...launchOf(service),
    loadBalancers: rowsOf(properties.LoadBalancers).map(lower),
    healthCheckGracePeriodSeconds: Number(properties.HealthCheckGracePeriodSeconds ?? 0),
    ...(properties.NetworkConfiguration !== undefined && {
      networkConfiguration: lower(properties.NetworkConfiguration as JsonObject),
    }),
    ...(properties.DeploymentConfiguration !== undefined && {
      deploymentConfiguration: lower(properties.DeploymentConfiguration as JsonObject),
    }),
    deployments: [
      ...(primary ? [deploymentOf(simulator, service, primary, "PRIMARY", tasks)] : []),
      ...alive.map((rollout) => deploymentOf(simulator, service, rollout, "ACTIVE", tasks)),
    ],
    events: eventsOf(simulator, service),
    createdAt: seconds(service.created),
    enableExecuteCommand: isOn(properties.EnableExecuteCommand),
    tags: tagList(service).map(lower),
  };
}

function countsOf(tasks: readonly SimulatedTask[]) {
  return { runningCount: tasks.filter(isTaskRunning).length, pendingCount: tasks.filter(isTaskPending).length };
}

function launchOf({ properties }: ServiceResource): CallResult {
  return {
    ...(properties.LaunchType !== undefined && { launchType: properties.LaunchType }),
    ...(properties.CapacityProviderStrategy !== undefined && {
      capacityProviderStrategy: rowsOf(properties.CapacityProviderStrategy).map(lower),
    }),
  };
}

function deploymentOf(
  simulator: Simulator,
  service: ServiceResource,
  rollout: Rollout,
  status: "PRIMARY" | "ACTIVE",
  tasks: readonly SimulatedTask[],
): CallResult {
  const own = tasks.filter((task) => task.rollout.id === rollout.id);
  const isOver = (at: number | undefined) => at !== undefined && at <= simulator.state.now;
  const [state, words] = isOver(failsAt(simulator, rollout))
    ? ["FAILED", "ECS deployment circuit breaker: tasks failed to start."]
    : isOver(steadyAt(simulator, rollout))
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
export function taskView(simulator: Simulator, service: ServiceResource, task: SimulatedTask): CallResult {
  const definition = taskDefinitionOfRollout(simulator, service, task.rollout);
  const { started, stopping, stopped } = task;
  const lastStatus =
    stopped !== undefined
      ? "STOPPED"
      : stopping !== undefined
        ? "DEPROVISIONING"
        : started !== undefined
          ? "RUNNING"
          : "PENDING";
  const stop = stopReasonOf(simulator, service, task);
  const attachment = uuid(task.id, "eni");
  const address = addressOf(simulator, service, task);
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
    enableExecuteCommand: isOn(service.properties.EnableExecuteCommand),
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
      ...(started !== undefined && { runtimeId: runtimeIdOf(task.id) }),
      ...(isOn(service.properties.EnableExecuteCommand) && { managedAgents: [agentOf(simulator, task)] }),
      networkInterfaces: [{ attachmentId: attachment, privateIpv4Address: address }],
    })),
  };
}

/** What runs a container calls it by its task's id and ten digits (AWS Fargate's own form). */
export function runtimeIdOf(task: string): string {
  return `${task}-${digits(10, task, "runtime")}`;
}

/** Milliseconds from when a task runs until its ECS Exec agent does: a figure of our own. */
const AGENT = 8000;

/** ECS API Reference, "ManagedAgent". */
export function agentOf({ state: { now } }: Simulator, { started, stopping }: SimulatedTask): CallResult {
  const since = (started ?? Number.POSITIVE_INFINITY) + AGENT;
  const lastStatus = stopping !== undefined ? "STOPPED" : since <= now ? "RUNNING" : "PENDING";
  return { name: "ExecuteCommandAgent", lastStatus, ...(since <= now && { lastStartedAt: seconds(since) }) };
}
