import { type OperationKind as Doing, secondsFor } from "../../template/durations.ts";
import { isCustomResource } from "../model/model.ts";
import { fraction } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ResourceTask, SimulatedResource, SimulatedStack, StackOperation } from "../state/stack.ts";

/** Durations vary by this much either way from the table's. */
const SPREAD = 0.15;

/**
 * Duration of a resource's operation in milliseconds, varied by the state's seed: the same each time for the same
 * incarnation.
 */
export function millisecondsFor(
  simulator: Simulator,
  stack: SimulatedStack,
  resource: SimulatedResource,
  operation: Doing,
): number {
  const seconds = secondsFor({ Type: resource.type, Properties: resource.properties }, operation);
  const chance = fraction(simulator.state.seed, stack.name, resource.logicalId, resource.incarnation, operation);
  return Math.max(1, Math.round(seconds * 1000 * (1 - SPREAD + 2 * SPREAD * chance)));
}

/**
 * Milliseconds after which a resource is complete in express mode; AWS publishes examples only: a queue of 64 s in 10
 * s.
 */
const APPLIED = 3000;

/**
 * The time that CloudFormation waits for a resource that takes `milliseconds`: in express mode, only until the request
 * is applied.
 */
export function waitedFor(
  { express }: Pick<StackOperation, "express">,
  { type }: Pick<SimulatedResource, "type">,
  milliseconds: number,
): number {
  return express && !isCustomResource(type) ? Math.min(milliseconds, APPLIED) : milliseconds;
}

/** How many times as long a resource takes with the fault `slow`. */
export const SLOW_FACTOR = 10;

/** How long a service takes to accept a request, before it begins to work on it. */
function acceptance(duration: number): number {
  return Math.round(Math.min(1200, duration / 3));
}

/** Hands a resource to its service, which takes a moment to accept it. */
export function schedule(
  simulator: Simulator,
  stack: SimulatedStack,
  task: ResourceTask,
  resource: SimulatedResource,
  like: "create" | "update",
): void {
  task.state = "begun";
  task.started = simulator.state.now;
  task.due = simulator.state.now + acceptance(millisecondsFor(simulator, stack, resource, like));
}
