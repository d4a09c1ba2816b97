import { scopeOf } from "../resources/handler.ts";
import { handlerOf } from "../resources/handlers.ts";
import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Increase, Scope, State } from "../state/state.ts";
import type { Quota } from "./quota-table.ts";

/** Milliseconds until an increase is granted; AWS publishes no figure, and small ones take minutes. */
const GRANTED_AFTER = 15 * 60_000;

/** Whether an increase is granted by now. */
export function isGranted(state: State, { at }: Increase): boolean {
  return state.now >= at + GRANTED_AFTER;
}

/** The account's own value of a quota: that of a fault or a granted increase, or AWS's default. */
export function quotaValue(simulator: Simulator, scope: Scope, quota: Quota): number {
  const fault = faultOn(simulator, quota);
  if (fault?.value !== undefined) return fault.value;
  if (fault && quota.type !== undefined) return usedOf(simulator, scope, quota.type);
  const granted = (simulator.state.increases ?? []).filter(
    (one) =>
      one.code === quota.code &&
      one.account === scope.account &&
      (one.region === scope.region || isGlobal(quota)) &&
      isGranted(simulator.state, one),
  );
  return Math.max(quota.value, ...granted.map(({ desired }) => desired));
}

/** Whether the quota allows one more than the `used` resources that are known. */
export function hasRoom(simulator: Simulator, scope: Scope, quota: Quota, used: number): boolean {
  const fault = faultOn(simulator, quota);
  // Without a value the quota is used up.
  if (fault && fault.value === undefined) return false;
  return used < quotaValue(simulator, scope, quota);
}

/** The account's usage of a quota. */
export function usedOf(simulator: Simulator, scope: Scope, type: string): number {
  return resourcesAt(simulator.state, type, scopeOf(handlerOf(type), scope)).length;
}

/** Whether the quota applies to the account and not to each region. */
export function isGlobal({ type }: Quota): boolean {
  return type !== undefined && (handlerOf(type)?.global === true || type === "AWS::S3::Bucket");
}

function faultOn(simulator: Simulator, { name }: Quota) {
  const found = simulator.faults.find(({ fault }) => "quota" in fault && fault.quota === name)?.fault;
  return found && "quota" in found ? found : undefined;
}
