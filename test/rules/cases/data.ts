import { a, on, ref } from "./case.ts";
import { SUBNETS } from "./network.ts";

const DB = {
  DBInstanceIdentifier: "shop-prod",
  DBInstanceClass: "db.t4g.medium",
  Engine: "postgres",
  EngineVersion: "16",
  DBName: "app",
  MasterUsername: "app",
  MasterUserPassword: "{{resolve:secretsmanager:shop/prod/database:SecretString:password}}",
  StorageType: "gp3",
  StorageEncrypted: true,
  AllocatedStorage: "20",
  MaxAllocatedStorage: 100,
  BackupRetentionPeriod: 7,
  EnableCloudwatchLogsExports: ["postgresql", "upgrade"],
  EnablePerformanceInsights: true,
};
const GROUP = {
  ReplicationGroupId: "shop-prod",
  ReplicationGroupDescription: "Redis",
  Engine: "redis",
  EngineVersion: "7.1",
  CacheNodeType: "cache.t4g.micro",
  NumCacheClusters: 2,
  AutomaticFailoverEnabled: true,
  MultiAZEnabled: true,
  AtRestEncryptionEnabled: true,
  TransitEncryptionEnabled: true,
  AuthToken: "{{resolve:secretsmanager:shop/prod/redis:SecretString:token}}",
};
const key = (AttributeName: string, KeyType: string) => ({ AttributeName, KeyType });
const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: "S" });
const index = (IndexName: string, over: object = {}) => ({
  IndexName,
  KeySchema: [key("id", "HASH"), key("at", "RANGE")],
  Projection: { ProjectionType: "ALL" },
  ...over,
});

export const DATA_CASES = [
  ...on(
    "AWS::RDS::DBSubnetGroup",
    { DBSubnetGroupDescription: "db", SubnetIds: [ref("One"), ref("Two")] },
    {
      "db-subnet-zones": [{ bad: { SubnetIds: [ref("One")] } }, { bad: { SubnetIds: [ref("One"), ref("OneAgain")] } }],
      "db-subnet-name": { bad: { DBSubnetGroupName: "default" } },
    },
    SUBNETS,
  ),
  ...on("AWS::RDS::DBInstance", DB, {
    "db-identifier": [
      { bad: { DBInstanceIdentifier: "1db" } },
      { bad: { DBInstanceIdentifier: "a--b" } },
      { bad: { DBInstanceIdentifier: "db-" } },
    ],
    "db-owner-given": [{ bad: { MasterUsername: undefined } }, { bad: { MasterUserPassword: undefined } }],
    "db-username": { bad: { MasterUsername: "1app" } },
    "db-username-reserved": { bad: { MasterUsername: "admin" } },
    "db-password": [
      { good: { MasterUserPassword: "open-sesame" }, bad: { MasterUserPassword: "sesame" } },
      { bad: { MasterUserPassword: "open sesame" } },
      { bad: { MasterUserPassword: "open@sesame" } },
      {
        good: { Engine: "mysql", EngineVersion: "8.0", EnableCloudwatchLogsExports: ["error"] },
        bad: { MasterUserPassword: "a".repeat(42) },
      },
    ],
    "db-password-managed": { bad: { ManageMasterUserPassword: true } },
    "db-name": { bad: { DBName: "my-app" } },
    "db-port": { good: { Port: "5432" }, bad: { Port: "80" } },
    "db-version": { bad: { EngineVersion: "latest" } },
    "db-parameter-family": {
      good: { DBParameterGroupName: ref("Parameters") },
      beside: { Parameters: a("AWS::RDS::DBParameterGroup", { Family: "postgres16" }) },
      badBeside: { Parameters: a("AWS::RDS::DBParameterGroup", { Family: "postgres15" }) },
    },
    "db-log-exports": { bad: { EnableCloudwatchLogsExports: ["audit"] } },
    "db-multi-az-zone": { good: { MultiAZ: true }, bad: { AvailabilityZone: "eu-west-1a" } },
    "db-storage": [
      { bad: { AllocatedStorage: "19" } },
      {
        good: { StorageType: "io1", AllocatedStorage: "100", Iops: 1000, MaxAllocatedStorage: 200 },
        bad: { AllocatedStorage: "50" },
      },
    ],
    "db-max-storage": { bad: { MaxAllocatedStorage: 10 } },
    "db-max-storage-margin": { bad: { MaxAllocatedStorage: 21 } },
    "db-gp3-choices": [
      { good: { AllocatedStorage: "400", MaxAllocatedStorage: 1000, Iops: 12_000 }, bad: { AllocatedStorage: "399" } },
      { bad: { StorageThroughput: 500 } },
    ],
    "db-throughput": { bad: { StorageType: "gp2", StorageThroughput: 500 } },
    "db-provisioned-iops": { bad: { StorageType: "io2", AllocatedStorage: "100", MaxAllocatedStorage: undefined } },
    "db-backup-days": { bad: { BackupRetentionPeriod: 36 } },
    "db-windows": [
      {
        good: { PreferredBackupWindow: "02:00-03:00", PreferredMaintenanceWindow: "sun:03:00-sun:04:00" },
        bad: { PreferredMaintenanceWindow: "Sun:02:30-Sun:04:00" },
      },
      {
        good: { PreferredBackupWindow: "23:30-00:30", PreferredMaintenanceWindow: "mon:00:30-mon:01:30" },
        bad: { PreferredMaintenanceWindow: "mon:00:00-mon:01:00" },
      },
    ],
    "db-window-form": [
      { bad: { PreferredBackupWindow: "2-3" } },
      { bad: { PreferredBackupWindow: "02:00-02:10" } },
      { bad: { PreferredMaintenanceWindow: "sunday" } },
    ],
    "db-monitoring-interval": {
      good: { MonitoringRoleArn: "arn", MonitoringInterval: 60 },
      bad: { MonitoringInterval: 20 },
    },
    "db-monitoring-role": { bad: { MonitoringInterval: 60 } },
    "db-insights-class": {
      good: { Engine: "mysql", EngineVersion: "8.4", EnableCloudwatchLogsExports: ["error"] },
      bad: { DBInstanceClass: "db.t4g.micro" },
    },
    "db-insights-days": {
      good: { PerformanceInsightsRetentionPeriod: 93 },
      bad: { PerformanceInsightsRetentionPeriod: 94 },
    },
    "db-key": { good: { KmsKeyId: "alias/a" }, bad: { StorageEncrypted: false } },
    "db-encryption-class": { bad: { DBInstanceClass: "db.t2.micro" } },
  }),
  ...on(
    "AWS::RDS::DBCluster",
    { Engine: "postgres", EngineVersion: "16", BackupRetentionPeriod: 1 },
    {
      "db-cluster-backup-days": [{ bad: { BackupRetentionPeriod: 0 } }, { bad: { BackupRetentionPeriod: 36 } }],
    },
  ),
  ...on("AWS::ElastiCache::ReplicationGroup", GROUP, {
    "cache-identifier": { bad: { ReplicationGroupId: "a".repeat(41) } },
    "cache-failover-nodes": [{ bad: { NumCacheClusters: 1 } }, { bad: { NumCacheClusters: undefined } }],
    "cache-multi-az": { bad: { AutomaticFailoverEnabled: false } },
    "cache-failover-class": { bad: { CacheNodeType: "cache.t1.micro" } },
    "cache-nodes": { bad: { NumCacheClusters: 7 } },
    "cache-token-encryption": { bad: { TransitEncryptionEnabled: undefined } },
    "cache-token": [
      { good: { AuthToken: "a-long-enough-token!" }, bad: { AuthToken: "short" } },
      { bad: { AuthToken: "a/long/enough/token" } },
    ],
    "cache-version": [{ bad: { EngineVersion: "7.2" } }, { bad: { EngineVersion: "v7" } }],
    "cache-parameter-family": {
      good: { CacheParameterGroupName: ref("Parameters") },
      beside: { Parameters: a("AWS::ElastiCache::ParameterGroup", { CacheParameterGroupFamily: "redis7" }) },
      badBeside: { Parameters: a("AWS::ElastiCache::ParameterGroup", { CacheParameterGroupFamily: "redis6.x" }) },
    },
    "cache-snapshots": { bad: { SnapshotRetentionLimit: 36 } },
    "cache-key": { good: { KmsKeyId: "key" }, bad: { AtRestEncryptionEnabled: undefined } },
    "cache-data-tiering": { bad: { CacheNodeType: "cache.r6gd.xlarge" } },
  }),
  ...on(
    "AWS::ElastiCache::CacheCluster",
    { Engine: "memcached", NumCacheNodes: 2, ClusterName: "c" },
    {
      "cache-identifier": { bad: { ClusterName: "-c" } },
      "cache-redis-one-node": { bad: { Engine: "redis" } },
    },
  ),
  ...on(
    "AWS::DynamoDB::Table",
    {
      TableName: "shop-orders",
      AttributeDefinitions: [attribute("id"), attribute("at")],
      KeySchema: [key("id", "HASH"), key("at", "RANGE")],
      BillingMode: "PAY_PER_REQUEST",
    },
    {
      "table-name": { bad: { TableName: "my table" } },
      "table-attributes": [
        { bad: { AttributeDefinitions: [attribute("id")] } },
        { bad: { AttributeDefinitions: [attribute("id"), attribute("at"), attribute("other")] } },
        {
          good: {
            AttributeDefinitions: [attribute("id"), attribute("at"), attribute("by")],
            GlobalSecondaryIndexes: [index("i", { KeySchema: [key("by", "HASH")] })],
          },
          bad: { GlobalSecondaryIndexes: undefined },
        },
      ],
      "table-key": [
        { bad: { KeySchema: [key("id", "RANGE"), key("at", "HASH")] } },
        { bad: { KeySchema: [key("id", "HASH"), key("at", "HASH")] } },
      ],
      "table-provisioned": { bad: { BillingMode: undefined } },
      "table-on-demand": { bad: { ProvisionedThroughput: { ReadCapacityUnits: 1, WriteCapacityUnits: 1 } } },
      "table-index-once": {
        good: { GlobalSecondaryIndexes: [index("i"), index("j")] },
        bad: { GlobalSecondaryIndexes: [index("i"), index("i")] },
      },
      "table-local-index": {
        good: { LocalSecondaryIndexes: [index("i")] },
        bad: { KeySchema: [key("id", "HASH")] },
      },
      "table-local-indexes": {
        good: { LocalSecondaryIndexes: ["a", "b", "c", "d", "e"].map((name) => index(name)) },
        bad: { LocalSecondaryIndexes: ["a", "b", "c", "d", "e", "f"].map((name) => index(name)) },
      },
      "table-projection": [
        {
          bad: {
            GlobalSecondaryIndexes: [index("i", { Projection: { ProjectionType: "ALL", NonKeyAttributes: ["a"] } })],
          },
        },
        { bad: { GlobalSecondaryIndexes: [index("i", { Projection: { ProjectionType: "INCLUDE" } })] } },
      ],
    },
  ),
];
