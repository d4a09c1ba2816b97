import type { HandlerRequest } from "../resources/handler.ts";
import { textOf } from "../resources/properties.ts";
import { isOnFreePlan } from "../state/faults.ts";
import { type AccountRule, existingResource, type RuleRefusal, refuse } from "./rule.ts";

/**
 * Families of instance classes, and from which major version on each engine runs on them (RDS User Guide, "Supported DB
 * engines for DB instance classes").
 */
const FAMILIES: { readonly [family: string]: { readonly postgres: number; readonly mysql: number } } = {
  c6gd: { postgres: 13, mysql: 8 },
  t2: { postgres: 9, mysql: 5.7 },
  t3: { postgres: 9, mysql: 5.7 },
  t4g: { postgres: 12, mysql: 8 },
  m4: { postgres: 9, mysql: 5.7 },
  m5: { postgres: 9, mysql: 5.7 },
  m5d: { postgres: 13, mysql: 8 },
  m6g: { postgres: 12, mysql: 8 },
  m6gd: { postgres: 13, mysql: 8 },
  m6i: { postgres: 13, mysql: 8 },
  m6id: { postgres: 13, mysql: 8 },
  m7g: { postgres: 13, mysql: 8 },
  m7i: { postgres: 13, mysql: 8 },
  m8g: { postgres: 13, mysql: 8 },
  m8gd: { postgres: 14, mysql: 8 },
  r4: { postgres: 9, mysql: 5.7 },
  r5: { postgres: 9, mysql: 5.7 },
  r5b: { postgres: 12, mysql: 8 },
  r5d: { postgres: 13, mysql: 8 },
  r6g: { postgres: 12, mysql: 8 },
  r6gd: { postgres: 13, mysql: 8 },
  r6i: { postgres: 13, mysql: 8 },
  r6id: { postgres: 13, mysql: 8 },
  r7g: { postgres: 13, mysql: 8 },
  r7i: { postgres: 13, mysql: 8 },
  r8g: { postgres: 13, mysql: 8 },
  r8gd: { postgres: 14, mysql: 8 },
  x2g: { postgres: 12, mysql: 8 },
  x2iedn: { postgres: 13, mysql: 8 },
  x2idn: { postgres: 13, mysql: 8 },
};

/** The class of Aurora's instances whose capacity is the cluster's (RDS API Reference, CreateDBInstance, DBInstanceClass). */
const SERVERLESS = "db.serverless";

/** The engines in the table. */
const ENGINES = /^(postgres|mysql|mariadb|aurora-postgresql|aurora-mysql)$/;

const CLASS = /^db\.([a-z0-9]+)\.(micro|small|medium|large|xlarge|\d+xlarge|metal)$/;

/** Zones that have none of these families (Amazon EC2 User Guide, "Instance types", zone us-east-1e). */
const WITHOUT: ReadonlySet<string> = new Set(["us-east-1e"]);

function notOrderable({ properties }: HandlerRequest): RuleRefusal {
  const [name, engine, version] = ["DBInstanceClass", "Engine", "EngineVersion"].map((key) => textOf(properties, key));
  const license = engine?.endsWith("postgresql") || engine === "postgres" ? "postgresql" : "general-public";
  return refuse(
    `RDS does not support creating a DB instance with the following combination: DBInstanceClass=${name}, Engine=${engine}, EngineVersion=${version}, LicenseModel=${license}-license. For supported combinations of instance class and database engine version, see the documentation.`,
  );
}

function restricted(words: string): RuleRefusal {
  return refuse(`${words} To remove all limitations, upgrade your account plan.`, "AccessDenied");
}

/** Rules on databases. */
export const DATABASE_RULES: readonly AccountRule[] = [
  {
    name: "a database class can be ordered",
    types: ["AWS::RDS::DBInstance"],
    source: "RDS User Guide, DB instance classes; RDS API Reference, DescribeOrderableDBInstanceOptions",
    check: (request) => {
      const [name, engine] = ["DBInstanceClass", "Engine"].map((key) => textOf(request.properties, key).toLowerCase());
      // Other engines' classes are not in the table; without an engine it is the snapshot's or the cluster's.
      if (!name || !ENGINES.test(engine ?? "")) return undefined;
      if (name === SERVERLESS) return engine?.startsWith("aurora-") ? undefined : notOrderable(request);
      return FAMILIES[CLASS.exec(name)?.[1] ?? ""] ? undefined : notOrderable(request);
    },
  },
  {
    name: "a database class runs the engine's version",
    types: ["AWS::RDS::DBInstance"],
    source: "RDS User Guide, Supported DB engines for DB instance classes",
    check: (request) => {
      const { properties } = request;
      const family = FAMILIES[CLASS.exec(textOf(properties, "DBInstanceClass"))?.[1] ?? ""];
      const engine = textOf(properties, "Engine").toLowerCase();
      const least = engine === "postgres" || engine === "mysql" ? family?.[engine] : undefined;
      const version = Number.parseFloat(textOf(properties, "EngineVersion"));
      return least !== undefined && version < least ? notOrderable(request) : undefined;
    },
  },
  {
    name: "a database class is offered in the zone",
    types: ["AWS::RDS::DBInstance"],
    source: "RDS API Reference, DescribeOrderableDBInstanceOptions (AvailabilityZones)",
    check: (request) =>
      WITHOUT.has(textOf(request.properties, "AvailabilityZone")) ? notOrderable(request) : undefined,
  },
  {
    name: "the account's plan allows the database's settings",
    types: ["AWS::RDS::DBInstance"],
    source: "yc-software/qm#352 (FreeTierRestrictionError, of August 2026)",
    check: ({ simulator, properties }) => {
      if (!isOnFreePlan(simulator)) return undefined;
      if (Number(textOf(properties, "BackupRetentionPeriod") || 1) > 1)
        return restricted(
          "The specified backup retention period exceeds the maximum available to free tier customers.",
        );
      const size = textOf(properties, "DBInstanceClass");
      return size === "" || size.endsWith(".micro")
        ? undefined
        : restricted("This instance size isn't available with free plan accounts.");
    },
  },
  {
    name: "a database's snapshot exists",
    types: ["AWS::RDS::DBInstance"],
    source: "RDS API Reference, RestoreDBInstanceFromDBSnapshot (DBSnapshotNotFoundFault)",
    check: (request) => {
      const name = textOf(request.properties, "DBSnapshotIdentifier");
      const isMissing = name !== "" && !name.startsWith("arn:") && !existingResource(request, SNAPSHOT, name);
      return isMissing && !request.current ? { message: `DBSnapshot not found: ${name}`, code: "NotFound" } : undefined;
    },
  },
];

const SNAPSHOT = "AWS::RDS::DBInstanceSnapshot";
