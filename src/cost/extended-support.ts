import {
  type Billed,
  type Component,
  type CostFinding,
  flag,
  type Line,
  layered,
  line,
  text,
  unpriced,
} from "./finding.ts";

/** The days (ISO 8601) from which a version in extended support is charged, and charged more: its third year. */
type Charged = { readonly from: string; readonly third?: string };
type Versions = { readonly [major: string]: Charged };

/**
 * Versions past their standard support, or with a known day for it: Amazon RDS for PostgreSQL and Aurora PostgreSQL
 * Release Notes, "Release calendar"; Amazon RDS User Guide, "Supported MySQL major versions"; Aurora MySQL Release Notes,
 * "Release calendar for Aurora MySQL major versions", by its community's number.
 */
const POSTGRES: Versions = {
  "11": { from: "2024-04-01", third: "2026-04-01" },
  "12": { from: "2025-03-01", third: "2027-03-01" },
  "13": { from: "2026-03-01", third: "2028-03-01" },
  "14": { from: "2027-03-01", third: "2029-03-01" },
  "15": { from: "2028-03-01", third: "2030-03-01" },
};
const DATABASES: { readonly [engine: string]: Versions } = {
  postgres: POSTGRES,
  "aurora-postgresql": POSTGRES,
  mysql: {
    "5.7": { from: "2024-03-01", third: "2026-03-01" },
    "8.0": { from: "2026-08-01", third: "2028-08-01" },
    "8.4": { from: "2029-08-01", third: "2031-08-01" },
  },
  "aurora-mysql": { "5.7": { from: "2024-12-01", third: "2026-12-01" }, "8.0": { from: "2028-05-01" } },
};

/** Amazon ElastiCache User Guide, "ElastiCache versions for Redis OSS end of life schedule". */
const CACHES: { readonly [engine: string]: Versions } = {
  redis: {
    "4": { from: "2026-02-01", third: "2028-02-01" },
    "5": { from: "2026-02-01", third: "2028-02-01" },
    "6": { from: "2027-02-01", third: "2029-02-01" },
  },
};

/** What a cache in extended support costs on top of its nodes: their price times this (Amazon ElastiCache pricing). */
const CACHE_PREMIUM = { years_1_2: 0.8, year_3: 1.6 } as const;

/**
 * What a database or a cache of an old version costs on top of `found`, by the day it is (`today`, ISO 8601): AWS enrols
 * it by itself (Amazon RDS User Guide, "Amazon RDS Extended Support charges": per vCPU-hour, standby instances too).
 * Nothing for a version in standard support, nor for one that the template leaves to AWS.
 */
export function* extendedSupport(it: Billed, found: readonly CostFinding[], today?: string): Iterable<CostFinding> {
  const lines = found.flatMap((one) => ("line" in one ? [one.line] : []));
  if (it.resource.Type === "AWS::RDS::DBInstance") yield* database(it, lines[0]?.component ?? "Other", today);
  if (CACHE_TYPES.has(it.resource.Type)) yield* cache(it, lines, today);
}

const CACHE_TYPES: ReadonlySet<string> = new Set([
  "AWS::ElastiCache::CacheCluster",
  "AWS::ElastiCache::ReplicationGroup",
]);

function* database(it: Billed, component: Component, today: string | undefined): Iterable<CostFinding> {
  const own = it.properties();
  const source = it.find(own.SourceDBInstanceIdentifier) ?? it.find(own.DBClusterIdentifier);
  const { Engine, EngineVersion, DBInstanceClass, EngineLifecycleSupport } = layered(own, source?.properties());
  // Without it such a version cannot be made, and a deployed one is upgraded.
  if (text(EngineLifecycleSupport) === "open-source-rds-extended-support-disabled") return;
  const engine = (text(Engine) ?? "").toLowerCase();
  const { major, charged } = versionOf(DATABASES, engine, text(EngineVersion));
  const year = charged && yearOf(charged, today);
  if (year === undefined) return;
  const what = `extended support of ${engine} ${major}`;
  const name = text(DBInstanceClass);
  const cpus = name === undefined ? undefined : cpusOf(name);
  if (year === "unknown") yield unpriced(`${what}: what it costs depends on the day`);
  else if (cpus === undefined) yield unpriced(`no price for ${what} on ${name ?? "a class that only AWS knows"}`);
  else {
    const count = cpus * (flag(own.MultiAZ) ? 2 : 1);
    const hours = count * it.usage.get("hours");
    yield line(component, `extended support, ${engine} ${major}`, `rds.extended_support.${year}.vcpu_hour`, hours);
  }
}

function* cache(it: Billed, lines: readonly Line[], today: string | undefined): Iterable<CostFinding> {
  const { Engine, EngineVersion } = it.properties();
  const engine = (text(Engine) ?? "redis").toLowerCase();
  const { major, charged } = versionOf(CACHES, engine, text(EngineVersion));
  const year = charged && yearOf(charged, today);
  if (year === undefined) return;
  const what = `extended support of ${engine} ${major}`;
  if (year === "unknown") return yield unpriced(`${what}: what it costs depends on the day`);
  const factor = CACHE_PREMIUM[year];
  for (const { component, key, quantity } of lines.filter(({ key }) => /^elasticache\..*\.hour$/.test(key))) {
    const words = `extended support, ${engine} ${major}, ${Math.round(factor * 100)} %`;
    yield line(component, words, key, quantity, { factor });
  }
}

/** The major version as the tables have it, and when it is charged; a number in YAML has lost the 0 of 8.0. */
function versionOf(
  engines: { readonly [engine: string]: Versions },
  engine: string,
  version = "",
): { readonly major: string; readonly charged?: Charged } {
  const versions = Object.hasOwn(engines, engine) ? engines[engine] : undefined;
  const [first = "", second = "0"] = version.split(".");
  const major = versions && [first, `${first}.${second}`].find((one) => Object.hasOwn(versions, one));
  const charged = major === undefined ? undefined : versions?.[major];
  return charged === undefined ? { major: first } : { major: major ?? first, charged };
}

/** Which year's price it is; none before there is one. */
function yearOf(
  { from, third }: Charged,
  today: string | undefined,
): keyof typeof CACHE_PREMIUM | "unknown" | undefined {
  if (today === undefined) return "unknown";
  if (today < from) return undefined;
  return third !== undefined && today >= third ? "year_3" : "years_1_2";
}

/**
 * vCPU of a class (Amazon RDS User Guide, "Hardware specifications for DB instance classes"): a size says it, but for
 * the oldest families and those with memory or threads of their own (`tpc`, `mem`), which are not listed.
 */
function cpusOf(name: string): number | undefined {
  const [, family = "", size = ""] = /^db\.([a-z0-9]+)\.([a-z0-9]+)$/.exec(name) ?? [];
  const big = /^(\d+)xlarge$/.exec(size)?.[1];
  if (/^(m1|m2|t1|x1|x1e|z1d|x2iezn)$/.test(family) || family === "") return undefined;
  if (big !== undefined) return Number(big) * 4;
  if (family === "t2" && (size === "micro" || size === "small")) return 1;
  if (family === "m3" && size === "medium") return 1;
  if (size === "medium" && !/^t\d/.test(family)) return undefined;
  return { micro: 2, small: 2, medium: 2, large: 2, xlarge: 4 }[size];
}
