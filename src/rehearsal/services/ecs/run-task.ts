import { fargateSizeRefusal } from "../../../rules/services/fargate.ts";
import { clusterName } from "../../resources/containers.ts";
import { partOf, rowsOf, textOf } from "../../resources/properties.ts";
import { takeFault } from "../../state/faults.ts";
import { hex, uuid } from "../../state/hash.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, type Handler, structures, text, texts } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { findResource, seconds } from "../common/resources.ts";
import { checkedTaskDefinition, TASK_DEFINITION } from "./definitions.ts";
import { CLUSTER, keepOneOffs, missingImage, type OneOff, oneOffNow, oneOffsOf } from "./one-off.ts";

/** The cluster that a call means. Throws ECS's error. */
export function theCluster(simulator: Simulator, call: Call): ServiceResource {
  const found = findResource(simulator, call, CLUSTER, clusterName(text(call.input, "cluster") ?? "default"));
  if (!found) throw new AwsError("ClusterNotFoundException", "Cluster not found.");
  return found;
}

const wrong = (words: string) => new AwsError("InvalidParameterException", words);

/** Starts tasks (ECS API Reference, RunTask; "Ensuring idempotency"). One of many that cannot start is not simulated. */
export const runTask: Handler = (simulator, call) => {
  const cluster = theCluster(simulator, call);
  const { input } = call;
  const { clientToken: _, ...request } = input;
  const token = text(input, "clientToken");
  const before = oneOffsOf(cluster);
  const known = token === undefined ? undefined : before.find((one) => one.token === token);
  if (known) {
    if (known.request !== JSON.stringify(request))
      throw new AwsError("ConflictException", "The clientToken was used with different request parameters.");
    return { tasks: [oneOffView(simulator, cluster, known)], failures: [] };
  }
  const definition = checkedTaskDefinition(simulator, call, text(input, "taskDefinition") ?? "");
  const subnets = texts(partOf(partOf(input.networkConfiguration).awsvpcConfiguration), "subnets");
  if (definition.properties.NetworkMode === "awsvpc" && subnets.length === 0)
    throw wrong("Network Configuration must be provided when networkMode 'awsvpc' is specified.");
  const lost = subnets.find((id) => !resourceAt(simulator.state, "AWS::EC2::Subnet", call.scope, id));
  if (lost !== undefined)
    throw wrong(`Error retrieving subnet information for [${lost}]: The subnet ID '${lost}' does not exist`);
  const overrides = partOf(input.overrides);
  const [own] = structures(overrides, "containerOverrides");
  const containers = rowsOf(definition.properties.ContainerDefinitions).map((one) => textOf(one, "Name"));
  if (own && !containers.includes(textOf(own, "name")))
    throw wrong(`Override for container named ${textOf(own, "name")} is not a container in the TaskDefinition.`);
  const startedBy = text(input, "startedBy");
  if (startedBy !== undefined && !/^[\w/.-]{1,128}$/.test(startedBy)) throw wrong("startedBy is not valid.");
  const fault = takeFault(simulator.faults, (one) => "task" in one);
  const [cpu, memory] = [text(overrides, "cpu"), text(overrides, "memory")];
  const [units = 0, mebibytes = 0] = [cpu ?? definition.properties.Cpu, memory ?? definition.properties.Memory].map(
    Number,
  );
  // A definition may write 1 vCPU, which is no number.
  const refused = Number.isNaN(units + mebibytes) ? undefined : fargateSizeRefusal(units, mebibytes);
  if (refused !== undefined) throw new AwsError("ClientException", refused);
  const missing = missingImage(simulator, definition);
  const task: OneOff = {
    id: hex(32, simulator.state.seed, cluster.id, "one-off", simulator.state.serial),
    at: simulator.state.now,
    definition: definition.id,
    group: text(input, "group") ?? `family:${String(definition.state.family)}`,
    request: JSON.stringify(request),
    ...(startedBy !== undefined && { startedBy }),
    ...(token !== undefined && { token }),
    ...(own && Array.isArray(own.command) && { command: texts(own, "command") }),
    ...(cpu !== undefined && { cpu }),
    ...(memory !== undefined && { memory }),
    ...(subnets[0] !== undefined && { subnet: subnets[0] }),
    ...(fault && "task" in fault && { fault: fault.task }),
    ...(missing !== undefined && { missing }),
  };
  simulator.state.serial += 1;
  keepOneOffs(cluster, [...before, task]);
  return { tasks: [oneOffView(simulator, cluster, task)], failures: [] };
};

/** Stops a task; of one that has stopped already nothing changes (ECS API Reference, StopTask). */
export const stopTask: Handler = (simulator, call) => {
  const cluster = theCluster(simulator, call);
  const id = text(call.input, "task")?.split("/").at(-1);
  const all = oneOffsOf(cluster);
  const found = all.find((one) => one.id === id);
  // A task of a service would be replaced by another one at once.
  if (!found) throw wrong("The referenced task was not found.");
  const reason = text(call.input, "reason");
  const isOver = oneOffNow(simulator, found).stopping !== undefined;
  const task: OneOff = isOver
    ? found
    : { ...found, stopAt: simulator.state.now, ...(reason !== undefined && { stopReason: reason }) };
  keepOneOffs(
    cluster,
    all.map((one) => (one === found ? task : one)),
  );
  return { task: oneOffView(simulator, cluster, task) };
};

/** ECS's word for where a task is (Developer Guide, "Amazon ECS task lifecycle"). */
function statusOf({ state: { now } }: Simulator, { at }: OneOff, when: ReturnType<typeof oneOffNow>): string {
  if (when.stopped !== undefined) return "STOPPED";
  if (when.stopping !== undefined) return "DEPROVISIONING";
  if (when.started !== undefined) return "RUNNING";
  return now - at < PROVISIONED ? "PROVISIONING" : "PENDING";
}

/** Milliseconds until it has a network interface. */
const PROVISIONED = 12_000;

/** A one-off task as DescribeTasks shows it. */
export function oneOffView(simulator: Simulator, cluster: ServiceResource, task: OneOff): CallResult {
  const definition = resourceAt(simulator.state, TASK_DEFINITION, cluster, task.definition);
  const when = oneOffNow(simulator, task);
  const { started, stopping, stopped, stop } = when;
  const lastStatus = statusOf(simulator, task, when);
  const taskArn = oneOffArn(cluster, task);
  const ended = stopped !== undefined;
  const of = (name: "Cpu" | "Memory", given: string | undefined) => given ?? definition?.properties[name];
  return {
    taskArn,
    clusterArn: cluster.attributes.Arn,
    taskDefinitionArn: task.definition,
    group: task.group,
    launchType: "FARGATE",
    platformVersion: "1.4.0",
    cpu: of("Cpu", task.cpu),
    memory: of("Memory", task.memory),
    ...(task.startedBy !== undefined && { startedBy: task.startedBy }),
    lastStatus,
    desiredStatus: stopping === undefined ? "RUNNING" : "STOPPED",
    createdAt: seconds(task.at),
    startedAt: started === undefined ? undefined : seconds(started),
    stoppingAt: stopping === undefined ? undefined : seconds(stopping),
    executionStoppedAt: stopping === undefined ? undefined : seconds(stopping),
    stoppedAt: stopped === undefined ? undefined : seconds(stopped),
    ...(stop && { stopCode: stop.code, stoppedReason: stop.reason }),
    overrides: partOf(JSON.parse(task.request).overrides),
    attachments: [
      {
        id: uuid(task.id, "eni"),
        type: "ElasticNetworkInterface",
        status: ended ? "DELETED" : lastStatus === "PROVISIONING" ? "PRECREATED" : "ATTACHED",
        details: task.subnet === undefined ? [] : [{ name: "subnetId", value: task.subnet }],
      },
    ],
    containers: rowsOf(definition?.properties.ContainerDefinitions).map((container) => ({
      taskArn,
      name: container.Name,
      image: container.Image,
      lastStatus: ended ? "STOPPED" : started === undefined ? "PENDING" : "RUNNING",
      ...(ended && stop?.exitCode !== undefined && { exitCode: stop.exitCode }),
      ...(ended && stop && "containerReason" in stop && { reason: stop.containerReason }),
    })),
  };
}

function oneOffArn(cluster: ServiceResource, { id }: OneOff): string {
  return `arn:aws:ecs:${cluster.region}:${cluster.account}:task/${cluster.id}/${id}`;
}
