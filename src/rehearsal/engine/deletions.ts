import type { ResourceTask, SimulatedResource } from "../state/stack.ts";

/** A resource of the stack, or (`old`) a physical one that was replaced. */
type Deletion = { readonly resource: SimulatedResource; readonly old: boolean };

const keyOf = ({ resource, old }: Deletion) =>
  old ? `${resource.logicalId}/${resource.physicalId}` : resource.logicalId;

/** Tasks that delete resources, each after everything that depends on it. */
export function deletions(
  own: readonly SimulatedResource[],
  superseded: readonly SimulatedResource[] = [],
): readonly ResourceTask[] {
  const all: readonly Deletion[] = [
    ...own.map((resource) => ({ resource, old: false })),
    ...superseded.map((resource) => ({ resource, old: true })),
  ];
  const dependents = new Map<string, string[]>();
  for (const deletion of all) {
    for (const id of deletion.resource.dependsOn) dependents.set(id, [...(dependents.get(id) ?? []), keyOf(deletion)]);
  }
  return all.map((deletion) => {
    const { resource, old } = deletion;
    const needs = dependents.get(resource.logicalId) ?? [];
    return { logicalId: resource.logicalId, kind: "delete", ...(old && { old: resource }), needs, state: "waiting" };
  });
}

/** The name of a task within its operation. */
export function taskKey({ logicalId, old }: ResourceTask): string {
  return old ? keyOf({ resource: old, old: true }) : logicalId;
}
