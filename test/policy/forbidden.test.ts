import { describe, expect, it } from "vitest";
import { operatorPolicy } from "../../src/policy/policy.ts";
import type { Template } from "../../src/template/types.ts";
import { type Asked, allows } from "../support/iam.ts";
import { ACCOUNT, ask, BOUNDARY, type Circumstances, everything, operatorOf, REGION, tags, VIA } from "./operators.ts";

const DEV = operatorOf("shop", "dev", everything("dev.example.com"), BOUNDARY);
const BUCKET = `s3:::astro-bootstrap-${ACCOUNT}-${REGION}`;
const ZONE = "route53:::hostedzone/Z0123456789ABCDEFGHIJ";
const NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
const prod = tags("Resource", "shop", "prod");
const dev2 = tags("Resource", "shop", "dev-2");
const bank = tags("Resource", "bank", "dev");
const own = tags("Resource", "shop", "dev");
const asOwn = tags("Request", "shop", "dev");
const asProd = tags("Request", "shop", "prod");
const names = (...list: readonly string[]): Circumstances => ({ [NAMES]: list });
const item = (key: string): Circumstances => ({ "dynamodb:LeadingKeys": [key] });
const bounded = (arn: string): Circumstances => ({ "iam:PermissionsBoundary": arn });

type Act = readonly [act: string, ...asked: readonly Asked[]];

/** What an operator of shop's dev may not do, neither himself nor through a stack: the act, and all that IAM is asked for it. */
const FORBIDDEN: readonly Act[] = [
  // astro's own bucket, table and stack
  ["delete prod's record of runs", ask("s3:DeleteObject", `${BUCKET}/environments/shop/prod/run.json`)],
  ["delete its own record's old versions", ask("s3:DeleteObjectVersion", `${BUCKET}/environments/shop/dev/run.json`)],
  ["read prod's record", ask("s3:GetObject", `${BUCKET}/environments/shop/prod/run.json`)],
  ["overwrite prod's record", ask("s3:PutObject", `${BUCKET}/environments/shop/prod/run.json`)],
  ["overwrite the record of dev-2", ask("s3:PutObject", `${BUCKET}/environments/shop/dev-2/run.json`)],
  ["overwrite the record of project shop-dev", ask("s3:PutObject", `${BUCKET}/environments/shop-dev/2/run.json`)],
  ["write a file among those of all environments", ask("s3:PutObject", `${BUCKET}/assets/0123.zip`)],
  ["exchange prod's code", ask("s3:PutObject", `${BUCKET}/environments/shop/prod/assets/0123.zip`)],
  ["exchange a template of prod", ask("s3:PutObject", `${BUCKET}/environments/shop/prod/templates/a/b.json`)],
  ["exchange a template in the old place", ask("s3:PutObject", `${BUCKET}/templates/shop-dev-network/b.json`)],
  ["list what prod keeps", ask("s3:ListBucket", BUCKET, { "s3:prefix": "environments/shop/prod/" })],
  ["list all that is kept", ask("s3:ListBucket", BUCKET)],
  ["rewrite the bucket's policy", ask("s3:PutBucketPolicy", BUCKET)],
  ["drop the bucket's policy", ask("s3:DeleteBucketPolicy", BUCKET)],
  ["end the bucket's versions", ask("s3:PutBucketVersioning", BUCKET)],
  ["let the bucket's objects expire", ask("s3:PutLifecycleConfiguration", BUCKET)],
  ["open the bucket to the public", ask("s3:PutBucketPublicAccessBlock", BUCKET)],
  ["delete the bucket", ask("s3:DeleteBucket", BUCKET)],
  ["delete the bootstrap stack", ask("cloudformation:DeleteStack", "cloudformation:HERE:stack/astro-bootstrap/1")],
  ["change the bootstrap stack", ask("cloudformation:CreateChangeSet", "cloudformation:HERE:stack/astro-bootstrap/1")],
  [
    "lift the bootstrap's protection",
    ask("cloudformation:UpdateTerminationProtection", "cloudformation:HERE:stack/astro-bootstrap/1"),
  ],
  ["delete the table of locks", ask("dynamodb:DeleteTable", "dynamodb:HERE:table/astro-locks")],
  ["share the table of locks", ask("dynamodb:PutResourcePolicy", "dynamodb:HERE:table/astro-locks")],
  ["delete prod's lock", ask("dynamodb:DeleteItem", "dynamodb:HERE:table/astro-locks", item("shop/prod"))],
  ["take the lock of dev-2", ask("dynamodb:PutItem", "dynamodb:HERE:table/astro-locks", item("shop/dev-2"))],
  ["change an item without saying which", ask("dynamodb:UpdateItem", "dynamodb:HERE:table/astro-locks")],
  ["read all locks", ask("dynamodb:Scan", "dynamodb:HERE:table/astro-locks")],
  // stacks
  ...["shop-prod-network", "shop-dev-2-network", "shop-dev-network-cache", "bank-dev-network"].map(
    (stack) =>
      [`delete stack ${stack}`, ask("cloudformation:DeleteStack", `cloudformation:HERE:stack/${stack}/1`)] as const,
  ),
  ["change a stack of prod", ask("cloudformation:CreateChangeSet", "cloudformation:HERE:stack/shop-prod-cdn/1")],
  ["carry out a change of prod", ask("cloudformation:ExecuteChangeSet", "cloudformation:HERE:stack/shop-prod-cdn/1")],
  ["read prod's template", ask("cloudformation:GetTemplate", "cloudformation:HERE:stack/shop-prod-secrets/1")],
  ["make a stack beside astro", ask("cloudformation:CreateStack", "cloudformation:HERE:stack/shop-dev-mine/1")],
  [
    "delete a stack of the same name elsewhere",
    ask("cloudformation:DeleteStack", `arn:aws:cloudformation:ap-south-1:${ACCOUNT}:stack/shop-dev-network/1`),
  ],
  [
    "delete a stack of the same name in another account",
    ask("cloudformation:DeleteStack", `arn:aws:cloudformation:${REGION}:999999999999:stack/shop-dev-network/1`),
  ],
  [
    "take over what has neither name nor tags",
    ask("cloudformation:CreateChangeSet", "cloudformation:HERE:stack/shop-dev-cdn/1", {
      "cloudformation:ImportResourceTypes": ["AWS::CloudFront::CachePolicy"],
    }),
  ],
  [
    "tag prod's change set as its own",
    ask("cloudformation:TagResource", "cloudformation:HERE:changeSet/astro-1/1", { ...prod, ...asOwn }),
  ],
  // sessions
  [
    "begin a session by another document",
    ask("ssm:StartSession", `arn:aws:ssm:${REGION}::document/AWS-StartInteractiveCommand`),
  ],
  ["begin a session by a document of the account's", ask("ssm:StartSession", "ssm:HERE:document/Mine")],
  ["begin a session on a machine", ask("ssm:StartSession", "ec2:HERE:instance/i-0123456789abcdef0")],
  [
    "end somebody else's session",
    ask("ssm:TerminateSession", "ssm:HERE:session/grace-0123", { "aws:userid": "AIDA1", "aws:username": "ada" }),
  ],
  // the network
  ["open prod's security group", ask("ec2:AuthorizeSecurityGroupIngress", "ec2:HERE:security-group/sg-1", prod)],
  ["open an untagged security group", ask("ec2:AuthorizeSecurityGroupIngress", "ec2:HERE:security-group/sg-1")],
  ["close prod's security group", ask("ec2:RevokeSecurityGroupIngress", "ec2:HERE:security-group/sg-1", prod)],
  ["let prod's database out", ask("ec2:AuthorizeSecurityGroupEgress", "ec2:HERE:security-group/sg-1", prod)],
  ["lead prod's traffic elsewhere", ask("ec2:CreateRoute", "ec2:HERE:route-table/rtb-1", prod)],
  ["replace prod's route", ask("ec2:ReplaceRoute", "ec2:HERE:route-table/rtb-1", prod)],
  ["delete a route of dev-2", ask("ec2:DeleteRoute", "ec2:HERE:route-table/rtb-1", dev2)],
  [
    "exchange prod's route table",
    ask("ec2:AssociateRouteTable", "ec2:HERE:route-table/rtb-1", own),
    ask("ec2:AssociateRouteTable", "ec2:HERE:subnet/subnet-1", prod),
  ],
  ["delete prod's VPC", ask("ec2:DeleteVpc", "ec2:HERE:vpc/vpc-1", prod)],
  ["delete another project's VPC", ask("ec2:DeleteVpc", "ec2:HERE:vpc/vpc-1", bank)],
  ["change prod's VPC", ask("ec2:ModifyVpcAttribute", "ec2:HERE:vpc/vpc-1", prod)],
  ["delete prod's NAT gateway", ask("ec2:DeleteNatGateway", "ec2:HERE:natgateway/nat-1", prod)],
  ["release prod's address", ask("ec2:ReleaseAddress", "ec2:HERE:elastic-ip/eipalloc-1", prod)],
  ["take prod's address", ask("ec2:AssociateAddress", "ec2:HERE:elastic-ip/eipalloc-1", prod)],
  ["delete prod's endpoint", ask("ec2:DeleteVpcEndpoints", "ec2:HERE:vpc-endpoint/vpce-1", prod)],
  ["change prod's endpoint", ask("ec2:ModifyVpcEndpoint", "ec2:HERE:vpc-endpoint/vpce-1", prod)],
  ["stop prod's flow log", ask("ec2:DeleteFlowLogs", "ec2:HERE:vpc-flow-log/fl-1", prod)],
  [
    "make a subnet in prod's VPC",
    ask("ec2:CreateSubnet", "ec2:HERE:subnet/*", asOwn),
    // Some judges, IAM's simulator for one, know one set of keys for all ARNs of a request.
    ask("ec2:CreateSubnet", "ec2:HERE:vpc/vpc-1", { ...asOwn, ...prod }),
  ],
  [
    "make a security group in prod's VPC",
    ask("ec2:CreateSecurityGroup", "ec2:HERE:security-group/*", asOwn),
    ask("ec2:CreateSecurityGroup", "ec2:HERE:vpc/vpc-1", { ...asOwn, ...prod }),
  ],
  ["make a VPC in prod's name", ask("ec2:CreateVpc", "ec2:HERE:vpc/*", asProd)],
  ["make a VPC in nobody's name", ask("ec2:CreateVpc", "ec2:HERE:vpc/*")],
  ["delete a network interface", ask("ec2:DeleteNetworkInterface", "ec2:HERE:network-interface/eni-1", prod)],
  ["run an instance", ask("ec2:RunInstances", "ec2:HERE:instance/*", asOwn)],
  // tags
  ["call prod's VPC its own", ask("ec2:CreateTags", "ec2:HERE:vpc/vpc-1", { ...prod, ...asOwn })],
  ["call an untagged VPC its own", ask("ec2:CreateTags", "ec2:HERE:vpc/vpc-1", asOwn)],
  [
    "call a VPC its own, saying it made it",
    ask("ec2:CreateTags", "ec2:HERE:vpc/vpc-1", { ...asOwn, "ec2:CreateAction": "RunInstances" }),
  ],
  ["give a VPC of its own away", ask("ec2:CreateTags", "ec2:HERE:vpc/vpc-1", { ...own, ...asProd })],
  ["take prod's tags off", ask("ec2:DeleteTags", "ec2:HERE:vpc/vpc-1", prod)],
  ["call prod's key its own", ask("kms:TagResource", "kms:HERE:key/1", { ...prod, ...asOwn })],
  ["take the tags off prod's key", ask("kms:UntagResource", "kms:HERE:key/1", prod)],
  ["call prod's certificate its own", ask("acm:AddTagsToCertificate", "acm:HERE:certificate/1", { ...prod, ...asOwn })],
  [
    "call prod's target group its own",
    ask("elasticloadbalancing:AddTags", "elasticloadbalancing:HERE:targetgroup/a/1", { ...prod, ...asOwn }),
  ],
  [
    "call prod's distribution its own",
    ask("cloudfront:TagResource", "cloudfront::ACCOUNT:distribution/E1", { ...prod, ...asOwn }),
  ],
  ["call prod's database its own", ask("rds:AddTagsToResource", "rds:HERE:db:shop-prod", { ...prod, ...asOwn })],
  // keys
  ["delete prod's key", ask("kms:ScheduleKeyDeletion", "kms:HERE:key/1", prod)],
  ["rewrite the policy of prod's key", ask("kms:PutKeyPolicy", "kms:HERE:key/1", prod)],
  ["lend prod's key", ask("kms:CreateGrant", "kms:HERE:key/1", prod)],
  ["lend a key of nobody's", ask("kms:CreateGrant", "kms:HERE:key/1")],
  ["decrypt with prod's key", ask("kms:Decrypt", "kms:HERE:key/1", prod)],
  [
    "let its own alias lead to prod's key",
    ask("kms:UpdateAlias", "kms:HERE:alias/shop-dev"),
    ask("kms:UpdateAlias", "kms:HERE:key/1", prod),
  ],
  ["let prod's alias lead elsewhere", ask("kms:UpdateAlias", "kms:HERE:alias/shop-prod")],
  // rights
  [
    "attach AdministratorAccess to a role of its own",
    ask("iam:AttachRolePolicy", "iam::ACCOUNT:role/shop-dev-ecs-task-role", {
      "iam:PolicyARN": "arn:aws:iam::aws:policy/AdministratorAccess",
      ...bounded(BOUNDARY),
    }),
  ],
  ["attach a policy to a foreign role", ask("iam:AttachRolePolicy", "iam::ACCOUNT:role/Admin")],
  ["make a role without a boundary", ask("iam:CreateRole", "iam::ACCOUNT:role/shop-dev-ecs-task-role")],
  [
    "make a role under another boundary",
    ask(
      "iam:CreateRole",
      "iam::ACCOUNT:role/shop-dev-ecs-task-role",
      bounded("arn:aws:iam::aws:policy/AdministratorAccess"),
    ),
  ],
  [
    "put another boundary on a role",
    ask(
      "iam:PutRolePermissionsBoundary",
      "iam::ACCOUNT:role/shop-dev-ecs-task-role",
      bounded("arn:aws:iam::aws:policy/AdministratorAccess"),
    ),
  ],
  [
    "take the boundary off a role",
    ask("iam:DeleteRolePermissionsBoundary", "iam::ACCOUNT:role/shop-dev-ecs-task-role", bounded(BOUNDARY)),
  ],
  ["widen a role that has no boundary", ask("iam:PutRolePolicy", "iam::ACCOUNT:role/shop-dev-ecs-task-role")],
  ["make a role with another name", ask("iam:CreateRole", "iam::ACCOUNT:role/shop-dev-mine", bounded(BOUNDARY))],
  ["make a role of dev-2", ask("iam:CreateRole", "iam::ACCOUNT:role/shop-dev-2-ecs-task-role", bounded(BOUNDARY))],
  ["widen a role of prod", ask("iam:PutRolePolicy", "iam::ACCOUNT:role/shop-prod-ecs-task-role", bounded(BOUNDARY))],
  ["let others into a foreign role", ask("iam:UpdateAssumeRolePolicy", "iam::ACCOUNT:role/Admin")],
  ["loosen the boundary itself", ask("iam:CreatePolicyVersion", BOUNDARY)],
  ["loosen its own policy", ask("iam:CreatePolicyVersion", `arn:aws:iam::${ACCOUNT}:policy/shop-dev-operator-1`)],
  ["make a user", ask("iam:CreateUser", "iam::ACCOUNT:user/eve")],
  ["make itself a key", ask("iam:CreateAccessKey", "iam::ACCOUNT:user/eve")],
  ["make a way to sign in", ask("iam:CreateLoginProfile", "iam::ACCOUNT:user/eve")],
  ["make an instance profile", ask("iam:CreateInstanceProfile", "iam::ACCOUNT:instance-profile/shop-dev-x")],
  ...["Admin", "shop-prod-ecs-task-role", "shop-dev-2-ecs-task-role", "shop-dev-ecs-task-role-2"].map(
    (role) =>
      [
        `hand on role ${role}`,
        ask("iam:PassRole", `iam::ACCOUNT:role/${role}`, { "iam:PassedToService": "ecs-tasks.amazonaws.com" }),
      ] as const,
  ),
  [
    "hand a role of its own to a service that does not need it",
    ask("iam:PassRole", "iam::ACCOUNT:role/shop-dev-ecs-task-role", { "iam:PassedToService": "lambda.amazonaws.com" }),
  ],
  [
    "make a service-linked role nobody needs",
    ask("iam:CreateServiceLinkedRole", "iam::ACCOUNT:role/aws-service-role/x", {
      "iam:AWSServiceName": "guardduty.amazonaws.com",
    }),
  ],
  ["become an administrator", ask("sts:AssumeRole", "iam::ACCOUNT:role/Admin")],
  ["leave the organisation", ask("organizations:LeaveOrganization", "*")],
  // data and what runs
  ...["shop-prod", "shop-dev-2", "shop-dev-x", "bank-dev"].flatMap((name) => [
    [`delete database ${name}`, ask("rds:DeleteDBInstance", `rds:HERE:db:${name}`)] as const,
    [
      `change cache ${name}`,
      ask("elasticache:ModifyReplicationGroup", `elasticache:HERE:replicationgroup:${name}`),
    ] as const,
    [`delete images of ${name}`, ask("ecr:BatchDeleteImage", `ecr:HERE:repository/${name}`)] as const,
    [`stop what runs in ${name}`, ask("ecs:UpdateService", `ecs:HERE:service/${name}/api`)] as const,
    [
      `run a task of its own in ${name}`,
      ask("ecs:RunTask", "ecs:HERE:task-definition/shop-dev-api:1", {
        "ecs:cluster": `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/${name}`,
      }),
    ] as const,
    [
      `run a task of ${name}`,
      ask("ecs:RunTask", `ecs:HERE:task-definition/${name}-api:1`, {
        "ecs:cluster": `arn:aws:ecs:${REGION}:${ACCOUNT}:cluster/shop-dev`,
      }),
    ] as const,
    [
      `open a shell in ${name}`,
      ask("ecs:ExecuteCommand", `ecs:HERE:cluster/${name}`),
      ask("ecs:ExecuteCommand", `ecs:HERE:task/${name}/0123456789abcdef`),
    ] as const,
    [`forward a port through ${name}`, ask("ssm:StartSession", `ecs:HERE:task/${name}/0123456789abcdef`)] as const,
    [
      `read the lines of ${name}`,
      ask("logs:FilterLogEvents", `logs:HERE:log-group:/${name.replace("-", "/")}/api`),
    ] as const,
    [`stop a task of ${name}`, ask("ecs:StopTask", `ecs:HERE:task/${name}/0123456789abcdef`)] as const,
    [
      `run something else in ${name}`,
      ask("ecs:RegisterTaskDefinition", `ecs:HERE:task-definition/${name}-api:1`),
    ] as const,
    [`delete dashboard ${name}`, ask("cloudwatch:DeleteDashboards", `cloudwatch::ACCOUNT:dashboard/${name}`)] as const,
    [`silence an alarm of ${name}`, ask("cloudwatch:DeleteAlarms", `cloudwatch:HERE:alarm:${name}-ApiErrors`)] as const,
    [`delete topic of ${name}`, ask("sns:DeleteTopic", `sns:HERE:${name}-alarms`)] as const,
    [`listen to ${name}`, ask("sns:Subscribe", `sns:HERE:${name}-alarms`)] as const,
    [
      `change the listener of ${name}`,
      ask("elasticloadbalancing:ModifyListener", `elasticloadbalancing:HERE:listener/app/${name}-alb/1/1`),
    ] as const,
    [
      `change web ACL ${name}`,
      ask("wafv2:UpdateWebACL", `arn:aws:wafv2:us-east-1:${ACCOUNT}:global/webacl/${name}/1`),
    ] as const,
    [`change function ${name}`, ask("cloudfront:UpdateFunction", `cloudfront::ACCOUNT:function/${name}-spa`)] as const,
    [`empty bucket of ${name}`, ask("s3:DeleteObject", `s3:::${name}-pdfs-${ACCOUNT}-${REGION}/a.pdf`)] as const,
    [`open bucket of ${name}`, ask("s3:PutBucketPolicy", `s3:::${name}-pdfs-${ACCOUNT}-${REGION}`)] as const,
    [`delete a role of ${name}`, ask("iam:DeleteRole", `iam::ACCOUNT:role/${name}-ecs-execution-role`)] as const,
  ]),
  [
    "read prod's password",
    ask("secretsmanager:GetSecretValue", "secretsmanager:HERE:secret:shop/prod/database-AbCdEf"),
  ],
  ["read a secret of dev-2", ask("secretsmanager:GetSecretValue", "secretsmanager:HERE:secret:shop/dev-2/jwt-AbCdEf")],
  [
    "put another password in the place of a generated one",
    ask("secretsmanager:PutSecretValue", "secretsmanager:HERE:secret:shop/dev/database-AbCdEf"),
  ],
  ["set a variable of prod", ask("secretsmanager:PutSecretValue", "secretsmanager:HERE:secret:shop/prod/app-AbCdEf")],
  [`replace the tasks of prod`, ask("ecs:UpdateService", "ecs:HERE:service/shop-prod/api")],
  ["delete prod's secret", ask("secretsmanager:DeleteSecret", "secretsmanager:HERE:secret:shop/prod/jwt-AbCdEf")],
  ["read its own users' PDFs", ask("s3:GetObject", `s3:::shop-dev-pdfs-${ACCOUNT}-${REGION}/a.pdf`)],
  ["delete prod's log group", ask("logs:DeleteLogGroup", "logs:HERE:log-group:/shop/prod/api")],
  ["read the logs of dev-2", ask("logs:GetLogEvents", "logs:HERE:log-group:/shop/dev-2/api:log-stream:a")],
  ["end somebody's log delivery", ask("logs:DeleteLogDelivery", "*")],
  ["exchange a function's code", ask("lambda:UpdateFunctionCode", "lambda:HERE:function:shop-prod-jobs-Worker-1")],
  ["delete another database's snapshot", ask("rds:DeleteDBSnapshot", "rds:HERE:snapshot:shop-prod-final")],
  ["copy another database", ask("rds:RestoreDBInstanceFromDBSnapshot", "rds:HERE:snapshot:shop-prod-final")],
  // names and edge
  ["write prod's record", ask("route53:ChangeResourceRecordSets", ZONE, names("app.example.com"))],
  [
    "write a record beside its own",
    ask("route53:ChangeResourceRecordSets", ZONE, names("app.dev.example.com", "example.com")),
  ],
  ["write to a zone without saying what", ask("route53:ChangeResourceRecordSets", ZONE)],
  [
    "write a record of another zone",
    ask("route53:ChangeResourceRecordSets", "route53:::hostedzone/ZOTHER", names("app.dev.example.com")),
  ],
  ["delete a hosted zone", ask("route53:DeleteHostedZone", ZONE)],
  ["delete prod's certificate", ask("acm:DeleteCertificate", "acm:HERE:certificate/1", prod)],
  ["change prod's distribution", ask("cloudfront:UpdateDistribution", "cloudfront::ACCOUNT:distribution/E1", prod)],
  ["delete prod's distribution", ask("cloudfront:DeleteDistribution", "cloudfront::ACCOUNT:distribution/E1", prod)],
  [
    "take prod's targets away",
    ask("elasticloadbalancing:DeregisterTargets", "elasticloadbalancing:HERE:targetgroup/shop--Targe-1/1", prod),
  ],
  [
    "delete prod's target group",
    ask("elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:HERE:targetgroup/shop--Targe-1/1", prod),
  ],
  ["change another budget", ask("budgets:ModifyBudget", "budgets::ACCOUNT:budget/shop-prod-ops@example.com")],
  ["look into another region", ask("ec2:DescribeVpcs", "*", { "aws:RequestedRegion": "ap-south-1" })],
];

/** What IAM tells apart neither by name nor by tag: through the environment's own stacks, and in no other way. */
const BY_STACKS_ONLY: readonly (readonly [act: string, asked: Asked])[] = [
  ["deregister a task definition", ask("ecs:DeregisterTaskDefinition", "*")],
  ["change a cache policy", ask("cloudfront:UpdateCachePolicy", "cloudfront::ACCOUNT:cache-policy/1")],
  [
    "delete an origin access control",
    ask("cloudfront:DeleteOriginAccessControl", "cloudfront::ACCOUNT:origin-access-control/1"),
  ],
  [
    "change a header policy",
    ask("cloudfront:UpdateResponseHeadersPolicy", "cloudfront::ACCOUNT:response-headers-policy/1"),
  ],
  [
    "take a scaling target away",
    ask("application-autoscaling:DeregisterScalableTarget", "application-autoscaling:HERE:scalable-target/1"),
  ],
  ["delete an untagged certificate", ask("acm:DeleteCertificate", "acm:HERE:certificate/1")],
  [
    "delete an untagged target group",
    ask("elasticloadbalancing:DeleteTargetGroup", "elasticloadbalancing:HERE:targetgroup/a/1"),
  ],
  ["make a key", ask("kms:CreateKey", "*", asOwn)],
];

describe("an operator of shop's dev", () => {
  it("is asked for enough", () => {
    expect(FORBIDDEN.length).toBeGreaterThan(150);
    expect(new Set(FORBIDDEN.map(([act]) => act)).size).toBe(FORBIDDEN.length);
  });

  const through = (asked: Asked): Asked => ({ ...asked, context: { ...asked.context, ...VIA } });

  it.each(FORBIDDEN.map(([act, ...asked]) => [act, asked] as const))(
    "may not %s, nor let a stack do it",
    (_, asked) => {
      expect(asked.every((one) => allows(DEV, one))).toBe(false);
      expect(asked.every((one) => allows(DEV, through(one)))).toBe(false);
    },
  );

  it.each(BY_STACKS_ONLY)("may not %s but through a stack of its own", (_, asked) => {
    expect([allows(DEV, asked), allows(DEV, through(asked))]).toEqual([false, true]);
  });
});

describe("an operator whose stacks have secrets and parameters without names", () => {
  const template: Template = {
    Resources: {
      Token: { Type: "AWS::SecretsManager::Secret" },
      Setting: { Type: "AWS::SSM::Parameter", Properties: { Type: "String", Value: "1" } },
    },
  };
  const place = { project: "shop", environment: "dev", region: REGION, account: ACCOUNT };
  const { documents } = operatorPolicy(place, [{ name: "shop-dev-jobs", region: REGION, template }]);
  const secret = "secretsmanager:HERE:secret:Token-AbCdEf";
  const parameter = "ssm:HERE:parameter/CFN-Setting-AbCdEf";
  const READING: readonly (readonly [action: string, arn: string])[] = [
    ["secretsmanager:GetSecretValue", secret],
    ["secretsmanager:UpdateSecret", secret],
    ["secretsmanager:DeleteSecret", secret],
    ["secretsmanager:TagResource", secret],
    ["secretsmanager:ReplicateSecretToRegions", secret],
    ["ssm:GetParameters", parameter],
    ["ssm:DeleteParameter", parameter],
    ["ssm:AddTagsToResource", parameter],
  ];

  it.each(READING)("may call %s on its own by way of a stack, and on nobody else's, tagged or not", (action, arn) => {
    const may = (circumstances: Circumstances) => allows(documents, ask(action, arn, circumstances));
    expect(may({ ...VIA, ...tags("Resource", "shop", "dev") })).toBe(true);
    for (const others of [{}, tags("Resource", "shop", "prod"), { "aws:ResourceTag/team": "payments" }])
      expect([may(others), may({ ...VIA, ...others })]).toEqual([false, false]);
    expect(may(tags("Resource", "shop", "dev"))).toBe(false);
    expect(may({ ...VIA, ...tags("Request", "shop", "dev") })).toBe(false);
  });

  it("may make them, with the environment's tags and no other's", () => {
    for (const [action, arn] of [
      ["secretsmanager:CreateSecret", secret],
      ["ssm:PutParameter", parameter],
    ] as const) {
      expect(allows(documents, ask(action, arn, { ...VIA, ...tags("Request", "shop", "dev") }))).toBe(true);
      expect(allows(documents, ask(action, arn, { ...VIA, ...tags("Request", "shop", "prod") }))).toBe(false);
    }
  });
});
