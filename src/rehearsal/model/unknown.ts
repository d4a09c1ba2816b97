import type { Json } from "../../template/types.ts";

/** A value known only after deployment, as DescribeChangeSet shows it. */
export const UNKNOWN = "{{changeSet:KNOWN_AFTER_APPLY}}";

/** Whether any part of the value cannot be known yet. */
export function isUnknown(value: Json | undefined): boolean {
  if (typeof value === "string") return value.includes(UNKNOWN);
  if (Array.isArray(value)) return value.some(isUnknown);
  return value !== null && typeof value === "object" && Object.values(value).some(isUnknown);
}
