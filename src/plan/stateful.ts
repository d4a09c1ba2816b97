/** What is known of a resource type that holds what nobody can make again. */
type Stateful = {
  /** True if CloudFormation can take a snapshot before the resource is gone (its "DeletionPolicy attribute"). */
  readonly snapshot?: true;
  /** What stays for a while after a deletion, in words; absent if it is gone at once. */
  readonly grace?: string;
  /**
   * Properties that a change set may call conditional although they never replace the resource (Template Reference,
   * "Update requires: Some interruptions" or "No interruption"; cloudformation-coverage-roadmap#1788).
   */
  readonly inPlace?: readonly string[];
};

const KEY_GRACE = "its key material for KMS's waiting period, 30 days by default";

/** Resource types whose replacement or removal loses data, keys, or names that others rely on. */
const STATEFUL: { readonly [type: string]: Stateful } = {
  "AWS::RDS::DBInstance": {
    snapshot: true,
    inPlace: [
      "AutoMinorVersionUpgrade",
      "BackupRetentionPeriod",
      "DBParameterGroupName",
      "MultiAZ",
      "PreferredMaintenanceWindow",
      "StorageType",
    ],
  },
  "AWS::RDS::DBCluster": { snapshot: true },
  "AWS::ElastiCache::ReplicationGroup": { snapshot: true },
  "AWS::ElastiCache::CacheCluster": { snapshot: true },
  "AWS::S3::Bucket": {},
  "AWS::KMS::Key": { grace: KEY_GRACE, inPlace: ["PendingWindowInDays", "EnableKeyRotation", "KeyPolicy", "Tags"] },
  "AWS::SecretsManager::Secret": {
    grace: "the secret for its recovery window, 30 days by default",
    inPlace: ["Description", "KmsKeyId", "Tags"],
  },
  "AWS::Route53::HostedZone": {},
  "AWS::ECR::Repository": {},
  "AWS::DynamoDB::Table": {},
  "AWS::DynamoDB::GlobalTable": {},
  "AWS::EFS::FileSystem": {},
};

/** What is known of `type` if it holds what nobody can make again. */
export function statefulType(type: string): Stateful | undefined {
  return Object.hasOwn(STATEFUL, type) ? STATEFUL[type] : undefined;
}
