import { command } from "../../command-line.ts";
import { insteadOf } from "../../config/machines.ts";
import type { Values } from "../../template/evaluate.ts";
import type { PreflightCheck, Scene } from "../check.ts";
import { type Declared, isMade, pointedAt, selectedZone, wordOf } from "../declared.ts";
import type { CheckVerdict } from "../finding.ts";
import type { DatabaseOffer } from "../look-ups.ts";

/** Properties of a database whose change asks AWS anew for what it offers. */
const ASKED = ["DBInstanceClass", "EngineVersion", "MultiAZ", "Engine", "AllocatedStorage", "StorageType"];

/** Whether AWS offers the engines that the plan wants, in these sizes and zones. */
export const ENGINE_CHECKS: readonly PreflightCheck[] = [
  {
    code: "database",
    document: "Amazon RDS API Reference, DescribeOrderableDBInstanceOptions and DescribeDBEngineVersions",
    of: async (scene) => {
      const wanted = scene.resources.filter(
        (one) =>
          one.type === "AWS::RDS::DBInstance" && (isMade(one) || one.causes.some((name) => ASKED.includes(name))),
      );
      return Promise.all(wanted.map((one) => databaseVerdict(one, scene)));
    },
  },
  {
    code: "cache",
    document: "Amazon ElastiCache API Reference, DescribeCacheEngineVersions",
    of: async ({ resources, look }) => {
      const wanted = resources.filter(
        (one) =>
          one.type === "AWS::ElastiCache::ReplicationGroup" && (isMade(one) || one.causes.includes("EngineVersion")),
      );
      return Promise.all(
        wanted.map(async ({ region, properties }): Promise<CheckVerdict> => {
          const [engine, version] = [engineOf(properties) ?? "redis", wordOf(properties, "EngineVersion")];
          const offered = await look.cacheVersions(region, engine);
          const isOffered = version === undefined || offered.some((one) => isOf(one, version));
          if (isOffered) return { outcome: "ok", words: `${engine} ${version ?? ""} is offered in ${region}` };
          return {
            outcome: "problem",
            words: `${engine} ${version} is not offered in ${region}`,
            fix: { hints: [{ text: `take one that is: ${offered.slice(-4).join(", ")}` }] },
          };
        }),
      );
    },
  },
];

/** Engines may be written in any case (RDS takes "MySQL"), and are listed in small letters. */
function engineOf(properties: Values): string | undefined {
  return wordOf(properties, "Engine")?.toLowerCase();
}

/** True if `version` is the other or one of its minors: 7.1.0 is of 7.1. */
function isOf(version: string, other: string): boolean {
  return version === other || version.startsWith(`${other}.`);
}

async function databaseVerdict(database: Declared, scene: Scene): Promise<CheckVerdict> {
  const { region, properties } = database;
  const [engine, instanceClass] = [engineOf(properties), wordOf(properties, "DBInstanceClass")];
  const asked = wordOf(properties, "EngineVersion");
  if (engine === undefined || instanceClass === undefined || asked === undefined) {
    return { outcome: "not-checked", words: "the template leaves engine, version or class open" };
  }
  const version = await scene.look.databaseVersion(region, engine, asked);
  if (version === undefined) {
    const words = `${engine} ${asked} is not offered in ${region}`;
    const listing = command`aws rds describe-db-engine-versions --engine ${engine} --region ${region}`;
    return { outcome: "problem", words, fix: { hints: [{ text: "see what is", command: listing }] } };
  }
  const offers = await scene.look.databaseOffers(region, { engine, version, instanceClass });
  const multiAz = String(properties.MultiAZ ?? false) === "true";
  const offered = new Set(offers.filter((one) => one.multiAz || !multiAz).flatMap(({ zones }) => zones));
  const what = `${instanceClass} with ${engine} ${version}`;
  const other = command`astro init --env ${scene.site.environment} --db-class ${insteadOf(instanceClass)}`;
  const fix = { hints: [{ text: "choose another class", command: other }] };
  if (offered.size === 0) {
    return { outcome: "problem", words: `${what}${multiAz ? ", Multi-AZ," : ""} is not offered in ${region}`, fix };
  }
  const bounds = storageRefusal(offers, properties);
  if (bounds !== undefined) {
    return {
      outcome: "problem",
      words: `${what} takes ${bounds} of storage, and ${wordOf(properties, "AllocatedStorage")} GB are wanted`,
      fix: { hints: [{ text: "choose a size that the class takes (storage never shrinks), or another class" }] },
    };
  }
  const zones = await zonesOf(database, scene);
  const usable = zones.filter((zone) => offered.has(zone));
  // A standby is in another zone (Amazon RDS User Guide, "Configuring and managing a Multi-AZ deployment").
  if (zones.length > 0 && usable.length < (multiAz ? 2 : 1)) {
    const where = [...offered].sort().join(", ");
    return {
      outcome: "problem",
      words: `${what} is offered in ${where} only, its subnets are in ${zones.join(", ")}`,
      fix,
    };
  }
  return {
    outcome: "ok",
    words: `${what}: in ${(zones.length > 0 ? usable : [...offered].sort()).join(", ")}`,
  };
}

/** What the class takes of the storage's type, where that is not what is wanted: `100 to 65536 GB`. */
function storageRefusal(offers: readonly DatabaseOffer[], properties: Values): string | undefined {
  const [size, type] = [Number(wordOf(properties, "AllocatedStorage")), wordOf(properties, "StorageType")];
  const fitting = offers.filter(
    (one) => type === undefined || one.storageType === undefined || one.storageType === type,
  );
  const takes = ({ leastStorage: least = 0, mostStorage: most = Number.POSITIVE_INFINITY }: DatabaseOffer) =>
    size >= least && size <= most;
  if (Number.isNaN(size) || fitting.length === 0 || fitting.some(takes)) return undefined;
  const least = Math.min(...fitting.map(({ leastStorage = 0 }) => leastStorage));
  const most = Math.max(...fitting.map(({ mostStorage = Number.POSITIVE_INFINITY }) => mostStorage));
  return Number.isFinite(most) ? `${least} to ${most} GB` : `${least} GB at least`;
}

/** The zones of a database's subnets; none where they are unknown before they are created. */
async function zonesOf(database: Declared, { resources, look }: Scene): Promise<readonly string[]> {
  const group = pointedAt(database.properties.DBSubnetGroupName, resources);
  const ids = group?.properties.SubnetIds;
  const subnets = Array.isArray(ids) ? ids.map((id) => pointedAt(id, resources)) : [];
  const named = subnets.map((subnet) => wordOf(subnet?.properties ?? {}, "AvailabilityZoneId"));
  if (named.length > 0 && named.every((id) => id !== undefined)) {
    const all = await look.zoneIds(database.region);
    return named.flatMap((id) => all.find((zone) => zone.id === id)?.name ?? []);
  }
  const written = subnets.map((subnet) => subnet?.source.Properties?.AvailabilityZone);
  if (written.length === 0 || written.some((zone) => typeof zone !== "string" && selectedZone(zone) === undefined))
    return [];
  if (written.every((zone) => typeof zone === "string")) return written.map(String);
  const zones = await look.zones(database.region);
  return written.flatMap((zone) => (typeof zone === "string" ? zone : (zones[selectedZone(zone) ?? -1] ?? [])));
}
