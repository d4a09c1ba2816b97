import { createHash } from "node:crypto";
import type { Template } from "../../src/template/types.ts";

/** A template with a piece of everything that is looked into. */
export const TEMPLATE: Template = {
  Description: "a stack",
  Metadata: { "astro:phase": "data", "astro:needs": ["shop-dev-other"] },
  Parameters: { P: { Type: "CommaDelimitedList", Default: "a,b" }, N: { Type: "Number", Default: 3 } },
  Mappings: { M: { a: { b: "c", list: ["x", "y"] } } },
  Conditions: { C: { "Fn::Equals": [{ Ref: "N" }, "3"] }, D: { "Fn::Not": [{ Condition: "C" }] } },
  Resources: {
    Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
    Subnet: {
      Type: "AWS::EC2::Subnet",
      Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: { "Fn::Select": [0, { "Fn::Cidr": ["10.0.0.0/16", 4, "8"] }] } },
    },
    Eip: { Type: "AWS::EC2::EIP", Properties: { Domain: "vpc" } },
    Nat: {
      Type: "AWS::EC2::NatGateway",
      Properties: { SubnetId: { Ref: "Subnet" }, AllocationId: { "Fn::GetAtt": ["Eip", "AllocationId"] } },
      DependsOn: ["Vpc"],
    },
    Group: {
      Type: "AWS::EC2::SecurityGroup",
      Properties: {
        GroupDescription: "g",
        VpcId: { Ref: "Vpc" },
        SecurityGroupIngress: [{ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: "0.0.0.0/0" }],
      },
    },
    Database: {
      Type: "AWS::RDS::DBInstance",
      DeletionPolicy: "Snapshot",
      UpdateReplacePolicy: "Snapshot",
      Properties: {
        DBInstanceClass: "db.t3.micro",
        Engine: "postgres",
        EngineVersion: "16",
        AllocatedStorage: "20",
        StorageType: "gp3",
        MultiAZ: { "Fn::If": ["C", true, { Ref: "AWS::NoValue" }] },
        MasterUsername: { "Fn::Sub": "{{resolve:secretsmanager:${Secret}:SecretString:username}}" },
      },
    },
    Secret: { Type: "AWS::SecretsManager::Secret", Properties: { Name: { "Fn::Sub": "${AWS::StackName}/s" } } },
    Redis: {
      Type: "AWS::ElastiCache::ReplicationGroup",
      Properties: {
        CacheNodeType: "cache.t3.micro",
        Engine: "redis",
        NumCacheClusters: 2,
        ReplicationGroupDescription: "r",
      },
    },
    Bucket: {
      Type: "AWS::S3::Bucket",
      DeletionPolicy: "Retain",
      Condition: "C",
      Properties: { LifecycleConfiguration: { Rules: [{ Id: "r", Status: "Enabled", ExpirationInDays: 3 }] } },
    },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: "shop-dev-role",
        AssumeRolePolicyDocument: {
          Statement: [{ Effect: "Allow", Principal: { Service: "ecs-tasks.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
        Policies: [
          {
            PolicyName: "p",
            PolicyDocument: {
              Statement: [
                {
                  Effect: "Allow",
                  Action: ["s3:GetObject"],
                  Resource: { "Fn::Join": ["/", [{ "Fn::GetAtt": ["Bucket", "Arn"] }, "*"]] },
                },
              ],
            },
          },
        ],
      },
    },
    Task: {
      Type: "AWS::ECS::TaskDefinition",
      Properties: {
        Cpu: "256",
        Memory: "512",
        NetworkMode: "awsvpc",
        RequiresCompatibilities: ["FARGATE"],
        ContainerDefinitions: [{ Name: "api", Image: "nginx", PortMappings: [{ ContainerPort: 80 }] }],
      },
    },
    Service: {
      Type: "AWS::ECS::Service",
      Properties: { TaskDefinition: { Ref: "Task" }, DesiredCount: 2, LaunchType: "FARGATE" },
    },
    Balancer: {
      Type: "AWS::ElasticLoadBalancingV2::LoadBalancer",
      Properties: { Name: "shop-dev-alb", Type: "application" },
    },
    Cdn: {
      Type: "AWS::CloudFront::Distribution",
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Origins: [{ Id: "o", DomainName: { "Fn::GetAtt": "Bucket.DomainName" } }],
        },
      },
    },
    Alarm: {
      Type: "AWS::CloudWatch::Alarm",
      Properties: {
        MetricName: "m",
        Namespace: { "Fn::FindInMap": ["M", "a", "b"] },
        Threshold: 1,
        EvaluationPeriods: 1,
      },
    },
    Queue: {
      Type: "AWS::SQS::Queue",
      Properties: { QueueName: { "Fn::Join": ["-", { "Fn::Split": [",", { Ref: "P" }] }] } },
    },
    Table: { Type: "AWS::DynamoDB::Table", Properties: { BillingMode: "PAY_PER_REQUEST" } },
    Function: { Type: "AWS::Lambda::Function", Properties: { MemorySize: 128, Timeout: 3, Runtime: "nodejs22.x" } },
    Key: { Type: "AWS::KMS::Key", Properties: { KeyPolicy: { Statement: [] } } },
    Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev", RetentionInDays: 14 } },
  },
  Outputs: {
    O: {
      Value: { "Fn::GetAtt": ["Bucket", "Arn"] },
      Description: "a bucket",
      Export: { Name: { "Fn::Sub": "${AWS::StackName}-o" } },
    },
    R: { Value: { "Fn::GetStackOutput": { StackName: "shop-dev-b", OutputName: "O" } }, Condition: "C" },
  },
};

/** The same, of few resources. */
export const SMALL: Template = {
  Metadata: { "astro:phase": "ecs" },
  Resources: {
    Topic: {
      Type: "AWS::SNS::Topic",
      Properties: { DisplayName: { "Fn::GetStackOutput": { StackName: "shop-dev-a", OutputName: "O" } } },
    },
  },
  Outputs: { O: { Value: { Ref: "Topic" } } },
};

export const CONFIG = {
  name: "shop",
  environments: {
    dev: {
      region: "us-east-1",
      account: "123456789012",
      network: { azs: 2, nat: "one" },
      service: { cpu: 256, memory: 512, tasks: 1, image: "v1", healthPath: "/health" },
      database: { class: "db.t3.micro", storage: 20, maxStorage: 100 },
      cache: { node: "cache.t3.micro", replicas: 0 },
      domain: { name: "example.com", zone: "create" },
      budget: { monthly: 100, email: "ops@example.com" },
    },
    prod: { region: "eu-west-1", protect: true, network: { azs: 3 } },
  },
};

export const ANSWERS = {
  name: "shop",
  env: "prod",
  region: "eu-west-1",
  azs: 2,
  spot: false,
  worker: ["celery", "-A", "app"],
  image: "1.10",
  domain: "example.com",
};

export const USAGE = {
  resources: {
    Nat: { processedGB: 250 },
    Cdn: { requests: { "United States": 100, EU: 20 } },
    Balancer: { lcuHours: 900 },
  },
  account: { internetOutGB: 400 },
};

export const FAULTS = [
  { type: "AWS::RDS::DBInstance", effect: "fails", reason: "no capacity", nth: 1 },
  { call: "cloudformation:DescribeStacks", effect: "throttled", times: 3, after: 1 },
  { workload: "crash-loop" },
  { quota: "vpc", value: 0 },
  { actor: "updates", stack: "shop-dev-a" },
];

/** A cloud assembly's manifest with three stacks, one of them in a nested assembly. */
export const MANIFEST = {
  version: "48.0.0",
  artifacts: {
    "a.assets": { type: "cdk:asset-manifest", properties: { file: "a.assets.json" } },
    a: {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/eu-west-1",
      properties: {
        templateFile: "a.template.json",
        stackName: "shop-dev-a",
        tags: { Project: "shop", Environment: "dev" },
        terminationProtection: false,
      },
      dependencies: ["a.assets"],
    },
    b: {
      type: "aws:cloudformation:stack",
      environment: "aws://unknown-account/unknown-region",
      properties: { templateFile: "b.template.json", stackName: "shop-dev-b" },
      dependencies: ["a"],
    },
    stage: { type: "cdk:cloud-assembly", properties: { directoryName: "stage" } },
    Tree: { type: "cdk:tree", properties: { file: "tree.json" } },
  },
};
export const STAGE = {
  artifacts: { c: { type: "aws:cloudformation:stack", properties: { templateFile: "../b.template.json" } } },
};
export const ASSETS = { version: "1", files: { code: { source: { path: "asset.abc" }, destinations: {} } } };

const STEP = {
  stack: "shop-dev-a",
  region: "eu-west-1",
  phase: "data",
  action: "update",
  changes: [
    { logicalId: "Database", type: "AWS::RDS::DBInstance", action: "replace", causes: ["Engine"], snapshot: true },
  ],
  resources: 4,
  needs: ["shop-dev-b"],
  because: "its tags differ",
  foreseen: { by: "templates", why: "no change set was made" },
  access: [{ kind: "ingress", who: "0.0.0.0/0", what: "tcp 443", on: "Group" }],
  monthly: { before: 1, after: 2 },
  digest: "0",
};
const STACK = {
  name: "shop-dev-a",
  region: "eu-west-1",
  phase: "data",
  template: SMALL,
  needs: [],
  tags: { Project: "shop" },
  terminationProtection: false,
  assets: [{ manifest: "a.assets.json", digest: "0" }],
};

export const CONTENT = {
  made: "2026-11-22T10:00:00.000Z",
  astro: "1.0.0",
  rehearsal: true,
  seen: [
    {
      stack: "shop-dev-a",
      region: "eu-west-1",
      id: "arn",
      status: "CREATE_COMPLETE",
      changed: "2026-11-22T10:00:00.000Z",
      content: "0",
    },
  ],
  plan: {
    project: "shop",
    environment: "dev",
    region: "eu-west-1",
    account: "111122223333",
    direction: "provision",
    steps: [STEP, { ...STEP, stack: "shop-dev-b", action: "create", needs: [], region: "us-east-1" }],
    order: "sequence",
    monthly: { before: 1, after: 2 },
  },
  stacks: [STACK, { ...STACK, name: "shop-dev-b", region: "us-east-1" }],
};

/** A plan file of this content, its digest right: whoever can write a file can write that as well. */
export function planFile(content: unknown): object {
  const digest = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  return { format: "astro-plan", version: 2, digest, content };
}

export const RECORD = {
  run: "abc",
  operation: "provision",
  who: "arn:aws:iam::111122223333:user/ada",
  host: "laptop",
  startedAt: "2026-11-22T10:00:00.000Z",
  endedAt: "2026-11-22T10:20:00.000Z",
  outcome: "failed",
  plan: "0",
  stacks: [
    {
      stack: "shop-dev-a",
      region: "eu-west-1",
      phase: "data",
      action: "create",
      failed: { status: "ROLLBACK_COMPLETE", reason: "no", resource: "Database" },
      elapsedSeconds: 3,
    },
  ],
  outputs: { AppUrl: "https://example.com" },
};
export const READS = { "shop-dev-a": { "shop-dev-b.O": "arn" } };
export const NOTE = { process: "here 1", place: "rehearsal", stacks: [{ name: "shop-dev-a", region: "eu-west-1" }] };
export const TIMINGS = { "AWS::RDS::DBInstance": { create: [600, 500], delete: [300] } };
export const LOCKFILE = { astro: "1.0.0", files: { "package.json": "sha256:0" } };
export const CDK_JSON = { app: "npx tsx bin/app.ts", context: { a: 1 } };
export const DEPLOYED = {
  format: 1,
  environments: [
    {
      project: "shop",
      environment: "dev",
      region: "eu-west-1",
      account: "111122223333",
      since: "2026-03-01T12:00:00.000Z",
    },
  ],
};
export const CLAIM = { endpoint: "http://127.0.0.1:1", nonce: "n", process: "here 1 1" };
