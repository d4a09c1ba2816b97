import { CfnDeletionPolicy, SecretValue } from "aws-cdk-lib";
import * as logs from "aws-cdk-lib/aws-logs";
import * as rds from "aws-cdk-lib/aws-rds";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { DATABASE_NAME, secretNames } from "../lib/names";
import type { NetworkStack } from "./network";
import type { SecretsStack } from "./secrets";

type Needs = { network: NetworkStack; secrets: SecretsStack };

const LOG_EXPORTS = ["postgresql", "upgrade"];

/** PostgreSQL 16, in the database subnets, with daily backups and point-in-time recovery. */
export class DatabaseStack extends AstroStack {
  readonly host: string;
  readonly port: string;

  constructor(scope: Construct, settings: Settings, { network, secrets }: Needs) {
    super(scope, settings, { name: "database", phase: "data", description: "PostgreSQL 16 on RDS" });
    const { protect, database, service } = settings.config;

    const subnets = new rds.CfnDBSubnetGroup(this, "DatabaseSubnets", {
      dbSubnetGroupDescription: `Database subnets of ${settings.prefix}`,
      subnetIds: network.databaseSubnets,
    });
    const parameters = new rds.CfnDBParameterGroup(this, "DatabaseParameters", {
      family: "postgres16",
      description: `PostgreSQL 16 of ${settings.prefix}`,
      // No connection without TLS (Amazon RDS User Guide, "Requiring an SSL connection to a PostgreSQL DB instance").
      parameters: { "rds.force_ssl": "1" },
    });
    const secret = (jsonField: string) =>
      SecretValue.secretsManager(secretNames(settings).database, { jsonField }).unsafeUnwrap();

    const instance = new rds.CfnDBInstance(this, "Database", {
      // A fixed name: CloudFormation refuses to replace a resource that has one, so no update can silently start from
      // an empty database (CloudFormation User Guide, "Update behaviors of stack resources").
      dbInstanceIdentifier: settings.prefix,
      dbInstanceClass: database.class,
      engine: "postgres",
      // The major version alone: RDS chooses the minor and keeps it new (Amazon RDS User Guide, "Upgrades of the RDS for
      // PostgreSQL DB engine").
      engineVersion: "16",
      autoMinorVersionUpgrade: true,
      dbName: DATABASE_NAME,
      masterUsername: secret("username"),
      masterUserPassword: secret("password"),
      storageType: "gp3",
      storageEncrypted: true,
      kmsKeyId: database.key === "own" ? secrets.keyArn : undefined,
      allocatedStorage: String(database.storage),
      // A limit at the storage itself is no growth: none is set (Amazon RDS User Guide, "Managing capacity automatically").
      maxAllocatedStorage: database.maxStorage > database.storage ? database.maxStorage : undefined,
      // Which zone a single instance is in is left to RDS: one that names its zone cannot become or cease to be Multi-AZ
      // in place (AWS::RDS::DBInstance, AvailabilityZone: replacement).
      multiAz: database.multiAz,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroups: [network.securityGroups.rds],
      publiclyAccessible: false,
      dbParameterGroupName: parameters.ref,
      backupRetentionPeriod: database.backupDays,
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: !protect,
      deletionProtection: protect,
      enableCloudwatchLogsExports: LOG_EXPORTS,
      // Seven days cost nothing, and every class has them: the smallest are ruled out for MySQL and MariaDB alone (Amazon
      // RDS User Guide, "DB engine, Region, and instance class support for Database Insights").
      databaseInsightsMode: "standard",
      enablePerformanceInsights: true,
      performanceInsightsRetentionPeriod: 7,
    });
    instance.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.SNAPSHOT;
    instance.cfnOptions.deletionPolicy = database.finalSnapshot ? CfnDeletionPolicy.SNAPSHOT : CfnDeletionPolicy.DELETE;
    // The secret is referenced by name, which is no dependency; so it is declared here.
    this.addStackDependency(secrets);

    for (const name of LOG_EXPORTS) {
      // RDS would make these itself, without an end to retention, and leave them behind (Amazon RDS User Guide,
      // "Publishing PostgreSQL logs to Amazon CloudWatch Logs").
      const group = new logs.CfnLogGroup(this, `${name === "upgrade" ? "Upgrade" : "Database"}LogGroup`, {
        logGroupName: `/aws/rds/instance/${settings.prefix}/${name}`,
        retentionInDays: service.logDays,
      });
      instance.addResourceDependency(group);
    }
    this.host = this.share("Host", instance.attrEndpointAddress);
    this.port = this.share("Port", instance.attrEndpointPort);
  }
}
