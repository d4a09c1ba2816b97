import type { JsonObject } from "../../template/types.ts";
import { hex, uuid } from "../hash.ts";
import { clusterName } from "../resources/containers.ts";
import { textOf } from "../resources/kind.ts";
import { rowsOf } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import type { Result } from "../wire/call.ts";
import type { Thing } from "../world.ts";
import { seconds, tagList } from "./shelf.ts";

/** Virtual milliseconds after its deployment at which a service's tasks run, and at which it is steady. */
const RUNNING = 40_000;
const STEADY = 80_000;

/** One of a service's tasks. */
export type Task = {
  readonly arn: string;
  readonly started: number;
  readonly running: boolean;
  readonly index: number;
};

const deployedAt = (service: Thing) => Number(service.state.deployed ?? service.created);

/** How many tasks a service is to run. */
export function desired(service: Thing): number {
  return Number(service.state.desired ?? service.properties.DesiredCount ?? 1);
}

/** The tasks of a service's last deployment: made up, the same each time one looks. */
export function tasksOf(stage: Stage, service: Thing): readonly Task[] {
  const at = deployedAt(service);
  const cluster = clusterName(textOf(service.properties, "Cluster", "default"));
  return Array.from({ length: desired(service) }, (_, index) => ({
    arn: `arn:aws:ecs:${service.region}:${service.account}:task/${cluster}/${hex(32, stage.world.seed, service.id, at, index)}`,
    started: at + RUNNING,
    running: stage.world.now >= at + RUNNING,
    index,
  }));
}

/** The newest events of a service, newest first, in ECS's words ("Viewing Amazon ECS service event messages"). */
function eventsOf(stage: Stage, service: Thing): readonly Result[] {
  const name = textOf(service.attributes, "Name");
  const [at, tasks] = [deployedAt(service), tasksOf(stage, service)];
  const ids = tasks.map(({ arn }) => `(task ${arn.split("/").at(-1)})`).join(" ");
  const groups = rowsOf(service.properties.LoadBalancers).map(
    ({ TargetGroupArn }) => `(target-group ${TargetGroupArn})`,
  );
  const all = [
    ...(tasks.length > 0
      ? [{ at: at + 5_000, message: `(service ${name}) has started ${tasks.length} tasks: ${ids}.` }]
      : []),
    ...groups.map((group) => ({
      at: at + RUNNING,
      message: `(service ${name}) registered ${tasks.length} targets in ${group}`,
    })),
    { at: at + STEADY, message: `(service ${name}) has reached a steady state.` },
  ];
  return all
    .filter((event) => event.at <= stage.world.now)
    .toReversed()
    .map((event) => ({
      id: uuid(service.id, event.message, event.at),
      createdAt: seconds(event.at),
      message: event.message,
    }));
}

/** A service as DescribeServices shows it. */
export function serviceOf(stage: Stage, service: Thing): Result {
  const { properties, account, region } = service;
  const running = tasksOf(stage, service).filter((task) => task.running).length;
  const counts = { desiredCount: desired(service), runningCount: running, pendingCount: desired(service) - running };
  const steady = stage.world.now >= deployedAt(service) + STEADY;
  const cluster = clusterName(textOf(properties, "Cluster", "default"));
  const common = {
    taskDefinition: textOf(properties, "TaskDefinition"),
    ...counts,
    ...(properties.LaunchType !== undefined && { launchType: properties.LaunchType }),
    ...(properties.CapacityProviderStrategy !== undefined && {
      capacityProviderStrategy: rowsOf(properties.CapacityProviderStrategy).map(lower),
    }),
  };
  return {
    serviceArn: service.id,
    serviceName: textOf(service.attributes, "Name"),
    clusterArn: `arn:aws:ecs:${region}:${account}:cluster/${cluster}`,
    status: "ACTIVE",
    schedulingStrategy: "REPLICA",
    ...common,
    loadBalancers: rowsOf(properties.LoadBalancers).map(lower),
    deployments: [
      {
        id: `ecs-svc/${hex(18, service.id, deployedAt(service))}`,
        status: "PRIMARY",
        ...common,
        failedTasks: 0,
        createdAt: seconds(deployedAt(service)),
        updatedAt: seconds(deployedAt(service)),
        rolloutState: steady ? "COMPLETED" : "IN_PROGRESS",
        rolloutStateReason: `ECS deployment ecs-svc/${hex(18, service.id, deployedAt(service))} ${steady ? "completed" : "in progress"}.`,
      },
    ],
    events: eventsOf(stage, service),
    createdAt: seconds(service.created),
    enableExecuteCommand: String(properties.EnableExecuteCommand ?? false) === "true",
    tags: tagList(service).map(({ Key, Value }) => ({ key: Key, value: Value })),
  };
}

/** ECS's own answers begin their names with a small letter where CloudFormation's properties have a capital. */
export function lower(value: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [`${name[0]?.toLowerCase()}${name.slice(1)}`, deep(inner)]),
  );
}

function deep(value: JsonObject[string]): JsonObject[string] {
  if (Array.isArray(value)) return (value as readonly JsonObject[string][]).map(deep);
  return value !== null && typeof value === "object" ? lower(value as JsonObject) : value;
}
