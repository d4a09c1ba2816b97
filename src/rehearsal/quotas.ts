import type { Quota } from "./quota-table.ts";
import { placeOf } from "./resources/kind.ts";
import { kindOf } from "./resources/kinds.ts";
import type { Stage } from "./stage.ts";
import { thingsAt } from "./things.ts";
import type { Place, World } from "./world.ts";

/** Milliseconds until an increase is granted; AWS publishes no figure, and small ones take minutes. */
const GRANTED_AFTER = 15 * 60_000;

/** A request for more, as it is kept. */
export type Increase = Place & {
  readonly id: string;
  readonly code: string;
  readonly desired: number;
  readonly at: number;
};

/** Whether an increase is granted by now. */
export function isGranted(world: World, { at }: Increase): boolean {
  return world.now >= at + GRANTED_AFTER;
}

/** The account's own value of a quota: what a fault or a granted increase says, or AWS's default. */
export function quotaValue(stage: Stage, place: Place, quota: Quota): number {
  const fault = faultOn(stage, quota);
  if (fault?.value !== undefined) return fault.value;
  if (fault && quota.type !== undefined) return usedOf(stage, place, quota.type);
  const granted = (stage.world.increases ?? []).filter(
    (one) =>
      one.code === quota.code &&
      one.account === place.account &&
      (one.region === place.region || isGlobal(quota)) &&
      isGranted(stage.world, one),
  );
  return Math.max(quota.value, ...granted.map(({ desired }) => desired));
}

/** Whether the account may have one more than the `used` ones that are known. */
export function hasRoom(stage: Stage, place: Place, quota: Quota, used: number): boolean {
  const fault = faultOn(stage, quota);
  // Without a value: what is not known here has used it up.
  if (fault && fault.value === undefined) return false;
  return used < quotaValue(stage, place, quota);
}

/** How many of a quota's things the account has. */
export function usedOf(stage: Stage, place: Place, type: string): number {
  return thingsAt(stage.world, type, placeOf(kindOf(type), place)).length;
}

/** Whether the quota is of the account, not of a region of it. */
export function isGlobal({ type }: Quota): boolean {
  return type !== undefined && (kindOf(type)?.global === true || type === "AWS::S3::Bucket");
}

function faultOn(stage: Stage, { name }: Quota) {
  const found = stage.faults.find(({ fault }) => "quota" in fault && fault.quota === name)?.fault;
  return found && "quota" in found ? found : undefined;
}
