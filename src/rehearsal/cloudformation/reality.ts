import type { JsonObject } from "../../template/types.ts";
import { stands, thingOf } from "../engine/making.ts";
import type { Stage } from "../stage.ts";
import type { Thing } from "../world.ts";
import type { Stack, StackResource } from "./stack.ts";

/**
 * A stack's resources as they really are, which a drift-aware change set starts from (User Guide, "Using drift-aware
 * change sets"): with what was changed by hand, and without what was deleted.
 */
export function realityOf(stage: Stage, stack: Stack): Stack["resources"] {
  return Object.fromEntries(
    Object.entries(stack.resources).map(([id, resource]) => [
      id,
      stands(resource) ? real(stage, stack, resource) : resource,
    ]),
  );
}

function real(stage: Stage, stack: Stack, resource: StackResource): StackResource {
  const thing = thingOf(stage, stack, resource);
  if (!thing) return { ...resource, physicalId: "", status: "DELETE_COMPLETE" };
  return { ...resource, properties: given(resource, thing) };
}

/** Only what the template gives counts. */
function given({ properties }: StackResource, thing: Thing): JsonObject {
  const there = Object.keys(properties).flatMap((name) => {
    const value = thing.properties[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(there);
}

/** Whether a stack may take a thing over that is there already ("Import AWS resources automatically"). */
export function isAdoptable(adopts: boolean | undefined, policy: string | undefined, there: Thing): boolean {
  return adopts === true && there.owner === undefined && /^Retain/.test(policy ?? "");
}
