import { isCustomResource, type Model } from "./model.ts";

/**
 * Types whose every property `Fn::GetAtt` gives too; of all others it gives attributes alone, which are what AWS's
 * resource schemas call `readOnlyProperties` (cfn-lint, `_getatts.py` of August 2026, `_all_property_types`).
 */
const OF_ALL_PROPERTIES = new Set(
  [
    "Amplify::Branch Amplify::Domain AppSync::DomainName AppSync::FunctionConfiguration AppSync::Resolver",
    "AutoScaling::AutoScalingGroup Backup::BackupSelection Backup::BackupVault Backup::LogicallyAirGappedBackupVault",
    "CodeArtifact::Domain CodeArtifact::Repository EC2::CapacityReservation EC2::Instance EC2::SecurityGroup EC2::Subnet",
    "EC2::VPC EFS::MountTarget EKS::Nodegroup ElastiCache::ReplicationGroup ElasticLoadBalancingV2::LoadBalancer",
    "Events::EventBus EventSchemas::Discoverer EventSchemas::Registry EventSchemas::Schema GameLift::GameSessionQueue",
    "GameLift::MatchmakingConfiguration GameLift::MatchmakingRuleSet Grafana::Workspace ImageBuilder::Component",
    "ImageBuilder::ContainerRecipe ImageBuilder::DistributionConfiguration ImageBuilder::ImagePipeline",
    "ImageBuilder::ImageRecipe ImageBuilder::InfrastructureConfiguration ManagedBlockchain::Node Neptune::DBCluster",
    "RDS::DBInstance RDS::DBParameterGroup RedshiftServerless::Workgroup Route53Resolver::ResolverRule",
    "Route53Resolver::ResolverRuleAssociation S3::AccessPoint SageMaker::DataQualityJobDefinition",
    "SageMaker::ModelBiasJobDefinition SageMaker::ModelExplainabilityJobDefinition",
    "SageMaker::ModelQualityJobDefinition SageMaker::MonitoringSchedule SNS::Topic SQS::Queue SSM::Parameter",
    "StepFunctions::Activity",
  ]
    .flatMap((line) => line.split(" "))
    .map((name) => `AWS::${name}`),
);

/** Single properties that are given beside the attributes (the same, `_exceptions`). */
const OF_PROPERTIES: { readonly [type: string]: readonly string[] } = {
  "AWS::AppSync::DataSource": ["Name"],
  "AWS::Cloud9::EnvironmentEC2": ["Name"],
  "AWS::CloudWatch::InsightRule": ["RuleName"],
  "AWS::DocDB::DBCluster": ["Port"],
  "AWS::Kinesis::StreamConsumer": ["ConsumerName", "StreamARN"],
  "AWS::ManagedBlockchain::Member": ["NetworkId"],
  "AWS::MediaLive::Input": ["Destinations", "Sources"],
  "AWS::Route53Resolver::ResolverEndpoint": ["Direction", "Name"],
  "AWS::ServiceDiscovery::Service": ["Name"],
  "AWS::Transfer::User": ["ServerId", "UserName"],
};

/** Services whose resources give the properties that name them (the same). */
const OF_NAMES = /^AWS::(AppMesh|Greengrass|IoT1Click|MediaConvert|SageMaker)::/;

/** Attributes of these types, and of custom resources, are not known here. */
const OPEN = /^AWS::(CloudFormation::(Stack|WaitCondition|Macro|ModuleDefaultVersion)$|CDK::)/;

/**
 * Why `Fn::GetAtt` cannot return this attribute; `undefined` if it can, or the type is unknown. AWS accepts such a
 * template, and fails the resource that reads the attribute (cloudformation-coverage-roadmap#1578; ministack #1628,
 * measured on an account in September 2026; localstack's test_invalid_getatt_fails, recorded 2023-08-01).
 */
export function unreadable(model: Model, type: string, name: string): string | undefined {
  const known = model.type(type);
  if (!known || isCustomResource(type) || OPEN.test(type) || known.attributes.includes(name)) return undefined;
  const [property = ""] = name.split(".");
  const isThere = Object.hasOwn(known.properties, property) || known.identifier.includes(name);
  if (!isThere) {
    return OF_ALL_PROPERTIES.has(type)
      ? `Resource type ${type} does not support attribute {${name}}`
      : `Requested attribute ${name} does not exist in schema for ${type}`;
  }
  if (OF_ALL_PROPERTIES.has(type) || OF_PROPERTIES[type]?.includes(name)) return undefined;
  if (OF_NAMES.test(type) && /(Name|MeshOwner|Enabled|RoleArn)$/.test(name)) return undefined;
  return `Requested attribute ${name} must be a readonly property in schema for ${type}`;
}
