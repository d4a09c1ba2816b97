import { STATELESS } from "./stateless.ts";

/** What is known of a resource type that holds data which cannot be recreated. */
export type Stateful = {
  /** What is lost with it, in words. */
  readonly holds: string;
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

/** The type of a stack within a stack: it holds what its resources hold. */
export const NESTED_STACK = "AWS::CloudFormation::Stack";

const KEY_GRACE = "its key material for KMS's waiting period, 30 days by default";
const KEY = { holds: "the key, and with it whatever is encrypted under it", grace: KEY_GRACE };
const DATA = { holds: "its data" };
const SAVED = { holds: "its data", snapshot: true } as const;
const ADDRESS = "which others may use or have allow-listed";

/**
 * Types of which it is known what is lost with them. All others that are not in the table of stateless types are held
 * to hold something too: this table only has the words.
 */
const KNOWN: { readonly [type: string]: Stateful } = {
  "AWS::RDS::DBInstance": {
    ...SAVED,
    inPlace: [
      "AutoMinorVersionUpgrade",
      "BackupRetentionPeriod",
      "DBParameterGroupName",
      "MultiAZ",
      "PreferredMaintenanceWindow",
      "StorageType",
    ],
  },
  "AWS::RDS::DBCluster": SAVED,
  "AWS::RDS::GlobalCluster": DATA,
  "AWS::RDS::DBProxy": { holds: `its endpoint, ${ADDRESS}` },
  "AWS::DocDB::DBCluster": SAVED,
  "AWS::DocDB::DBInstance": { holds: "its endpoint; the data is its cluster's" },
  "AWS::DocDBElastic::Cluster": DATA,
  "AWS::Neptune::DBCluster": SAVED,
  "AWS::Neptune::DBInstance": { holds: "its endpoint; the data is its cluster's" },
  "AWS::NeptuneGraph::Graph": DATA,
  "AWS::Redshift::Cluster": SAVED,
  "AWS::RedshiftServerless::Namespace": DATA,
  "AWS::DynamoDB::Table": { holds: "its items" },
  "AWS::DynamoDB::GlobalTable": { holds: "its items" },
  "AWS::Cassandra::Keyspace": { holds: "its tables and their rows" },
  "AWS::Cassandra::Table": { holds: "its rows" },
  "AWS::DSQL::Cluster": DATA,
  "AWS::Timestream::Database": { holds: "its tables and their records" },
  "AWS::Timestream::Table": { holds: "its records" },
  "AWS::Timestream::InfluxDBInstance": DATA,
  "AWS::QLDB::Ledger": { holds: "its journal" },
  "AWS::SDB::Domain": { holds: "its items" },
  "AWS::ElastiCache::ReplicationGroup": SAVED,
  "AWS::ElastiCache::CacheCluster": SAVED,
  "AWS::ElastiCache::ServerlessCache": DATA,
  "AWS::MemoryDB::Cluster": DATA,
  "AWS::OpenSearchService::Domain": { holds: "its indices" },
  "AWS::OpenSearchServerless::Collection": { holds: "its indices" },
  "AWS::Elasticsearch::Domain": { holds: "its indices" },
  "AWS::S3::Bucket": { holds: "its objects" },
  "AWS::S3Express::DirectoryBucket": { holds: "its objects" },
  "AWS::S3Tables::TableBucket": { holds: "its tables" },
  "AWS::S3Tables::Table": { holds: "its rows" },
  "AWS::S3Vectors::VectorBucket": { holds: "its vectors" },
  "AWS::EFS::FileSystem": { holds: "its files" },
  "AWS::FSx::FileSystem": { holds: "its files" },
  "AWS::FSx::Volume": { holds: "its files" },
  "AWS::EC2::Volume": { holds: "its blocks", snapshot: true },
  "AWS::EC2::Instance": { holds: "its disks and its address" },
  "AWS::AutoScaling::AutoScalingGroup": { holds: "its instances and their disks" },
  "AWS::EMR::Cluster": { holds: "the files on its nodes" },
  "AWS::EKS::Cluster": { holds: "all objects of the cluster, and its endpoint" },
  "AWS::EKS::Nodegroup": { holds: "its instances and their disks" },
  "AWS::ECR::Repository": { holds: "its images" },
  "AWS::ECR::PublicRepository": { holds: "its images" },
  "AWS::CodeCommit::Repository": { holds: "its commits" },
  "AWS::CodeArtifact::Repository": { holds: "its packages" },
  "AWS::Backup::BackupVault": { holds: "its recovery points" },
  "AWS::Backup::LogicallyAirGappedBackupVault": { holds: "its recovery points" },
  "AWS::Kinesis::Stream": { holds: "the records nobody has read yet" },
  "AWS::KinesisFirehose::DeliveryStream": { holds: "the records that are on their way" },
  "AWS::MSK::Cluster": { holds: "its topics and their records" },
  "AWS::MSK::ServerlessCluster": { holds: "its topics and their records" },
  "AWS::AmazonMQ::Broker": { holds: "its messages" },
  "AWS::SQS::Queue": { holds: "the messages that wait in it" },
  "AWS::SNS::Topic": { holds: "its subscriptions; each address would have to confirm anew" },
  "AWS::Events::Archive": { holds: "its events" },
  "AWS::Events::EventBus": { holds: "the rules that others have on it" },
  "AWS::Lambda::EventSourceMapping": { holds: "its read position: records may be skipped or repeated" },
  "AWS::Pipes::Pipe": { holds: "its read position: records may be skipped or repeated" },
  "AWS::StepFunctions::StateMachine": { holds: "its executions, running and past" },
  "AWS::Logs::LogGroup": { holds: "its log lines" },
  "AWS::Logs::LogStream": { holds: "its log lines" },
  "AWS::CloudTrail::EventDataStore": { holds: "its events" },
  "AWS::Cognito::UserPool": { holds: "its users and their passwords" },
  "AWS::Cognito::UserPoolClient": { holds: "its client id and secret, which applications have" },
  "AWS::Cognito::UserPoolDomain": { holds: `its address, ${ADDRESS}` },
  "AWS::Cognito::UserPoolGroup": { holds: "its members" },
  "AWS::Cognito::UserPoolUser": { holds: "the user, password and all" },
  "AWS::Cognito::IdentityPool": { holds: "the identities of its users" },
  "AWS::KMS::Key": { ...KEY, inPlace: ["PendingWindowInDays", "EnableKeyRotation", "KeyPolicy", "Tags"] },
  "AWS::KMS::ReplicaKey": KEY,
  "AWS::SecretsManager::Secret": {
    // No grace: CloudFormation deletes it without a recovery window (cloudformation-coverage-roadmap#838, #1999).
    holds: "its value",
    inPlace: ["Description", "KmsKeyId", "Tags"],
  },
  "AWS::SSM::Parameter": { holds: "its value, which may have been set since, and its history" },
  "AWS::EC2::KeyPair": { holds: "its private key" },
  "AWS::IAM::AccessKey": { holds: "its secret, which AWS tells once only" },
  "AWS::IAM::User": { holds: "its passwords, keys and devices" },
  "AWS::IAM::Group": { holds: "its members" },
  "AWS::ACMPCA::CertificateAuthority": { holds: "its key, and the trust in what it has signed" },
  "AWS::ApiGateway::ApiKey": { holds: "its value, which clients have" },
  "AWS::Route53::HostedZone": { holds: "its name servers, which the domain points to, and its records" },
  "AWS::EC2::EIP": { holds: `its address, ${ADDRESS}` },
  "AWS::EC2::NatGateway": { holds: `its address where AWS chose it, ${ADDRESS}` },
  "AWS::EC2::NetworkInterface": { holds: "its addresses, which others may use" },
  "AWS::EC2::VPNConnection": { holds: "its addresses and keys, which the other side has" },
  "AWS::EC2::VPCPeeringConnection": { holds: "the other side's consent" },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { holds: `its address (….elb.amazonaws.com), ${ADDRESS}` },
  "AWS::ElasticLoadBalancing::LoadBalancer": { holds: `its address (….elb.amazonaws.com), ${ADDRESS}` },
  "AWS::CloudFront::Distribution": { holds: `its address (….cloudfront.net), ${ADDRESS}` },
  "AWS::CloudFront::KeyValueStore": { holds: "its keys and values" },
  "AWS::GlobalAccelerator::Accelerator": { holds: `its addresses, ${ADDRESS}` },
  "AWS::ApiGateway::RestApi": { holds: `its address (….execute-api.….amazonaws.com), ${ADDRESS}` },
  "AWS::ApiGatewayV2::Api": { holds: `its address (….execute-api.….amazonaws.com), ${ADDRESS}` },
  "AWS::AppSync::GraphQLApi": { holds: `its address and keys, ${ADDRESS}` },
  "AWS::Lambda::Url": { holds: `its address (….lambda-url.….on.aws), ${ADDRESS}` },
  "AWS::WAFv2::IPSet": { holds: "addresses that were put in since it was made" },
  "AWS::Organizations::Account": { holds: "all that is in the account" },
  [NESTED_STACK]: { holds: "all that is in the nested stack" },
};

const CUSTOM = /^(Custom::|AWS::CloudFormation::CustomResource$)/;

/** What is lost with a resource of `type`; `undefined` only for a type that is known to hold nothing. */
export function statefulType(type: string): Stateful | undefined {
  if (STATELESS.has(type)) return undefined;
  const known = Object.hasOwn(KNOWN, type) ? KNOWN[type] : undefined;
  if (known !== undefined) return known;
  if (CUSTOM.test(type)) return { holds: "whatever its function deletes, which only that function knows" };
  return { holds: "whatever it holds: astro does not know this type" };
}
