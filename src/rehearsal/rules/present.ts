import { constraint } from "../../rules/checks.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { clusterName } from "../resources/containers.ts";
import type { Making } from "../resources/kind.ts";
import { listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { resourceAt } from "../state/resource-store.ts";
import { type AccountRule, comingWith, known, notThere, others, refuse } from "./rule.ts";

/** What a function's role looks like (Lambda API Reference, "CreateFunction"). */
const ROLE_ARN = /^arn:(aws[a-zA-Z-]*)?:iam::\d{12}:role\/?[a-zA-Z_0-9+=,.@\-_/]+$/;

const TARGETS = "AWS::ElasticLoadBalancingV2::TargetGroup";

/** Rules that say: the resource named here has to exist. */
export const PRESENCE_RULES: readonly AccountRule[] = [
  {
    name: "a listener needs a load balancer that exists",
    types: ["AWS::ElasticLoadBalancingV2::Listener"],
    source: "Elastic Load Balancing API Reference, CreateListener (LoadBalancerNotFound)",
    check: (making) => {
      const arn = textOf(making.properties, "LoadBalancerArn");
      const found = known(making, "AWS::ElasticLoadBalancingV2::LoadBalancer", arn);
      return found ? undefined : notThere(`Load balancer '${arn}' not found`);
    },
  },
  {
    name: "a listener forwards to target groups that exist",
    types: ["AWS::ElasticLoadBalancingV2::Listener", "AWS::ElasticLoadBalancingV2::ListenerRule"],
    source: "Elastic Load Balancing API Reference, CreateRule (TargetGroupNotFound)",
    check: (making) => {
      const actions = [...rowsOf(making.properties.DefaultActions), ...rowsOf(making.properties.Actions)];
      const arns = actions.flatMap(({ TargetGroupArn, ForwardConfig }) => [
        TargetGroupArn,
        ...rowsOf(partOf(ForwardConfig).TargetGroups).map((one) => one.TargetGroupArn),
      ]);
      const missing = arns.some((arn) => typeof arn === "string" && !known(making, TARGETS, arn));
      return missing ? notThere("One or more target groups not found") : undefined;
    },
  },
  {
    name: "a subnet group's subnets exist",
    types: ["AWS::RDS::DBSubnetGroup", "AWS::ElastiCache::SubnetGroup"],
    source: "RDS API Reference, CreateDBSubnetGroup (InvalidSubnet)",
    check: (making) => {
      const missing = listOf(making.properties, "SubnetIds").filter((id) => !known(making, "AWS::EC2::Subnet", id));
      return missing.length > 0 ? notThere(`Some input subnets in :[${missing.join(", ")}] are invalid.`) : undefined;
    },
  },
  {
    name: "a database lies in a subnet group that exists",
    types: ["AWS::RDS::DBInstance"],
    source: "RDS API Reference, CreateDBInstance (DBSubnetGroupNotFoundFault)",
    check: (making) => {
      const name = textOf(making.properties, "DBSubnetGroupName");
      const found = name === "" || known(making, "AWS::RDS::DBSubnetGroup", name);
      return found ? undefined : notThere(`DBSubnetGroup '${name}' not found.`);
    },
  },
  {
    name: "a cache lies in a subnet group that exists",
    types: ["AWS::ElastiCache::ReplicationGroup"],
    source: "ElastiCache API Reference, CreateReplicationGroup (CacheSubnetGroupNotFoundFault)",
    check: (making) => {
      const name = textOf(making.properties, "CacheSubnetGroupName");
      const found = name === "" || known(making, "AWS::ElastiCache::SubnetGroup", name);
      return found ? undefined : notThere(`Cache Subnet Group ${name} does not exist.`);
    },
  },
  {
    name: "a bucket policy needs its bucket",
    types: ["AWS::S3::BucketPolicy"],
    source: "S3 API Reference, PutBucketPolicy (NoSuchBucket)",
    check: (making) => {
      const name = textOf(making.properties, "Bucket");
      // One that names a bucket of its stack by text comes after it or not, by chance: preflight says so.
      const isComing = comingWith(making).some(({ Type }) => Type === "AWS::S3::Bucket");
      return isComing || known(making, "AWS::S3::Bucket", name)
        ? undefined
        : notThere("The specified bucket does not exist");
    },
  },
  {
    name: "a service runs on a cluster that exists",
    types: ["AWS::ECS::Service"],
    source: "ECS API Reference, CreateService (ClusterNotFoundException)",
    check: (making) => {
      const name = clusterName(textOf(making.properties, "Cluster", "default"));
      return known(making, "AWS::ECS::Cluster", name) ? undefined : notThere("Cluster not found.");
    },
  },
  {
    name: "a service's task definition exists",
    types: ["AWS::ECS::Service"],
    source: "ECS API Reference, CreateService",
    check: (making) => (definitionOf(making) ? undefined : notThere("Unable to describe task definition.")),
  },
  {
    name: "a scalable target's service exists",
    types: ["AWS::ApplicationAutoScaling::ScalableTarget"],
    source: "Application Auto Scaling API Reference, RegisterScalableTarget",
    check: (making) => {
      const id = textOf(making.properties, "ResourceId");
      const found =
        !id.startsWith("service/") || others(making, "AWS::ECS::Service").some((one) => one.id.endsWith(`:${id}`));
      return found ? undefined : notThere(`ECS service doesn't exist: ${id}`);
    },
  },
  {
    name: "a policy is attached to roles that exist",
    types: ["AWS::IAM::Policy"],
    source: "IAM API Reference, PutRolePolicy (NoSuchEntity)",
    check: (making) => {
      const missing = listOf(making.properties, "Roles").find((name) => !known(making, "AWS::IAM::Role", name));
      return missing === undefined ? undefined : notThere(`The role with name ${missing} cannot be found.`);
    },
  },
  {
    name: "a function's role exists",
    types: ["AWS::Lambda::Function"],
    source: "Lambda API Reference, CreateFunction (InvalidParameterValueException)",
    check: (making) => {
      const role = textOf(making.properties, "Role");
      if (!ROLE_ARN.test(role))
        return refuse(constraint(role, "role", `satisfy regular expression pattern: ${ROLE_ARN.source.slice(1, -1)}`));
      const missing = rolesIn(making, role).some((name) => !known(making, "AWS::IAM::Role", name));
      return missing ? refuse("The role defined for the function cannot be assumed by Lambda.") : undefined;
    },
  },
  {
    name: "a function's code is where the template says",
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
    name: "managed policies that are attached exist",
    types: ["AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group"],
    source: "IAM API Reference, AttachRolePolicy (NoSuchEntity)",
    check: (making) => {
      const own = `arn:aws:iam::${making.scope.account}:policy/`;
      const missing = listOf(making.properties, "ManagedPolicyArns").find(
        (arn) => arn.startsWith(own) && !known(making, "AWS::IAM::ManagedPolicy", arn),
      );
      return missing === undefined ? undefined : notThere(`Policy ${missing} does not exist or is not attachable.`);
    },
  },
  {
    name: "a subscription needs a topic that exists",
    types: ["AWS::SNS::Subscription"],
    source: "SNS API Reference, Subscribe (NotFound)",
    check: (making) => {
      const arn = textOf(making.properties, "TopicArn");
      const [, , , region = "", account = ""] = arn.split(":");
      // Another account's topics are unknown here, and so is what its policy allows.
      if (account !== making.scope.account) return undefined;
      const wanted = textOf(making.properties, "Region") || making.scope.region;
      const found = resourceAt(making.simulator.state, "AWS::SNS::Topic", { account, region }, arn);
      return region === wanted && found ? undefined : notThere("Topic does not exist");
    },
  },
  {
    name: "principals of a key's or a bucket's policy exist",
    types: ["AWS::KMS::Key", "AWS::S3::BucketPolicy"],
    source: "KMS Developer Guide, Key policies; S3 User Guide, Policy principals",
    check: (making) => {
      const isKey = making.type === "AWS::KMS::Key";
      const document = isKey ? making.properties.KeyPolicy : making.properties.PolicyDocument;
      const missing = ownRoles(making, document).some((name) => !known(making, "AWS::IAM::Role", name));
      const words = isKey
        ? "Policy contains a statement with one or more invalid principals."
        : "Invalid principal in policy";
      return missing ? { message: words, code: "InvalidRequest" } : undefined;
    },
  },
  {
    name: "an alias stands for a key that is not about to be deleted",
    types: ["AWS::KMS::Alias"],
    source: "KMS Developer Guide, Key states of AWS KMS keys",
    check: (making) => {
      const target = textOf(making.properties, "TargetKeyId");
      const key = known(making, "AWS::KMS::Key", target.split("/").at(-1) ?? "");
      if (!key) return notThere(`Key '${target}' does not exist`);
      const leaving = key.state.deletion !== undefined;
      return leaving ? { message: `${key.attributes.Arn} is pending deletion.`, code: "InvalidRequest" } : undefined;
    },
  },
  {
    name: "a distribution uses origin access controls that exist",
    types: ["AWS::CloudFront::Distribution"],
    source: "CloudFront API Reference, CreateDistribution (NoSuchOriginAccessControl)",
    check: (making) => {
      const origins = rowsOf(partOf(making.properties.DistributionConfig).Origins);
      const ids = origins.map(({ OriginAccessControlId }) => String(OriginAccessControlId ?? ""));
      const missing = ids.some((id) => id !== "" && !known(making, "AWS::CloudFront::OriginAccessControl", id));
      return missing ? notThere("The specified origin access control does not exist.") : undefined;
    },
  },
];

/** Whether the task definition that a service names is deregistered. */
export function isDeregistered(making: Making): boolean {
  return (
    known(making, "AWS::ECS::TaskDefinition", textOf(making.properties, "TaskDefinition"))?.state.status === "INACTIVE"
  );
}

/** The properties of the task definition that a service names, by ARN or family. */
export function definitionOf(making: Making): JsonObject | undefined {
  const name = textOf(making.properties, "TaskDefinition");
  const direct = known(making, "AWS::ECS::TaskDefinition", name);
  const family = others(making, "AWS::ECS::TaskDefinition").findLast(
    ({ state }) => state.family === name.split(":")[0],
  );
  return (direct ?? family)?.properties;
}

/** Names of this account's roles that a policy's statements have as principals. */
function ownRoles(making: Making, document: Json | undefined): readonly string[] {
  const statements = [partOf(document).Statement ?? []].flat() as readonly JsonObject[];
  const arns = statements.flatMap(({ Principal }) => [partOf(Principal).AWS ?? []].flat().map(String));
  return arns.flatMap((arn) => rolesIn(making, arn));
}

/** The name of the role that an ARN means, if it is this account's own and not a service's. */
function rolesIn({ scope }: Making, arn: string): readonly string[] {
  const own = `arn:aws:iam::${scope.account}:role/`;
  return arn.startsWith(own) && !arn.startsWith(`${own}aws-service-role/`) ? [arn.split("/").at(-1) ?? ""] : [];
}
