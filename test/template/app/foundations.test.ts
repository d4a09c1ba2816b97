import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../../src/template/types.ts";
import { type Design, designs, dev, prod, read } from "./designs.ts";
import { synthesise } from "./synth.ts";

describe("the network of the architecture", () => {
  const addresses = ({ all }: Design) => all("AWS::EC2::Subnet").map(({ CidrBlock }) => String(CidrBlock));

  it("has one zone's three subnets in dev, and of a second zone only what AWS demands", () => {
    expect(addresses(dev).sort()).toEqual([
      "10.0.1.0/24",
      "10.0.11.0/24",
      "10.0.13.0/24",
      "10.0.2.0/24",
      "10.0.3.0/24",
    ]);
    expect(dev.all("AWS::EC2::NatGateway")).toHaveLength(1);
  });

  it("has three zones in prod, and in each a gateway that its private subnet goes out by", () => {
    const numbers = [1, 2, 3, 11, 12, 13, 21, 22, 23];
    expect(addresses(prod).sort()).toEqual(numbers.map((number) => `10.0.${number}.0/24`).sort());
    for (const zone of [1, 2, 3]) {
      expect(prod.at("network", `NatGateway${zone}`)).toMatchObject({ SubnetId: { Ref: `PublicSubnet${zone}` } });
      expect(prod.at("network", `PrivateDefaultRoute${zone}`)).toMatchObject({
        RouteTableId: { Ref: `PrivateRouteTable${zone}` },
        NatGatewayId: { Ref: `NatGateway${zone}` },
      });
      expect(prod.at("network", `PrivateSubnet${zone}Routes`)).toMatchObject({
        RouteTableId: { Ref: `PrivateRouteTable${zone}` },
      });
    }
  });

  it.each(designs)("has the table's security groups in %s", (_, { at }) => {
    const group = (id: string) => ({ "Fn::GetAtt": [id, "GroupId"] });
    const port = (number: number) => ({ IpProtocol: "tcp", FromPort: number, ToPort: number });
    expect(at("network", "AlbSecurityGroup")).toMatchObject({
      SecurityGroupIngress: [80, 443].map((number) => ({ ...port(number), CidrIp: "0.0.0.0/0" })),
      SecurityGroupEgress: [{ ...port(8000), DestinationSecurityGroupId: group("EcsSecurityGroup") }],
    });
    expect(at("network", "EcsSecurityGroup")).toMatchObject({
      SecurityGroupEgress: [{ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }],
    });
    expect(at("network", "EcsFromAlb")).toMatchObject({
      ...port(8000),
      GroupId: group("EcsSecurityGroup"),
      SourceSecurityGroupId: group("AlbSecurityGroup"),
    });
    for (const [id, number] of [["RdsSecurityGroup", 5432] as const, ["RedisSecurityGroup", 6379] as const]) {
      expect(at("network", id)).toMatchObject({
        SecurityGroupIngress: [{ ...port(number), SourceSecurityGroupId: group("EcsSecurityGroup") }],
        SecurityGroupEgress: [{ CidrIp: "127.0.0.1/32" }],
      });
    }
  });

  it("keeps the ways to S3 and DynamoDB inside AWS, and all others without a NAT gateway", () => {
    const closed = read({ region: "eu-west-1", network: { nat: "none" } });
    const services = ({ all }: Design) =>
      all("AWS::EC2::VPCEndpoint").map(({ ServiceName }) =>
        String(ServiceName).replace(/^com\.amazonaws\.[^.]+\./, ""),
      );
    expect(services(dev)).toEqual(["s3", "dynamodb"]);
    expect(services(closed).slice(2)).toEqual(["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssmmessages"]);
    expect(closed.all("AWS::EC2::NatGateway")).toEqual([]);
  });
});

describe("a permissions boundary in astro.yaml", () => {
  const rolesOf = (boundary?: string) =>
    synthesise({ region: "eu-west-1", network: { flowLogs: true }, ...(boundary && { boundary }) })
      .flatMap(({ template }) => Object.values(template.Resources))
      .filter(({ Type }) => Type === "AWS::IAM::Role")
      .map(({ Properties }) => Properties?.PermissionsBoundary);

  it("is carried by every role, of whatever stack; without one none carries any", () => {
    const boundary = "arn:aws:iam::123456789012:policy/team/engineers";
    expect(rolesOf(boundary)).toEqual([boundary, boundary, boundary]);
    expect(rolesOf()).toEqual([undefined, undefined, undefined]);
  });
});

describe("the roles of the architecture", () => {
  const actions = (role: JsonObject) =>
    JSON.stringify(role.Policies)
      .match(/"[a-z0-9]+:[A-Za-z*]+"/g)
      ?.map((word) => word.slice(1, -1))
      .filter((word) => word !== "kms:ViaService")
      .sort();

  it.each(designs)("are two in %s, under the architecture's names, with no right beyond it", (_, { at }) => {
    const execution = at("service", "ExecutionRole");
    const task = at("service", "TaskRole");
    expect([execution.RoleName, task.RoleName]).toEqual(["astro-dev-ecs-execution-role", "astro-dev-ecs-task-role"]);
    expect(actions(execution)).toEqual([
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:GetAuthorizationToken",
      "ecr:GetDownloadUrlForLayer",
      "kms:Decrypt",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "secretsmanager:GetSecretValue",
    ]);
    expect(actions(task)).toEqual([
      "kms:Decrypt",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "logs:CreateLogStream",
      "logs:DescribeLogGroups",
      "logs:DescribeLogStreams",
      "logs:PutLogEvents",
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:ListBucket",
      "s3:PutObject",
      "ssmmessages:CreateControlChannel",
      "ssmmessages:CreateDataChannel",
      "ssmmessages:OpenControlChannel",
      "ssmmessages:OpenDataChannel",
    ]);
  });

  it.each(designs)("are named in the key's policy in %s, though they come after the key", (_, { at }) => {
    const { Statement } = at("secrets", "Key").KeyPolicy as { Statement: readonly JsonObject[] };
    const use = Statement.find(({ Sid }) => Sid === "EcsRolesUse");
    const words = JSON.stringify(use?.Condition);
    expect(words).toContain(":role/astro-dev-ecs-execution-role");
    expect(words).toContain(":role/astro-dev-ecs-task-role");
  });
});

describe("what holds data", () => {
  it.each(designs)("is PostgreSQL 16 from 20 to 100 GB with seven days of backups in %s", (_, { at }) => {
    expect(at("database", "Database")).toMatchObject({
      Engine: "postgres",
      EngineVersion: "16",
      StorageType: "gp3",
      AllocatedStorage: "20",
      MaxAllocatedStorage: 100,
      BackupRetentionPeriod: 7,
      EnableCloudwatchLogsExports: ["postgresql", "upgrade"],
      // What costs nothing of Database Insights: AWS's own default is the mode that does cost.
      DatabaseInsightsMode: "standard",
      EnablePerformanceInsights: true,
      PerformanceInsightsRetentionPeriod: 7,
    });
    expect(at("database", "Database")).not.toHaveProperty("KmsKeyId");
    expect(at("database", "DatabaseParameters")).toMatchObject({ Parameters: { "rds.force_ssl": "1" } });
  });

  it("is one small database in dev, and in prod a protected one with a standby", () => {
    const database = ({ at }: Design) => at("database", "Database");
    expect(database(dev)).toMatchObject({ DBInstanceClass: "db.t4g.micro", MultiAZ: false, DeletionProtection: false });
    expect(database(prod)).toMatchObject({
      DBInstanceClass: "db.m7g.large",
      MultiAZ: true,
      DeletionProtection: true,
    });
  });

  it("is Redis 7.1, encrypted and behind a token; one node in dev, a replica and failover in prod", () => {
    const cache = {
      Engine: "redis",
      EngineVersion: "7.1",
      AtRestEncryptionEnabled: true,
      TransitEncryptionEnabled: true,
    };
    const one = { CacheNodeType: "cache.t4g.micro", NumCacheClusters: 1, AutomaticFailoverEnabled: false };
    const two = { CacheNodeType: "cache.t4g.small", NumCacheClusters: 2, AutomaticFailoverEnabled: true };
    expect(dev.at("cache", "Cache")).toMatchObject({ ...cache, ...one });
    expect(prod.at("cache", "Cache")).toMatchObject({ ...cache, ...two, MultiAZEnabled: true });
    expect(prod.at("cache", "Cache").AuthToken).toBe("{{resolve:secretsmanager:astro/dev/redis:SecretString:token::}}");
    expect(prod.at("cache", "CacheParameters")).toMatchObject({ Properties: { "maxmemory-policy": "volatile-lru" } });
  });

  it("goes with its environment in dev, and stays or leaves a last snapshot in prod", () => {
    const policies = ({ templates }: Design, stack: string) =>
      new Set(Object.values(templates[stack]?.Resources ?? {}).flatMap(({ DeletionPolicy = [] }) => DeletionPolicy));
    const fates = (design: Design) =>
      ["secrets", "registry", "storage", "database", "cache"].map((stack) => [...policies(design, stack)].sort());
    expect(fates(dev)).toEqual([["Delete"], ["Delete"], ["Delete"], ["Snapshot"], ["Delete"]]);
    // Of the buckets the frontend's alone can be filled again.
    expect(fates(prod)).toEqual([["Retain"], ["Retain"], ["Delete", "Retain"], ["Snapshot"], ["Snapshot"]]);
  });

  it.each(designs)(
    "is in three buckets under the environment's key in %s, old versions kept where it matters",
    (_, design) => {
      const versioned = ["FrontendBucket", "PdfsBucket", "BackupsBucket"].map((id) => {
        const { BucketEncryption, VersioningConfiguration } = design.at("storage", id);
        expect(JSON.stringify(BucketEncryption)).toContain('"SSEAlgorithm":"aws:kms"');
        return VersioningConfiguration !== undefined;
      });
      expect(versioned).toEqual([false, true, true]);
    },
  );

  it.each(designs)("is generated where it is secret, and in no template in %s", (_, { at, all, templates }) => {
    expect(at("secrets", "Key")).toMatchObject({ EnableKeyRotation: true });
    const secrets = all("AWS::SecretsManager::Secret");
    expect(secrets).toHaveLength(6);
    // What is one's own is empty until somebody sets it; the connection URLs are composed of the others.
    for (const secret of secrets.filter(({ Name }) => !["astro/dev/app", "astro/dev/urls"].includes(String(Name)))) {
      expect(secret).toHaveProperty("GenerateSecretString");
      expect(secret).not.toHaveProperty("SecretString");
    }
    const outputs = Object.values(templates).flatMap(({ Outputs = {} }) => Object.values(Outputs));
    expect(JSON.stringify(outputs)).not.toContain("resolve:secretsmanager");
  });

  it.each(designs)("is scanned in the registry, and goes with it where nothing is protected, in %s", (_, { at }) => {
    const { ImageScanningConfiguration, EmptyOnDelete } = at("registry", "Repository");
    expect(ImageScanningConfiguration).toEqual({ ScanOnPush: true });
    expect(EmptyOnDelete).toBe(dev.at === at);
  });
});
