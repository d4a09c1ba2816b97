import pMap from "p-map";
import { ownerWords } from "../../plan/ownership.ts";
import type { Values } from "../../template/evaluate.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, plainDomain, rowsOf, wordOf } from "../declared.ts";
import { type CheckVerdict, NotChecked, type ToldVerdict } from "../finding.ts";
import type { ZoneRecord } from "../look-ups.ts";

const RECORD = "AWS::Route53::RecordSet";
const GROUP = "AWS::Route53::RecordSetGroup";

/** Look-ups at one time: Route 53 answers five a second (Amazon Route 53 Developer Guide, "Quotas"). */
const SIDE_BY_SIDE = 2;

/** A record that the plan adds to an existing zone. */
type Wanted = Pick<Declared, "region" | "logicalId"> & {
  readonly zone: string;
  readonly name: string;
  readonly type: string;
  readonly set: string | undefined;
};

/**
 * Whether the zones have the plan's records already: CloudFormation adds records and writes over none (aws-cdk#7244). What
 * is there may be what a live site goes by; a record has no tags, so nothing ever says that it is left over.
 */
export const RECORD_CHECK: PreflightCheck = {
  code: "records",
  document: "Amazon Route 53 API Reference, ChangeResourceRecordSets (CREATE)",
  of: async (scene) => {
    const wanted = scene.resources.flatMap(wantedBy);
    const places = [...new Map(wanted.map((one) => [`${one.zone} ${one.name}`, one])).values()];
    const found = await pMap(places, ({ zone, name }) => there(scene, zone, name), { concurrency: SIDE_BY_SIDE });
    const denied = new Set(found.flatMap((one) => (one instanceof NotChecked ? [one.message] : [])));
    const taken = wanted.flatMap((one) => {
      const records = found[places.findIndex(({ zone, name }) => zone === one.zone && name === one.name)];
      if (records === undefined || records instanceof NotChecked) return [];
      return records.filter((record) => collide(one, record)).map((record) => ({ one, record }));
    });
    const told = await pMap(taken, ({ one, record }) => verdictOf(scene, one, record), { concurrency: SIDE_BY_SIDE });
    const verdicts = told.filter((one) => one !== undefined);
    const free = wanted.length > 0 && verdicts.length === 0 && denied.size === 0;
    return [
      ...(free
        ? [{ outcome: "ok", words: `the zones have none of the ${wanted.length} that are added` } as const]
        : []),
      ...[...denied].map((words): CheckVerdict => ({ outcome: "not-checked", words })),
      ...verdicts.filter((one, index) => verdicts.findIndex(({ words }) => words === one.words) === index),
    ];
  },
};

function wantedBy(one: Declared): readonly Wanted[] {
  const { type, region, logicalId, deployed, fresh, how } = one;
  if (!isMade(one) || !(fresh || how === "replace")) return [];
  const sets = type === RECORD ? [deployed] : type === GROUP ? rowsOf(deployed.RecordSets) : [];
  return sets.flatMap((set: Values) => {
    const [zone, name, kind] = [zoneOf(set) ?? zoneOf(deployed), wordOf(set, "Name"), wordOf(set, "Type")];
    if (zone === undefined || name === undefined || kind === undefined) return [];
    return [{ region, logicalId, zone, name: plainDomain(name), type: kind, set: wordOf(set, "SetIdentifier") }];
  });
}

/** A zone that the template names by its id; one that the run itself makes is empty. */
function zoneOf(properties: Values): string | undefined {
  return wordOf(properties, "HostedZoneId")?.replace("/hostedzone/", "");
}

async function there({ look }: Scene, zone: string, name: string): Promise<readonly ZoneRecord[] | NotChecked> {
  try {
    return await look.recordsNamed(zone, name);
  } catch (error) {
    if (error instanceof NotChecked) return error;
    throw error;
  }
}

/**
 * A name has one record of a type, or several that each say which they are; a CNAME is alone (Amazon Route 53 Developer
 * Guide, "Supported DNS record types").
 */
function collide(one: Wanted, record: ZoneRecord): boolean {
  if (one.type !== record.type) return one.type === "CNAME" || record.type === "CNAME";
  return one.set === undefined || record.set === undefined || one.set === record.set;
}

/** Nothing for a record that the plan takes off a stack of its own: whether it does so in time the rules have said. */
async function verdictOf(scene: Scene, one: Wanted, record: ZoneRecord): Promise<ToldVerdict | undefined> {
  const { look, site } = scene;
  const holder = await look.holder(one.region, RECORD, record.name).catch((error: unknown) => {
    if (error instanceof NotChecked) return undefined;
    throw error;
  });
  if (holder !== undefined && isGivenUp(scene, holder.stack, record)) return undefined;
  const is = `${record.type} record of ${record.name} in zone ${one.zone} leads to ${record.says}`;
  const another = `choose other domain.names for ${site.environment} in astro.yaml (or redirect: false, if it only leads on to the app's), or another name for ${one.logicalId} in the app`;
  if (holder) {
    const words = `${is} already: it is of stack ${holder.stack}, which ${ownerWords(holder)}`;
    return { outcome: "problem", words, fix: { hints: [{ text: another }] } };
  }
  const hints = [
    { text: another },
    {
      text: "delete it if nothing needs it, or to replace it; the name does not resolve until the run ends",
      command: record.removal,
    },
  ];
  return { outcome: "problem", words: `${is} already, perhaps a live site`, fix: { hints } };
}

function isGivenUp({ resources }: Scene, stack: string, { name, type }: ZoneRecord): boolean {
  const of = resources.filter((one) => one.stack === stack);
  const has = ({ properties }: Declared) =>
    plainDomain(wordOf(properties, "Name") ?? "") === plainDomain(name) && wordOf(properties, "Type") === type;
  return of.length > 0 && !of.some((one) => one.type === GROUP || (one.type === RECORD && has(one)));
}
