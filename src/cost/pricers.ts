import type { Pricer } from "./finding.ts";
import { dbCluster } from "./services/aurora.ts";
import { buildProject } from "./services/build.ts";
import { autoScalingGroup, instance } from "./services/ec2.ts";
import { distribution, hostedZone } from "./services/edge.ts";
import { cacheCluster, replicationGroup } from "./services/elasticache.ts";
import { ecsService } from "./services/fargate.ts";
import { fileSystem } from "./services/files.ts";
import { key, parameter, replicaKey, secret } from "./services/keys.ts";
import { lambdaFunction, provisionedConcurrency } from "./services/lambda.ts";
import { classicLoadBalancer, elasticIp, flowLog, loadBalancer, natGateway, vpcEndpoint } from "./services/network.ts";
import { dbInstance } from "./services/rds.ts";
import { scheduledTask } from "./services/scheduled-tasks.ts";
import { bucket, repository, table } from "./services/storage.ts";
import { volume } from "./services/volumes.ts";
import { alarm, cluster, compositeAlarm, dashboard, logGroup, metricFilter } from "./services/watch.ts";

/** Who prices a resource of which type. */
const PRICERS: { readonly [type: string]: Pricer } = {
  "AWS::AutoScaling::AutoScalingGroup": autoScalingGroup,
  "AWS::CloudFront::Distribution": distribution,
  "AWS::CloudWatch::Alarm": alarm,
  "AWS::CloudWatch::CompositeAlarm": compositeAlarm,
  "AWS::CloudWatch::Dashboard": dashboard,
  "AWS::CodeBuild::Project": buildProject,
  "AWS::DynamoDB::Table": table,
  "AWS::EC2::EIP": elasticIp,
  "AWS::EC2::FlowLog": flowLog,
  "AWS::EC2::Instance": instance,
  "AWS::EC2::NatGateway": natGateway,
  "AWS::EC2::VPCEndpoint": vpcEndpoint,
  "AWS::EC2::Volume": volume,
  "AWS::ECR::Repository": repository,
  "AWS::ECS::Cluster": cluster,
  "AWS::ECS::Service": ecsService,
  "AWS::EFS::FileSystem": fileSystem,
  "AWS::ElastiCache::CacheCluster": cacheCluster,
  "AWS::ElastiCache::ReplicationGroup": replicationGroup,
  "AWS::ElasticLoadBalancing::LoadBalancer": classicLoadBalancer,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": loadBalancer,
  "AWS::KMS::Key": key,
  "AWS::KMS::ReplicaKey": replicaKey,
  "AWS::Lambda::Alias": provisionedConcurrency,
  "AWS::Lambda::Function": lambdaFunction,
  "AWS::Lambda::Version": provisionedConcurrency,
  "AWS::Logs::LogGroup": logGroup,
  "AWS::Logs::MetricFilter": metricFilter,
  "AWS::RDS::DBCluster": dbCluster,
  "AWS::RDS::DBInstance": dbInstance,
  "AWS::Route53::HostedZone": hostedZone,
  "AWS::S3::Bucket": bucket,
  "AWS::SSM::Parameter": parameter,
  "AWS::Scheduler::Schedule": scheduledTask,
  "AWS::SecretsManager::Secret": secret,
};

/** Who prices a resource of this type; `undefined` for a type that is free, or that has no prices here. */
export function pricerOf(type: string): Pricer | undefined {
  return Object.hasOwn(PRICERS, type) ? PRICERS[type] : undefined;
}
