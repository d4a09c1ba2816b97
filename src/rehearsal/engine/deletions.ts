import type { ResourceTask, SimulatedResource } from "../state/stack.ts";

/** A stack's own resource, or (`old`) a physical one that is its own no longer. */
type Doomed = { readonly resource: SimulatedResource; readonly old: boolean };

const keyOf = ({ resource, old }: Doomed) =>
  old ? `${resource.logicalId}/${resource.physicalId}` : resource.logicalId;

/** Tasks that delete resources, each after everything that depends on it. */
export function deletions(
  own: readonly SimulatedResource[],
  superseded: readonly SimulatedResource[] = [],
): readonly ResourceTask[] {
  const all: readonly Doomed[] = [
    ...own.map((resource) => ({ resource, old: false })),
    ...superseded.map((resource) => ({ resource, old: true })),
  ];
  const dependents = new Map<string, string[]>();
  for (const doomed of all) {
    for (const id of doomed.resource.dependsOn) dependents.set(id, [...(dependents.get(id) ?? []), keyOf(doomed)]);
  }
  return all.map((doomed) => {
    const { resource, old } = doomed;
    const needs = dependents.get(resource.logicalId) ?? [];
    return { logicalId: resource.logicalId, kind: "delete", ...(old && { old: resource }), needs, state: "waiting" };
  });
}

/** The name of a task within its operation. */
export function taskKey({ logicalId, old }: ResourceTask): string {
  return old ? keyOf({ resource: old, old: true }) : logicalId;
}
