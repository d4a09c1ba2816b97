import { entryOf } from "../../template/json.ts";
import { between, first, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asNumber, asText, isOff } from "../values.ts";
import { familyOf, onOwn } from "./rds.ts";
import { overlapInWeek, readDaily, readWeekly } from "./windows.ts";

const INSTANCE = "AWS::RDS::DBInstance";

const CREATE = "Amazon RDS API Reference, CreateDBInstance";
const GP3 = "Amazon RDS User Guide, Amazon RDS DB instance storage: gp3 storage";

/** GB from which gp3's IOPS and throughput may be chosen (the same page). */
const CHOOSABLE: { readonly [engine: string]: number } = { postgres: 400, mysql: 400, mariadb: 400, oracle: 200 };

/** Classes that cannot encrypt (Amazon RDS User Guide, "Encrypting Amazon RDS resources"). */
const UNENCRYPTED = /^db\.(t1|m1|m2)\.|^db\.t2\.micro$/;

/** Classes without Performance Insights (Amazon RDS User Guide, "DB engine, Region, and instance class support"). */
const TOO_SMALL = /^db\.(t2|t3|t4g)\.(micro|small)$/;

const FORM =
  "It must be at least 30 minutes long and of the form hh24:mi-hh24:mi, for maintenance ddd:hh24:mi-ddd:hh24:mi.";

/** Storage, backups, monitoring and encryption of databases. */
export const RDS_SETTING_RULES: readonly Rule[] = [
  {
    id: "db-storage",
    types: [INSTANCE],
    document: `${CREATE} (AllocatedStorage)`,
    check: onOwn(({ properties }) => {
      const { AllocatedStorage, Engine, StorageType } = properties;
      const size = asNumber(AllocatedStorage);
      const type = StorageType === undefined ? (properties.Iops === undefined ? "gp2" : "io1") : asText(StorageType);
      if (size === undefined || type === undefined) return undefined;
      const least = type === "standard" ? 5 : type.startsWith("io") ? 100 : 20;
      const most = type === "standard" ? 3072 : 65_536;
      if (size >= least && size <= most) return undefined;
      const message = `Invalid storage size for engine name ${asText(Engine)} and storage type ${type}: ${size}`;
      return { property: "AllocatedStorage", value: size, message };
    }),
  },
  {
    id: "db-max-storage",
    types: [INSTANCE],
    document: "Amazon RDS User Guide, Managing capacity automatically with Amazon RDS storage autoscaling",
    check: ({ properties: { AllocatedStorage, MaxAllocatedStorage } }) => {
      const [size, most] = [asNumber(AllocatedStorage), asNumber(MaxAllocatedStorage)];
      const message = "Max storage size must be greater than storage size";
      return size !== undefined && most !== undefined && most < size
        ? { property: "MaxAllocatedStorage", value: most, message }
        : undefined;
    },
  },
  {
    id: "db-max-storage-margin",
    types: [INSTANCE],
    document: "Amazon RDS User Guide, Managing capacity automatically with Amazon RDS storage autoscaling",
    approximate: true,
    check: ({ properties: { AllocatedStorage, MaxAllocatedStorage } }) => {
      const [size, most] = [asNumber(AllocatedStorage), asNumber(MaxAllocatedStorage)];
      const close = size !== undefined && most !== undefined && most > size && most * 10 < size * 11;
      const message = `Max storage size must be at least 10 percent greater than the storage size ${size}`;
      return close ? { property: "MaxAllocatedStorage", value: most, message } : undefined;
    },
  },
  {
    id: "db-gp3-choices",
    types: [INSTANCE],
    document: GP3,
    check: ({ properties }) => {
      const { AllocatedStorage, Iops, StorageThroughput, StorageType } = properties;
      const [size, from] = [asNumber(AllocatedStorage), entryOf(CHOOSABLE, familyOf(properties))];
      const chosen = Iops === undefined ? StorageThroughput : Iops;
      const small = size !== undefined && from !== undefined && size < from;
      if (asText(StorageType) !== "gp3" || chosen === undefined || !small) return undefined;
      const message = `You can't specify IOPS or storage throughput for engine ${asText(properties.Engine)} and a storage size less than ${from}.`;
      return { property: Iops === undefined ? "StorageThroughput" : "Iops", value: chosen, message };
    },
  },
  {
    id: "db-throughput",
    types: [INSTANCE],
    document: `${CREATE} (StorageThroughput)`,
    approximate: true,
    check: ({ properties: { StorageThroughput, StorageType } }) => {
      const type = asText(StorageType);
      const message = `You can't specify storage throughput for storage type ${type}.`;
      return StorageThroughput !== undefined && type !== undefined && type !== "gp3"
        ? { property: "StorageThroughput", value: StorageThroughput, message }
        : undefined;
    },
  },
  {
    id: "db-provisioned-iops",
    types: [INSTANCE],
    document: `${CREATE} (Iops)`,
    approximate: true,
    check: onOwn(({ properties: { StorageType, Iops, DBSnapshotIdentifier, SourceDBInstanceIdentifier } }) => {
      if (DBSnapshotIdentifier !== undefined || SourceDBInstanceIdentifier !== undefined) return undefined;
      const type = asText(StorageType);
      const message = `You must specify an IOPS value for storage type ${type}.`;
      return (type === "io1" || type === "io2") && Iops === undefined ? { property: "Iops", message } : undefined;
    }),
  },
  {
    id: "db-backup-days",
    types: [INSTANCE],
    document: `${CREATE} (BackupRetentionPeriod)`,
    approximate: true,
    check: between(
      "BackupRetentionPeriod",
      0,
      35,
      (days) => `Invalid backup retention period: ${days}. It must be between 0 and 35.`,
    ),
  },
  {
    // A cluster's backups cannot be turned off, unlike those of an instance, with a standby or without.
    id: "db-cluster-backup-days",
    types: ["AWS::RDS::DBCluster"],
    document: "Amazon RDS User Guide, Backup retention period",
    approximate: true,
    check: between(
      "BackupRetentionPeriod",
      1,
      35,
      (days) => `Invalid backup retention period: ${days}. It must be between 1 and 35.`,
    ),
  },
  {
    id: "db-windows",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (PreferredBackupWindow, PreferredMaintenanceWindow)`,
    check: ({ properties }) => {
      const daily = asText(properties.PreferredBackupWindow);
      const weekly = asText(properties.PreferredMaintenanceWindow);
      const [backup, maintenance] = [readDaily(daily ?? ""), readWeekly(weekly ?? "")];
      const message = "The backup window and maintenance window must not overlap.";
      return backup && maintenance && overlapInWeek(backup, maintenance)
        ? { property: "PreferredMaintenanceWindow", value: weekly, message }
        : undefined;
    },
  },
  {
    id: "db-window-form",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (PreferredBackupWindow, PreferredMaintenanceWindow)`,
    approximate: true,
    check: first(
      fits("PreferredBackupWindow", long(readDaily), (value) => `Invalid backup window: ${value}. ${FORM}`),
      fits("PreferredMaintenanceWindow", long(readWeekly), (value) => `Invalid maintenance window: ${value}. ${FORM}`),
    ),
  },
  {
    id: "db-monitoring-interval",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (MonitoringInterval)`,
    approximate: true,
    check: fits(
      "MonitoringInterval",
      ["0", "1", "5", "10", "15", "30", "60"],
      (value) => `Invalid monitoring interval: ${value}. Valid values are 0, 1, 5, 10, 15, 30 and 60.`,
    ),
  },
  {
    id: "db-monitoring-role",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (MonitoringRoleArn)`,
    check: ({ properties: { MonitoringInterval, MonitoringRoleArn } }) => {
      const wanted = (asNumber(MonitoringInterval) ?? 0) > 0 && MonitoringRoleArn === undefined;
      const message = "A MonitoringRoleARN value is required if you specify a MonitoringInterval value other than 0.";
      return wanted ? { property: "MonitoringRoleArn", message } : undefined;
    },
  },
  {
    id: "db-insights-class",
    types: [INSTANCE],
    document: "Amazon RDS User Guide, DB engine, Region, and instance class support for Database Insights",
    check: ({ properties }) => {
      const { EnablePerformanceInsights, DBInstanceClass } = properties;
      const other = ["mysql", "mariadb"].includes(familyOf(properties));
      const message = "Performance Insights not supported for this configuration.";
      return asBoolean(EnablePerformanceInsights) && other && TOO_SMALL.test(asText(DBInstanceClass) ?? "")
        ? { property: "EnablePerformanceInsights", value: DBInstanceClass, message }
        : undefined;
    },
  },
  {
    id: "db-insights-days",
    types: [INSTANCE, "AWS::RDS::DBCluster"],
    document: `${CREATE} (PerformanceInsightsRetentionPeriod)`,
    approximate: true,
    check: fits(
      "PerformanceInsightsRetentionPeriod",
      (days) =>
        days === "7" || days === "731" || (Number(days) % 31 === 0 && Number(days) >= 31 && Number(days) <= 713),
      (days) => `Invalid Performance Insights retention period: ${days}. Valid values are 7, 731, or a month times 31.`,
    ),
  },
  {
    id: "db-key",
    types: [INSTANCE],
    document: "CloudFormation Template Reference, AWS::RDS::DBInstance (KmsKeyId)",
    approximate: true,
    check: onOwn(({ properties: { KmsKeyId, StorageEncrypted, SourceDBInstanceIdentifier, DBSnapshotIdentifier } }) => {
      const copied = SourceDBInstanceIdentifier !== undefined || DBSnapshotIdentifier !== undefined;
      const message = "You can't specify KmsKeyId for a DB instance whose storage is not encrypted.";
      return KmsKeyId !== undefined && isOff(StorageEncrypted) && !copied
        ? { property: "StorageEncrypted", message }
        : undefined;
    }),
  },
  {
    id: "db-encryption-class",
    types: [INSTANCE],
    document: "Amazon RDS User Guide, Encrypting Amazon RDS resources",
    check: ({ properties: { DBInstanceClass, StorageEncrypted } }) => {
      const small = UNENCRYPTED.test(asText(DBInstanceClass) ?? "");
      const message = `DB Instance class ${asText(DBInstanceClass)} does not support encryption at rest`;
      return small && asBoolean(StorageEncrypted)
        ? { property: "DBInstanceClass", value: DBInstanceClass, message }
        : undefined;
    },
  },
];

function long(read: typeof readDaily): (value: string) => boolean {
  return (value) => (read(value)?.minutes ?? 0) >= 30;
}
