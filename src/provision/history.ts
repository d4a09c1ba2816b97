import { isMoving } from "../plan/status.ts";
import type { StackEvent } from "./cloud.ts";
import { isOfStack } from "./watch.ts";

/** The last thing done to a stack, as its events tell of it. */
export type PastOperation = {
  readonly action: "create" | "update" | "delete";
  /** The run of astro that began it; absent for somebody else's. */
  readonly run?: string;
  readonly begun: Date;
  /** Its events, oldest first. */
  readonly events: readonly StackEvent[];
};

const BEGINNINGS: { readonly [status: string]: PastOperation["action"] } = {
  CREATE_IN_PROGRESS: "create",
  UPDATE_IN_PROGRESS: "update",
  DELETE_IN_PROGRESS: "delete",
};

/** The word of a run in a token of its calls (`Session.token`). */
const TOKEN = /^astro-(?<run>[a-z0-9]+)-\d+$/;

/** A stack's last operation; `undefined` if nothing was done to it yet. `events` are all of the stack's, oldest first. */
export function lastOperation(events: readonly StackEvent[]): PastOperation | undefined {
  const own = events.filter(isOfStack);
  // The same status comes twice where CloudFormation tells of a stage of it.
  const first = own.findLast(
    ({ status }, index) => BEGINNINGS[status] !== undefined && !isMoving(own[index - 1]?.status ?? ""),
  );
  const action = BEGINNINGS[first?.status ?? ""];
  if (first === undefined || action === undefined) return undefined;
  const run = TOKEN.exec(first.token ?? "")?.groups?.run;
  return { action, begun: first.at, events: events.slice(events.indexOf(first)), ...(run !== undefined && { run }) };
}

/** The event of the stack itself that ended the operation; `undefined` while it is under way. */
export function endOf(events: readonly StackEvent[]): StackEvent | undefined {
  const last = events.findLast(isOfStack);
  return last && !isMoving(last.status) ? last : undefined;
}
