import type { Drift } from "../../plan/drift.ts";
import type { checkPassage } from "../../rules/check-transitions.ts";
import { isUnresolved, type Value } from "../../template/evaluate.ts";
import { sideBySide } from "../side-by-side.ts";
import type { Live } from "./port.ts";
import { drift, type LiveResource, type LiveView, seen, subjectsOf } from "./view.ts";

type Check = typeof checkPassage;

/** A type of resource that keeps data, how it is looked at, and whether CloudFormation sends what its template leaves alone. */
type Store = {
  readonly type: string;
  readonly call: string;
  readonly look: (view: LiveView, id: string) => ReturnType<LiveView["cloud"]["database"]>;
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
export async function driftedStores(view: LiveView): Promise<readonly Drift[]> {
  const changed = STORES.flatMap((store) =>
    subjectsOf(view, store.type)
      .filter(({ change }) => (change === undefined ? view.reverts : change.action === "change"))
      .map((subject) => ({ store, subject })),
  );
  if (changed.length === 0) return [];
  const { checkPassage } = await import("../../rules/check-transitions.ts");
  const found = await sideBySide(changed, async ({ store, subject }) => {
    const live = await seen(store.call, store.look(view, subject.physicalId));
    return live ? driftsIn(store, subject, live, checkPassage) : [];
  });
  return found.flat();
}

function driftsIn({ sends }: Store, subject: LiveResource, live: Live, check: Check): readonly Drift[] {
  /** Why a value cannot become what the template asks for; `undefined` if nothing is known against it. */
  const refusal = (value: string, wanted: Value | undefined) => {
    const having = (one: Value) => ({ ...subject.given, [value]: one });
    const [before, after] = [having(live[value] ?? null), having(wanted ?? null)];
    const found = check({ type: subject.type, before, after, replaced: false, causes: [] });
    return found.map(({ rule }) => WHY[rule]).find((words) => words !== undefined);
  };
  return Object.entries(live).flatMap(([value, now]) => {
    const [given, wanted] = [textOf(subject.given[value]), textOf(subject.wanted[value])];
    if (given === undefined || isSame(value, given, String(now))) return [];
    const compared = { value, live: String(now), given };
    const isAsked = wanted !== given;
    if (!isAsked && sends === "differences") return [drift(subject, compared)];
    if (wanted === undefined || isSame(value, wanted, String(now))) return [];
    const refused = isAsked ? refusal(value, wanted) : undefined;
    const may = isAsked ? {} : { may: true as const };
    return [drift(subject, { ...compared, becomes: wanted, ...may, ...(refused !== undefined && { refused }) })];
  });
}

/** What the table of transitions has against the way from what there is now, in a few words for a screen. */
const WHY: { readonly [rule: string]: string } = {
  "db-storage-shrinks": "storage never shrinks",
  "db-storage-step": "storage grows by a tenth at least",
  "db-engine-downgrade": "a version is never taken back",
};

/** Whether a value is the other one; a version that names fewer parts means all of those that begin with it. */
function isSame(value: string, meant: string, now: string): boolean {
  return meant === now || (value === "EngineVersion" && now.startsWith(`${meant}.`));
}

function textOf(value: Value | undefined): string | undefined {
  return value === undefined || value === null || typeof value === "object" || isUnresolved(value)
    ? undefined
    : String(value);
}
