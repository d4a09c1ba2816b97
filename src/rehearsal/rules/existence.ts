import { constraint } from "../../rules/checks.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { clusterName } from "../resources/containers.ts";
import type { HandlerRequest } from "../resources/handler.ts";
import { listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { resourceAt } from "../state/resource-store.ts";
import { type AccountRule, existingResource, inSameOperation, notFound, otherResources, refuse } from "./rule.ts";

/** The form of a function's role (Lambda API Reference, "CreateFunction"). */
const ROLE_ARN = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;

const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

/** Rules on referenced resources that must exist. */
export const EXISTENCE_RULES: readonly AccountRule[] = [
  {
    name: "a listener needs a load balancer that exists",
    types: ["AWS::ElasticLoadBalancingV2::Listener"],
    source: "Elastic Load Balancing API Reference, CreateListener (LoadBalancerNotFound)",
    check: (request) => {
      const arn = textOf(request.properties, "LoadBalancerArn");
      const found = existingResource(request, "AWS::ElasticLoadBalancingV2::LoadBalancer", arn);
      return found ? undefined : notFound(`Load balancer '${arn}' not found`);
    },
  },
  {
    name: "a listener forwards to target groups that exist",
    types: ["AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"],
    source: "Elastic Load Balancing API Reference, CreateRule (TargetGroupNotFound)",
    check: (request) => {
      const actions = [...rowsOf(request.properties.DefaultActions), ...rowsOf(request.properties.Actions)];
      const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
        TargetGroupArn,
        ...rowsOf(partOf(ForwardConfig).TargetGroups).map((one) => one.TargetGroupArn),
      ]);
      const missing = arns.some((arn) => typeof arn === "string" && !existingResource(request, TARGETS, arn));
      return missing ? notFound("One or more target groups not found") : undefined;
    },
  },
  {
    name: "a subnet group's subnets exist",
    types: ["AWS::RDS::DBSubnetGroup", "AWS::ElastiCache::SubnetGroup"],
    source: "RDS API Reference, CreateDBSubnetGroup (InvalidSubnet)",
    check: (request) => {
      const missing = listOf(request.properties, "SubnetIds").filter(
        (id) => !existingResource(request, "AWS::EC2::Subnet", id),
      );
      return missing.length > 0 ? notFound(`Some input subnets in :[${missing.join(", ")}] are invalid.`) : undefined;
    },
  },
  {
    name: "a database's subnet group exists",
    types: ["AWS::RDS::DBInstance"],
    source: "RDS API Reference, CreateDBInstance (DBSubnetGroupNotFoundFault)",
    check: (request) => {
      const name = textOf(request.properties, "DBSubnetGroupName");
      const found = name === "" || existingResource(request, "AWS::RDS::DBSubnetGroup", name);
      return found ? undefined : notFound(`DBSubnetGroup '${name}' not found.`);
    },
  },
  {
    name: "a cache's subnet group exists",
    types: ["AWS::ElastiCache::ReplicationGroup"],
    source: "ElastiCache API Reference, CreateReplicationGroup (CacheSubnetGroupNotFoundFault)",
    check: (request) => {
      const name = textOf(request.properties, "CacheSubnetGroupName");
      const found = name === "" || existingResource(request, "AWS::ElastiCache::SubnetGroup", name);
      return found ? undefined : notFound(`Cache Subnet Group ${name} does not exist.`);
    },
  },
  {
    name: "a bucket policy needs its bucket",
    types: ["AWS::S3::BucketPolicy"],
    source: "S3 API Reference, PutBucketPolicy (NoSuchBucket)",
    check: (request) => {
      const name = textOf(request.properties, "Bucket");
      // If it names a bucket of its stack by text the order is random: preflight reports it.
      const isComing = inSameOperation(request).some(({ Type }) => Type === "AWS::S3::Bucket");
      return isComing || existingResource(request, "AWS::S3::Bucket", name)
        ? undefined
        : notFound("The specified bucket does not exist");
    },
  },
  {
    name: "a service runs on a cluster that exists",
    types: ["AWS::ECS::Service"],
    source: "ECS API Reference, CreateService (ClusterNotFoundException)",
    check: (request) => {
      const name = clusterName(textOf(request.properties, "Cluster", "default"));
      return existingResource(request, "AWS::ECS::Cluster", name) ? undefined : notFound("Cluster not found.");
    },
  },
  {
    name: "a service's task definition exists",
    types: ["AWS::ECS::Service"],
    source: "ECS API Reference, CreateService",
    check: (request) =>
      taskDefinitionOfService(request) ? undefined : notFound("Unable to describe task definition."),
  },
  {
    name: "a scalable target's service exists",
    types: ["AWS::ApplicationAutoScaling::ScalableTarget"],
    source: "Application Auto Scaling API Reference, RegisterScalableTarget",
    check: (request) => {
      const id = textOf(request.properties, "ResourceId");
      const found =
        !id.startsWith("service/") ||
        otherResources(request, "AWS::ECS::Service").some((one) => one.id.endsWith(`:${id}`));
      return found ? undefined : notFound(`ECS service doesn't exist: ${id}`);
    },
  },
  {
    name: "a policy is attached to roles that exist",
    types: ["AWS::IAM::Policy"],
    source: "IAM API Reference, PutRolePolicy (NoSuchEntity)",
    check: (request) => {
      const missing = listOf(request.properties, "Roles").find(
        (name) => !existingResource(request, "AWS::IAM::Role", name),
      );
      return missing === undefined ? undefined : notFound(`The role with name ${missing} cannot be found.`);
    },
  },
  {
    name: "a function's role exists",
    types: ["AWS::Lambda::Function"],
    source: "Lambda API Reference, CreateFunction (InvalidParameterValueException)",
    check: (request) => {
      const role = textOf(request.properties, "Role");
      if (!ROLE_ARN.test(role))
        return refuse(constraint(role, "role", `satisfy regular expression pattern: ${ROLE_ARN.source.slice(1, -1)}`));
      const missing = rolesIn(request, role).some((name) => !existingResource(request, "AWS::IAM::Role", name));
      return missing ? refuse("The role defined for the function cannot be assumed by Lambda.") : undefined;
    },
  },
  {
    name: "a function's code exists in the bucket",
    types: ["AWS::Lambda::Function"],
    source: "Lambda API Reference, FunctionCode (S3Bucket, S3Key)",
    check: ({ properties, simulator }) => {
      const { S3Bucket, S3Key } = partOf(properties.Code);
      if (S3Bucket === undefined) return undefined;
      const objects = simulator.state.objects[String(S3Bucket)];
      const words = (code: string, what: string) =>
        refuse(
          `Error occurred while GetObject. S3 Error Code: ${code}. S3 Error Message: The specified ${what} does not exist`,
        );
      if (!objects) return words("NoSuchBucket", "bucket");
      const newest = objects.findLast(({ key }) => key === String(S3Key));
      return newest?.blob === undefined ? words("NoSuchKey", "key.") : undefined;
    },
  },
  {
    name: "attached managed policies exist",
    types: ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"],
    source: "IAM API Reference, AttachRolePolicy (NoSuchEntity)",
    check: (request) => {
      const own = `arn:aws:iam::${request.scope.account}:policy/`;
      const missing = listOf(request.properties, "ManagedPolicyArns").find(
        (arn) => arn.startsWith(own) && !existingResource(request, "AWS::IAM::ManagedPolicy", arn),
      );
      return missing === undefined ? undefined : notFound(`Policy ${missing} does not exist or is not attachable.`);
    },
  },
  {
    name: "a subscription needs a topic that exists",
    types: ["AWS::SNS::Subscription"],
    source: "SNS API Reference, Subscribe (NotFound)",
    check: (request) => {
      const arn = textOf(request.properties, "TopicArn");
      const [, , , region = "", account = ""] = arn.split(":");
      // Topics of other accounts and their policies are unknown here.
      if (account !== request.scope.account) return undefined;
      const wanted = textOf(request.properties, "Region") || request.scope.region;
      const found = resourceAt(request.simulator.state, "AWS::SNS::Topic", { account, region }, arn);
      return region === wanted && found ? undefined : notFound("Topic does not exist");
    },
  },
  {
    name: "principals of a key's or a bucket's policy exist",
    types: ["AWS::KMS::Key", "AWS::S3::BucketPolicy"],
    source: "KMS Developer Guide, Key policies; S3 User Guide, Policy principals",
    check: (request) => {
      const isKey = request.type === "AWS::KMS::Key";
      const document = isKey ? request.properties.KeyPolicy : request.properties.PolicyDocument;
      const missing = ownRoles(request, document).some((name) => !existingResource(request, "AWS::IAM::Role", name));
      const words = isKey
        ? "Policy contains a statement with one or more invalid principals."
        : "Invalid principal in policy";
      return missing ? { message: words, code: "InvalidRequest" } : undefined;
    },
  },
  {
    name: "an alias's key is not pending deletion",
    types: ["AWS::KMS::Alias"],
    source: "KMS Developer Guide, Key states of AWS KMS keys",
    check: (request) => {
      const target = textOf(request.properties, "TargetKeyId");
      const key = existingResource(request, "AWS::KMS::Key", target.split("/").at(-1) ?? "");
      if (!key) return notFound(`Key '${target}' does not exist`);
      const leaving = key.state.deletion !== undefined;
      return leaving ? { message: `${key.attributes.Arn} is pending deletion.`, code: "InvalidRequest" } : undefined;
    },
  },
  {
    name: "a distribution uses origin access controls that exist",
    types: ["AWS::CloudFront::Distribution"],
    source: "CloudFront API Reference, CreateDistribution (NoSuchOriginAccessControl)",
    check: (request) => {
      const origins = rowsOf(partOf(request.properties.DistributionConfig).Origins);
      const ids = origins.map(({ OriginAccessControlId }) => String(OriginAccessControlId ?? ""));
      const missing = ids.some(
        (id) => id !== "" && !existingResource(request, "AWS::CloudFront::OriginAccessControl", id),
      );
      return missing ? notFound("The specified origin access control does not exist.") : undefined;
    },
  },
];

/** Whether the task definition that a service names is deregistered. */
export function isDeregistered(request: HandlerRequest): boolean {
  return (
    existingResource(request, "AWS::ECS::TaskDefinition", textOf(request.properties, "TaskDefinition"))?.state
      .status === "INACTIVE"
  );
}

/** The properties of the task definition that a service names, by ARN or family. */
export function taskDefinitionOfService(request: HandlerRequest): JsonObject | undefined {
  const name = textOf(request.properties, "TaskDefinition");
  const direct = existingResource(request, "AWS::ECS::TaskDefinition", name);
  const family = otherResources(request, "AWS::ECS::TaskDefinition").findLast(
    ({ state }) => state.family === name.split(":")[0],
  );
  return (direct ?? family)?.properties;
}

/** Names of this account's roles that are principals of a policy's statements. */
function ownRoles(request: HandlerRequest, document: Json | undefined): readonly string[] {
  const statements = [partOf(document).Statement ?? []].flat() as readonly JsonObject[];
  const arns = statements.flatMap(({ Principal }) => [partOf(Principal).AWS ?? []].flat().map(String));
  return arns.flatMap((arn) => rolesIn(request, arn));
}

/** The role name of an ARN, if it is a role of this account and not a service-linked one. */
function rolesIn({ scope }: HandlerRequest, arn: string): readonly string[] {
  const own = `arn:aws:iam::${scope.account}:role/`;
  return arn.startsWith(own) && !arn.startsWith(`${own}aws-service-role/`) ? [arn.split("/").at(-1) ?? ""] : [];
}
