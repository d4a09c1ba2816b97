import type { JsonObject, Resource } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, Signal, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import { writeEvent } from "./events.ts";

/** The signals that a task waits for: how many, and how long (milliseconds). */
export type SignalsNeeded = {
  readonly count: number;
  readonly milliseconds: number;
  /** They are required by its creation policy, which a wait condition can have too. */
  readonly policy?: true;
};

/** Signals that a resource waits for: a wait condition's, or those of its creation policy. */
export function signalsNeededBy(definition: Resource, properties: JsonObject): SignalsNeeded | undefined {
  if (definition.Type === "AWS::CloudFormation::WaitCondition" && definition.CreationPolicy === undefined) {
    return { count: Number(properties.Count ?? 1), milliseconds: Number(properties.Timeout ?? 0) * 1000 };
  }
  const wanted = definition.CreationPolicy?.ResourceSignal as JsonObject | undefined;
  if (!wanted) return undefined;
  return {
    count: Number(wanted.Count ?? 1),
    milliseconds: duration(String(wanted.Timeout ?? "PT5M")),
    policy: true,
  };
}

/** Milliseconds of an ISO 8601 duration such as `PT1H30M`. */
function duration(text: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/.exec(text) ?? [];
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}

/** Signals sent to the resource, or to the handle that its wait condition names. */
function signalsFor(stack: SimulatedStack, resource: SimulatedResource): readonly Signal[] {
  const handle = Object.values(stack.resources).find(
    ({ physicalId, type }) =>
      type === "AWS::CloudFormation::WaitConditionHandle" && physicalId === resource.properties.Handle,
  );
  const own = stack.signals?.[resource.logicalId] ?? [];
  return handle ? [...own, ...(stack.signals?.[handle.logicalId] ?? [])] : own;
}

/** Whether enough signals arrived, why it failed, or `waiting` until the timeout. */
export function signalOutcome(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  task: ResourceTask,
): "enough" | "waiting" | { readonly failed: string } {
  const { awaits } = task;
  if (!awaits) return "enough";
  const signals = signalsFor(stack, resource);
  const isCondition = resource.type === "AWS::CloudFormation::WaitCondition" && !awaits.policy;
  const bad = signals.find(({ status }) => status === "FAILURE");
  if (bad) {
    return {
      failed: isCondition
        ? `WaitCondition received failed message: '${bad.reason ?? ""}' for uniqueId: ${bad.id}`
        : `Received 1 FAILURE signal(s) out of ${awaits.count}. Unable to satisfy 100% MinSuccessfulInstancesPercent requirement`,
    };
  }
  if (signals.length >= awaits.count) {
    if (isCondition)
      resource.attributes = {
        ...resource.attributes,
        Data: JSON.stringify(Object.fromEntries(signals.map(({ id, data }) => [id, data ?? ""]))),
      };
    return "enough";
  }
  if (simulator.state.now < (task.started ?? 0) + awaits.milliseconds) return "waiting";
  return {
    failed: isCondition
      ? `WaitCondition timed out. Received ${signals.length} conditions when expecting ${awaits.count}`
      : `Failed to receive ${awaits.count} resource signal(s) within the specified duration`,
  };
}

/** Records a signal; tasks that may have waited for it are checked again. */
export function signal(simulator: Simulator, stack: SimulatedStack, logicalId: string, sent: Signal): void {
  stack.signals ??= {};
  const signals = stack.signals[logicalId] ?? [];
  if (signals.some(({ id }) => id === sent.id)) return;
  stack.signals[logicalId] = [...signals, sent];
  const resource = stack.resources[logicalId];
  if (resource && resource.type !== "AWS::CloudFormation::WaitConditionHandle") {
    const { physicalId, type, status } = resource;
    writeEvent(simulator.state, stack, {
      logicalId,
      physicalId,
      type,
      status,
      reason: `Received ${sent.status} signal with UniqueId ${sent.id}`,
    });
  }
  for (const task of Object.values(stack.operation?.tasks ?? {})) {
    if (task.awaits && task.state === "initiated") task.due = simulator.state.now;
  }
}
