import { zonesOf } from "../state/regions.ts";
import { type Handler, text } from "../wire/call.ts";
import { named } from "../wire/xml.ts";

/**
 * Minor versions of PostgreSQL that are offered, newest last (RDS Release Notes for PostgreSQL); those below 14 in extended
 * support, into which RDS takes new databases too (RDS API Reference, CreateDBInstance: EngineLifecycleSupport).
 */
export const POSTGRES = ["11.22", "12.22", "13.23", "14.20", "15.15", "16.8", "16.9", "16.10", "16.11", "17.7", "18.1"];

/** Classes that every engine here can be ordered in (RDS User Guide, "Supported DB engines for DB instance classes"). */
const CLASSES = [
  ...of(["t3", "t4g"], ["micro", "small", "medium", "large"]),
  ...of(["m5", "m6g", "m6i", "m7g", "r5", "r6g", "r6i", "r7g"], ["large", "xlarge", "2xlarge", "4xlarge"]),
];

function of(families: readonly string[], sizes: readonly string[]): readonly string[] {
  return families.flatMap((family) => sizes.map((size) => `db.${family}.${size}`));
}

export const describeDBEngineVersions: Handler = (_, { input }) => {
  const [engine = "postgres", wanted] = [text(input, "Engine"), text(input, "EngineVersion")];
  const known = POSTGRES.filter(
    (version) => wanted === undefined || version === wanted || version.startsWith(`${wanted}.`),
  );
  // Versions of other engines are not listed here: any version exists.
  const versions = engine === "postgres" ? known : [wanted ?? []].flat();
  return {
    DBEngineVersions: named(
      "DBEngineVersion",
      versions.map((EngineVersion) => ({
        Engine: engine,
        EngineVersion,
        DBParameterGroupFamily: `${engine}${EngineVersion.split(".", engine === "postgres" ? 1 : 2).join(".")}`,
      })),
    ),
  };
};

/** GiB that a PostgreSQL instance's storage can have, by its type (RDS User Guide, "Amazon RDS DB instance storage"). */
const STORAGE: { readonly [type: string]: readonly [least: number, most: number] } = {
  gp2: [20, 65_536],
  gp3: [20, 65_536],
  io1: [100, 65_536],
  io2: [100, 65_536],
  standard: [5, 3072],
};

export const describeOrderableDBInstanceOptions: Handler = (_, { input, scope }) => {
  const [engine = "postgres", wanted, version] = [
    text(input, "Engine"),
    text(input, "DBInstanceClass"),
    text(input, "EngineVersion"),
  ];
  const found = CLASSES.filter((one) => wanted === undefined || one === wanted);
  return {
    OrderableDBInstanceOptions: named(
      "OrderableDBInstanceOption",
      found.flatMap((DBInstanceClass) =>
        Object.entries(STORAGE).map(([StorageType, [MinStorageSize, MaxStorageSize]]) => ({
          Engine: engine,
          EngineVersion: version ?? POSTGRES.at(-1),
          DBInstanceClass,
          AvailabilityZones: named(
            "AvailabilityZone",
            zonesOf(scope.region).map((Name) => ({ Name })),
          ),
          MultiAZCapable: true,
          Vpc: true,
          StorageType,
          MinStorageSize,
          MaxStorageSize,
        })),
      ),
    ),
  };
};
