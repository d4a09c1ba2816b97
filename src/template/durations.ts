import type { Resource } from "./types.ts";

export type OperationKind = "create" | "update" | "delete";

type Seconds = { readonly create: number; readonly update: number; readonly delete: number };

/**
 * Seconds CloudFormation takes for one resource. Create and update are the historical averages of rain's
 * `forecast` command (2023-09), CloudFront's beside a public 2025 benchmark; removal is our own estimate, since
 * no figures are published. Defaults only: a user's own runs know better.
 */
const TABLE: { readonly [type: string]: Seconds } = {
  "AWS::RDS::DBInstance": { create: 595, update: 171, delete: 320 },
  "AWS::ElastiCache::ReplicationGroup": { create: 712, update: 208, delete: 300 },
  "AWS::CloudFront::Distribution": { create: 266, update: 164, delete: 230 },
  // "This can take up to 15 minutes" (Amazon CloudFront Developer Guide, "Restrict access with VPC origins").
  "AWS::CloudFront::VpcOrigin": { create: 480, update: 480, delete: 300 },
  "AWS::CertificateManager::Certificate": { create: 239, update: 2, delete: 5 },
  "AWS::EC2::NatGateway": { create: 106, update: 5, delete: 60 },
  "AWS::EC2::EIP": { create: 17, update: 5, delete: 5 },
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { create: 116, update: 2, delete: 15 },
  "AWS::ElasticLoadBalancingV2::Listener": { create: 2, update: 2, delete: 2 },
  "AWS::ECS::Service": { create: 119, update: 71, delete: 60 },
  "AWS::KMS::Key": { create: 122, update: 71, delete: 5 },
  "AWS::KMS::Alias": { create: 62, update: 13, delete: 5 },
  "AWS::Route53::HostedZone": { create: 71, update: 16, delete: 30 },
  "AWS::Route53::RecordSet": { create: 20, update: 2, delete: 20 },
  "AWS::S3::Bucket": { create: 30, update: 31, delete: 3 },
  "AWS::EC2::VPC": { create: 12, update: 5, delete: 3 },
  "AWS::EC2::Subnet": { create: 4, update: 4, delete: 3 },
  "AWS::EC2::InternetGateway": { create: 17, update: 5, delete: 5 },
  "AWS::EC2::VPCGatewayAttachment": { create: 12, update: 5, delete: 10 },
  "AWS::EC2::Route": { create: 2, update: 2, delete: 2 },
  "AWS::IAM::Role": { create: 12, update: 17, delete: 3 },
  "AWS::SecretsManager::Secret": { create: 1, update: 1, delete: 1 },
  "AWS::ECR::Repository": { create: 1, update: 1, delete: 1 },
  "AWS::Logs::LogGroup": { create: 1, update: 1, delete: 1 },
  "AWS::ECS::TaskDefinition": { create: 4, update: 4, delete: 1 },
  "AWS::RDS::DBSubnetGroup": { create: 2, update: 2, delete: 2 },
};

/** Seconds for a type without its own figure: most take a second or two. */
const ELSE: Seconds = { create: 3, update: 3, delete: 3 };

/** A standby in a second zone adds this to a database's creation (Stacktape's duration model, pessimistic). */
const MULTI_AZ = 600;
/** Each replica adds this to a replication group's creation (Stacktape's duration model). */
const REPLICA = 120;

/** Seconds CloudFormation is expected to spend on one resource, in all its `*_IN_PROGRESS` states. */
export type SecondsFor = (resource: Sized, operation: OperationKind) => number;

type Sized = Pick<Resource, "Type" | "Properties">;

/** By the table above. */
export const secondsFor: SecondsFor = (resource, operation) => {
  const seconds = (TABLE[resource.Type] ?? ELSE)[operation];
  return operation === "create" ? seconds + extra(resource) : seconds;
};

function extra({ Type, Properties }: Sized): number {
  if (Type === "AWS::RDS::DBInstance") return Properties?.MultiAZ === true ? MULTI_AZ : 0;
  if (Type !== "AWS::ElastiCache::ReplicationGroup") return 0;
  const nodes = Number(Properties?.NumCacheClusters ?? 1);
  return Math.max(0, nodes - 1) * REPLICA;
}

/** Seconds that operations took in a user's own runs, by `timingKeyOf` the resource, the newest last. */
export type Timings = { readonly [kind: string]: { readonly [operation in OperationKind]?: readonly number[] } };

/** Runs of one operation that are remembered. */
const REMEMBERED = 9;

/** What `secondsFor` tells apart: the resource's type, and what makes it take longer. */
export function timingKeyOf(resource: Sized): string {
  const more = extra(resource);
  return more === 0 ? resource.Type : `${resource.Type} +${more}s`;
}

/** The timings with one more run in them. */
export function withTiming(timings: Timings, kind: string, operation: OperationKind, seconds: number): Timings {
  const before = timings[kind]?.[operation] ?? [];
  return { ...timings, [kind]: { ...timings[kind], [operation]: [...before, seconds].slice(-REMEMBERED) } };
}

/** The median of the user's own runs where there are any, else the table. */
export function correctedBy(timings: Timings): SecondsFor {
  return (resource, operation) =>
    median(timings[timingKeyOf(resource)]?.[operation] ?? []) ?? secondsFor(resource, operation);
}

function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
