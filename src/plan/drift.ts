import type { PlannedChange, Step } from "./plan.ts";

/** A resource's value that differs from what its stack set, as in `Step.drift`. */
export type Drift = NonNullable<Step["drift"]>[number];

/** What a step does to a deployed resource; `undefined` if nothing. A new resource cannot have drifted. */
export function changeOf({ changes }: Step, logicalId: string): PlannedChange | undefined {
  return changes.find((change) => change.logicalId === logicalId && change.action !== "add");
}

/** One sentence about a drift: the current value, the deployed one, and what the update makes of it. */
export function driftWords({
  value,
  live,
  given,
  becomes,
  may,
  refused,
}: Pick<Drift, "value" | "live" | "given" | "becomes" | "may" | "refused">): string {
  const now = `${value} is ${live}${given === undefined ? "" : `, and was deployed as ${given}`}`;
  if (refused !== undefined) return `${now}; AWS refuses ${becomes}: ${refused}`;
  if (becomes === undefined) return `${now}; it is left as it is`;
  return `${now}; ${may ? "this may make it" : "this makes it"} ${becomes}${becomes === given ? " again" : ""}`;
}
