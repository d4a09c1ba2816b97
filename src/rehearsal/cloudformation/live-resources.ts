import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { ServiceResource } from "../state/state.ts";
import { exists, serviceResourceOf } from "./resources.ts";

/**
 * A stack's live resources, which a drift-aware change set starts from (User Guide, "Using drift-aware change sets"):
 * with changes made outside of CloudFormation, and without what was deleted.
 */
export function liveResources(simulator: Simulator, stack: SimulatedStack): SimulatedStack["resources"] {
  return Object.fromEntries(
    Object.entries(stack.resources).map(([id, resource]) => [
      id,
      exists(resource) ? real(simulator, stack, resource) : resource,
    ]),
  );
}

function real(simulator: Simulator, stack: SimulatedStack, resource: SimulatedResource): SimulatedResource {
  // A nested stack is no resource of a service, and drift is not detected on it ("Resources that support import and
  // drift").
  if (simulator.state.stacks.some(({ id, status }) => id === resource.physicalId && status !== "DELETE_COMPLETE"))
    return resource;
  const item = serviceResourceOf(simulator, stack, resource);
  if (!item) return { ...resource, physicalId: "", status: "DELETE_COMPLETE" };
  return { ...resource, properties: liveProperties(simulator, stack, resource, item) };
}

/** The live values of the properties that the template sets: only those count, at every depth. */
export function liveProperties(
  simulator: Simulator,
  stack: SimulatedStack,
  { type, properties }: SimulatedResource,
  resource: ServiceResource,
): JsonObject {
  const actual = given(properties, resource.properties) as JsonObject;
  const tags = simulator.model.type(type)?.tags;
  const wanted = tags && properties[tags.property];
  if (!tags || wanted === undefined) return actual;
  const own = Array.isArray(wanted)
    ? (wanted as readonly JsonObject[]).map(({ Key }) => String(Key))
    : Object.keys(wanted as JsonObject);
  const others = Object.keys(resource.tags).filter(
    (key) => !own.includes(key) && !key.startsWith("aws:") && stack.deployed?.tags[key] === undefined,
  );
  const there = [...own, ...others].flatMap((Key) => {
    const Value = resource.tags[Key];
    return Value === undefined ? [] : [{ Key, Value }];
  });
  return {
    ...actual,
    [tags.property]: Array.isArray(wanted)
      ? there
      : Object.fromEntries(there.map(({ Key, Value }) => [Key, Value] as const)),
  };
}

function given(wanted: Json, there: Json): Json {
  if (!isObject(wanted) || !isObject(there)) return there;
  const kept = Object.entries(wanted).flatMap(([name, value]) => {
    const inner = there[name];
    return inner === undefined ? [] : [[name, given(value, inner)] as const];
  });
  return Object.fromEntries(kept);
}

/** Whether a stack may import a resource that exists already ("Import AWS resources automatically"). */
export function isAdoptable(adopts: boolean | undefined, policy: string | undefined, there: ServiceResource): boolean {
  return adopts === true && there.owner === undefined && /^Retain/.test(policy ?? "");
}
