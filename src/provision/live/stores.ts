import type { Drift } from "../../plan/drift.ts";
import { isUnresolved, type Value } from "../../template/evaluate.ts";
import { sideBySide } from "../side-by-side.ts";
import type { Live } from "./port.ts";
import { drift, type Subject, seen, subjectsOf, type View } from "./view.ts";

/** A type of resource that keeps data, how it is looked at, and whether CloudFormation sends what its template leaves alone. */
type Store = {
  readonly type: string;
  readonly call: string;
  readonly look: (view: View, id: string) => ReturnType<View["cloud"]["database"]>;
  readonly sends: "differences" | "nobody says";
};

const STORES: readonly Store[] = [
  {
    // aws-cloudformation-resource-providers-rds, Translator.modifyDbInstanceRequest: what differs from the template before;
    // of the storage the greater of template and instance (its pull request 598 of March 2025).
    type: "AWS::RDS::DBInstance",
    call: "rds:DescribeDBInstances",
    look: ({ cloud, step }, id) => cloud.database(step.region, id),
    sends: "differences",
  },
  {
    type: "AWS::ElastiCache::ReplicationGroup",
    call: "elasticache:DescribeReplicationGroups",
    look: ({ cloud, step }, id) => cloud.cache(step.region, id),
    sends: "nobody says",
  },
];

/** Types of which a change is worth a look at what they have become. */
export const STORE_TYPES: readonly string[] = STORES.map(({ type }) => type);

/** Databases and caches that grew, were upgraded or were changed by hand, of those that the step changes. */
export async function driftedStores(view: View): Promise<readonly Drift[]> {
  const changed = STORES.flatMap((store) =>
    subjectsOf(view, store.type)
      .filter(({ change }) => (change === undefined ? view.reverts : change.action === "change"))
      .map((subject) => ({ store, subject })),
  );
  const found = await sideBySide(changed, async ({ store, subject }) => {
    const live = await seen(store.call, store.look(view, subject.physicalId));
    return live ? driftsIn(store, subject, live) : [];
  });
  return found.flat();
}

function driftsIn({ sends }: Store, subject: Subject, live: Live): readonly Drift[] {
  return Object.entries(live).flatMap(([value, now]) => {
    const [given, wanted] = [textOf(subject.given[value]), textOf(subject.wanted[value])];
    if (given === undefined || isSame(value, given, String(now))) return [];
    const told = { value, live: String(now), given };
    const isAsked = wanted !== given;
    if (!isAsked && sends === "differences") return [drift(subject, told)];
    if (wanted === undefined || isSame(value, wanted, String(now))) return [];
    const refused = isAsked ? refusal(value, wanted, String(now)) : undefined;
    const may = isAsked ? {} : { may: true as const };
    return [drift(subject, { ...told, becomes: wanted, ...may, ...(refused !== undefined && { refused }) })];
  });
}

/** Why what the template asks for cannot be had from what there is now; `undefined` if nothing is known against it. */
function refusal(value: string, wanted: string, now: string): string | undefined {
  // RDS User Guide, "Increasing DB instance storage capacity": what is allocated is never taken back.
  if (value === "AllocatedStorage" && Number(wanted) < Number(now)) return "storage never shrinks";
  // RDS User Guide, "Upgrading a DB instance engine version": never back to an earlier one.
  if (value === "EngineVersion" && isOlder(wanted, now)) return "a version is never taken back";
  return undefined;
}

/** Whether a value is the other one; a version that names fewer parts means all of those that begin with it. */
function isSame(value: string, meant: string, now: string): boolean {
  return meant === now || (value === "EngineVersion" && now.startsWith(`${meant}.`));
}

function isOlder(version: string, other: string): boolean {
  const [mine, theirs] = [version, other].map((one) => one.split(".").map(Number));
  const at = mine?.findIndex((part, index) => part !== theirs?.[index]) ?? -1;
  return at >= 0 && (mine?.[at] ?? 0) < (theirs?.[at] ?? 0);
}

function textOf(value: Value | undefined): string | undefined {
  return value === undefined || value === null || typeof value === "object" || isUnresolved(value)
    ? undefined
    : String(value);
}
