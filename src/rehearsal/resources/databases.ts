import type { JsonObject } from "../../template/types.ts";
import { sameValue } from "../model/diff.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HandlerRequest } from "./handler.ts";

/** Gigabytes of a database's storage. */
const storageOf = ({ AllocatedStorage = 0 }: JsonObject): number => Number(AllocatedStorage);

/**
 * A database after its stack's update. Only properties that the template changed are sent, so that changes made outside
 * stay; of the storage the greater, since it may have been autoscaled (aws-cloudformation-resource-providers-rds,
 * Translator.modifyDbInstanceRequest; its pull request 598 of March 2025).
 */
export function changedInstance(
  { properties, before }: HandlerRequest,
  { properties: live }: ServiceResource,
): JsonObject {
  const untouched = Object.entries(live).filter(([name, value]) => {
    const wanted = properties[name];
    return before !== undefined && wanted !== undefined && sameValue(before[name], wanted) && !sameValue(value, wanted);
  });
  const kept = { ...properties, ...Object.fromEntries(untouched) };
  return storageOf(live) > storageOf(kept) ? { ...kept, AllocatedStorage: live.AllocatedStorage ?? "" } : kept;
}
