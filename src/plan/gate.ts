import type { NamedTemplate } from "../template/linked.ts";
import { type PlannedChange, type Step, stackFor } from "./plan.ts";
import { NESTED_STACK, statefulType } from "./stateful.ts";

/** A resource that a step would replace or remove although it may hold data. */
export type Loss = {
  readonly logicalId: string;
  /** What happens to it, what is lost with it and what stays of it, one sentence. */
  readonly words: string;
};

/**
 * The resources among `changes` of a step that are (or may be) replaced or removed and may hold data that cannot be
 * recreated. Left out are resources derived from others, those retained by their DeletionPolicy, and those in `allowed`
 * (an id or STACK/ID; a nested stack includes its resources).
 */
export function lossesOf(step: Step, changes: readonly PlannedChange[], allowed: readonly string[]): readonly Loss[] {
  const own = `${step.stack}/`;
  const named = allowed.map((one) => (one.startsWith(own) ? one.slice(own.length) : one));
  const isAllowed = (id: string) => named.some((one) => id === one || id.startsWith(`${one}/`));
  return changes
    .filter((change) => isLoss(change) && !isAllowed(change.logicalId) && !step.derived?.includes(change.logicalId))
    .map((change) => ({
      logicalId: change.logicalId,
      words: `${change.logicalId} (${change.type}) of ${step.stack} ${effectWords(change)}; ${dataWords(change)}`,
    }));
}

function isLoss({ type, action, mayReplace, causes, kept, inside }: PlannedChange): boolean {
  if (action === "add" || (action === "remove" && kept)) return false;
  // What is in it stands for it where it is known; AWS updates a nested stack whenever it updates its parent.
  if (type === NESTED_STACK) return inside === undefined;
  const known = statefulType(type);
  if (known === undefined) return false;
  if (action === "replace" || action === "remove") return true;
  return mayReplace === true && (causes.length === 0 || !causes.every((cause) => known.inPlace?.includes(cause)));
}

function effectWords({ type, action, causes }: PlannedChange): string {
  if (action === "remove") return "would be removed";
  if (type === NESTED_STACK && action === "change") return "would be changed, and its contents cannot be inspected";
  const because = causes.length === 0 ? "" : ` because of ${causes.join(", ")}`;
  if (action === "replace") return `would be replaced${because}`;
  return `may be replaced, as AWS decides while updating${because && `,${because}`}`;
}

/** What stays of the old resource, by the policy that decides it, and what does not. */
function dataWords({ type, action, kept, snapshot }: PlannedChange): string {
  if (type === NESTED_STACK && action === "change") return "whatever its template drops or changes may be lost";
  const policy = action === "remove" ? "DeletionPolicy" : "UpdateReplacePolicy";
  const empty = action === "remove" ? "" : ", and the new one starts empty";
  if (kept) return `the old one is retained, outside the stack (${policy} Retain)${empty}`;
  if (snapshot) return `AWS takes a snapshot of it first (${policy} Snapshot)${empty}`;
  const known = statefulType(type);
  if (known?.grace !== undefined) return `lost: ${known.holds}; AWS keeps ${known.grace}${empty}`;
  const chance = known?.snapshot ? "no snapshot is taken" : "AWS keeps nothing of it";
  return `lost: ${known?.holds}; ${chance} (${policy} Delete)`;
}

/**
 * The name of a step's resource within the whole plan: its id, or STACK/ID where another stack has or had a resource with
 * the same id, so that a name never means two resources.
 */
export function nameAmong(
  steps: readonly Step[],
  stacks: readonly NamedTemplate[],
  step: Step,
  logicalId: string,
): string {
  const isElsewhere = steps.some((other) => other.stack !== step.stack && idsOf(other, stacks).has(topOf(logicalId)));
  return isElsewhere ? `${step.stack}/${logicalId}` : logicalId;
}

function idsOf(step: Step, stacks: readonly NamedTemplate[]): ReadonlySet<string> {
  return new Set([
    ...step.changes.map(({ logicalId }) => topOf(logicalId)),
    ...Object.keys(stackFor(stacks, step)?.template.Resources ?? {}),
  ]);
}

/** Of a resource in a nested stack, the id of that stack. */
function topOf(logicalId: string): string {
  return logicalId.split("/")[0] ?? logicalId;
}
