import { LOOSE, MAKING } from "../../src/policy/permissions.ts";
import type { ServiceResource } from "../../src/rehearsal/state/state.ts";
import type { Asked } from "../support/iam.ts";
import { type Circumstances, VIA } from "./operators.ts";

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
  "AWS::Lambda::EventSourceMapping": (id) => `lambda:HERE:event-source-mapping:${id}`,
  "AWS::Route53::HostedZone": (id) => `route53:::hostedzone/${id}`,
  "AWS::Route53::RecordSet": (id) => `route53:::hostedzone/${id.split("|")[0]}`,
  "AWS::S3::BucketPolicy": (id) => `s3:::${id}`,
};

/** Types without an ARN of their own: IAM is asked about the thing they are part of, which has this type and id. */
const PARTS: { readonly [type: string]: (thing: ServiceResource) => readonly [type: string, id: string] } = {
  "AWS::EC2::Route": ({ id }) => ["AWS::EC2::RouteTable", id.split("|")[0] ?? ""],
  "AWS::EC2::SecurityGroupIngress": ({ properties }) => ["AWS::EC2::SecurityGroup", String(properties.GroupId)],
  "AWS::EC2::SubnetRouteTableAssociation": ({ properties }) => [
    "AWS::EC2::RouteTable",
    String(properties.RouteTableId),
  ],
  "AWS::EC2::VPCGatewayAttachment": ({ properties }) => ["AWS::EC2::VPC", String(properties.VpcId)],
  "AWS::SQS::QueuePolicy": ({ properties }) => ["AWS::SQS::Queue", String((properties.Queues as readonly string[])[0])],
  "AWS::SNS::TopicPolicy": ({ properties }) => ["AWS::SNS::Topic", String((properties.Topics as readonly string[])[0])],
};

/** Of another service than the type's own, the type of the thing that is asked about. */
const FOREIGN: { readonly [service: string]: string } = {
  iam: "AWS::IAM::Role",
  kms: "AWS::KMS::Key",
  ecs: "AWS::ECS::Service",
  route53: "AWS::Route53::HostedZone",
};

/** EC2's kinds by the types of CloudFormation that make them. */
const KINDS: { readonly [kind: string]: string } = {
  "elastic-ip": "AWS::EC2::EIP",
  "internet-gateway": "AWS::EC2::InternetGateway",
  natgateway: "AWS::EC2::NatGateway",
  "route-table": "AWS::EC2::RouteTable",
  "security-group": "AWS::EC2::SecurityGroup",
  subnet: "AWS::EC2::Subnet",
  vpc: "AWS::EC2::VPC",
  "vpc-endpoint": "AWS::EC2::VPCEndpoint",
  "vpc-flow-log": "AWS::EC2::FlowLog",
};

/** CloudFormation's registry says of these: not taggable. The rest of the tags come with the thing, or right after it. */
const UNTAGGED =
  /::(ApplicationAutoScaling::\w+|CloudFront::(CachePolicy|Function|OriginAccessControl|ResponseHeadersPolicy)|\w+V2::Listener(Rule)?|KMS::Alias|Route53::\w+|WAFv2::WebACL)$/;
/** These are tagged once they stand. */
export const TAGGED_LATE =
  /::(CertificateManager::Certificate|\w+::TargetGroup|CloudFront::Distribution|EC2::VPCEndpoint)$/;

/** What IAM is asked when CloudFormation calls `action` for a thing: on which ARNs, in which circumstances. */
export function askedFor(action: string, thing: ServiceResource, all: readonly ServiceResource[]): readonly Asked[] {
  const requested = thing.region === "global" ? "us-east-1" : thing.region;
  const given = tagsOf("Request", thing);
  const boundary = thing.properties.PermissionsBoundary;
  const context = {
    ...VIA,
    "aws:RequestedRegion": requested,
    ...(typeof boundary === "string" && { "iam:PermissionsBoundary": boundary }),
  };
  const on = (resource: string, more: Circumstances = {}): Asked => ({
    action,
    resource,
    context: { ...context, ...more },
  });
  if (/^iam:(At|De)tachRolePolicy$/.test(action)) {
    const policies = Array.isArray(thing.properties.ManagedPolicyArns) ? thing.properties.ManagedPolicyArns : [];
    return policies.map((policy) => on(arnOf(thing), { "iam:PolicyARN": String(policy) }));
  }
  if (/^s3:GetObject(Version)?$/.test(action)) {
    const { S3Bucket, S3Key } = thing.properties.Code as { readonly [name: string]: unknown };
    return [on(`arn:aws:s3:::${String(S3Bucket)}/${String(S3Key)}`)];
  }
  if (action === "ec2:CreateTags") {
    const made = Object.keys(MAKING).find((one) => KINDS[MAKING[one]?.makes ?? ""] === thing.type) ?? "";
    const create = TAGGED_LATE.test(thing.type) ? {} : { "ec2:CreateAction": made.slice("ec2:".length) };
    return [on(arnOf(thing), { ...given, ...create }), on(arnOf(thing), { ...given, ...tagsOf("Resource", thing) })];
  }
  const making = MAKING[action];
  if (making !== undefined) {
    const text = JSON.stringify(thing.properties);
    const used = making.uses.split(" ").flatMap((kind) => all.filter((one) => one.type === KINDS[kind]));
    return [
      on(arnOf(thing).replace(/[^/]*$/, "*"), TAGGED_LATE.test(thing.type) ? {} : given),
      ...used.filter(({ id }) => text.includes(id)).map((one) => on(arnOf(one), tagsOf("Resource", one))),
    ];
  }
  if (LOOSE.has(action)) return [on("*", TAGGED_LATE.test(thing.type) ? {} : given)];
  if (action === "route53:ChangeResourceRecordSets") {
    const zone = arnOf({ ...thing, type: "AWS::Route53::HostedZone", id: String(thing.properties.HostedZoneId) });
    const written = [thing.properties.Name, thing.properties.DomainName].filter((name) => typeof name === "string");
    return thing.type === "AWS::Route53::RecordSet"
      ? [on(zone, { [NAMES]: written.map((name) => String(name).replace(/\.$/, "")) })]
      : [on("arn:aws:route53:::hostedzone/ZMADE", { [NAMES]: written.map((name) => `_x1.${String(name)}`) })];
  }
  const service = action.split(":")[0] ?? "";
  const key = all.find(({ type, region }) => type === "AWS::KMS::Key" && region === thing.region);
  return [
    ...subjects(service, thing, all).flatMap((subject) => {
      if (typeof subject === "string") return [on(subject)];
      const stands = on(arnOf(subject), {
        ...tagsOf("Resource", subject),
        ...(/[a-z]TagR|AddT/.test(action) && given),
      });
      return TAGGED_LATE.test(subject.type) ? [stands, on(arnOf(subject))] : [stands];
    }),
    ...(thing.type === "AWS::KMS::Alias" && key ? [on(arnOf(key), tagsOf("Resource", key))] : []),
    // A key's tags are not there yet as it is made with them.
    ...(action === "kms:TagResource" ? [on(arnOf(thing), given)] : []),
  ];
}

const NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";

function tagsOf(of: "Request" | "Resource", { type, tags }: ServiceResource): Circumstances {
  if (UNTAGGED.test(type)) return {};
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${of}Tag/${key}`, value]));
}

function subjects(
  service: string,
  thing: ServiceResource,
  all: readonly ServiceResource[],
): readonly (ServiceResource | string)[] {
  const part = PARTS[thing.type]?.(thing);
  const own = part ? all.find(({ type, id }) => type === part[0] && id === part[1]) : thing;
  if (own && arnOf(own).split(":")[2] === service) return [own];
  const foreign = all.filter(
    ({ type, region }) => type === FOREIGN[service] && ["global", thing.region].includes(region),
  );
  if (foreign.length > 0) return foreign;
  if (service === "cloudwatch")
    return all
      .filter(({ type }) => type === "AWS::ECS::Cluster")
      .map(({ id }) => `arn:aws:cloudwatch:${thing.region}:${thing.account}:alarm:TargetTracking-service/${id}/api-1`);
  // No key of ours: a key that AWS manages lets in whoever may use its service.
  if (service === "kms") return [];
  // A stack shares its region with nothing else of that service: any thing there.
  return [`arn:aws:${service}:${thing.region}:${thing.account}:any/1`];
}

function arnOf({ type, id, region, account, attributes }: ServiceResource): string {
  const form = FORMS[type]?.(id);
  if (form !== undefined) return `arn:aws:${form.replace("HERE", `${region}:${account}`).replace("ACCOUNT", account)}`;
  const own = Object.entries(attributes).find(([name]) => /^(\w+)?A(rn|RN)$/.test(name));
  return id.startsWith("arn:") ? id : String(own?.[1] ?? id);
}
