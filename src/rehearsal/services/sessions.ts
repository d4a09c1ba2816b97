import { clusterName } from "../resources/containers.ts";
import { isOn, textOf } from "../resources/properties.ts";
import { hex } from "../state/hash.ts";
import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import { type Call, type Handler, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { sessionStart } from "./common/session-start.ts";
import { SERVICE } from "./ecs/rollouts.ts";
import { tasksOf } from "./ecs/tasks.ts";
import { agentOf, isTaskRunning, runtimeIdOf } from "./ecs/view.ts";

/** Documents of AWS's own that begin a session, and the parameters each must have (AWS Systems Manager User Guide, "Starting a session"). */
const DOCUMENTS: { readonly [name: string]: readonly string[] } = {
  "AWS-StartInteractiveCommand": ["command"],
  "AWS-StartPortForwardingSession": ["portNumber"],
  "AWS-StartPortForwardingSessionToRemoteHost": ["host", "portNumber"],
  "SSM-SessionManagerRunShell": [],
};

/** Begins a session with a container, `ecs:CLUSTER_TASK_RUNTIME` (API Reference, StartSession); there are no instances here. */
export const startSession: Handler = (simulator, call) => {
  const target = text(call.input, "Target") ?? "";
  const name = text(call.input, "DocumentName") ?? "SSM-SessionManagerRunShell";
  const needed = DOCUMENTS[name];
  if (needed === undefined) throw new AwsError("InvalidDocument", `Document with name ${name} does not exist.`);
  const given = (call.input.Parameters ?? {}) as { readonly [parameter: string]: unknown };
  const missing = needed.find((parameter) => given[parameter] === undefined);
  if (missing !== undefined)
    throw new AwsError("InvalidParameters", `Parameter ${missing} is required by document ${name}.`);
  if (!isConnected(simulator, call, target)) throw new AwsError("TargetNotConnected", `${target} is not connected.`);
  simulator.state.serial += 1;
  return sessionStart(simulator, call, `rehearsal-${hex(17, simulator.state.seed, simulator.state.serial)}`);
};

function isConnected(simulator: Simulator, { scope }: Call, target: string): boolean {
  const [, cluster, id, runtime] = /^ecs:([^_]+)_([0-9a-f]+)_([\w-]+)$/.exec(target) ?? [];
  if (id === undefined || runtime !== runtimeIdOf(id)) return false;
  return resourcesAt(simulator.state, SERVICE, scope)
    .filter(({ properties }) => clusterName(textOf(properties, "Cluster", "default")) === cluster)
    .filter(({ properties }) => isOn(properties.EnableExecuteCommand))
    .flatMap((service) => tasksOf(simulator, service))
    .some((task) => task.id === id && isTaskRunning(task) && agentOf(simulator, task).lastStatus === "RUNNING");
}

/** Ends a session; of one that is not there nothing is said either (API Reference, TerminateSession). */
export const terminateSession: Handler = (_, call) => ({ SessionId: text(call.input, "SessionId") });
