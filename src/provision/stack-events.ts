import { isMoving } from "../plan/status.ts";
import type { OperationKind } from "../template/durations.ts";
import type { StackEvent } from "./cloud.ts";

/** True for an event of the stack itself, not of a resource. */
export function isOfStack({ type, physicalId, logicalId }: StackEvent): boolean {
  return type === "AWS::CloudFormation::Stack" && physicalId.includes(`:stack/${logicalId}/`);
}

/** The services' words for what goes only when it is empty (their API References: BucketNotEmpty and the like). */
const NOT_EMPTY =
  /bucket you tried to delete is not empty|still contains images|non-required resource record sets|(Bucket|Repository|HostedZone)NotEmpty/i;

/** True if AWS could not delete it because it holds something: nothing is wrong, and astro empties it where it may. */
export function isFull({ status, reason }: { readonly status: string; readonly reason?: string }): boolean {
  return status === "DELETE_FAILED" && NOT_EMPTY.test(reason ?? "");
}

/** True for a resource that failed of itself; what stops because another one failed AWS calls cancelled. */
export function failedOfItself({ status, reason }: Pick<StackEvent, "status" | "reason">): boolean {
  return status.endsWith("_FAILED") && !/cancelled$/i.test(reason ?? "");
}

const OPERATIONS: readonly OperationKind[] = ["create", "update", "delete"];

/** The operation that a resource's status is this stage of; `undefined` for any other stage, and for rollbacks. */
export function operationIn(status: string, stage: "IN_PROGRESS" | "COMPLETE"): OperationKind | undefined {
  return OPERATIONS.find((word) => status === `${word.toUpperCase()}_${stage}`);
}

/** The last thing done to a stack, as its events tell of it. */
export type PastOperation = {
  readonly action: OperationKind;
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
