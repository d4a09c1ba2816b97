import type { Value, Values } from "../../template/evaluate.ts";
import type { Transition } from "../transition.ts";
import { asBoolean, asNumber, asText } from "../values.ts";

const INSTANCE = "AWS::RDS::DBInstance";
const CLUSTER = "AWS::RDS::DBCluster";

const STORAGE = "Amazon RDS User Guide, Increasing DB instance storage capacity";
const UPGRADE = "Amazon RDS User Guide, Upgrading a DB instance engine version";

/**
 * The part by which storage must grow at least (Amazon RDS User Guide, "Increasing DB instance storage capacity": 10
 * percent).
 */
const LEAST_STEP = 1.1;

/** The smallest size, in GB, to which storage of `size` GB can be increased. */
function leastAbove(size: number): number {
  return Math.ceil(Math.round(size * LEAST_STEP * 100) / 100);
}

/** Updates of database instances. Aurora's storage is the cluster's, and has no size. */
export const DATABASE_TRANSITIONS: readonly Transition[] = [
  {
    id: "db-storage-shrinks",
    types: [INSTANCE],
    document: STORAGE,
    check: ({ before, after }) => {
      const [from, to] = [asNumber(before.AllocatedStorage), asNumber(after.AllocatedStorage)];
      if (from === undefined || to === undefined || to >= from) return undefined;
      return {
        property: "AllocatedStorage",
        value: after.AllocatedStorage,
        message: storageWords(after, to),
        way: `leave storage at ${from} or above: RDS never takes any back; a smaller database is a new one, filled by pg_dump or the like`,
      };
    },
  },
  {
    // CloudFormation does not only fail: the rollback fails too (coverage-roadmap#1312).
    id: "db-storage-step",
    types: [INSTANCE],
    document: STORAGE,
    check: ({ before, after }) => {
      const [from, to] = [asNumber(before.AllocatedStorage), asNumber(after.AllocatedStorage)];
      if (from === undefined || to === undefined || to <= from || to >= leastAbove(from)) return undefined;
      const way = `give it at least ${leastAbove(from)}, a tenth more than ${from}, or leave it at ${from}`;
      return { property: "AllocatedStorage", value: after.AllocatedStorage, message: storageWords(after, to), way };
    },
  },
  {
    id: "db-engine-downgrade",
    types: [INSTANCE, CLUSTER],
    document: UPGRADE,
    check: ({ before, after }) => {
      const [from, to] = [asText(before.EngineVersion), asText(after.EngineVersion)];
      if (from === undefined || to === undefined || !sameEngine(before, after) || !isOlder(to, from)) return undefined;
      const message = `Cannot upgrade ${asText(after.Engine)} from ${from} to ${to}`;
      const way = `leave the version at ${from}: RDS takes no step back; an older one is a new database`;
      return { property: "EngineVersion", value: to, message, way };
    },
  },
  {
    id: "db-major-upgrade",
    types: [INSTANCE, CLUSTER],
    document: `${UPGRADE} (AllowMajorVersionUpgrade)`,
    check: ({ before, after }) => {
      const [from, to] = [majorOf(before), majorOf(after)];
      if (from === undefined || to === undefined || !sameEngine(before, after) || to <= from) return undefined;
      if (after.AllowMajorVersionUpgrade !== undefined && asBoolean(after.AllowMajorVersionUpgrade) !== false) {
        return undefined;
      }
      return {
        property: "EngineVersion",
        value: after.EngineVersion,
        message: "The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.",
        way: "set AllowMajorVersionUpgrade beside it, with a parameter group of the new version, once you have tried it on a copy",
      };
    },
  },
];

/**
 * RDS's message for every size that it refuses (coverage-roadmap#1312; aws-cloudformation-resource-providers-rds#598).
 */
function storageWords({ Engine, StorageType }: Values, size: number): string {
  return `Invalid storage size for engine name ${asText(Engine) ?? "postgres"} and storage type ${asText(StorageType) ?? "gp2"}: ${size}`;
}

function sameEngine(before: Values, after: Values): boolean {
  const engine = asText(after.Engine);
  return engine !== undefined && engine.toLowerCase() === asText(before.Engine)?.toLowerCase();
}

/** The major version; before 10, PostgreSQL's, and MySQL's and MariaDB's of any age, have two numbers. */
function majorOf({ Engine, EngineVersion }: Values): number | undefined {
  const parts = numbersOf(EngineVersion);
  const [first, second] = parts;
  if (first === undefined) return undefined;
  const pairs = !(asText(Engine) ?? "").includes("postgres") || first < 10;
  if (!pairs) return first;
  return second === undefined ? undefined : first * 1000 + second;
}

/** True if one version is certainly below the other: one without its minor number may be any. */
function isOlder(one: string, other: string): boolean {
  const [left, right] = [numbersOf(one), numbersOf(other)];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    if (left[at] !== right[at]) return (left[at] ?? 0) < (right[at] ?? 0);
  }
  return false;
}

function numbersOf(version: Value | undefined): readonly number[] {
  const found = /^\d+(\.\d+)*/.exec(asText(version) ?? "")?.[0];
  return found === undefined ? [] : found.split(".").map(Number);
}
