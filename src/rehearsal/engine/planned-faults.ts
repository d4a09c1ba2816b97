import { inDependencyOrder, previewOf } from "../cloudformation/preview.ts";
import { typicalFailure } from "../resources/failures.ts";
import { SERVICE } from "../services/ecs/rollouts.ts";
import { type ResourceFault, takeFault } from "../state/faults.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedStack, StackOperation } from "../state/stack.ts";
import type { WorkloadKind } from "../state/workload.ts";
import { templateIn } from "../template/parsed-templates.ts";

/** A resource that an operation will create, update or delete. */
type Planned = { readonly logicalId: string; readonly type: string; readonly on: "create" | "update" | "delete" };

/** The resources that an operation will create and update, in dependency order. */
export function plannedChanges(simulator: Simulator, stack: SimulatedStack, target: Deployment): readonly Planned[] {
  if (simulator.faults.length === 0) return [];
  const changes = new Map(previewOf(simulator, stack, target).changes.map((change) => [change.logicalId, change]));
  return inDependencyOrder(templateIn(simulator.blobs, target.template)).flatMap((logicalId) => {
    const change = changes.get(logicalId);
    // Changes that only might follow from another one hardly ever happen.
    const happens = change && (change.details.length === 0 || change.details.some(({ only }) => only !== "names"));
    return happens ? [{ logicalId, type: change.type, on: change.action === "Add" ? "create" : "update" }] : [];
  });
}

/** Faults are assigned when an operation is accepted, so that one that is killed and resumed ends the same way. */
export function assignFaults(simulator: Simulator, operation: StackOperation, planned: readonly Planned[]): void {
  for (const { logicalId, type, on } of planned) {
    const workload = type === SERVICE ? workloadFor(simulator, on) : undefined;
    if (workload) operation.troubles[logicalId] = { effect: "workload", reason: "", workload };
    const found = takeFault(
      simulator.faults,
      (fault) => "resourceType" in fault && fault.resourceType === type && isTime(fault, on),
    );
    if (!found || !("resourceType" in found)) continue;
    operation.troubles[logicalId] = { effect: found.effect ?? "fails", reason: found.reason ?? typicalFailure(type) };
  }
}

function workloadFor(simulator: Simulator, on: Planned["on"]): WorkloadKind | undefined {
  if (on === "delete") return undefined;
  const found = takeFault(simulator.faults, (fault) => "workload" in fault && (fault.on ?? on) === on);
  return found && "workload" in found ? found.workload : undefined;
}

const isTime = (fault: ResourceFault, on: Planned["on"]) =>
  fault.on === undefined ? (fault.effect === "filled") === (on === "delete") : fault.on === on;
