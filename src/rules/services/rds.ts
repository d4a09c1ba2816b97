import type { Value, Values } from "../../template/evaluate.ts";
import { entryOf } from "../../template/json.ts";
import { between, fits } from "../checks.ts";
import type { Rule, RuleCheck, RuleSubject } from "../rule.ts";
import { asBoolean, asList, asNumber, asText } from "../values.ts";
import { onlyZone } from "./zones.ts";

const INSTANCE = "AWS::RDS::DBInstance";
const SUBNETS = "AWS::RDS::DBSubnetGroup";

const CREATE = "Amazon RDS API Reference, CreateDBInstance";

const IDENTIFIER =
  "Identifiers must begin with a letter; must contain only ASCII letters, digits, and hyphens; and must not end with a hyphen or contain two consecutive hyphens.";

/** Reserved words of an engine, as far as they are published (CreateDBInstance, MasterUsername). */
const RESERVED: { readonly [engine: string]: readonly string[] } = {
  postgres: ["admin", "rdsadmin", "user"],
  mysql: ["rdsadmin"],
  mariadb: ["rdsadmin"],
  sqlserver: ["rdsadmin", "sa"],
};

/** Longest master password of each engine (CreateDBInstance, MasterUserPassword). */
const LONGEST: { readonly [engine: string]: number } = {
  postgres: 128,
  mysql: 41,
  mariadb: 41,
  oracle: 30,
  sqlserver: 128,
  db2: 255,
};

/** Logs that an engine can send (Amazon RDS User Guide, "Publishing database logs to Amazon CloudWatch Logs"). */
const LOGS: { readonly [engine: string]: readonly string[] } = {
  postgres: ["postgresql", "upgrade", "iam-db-auth-error"],
  mysql: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
  mariadb: ["audit", "error", "general", "slowquery", "iam-db-auth-error"],
};

/** Databases, their names and master users. */
export const RDS_RULES: readonly Rule[] = [
  {
    id: "db-subnet-zones",
    types: [SUBNETS],
    document: "Amazon RDS User Guide, Working with DB subnet groups",
    check: (subject) => {
      const { SubnetIds } = subject.properties;
      const zone = onlyZone(subject, SubnetIds);
      if (zone === undefined) return undefined;
      const message = `The DB subnet group doesn't meet Availability Zone (AZ) coverage requirement. Current AZ coverage: ${zone}. Add subnets to cover at least 2 AZs.`;
      return { property: "SubnetIds", value: SubnetIds, message };
    },
  },
  {
    id: "db-subnet-name",
    types: [SUBNETS],
    document: "Amazon RDS API Reference, CreateDBSubnetGroup (DBSubnetGroupName)",
    approximate: true,
    check: fits(
      "DBSubnetGroupName",
      (name) => /^[A-Za-z0-9. _-]{1,255}$/.test(name) && name.toLowerCase() !== "default",
      (name) => `The parameter DBSubnetGroupName is not valid: ${name}`,
    ),
  },
  {
    id: "db-identifier",
    types: [INSTANCE],
    document: `${CREATE} (DBInstanceIdentifier)`,
    check: fits(
      "DBInstanceIdentifier",
      (name) => /^[A-Za-z](-?[A-Za-z0-9])*$/.test(name) && name.length <= 63,
      () => `The parameter DBInstanceIdentifier is not a valid identifier. ${IDENTIFIER}`,
    ),
  },
  {
    id: "db-owner-given",
    types: [INSTANCE],
    document: `${CREATE} (MasterUsername, MasterUserPassword)`,
    check: onOwn(({ properties }) => {
      const copied = ["DBSnapshotIdentifier", "DBClusterSnapshotIdentifier", "SourceDBInstanceIdentifier"];
      const others = ["SourceDbiResourceId", "SourceDBInstanceAutomatedBackupsArn", "SourceDBClusterIdentifier"];
      if ([...copied, ...others].some((name) => properties[name] !== undefined)) return undefined;
      const managed = ["MasterUserPassword", "ManageMasterUserPassword", "MasterUserAuthenticationType"];
      const property =
        properties.MasterUsername === undefined
          ? "MasterUsername"
          : managed.every((name) => properties[name] === undefined)
            ? "MasterUserPassword"
            : undefined;
      return property && { property, message: `The parameter ${property} must be provided and must not be blank.` };
    }),
  },
  {
    id: "db-username",
    types: [INSTANCE],
    document: `${CREATE} (MasterUsername)`,
    approximate: true,
    check: fits(
      "MasterUsername",
      /^[A-Za-z][A-Za-z0-9_]{0,127}$/,
      (name) =>
        `The parameter MasterUsername is not valid: ${name}. It must begin with a letter, and contain only letters, digits and underscores.`,
    ),
  },
  {
    id: "db-username-reserved",
    types: [INSTANCE],
    document: `${CREATE} (MasterUsername)`,
    check: (subject) =>
      fits(
        "MasterUsername",
        (name) => !entryOf(RESERVED, familyOf(subject.properties))?.includes(name.toLowerCase()),
        (name) => `MasterUsername ${name} cannot be used as it is a reserved word used by the engine`,
      )(subject),
  },
  {
    id: "db-password",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (MasterUserPassword)`,
    check: ({ properties }) => {
      const password = asText(properties.MasterUserPassword);
      if (password === undefined) return undefined;
      const longest = entryOf(LONGEST, familyOf(properties)) ?? 255;
      const why =
        password.length < 8
          ? " because it is shorter than 8 characters."
          : password.length > longest
            ? ` because it is longer than ${longest} characters.`
            : /^[!-~]*$/.test(password) && !/[/@"]/.test(password)
              ? undefined
              : ". Only printable ASCII characters besides '/', '@', '\"', ' ' may be used.";
      // The password itself is secret.
      return why === undefined
        ? undefined
        : {
            property: "MasterUserPassword",
            message: `The parameter MasterUserPassword is not a valid password${why}`,
          };
    },
  },
  {
    id: "db-password-managed",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (ManageMasterUserPassword)`,
    approximate: true,
    check: ({ properties: { ManageMasterUserPassword, MasterUserPassword } }) =>
      asBoolean(ManageMasterUserPassword) && MasterUserPassword !== undefined
        ? {
            property: "MasterUserPassword",
            message: "You can't specify MasterUserPassword when ManageMasterUserPassword is true.",
          }
        : undefined,
  },
  {
    id: "db-name",
    types: [INSTANCE],
    document: `${CREATE} (DBName)`,
    check: (subject) =>
      ["postgres", "mysql", "mariadb"].includes(familyOf(subject.properties))
        ? fits(
            "DBName",
            /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
            () => "DBName must begin with a letter and contain only alphanumeric characters.",
          )(subject)
        : undefined,
  },
  {
    id: "db-port",
    types: [INSTANCE],
    document: `${CREATE} (Port)`,
    approximate: true,
    check: between(
      "Port",
      1150,
      65_535,
      (port) => `Invalid database port: ${port}. Valid values are between 1150 and 65535.`,
    ),
  },
  {
    id: "db-version",
    types: [INSTANCE],
    document: `${CREATE} (EngineVersion)`,
    check: (subject) =>
      fits(
        "EngineVersion",
        /^\d/,
        (version) => `Cannot find version ${version} for ${asText(subject.properties.Engine) ?? "the engine"}`,
      )(subject),
  },
  {
    id: "db-parameter-family",
    types: [INSTANCE],
    document: "Amazon RDS User Guide, Parameter groups for Amazon RDS",
    check: ({ properties, find }) => {
      const { DBParameterGroupName } = properties;
      const group = find(DBParameterGroupName, "AWS::RDS::DBParameterGroup");
      const [family, wanted] = [asText(group?.properties.Family), groupFamilyOf(properties)];
      if (family === undefined || wanted === undefined || family === wanted) return undefined;
      const message = `The parameter group ${asText(DBParameterGroupName) ?? group?.id} with DBParameterGroupFamily ${family} can't be used for this instance. Use a parameter group with DBParameterGroupFamily ${wanted}.`;
      return { property: "DBParameterGroupName", value: family, message };
    },
  },
  {
    id: "db-log-exports",
    types: [INSTANCE],
    document: "Amazon RDS User Guide, Publishing database logs to Amazon CloudWatch Logs",
    check: ({ properties }) => {
      const legal = entryOf(LOGS, familyOf(properties));
      const wrong = asList(properties.EnableCloudwatchLogsExports).map(asText);
      const name = wrong.find((one) => one !== undefined && legal !== undefined && !legal.includes(one));
      const version = `${asText(properties.Engine)} ${asText(properties.EngineVersion) ?? ""}`.trim();
      const message = `You cannot use the log types '${name}' with engine version ${version}. For supported log types, see the documentation.`;
      return name === undefined ? undefined : { property: "EnableCloudwatchLogsExports", value: name, message };
    },
  },
  {
    id: "db-multi-az-zone",
    types: [INSTANCE],
    document: `${CREATE} (AvailabilityZone)`,
    check: ({ properties: { MultiAZ, AvailabilityZone } }) =>
      asBoolean(MultiAZ) && AvailabilityZone !== undefined
        ? {
            property: "AvailabilityZone",
            value: AvailabilityZone,
            message: "Requesting a specific availability zone is not valid for Multi-AZ instances.",
          }
        : undefined,
  },
];

/** The engine's name without its edition: `oracle` for oracle-se2. Empty if unknown. */
export function familyOf({ Engine }: Values): string {
  return (asText(Engine) ?? "").split("-")[0] ?? "";
}

/** The check, for instances that are not part of a cluster, which has these settings itself. */
export function onOwn(check: RuleCheck): (subject: RuleSubject) => ReturnType<RuleCheck> {
  return (subject) => {
    const { DBClusterIdentifier, Engine } = subject.properties;
    const alone = DBClusterIdentifier === undefined && asText(Engine) !== undefined;
    return alone && familyOf(subject.properties) !== "aurora" ? check(subject) : undefined;
  };
}

function groupFamilyOf(properties: Values): string | undefined {
  const engine = asText(properties.Engine);
  const parts = numbersOf(properties.EngineVersion);
  const [major, minor] = parts;
  if (major === undefined) return undefined;
  if (engine === "postgres") return major >= 10 ? `postgres${major}` : undefined;
  if (engine !== "mysql" && engine !== "mariadb") return undefined;
  return minor === undefined ? undefined : `${engine}${major}.${minor}`;
}

function numbersOf(version: Value | undefined): readonly number[] {
  return (asText(version) ?? "").split(".").flatMap((part) => asNumber(part) ?? []);
}
