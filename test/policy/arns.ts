import { LOOSE } from "../../src/policy/permissions.ts";
import type { Thing } from "../../src/rehearsal/world.ts";
import type { Asked } from "../support/iam.ts";

/** The form of a type's ARN (Service Authorization Reference), where the rehearsal's thing has none of its own. */
const FORMS: { readonly [type: string]: (id: string) => string } = {
  "AWS::ApplicationAutoScaling::ScalableTarget": () => "application-autoscaling:HERE:scalable-target/0ec51",
  "AWS::ApplicationAutoScaling::ScalingPolicy": () => "application-autoscaling:HERE:scalable-target/0ec51",
  "AWS::Budgets::Budget": (id) => `budgets::ACCOUNT:budget/${id}`,
  "AWS::CloudFront::CachePolicy": (id) => `cloudfront::ACCOUNT:cache-policy/${id}`,
  "AWS::CloudFront::Distribution": (id) => `cloudfront::ACCOUNT:distribution/${id}`,
  "AWS::CloudFront::OriginAccessControl": (id) => `cloudfront::ACCOUNT:origin-access-control/${id}`,
  "AWS::CloudFront::ResponseHeadersPolicy": (id) => `cloudfront::ACCOUNT:response-headers-policy/${id}`,
  "AWS::CloudWatch::Dashboard": (id) => `cloudwatch::ACCOUNT:dashboard/${id}`,
  "AWS::ECS::ClusterCapacityProviderAssociations": (id) => `ecs:HERE:cluster/${id}`,
  "AWS::EC2::EIP": () => "ec2:HERE:elastic-ip/eipalloc-1",
  "AWS::EC2::FlowLog": (id) => `ec2:HERE:vpc-flow-log/${id}`,
  "AWS::EC2::InternetGateway": (id) => `ec2:HERE:internet-gateway/${id}`,
  "AWS::EC2::NatGateway": (id) => `ec2:HERE:natgateway/${id}`,
  "AWS::EC2::RouteTable": (id) => `ec2:HERE:route-table/${id}`,
  "AWS::EC2::SecurityGroup": (id) => `ec2:HERE:security-group/${id}`,
  "AWS::EC2::Subnet": (id) => `ec2:HERE:subnet/${id}`,
  "AWS::EC2::VPC": (id) => `ec2:HERE:vpc/${id}`,
  "AWS::EC2::VPCEndpoint": (id) => `ec2:HERE:vpc-endpoint/${id}`,
  "AWS::ElastiCache::ParameterGroup": (id) => `elasticache:HERE:parametergroup:${id}`,
  "AWS::ElastiCache::ReplicationGroup": (id) => `elasticache:HERE:replicationgroup:${id}`,
  "AWS::ElastiCache::SubnetGroup": (id) => `elasticache:HERE:subnetgroup:${id}`,
  "AWS::KMS::Alias": (id) => `kms:HERE:${id}`,
  "AWS::Route53::HostedZone": (id) => `route53:::hostedzone/${id}`,
  "AWS::Route53::RecordSet": (id) => `route53:::hostedzone/${id.split("|")[0]}`,
  "AWS::S3::BucketPolicy": (id) => `s3:::${id}`,
};

/** Types without an ARN of their own: IAM is asked about the thing they are part of, which has this type and id. */
const PARTS: { readonly [type: string]: (thing: Thing) => readonly [type: string, id: string] } = {
  "AWS::EC2::Route": ({ id }) => ["AWS::EC2::RouteTable", id.split("|")[0] ?? ""],
  "AWS::EC2::SecurityGroupIngress": ({ properties }) => ["AWS::EC2::SecurityGroup", String(properties.GroupId)],
  "AWS::EC2::SubnetRouteTableAssociation": ({ properties }) => [
    "AWS::EC2::RouteTable",
    String(properties.RouteTableId),
  ],
  "AWS::EC2::VPCGatewayAttachment": ({ properties }) => ["AWS::EC2::VPC", String(properties.VpcId)],
  "AWS::SNS::TopicPolicy": ({ properties }) => ["AWS::SNS::Topic", String((properties.Topics as readonly string[])[0])],
};

/** Of another service than the type's own, the type of the thing that is asked about. */
const FOREIGN: { readonly [service: string]: string } = {
  iam: "AWS::IAM::Role",
  kms: "AWS::KMS::Key",
  ecs: "AWS::ECS::Service",
  route53: "AWS::Route53::HostedZone",
};

/** What IAM is asked when CloudFormation calls `action` for a thing: on which ARNs, with which region and tags. */
export function arnsFor(action: string, thing: Thing, all: readonly Thing[]): readonly Asked[] {
  const { region } = thing;
  const requested = region === "global" ? "us-east-1" : region;
  const context = { "aws:RequestedRegion": requested };
  if (LOOSE.has(action)) return [{ action, resource: "*", context }];
  const service = action.split(":")[0] ?? "";
  return subjects(service, thing, all).map((subject) => ({
    action,
    resource: typeof subject === "string" ? subject : arnOf(subject),
    context: {
      ...context,
      ...(typeof subject !== "string" &&
        Object.fromEntries(Object.entries(subject.tags).map(([key, value]) => [`aws:ResourceTag/${key}`, value]))),
    },
  }));
}

function subjects(service: string, thing: Thing, all: readonly Thing[]): readonly (Thing | string)[] {
  const part = PARTS[thing.type]?.(thing);
  const own = part ? all.find(({ type, id }) => type === part[0] && id === part[1]) : thing;
  if (own && arnOf(own).split(":")[2] === service) return [own];
  const foreign = all.filter(
    ({ type, region }) => type === FOREIGN[service] && ["global", thing.region].includes(region),
  );
  if (foreign.length > 0) return foreign;
  if (service === "cloudwatch")
    return [`arn:aws:cloudwatch:${thing.region}:${thing.account}:alarm:TargetTracking-service/shop-dev/api-1`];
  // No key of ours: a key that AWS manages lets in whoever may use its service.
  if (service === "kms") return [];
  // A stack shares its region with nothing else of that service: any thing there.
  return [`arn:aws:${service}:${thing.region}:${thing.account}:any/1`];
}

function arnOf({ type, id, region, account, attributes }: Thing): string {
  const form = FORMS[type]?.(id);
  if (form !== undefined) return `arn:aws:${form.replace("HERE", `${region}:${account}`).replace("ACCOUNT", account)}`;
  const own = Object.entries(attributes).find(([name]) => /^(\w+)?A(rn|RN)$/.test(name));
  return id.startsWith("arn:") ? id : String(own?.[1] ?? id);
}
