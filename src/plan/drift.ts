import type { PlannedChange, Step } from "./plan.ts";

/** A value of a resource that is no longer what its stack gave it, as `Step.drift` holds it. */
export type Drift = NonNullable<Step["drift"]>[number];

/** What a step does to a resource that stands; `undefined` if nothing. A new resource has no past. */
export function changeOf({ changes }: Step, logicalId: string): PlannedChange | undefined {
  return changes.find((change) => change.logicalId === logicalId && change.action !== "add");
}

/** One sentence about a drift: what it is now, what it was, and what becomes of it. */
export function driftWords({ value, live, given, becomes, may, refused }: Drift): string {
  const now = `${value} is ${live}${given === undefined ? "" : `, and was deployed as ${given}`}`;
  if (refused !== undefined) return `${now}; AWS refuses ${becomes}: ${refused}`;
  if (becomes === undefined) return `${now}; it stays`;
  return `${now}; ${may ? "this may make it" : "this makes it"} ${becomes}${becomes === given ? " again" : ""}`;
}
