import { Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { buildApp, ownConfig } from "../lib/app";

process.env.CDK_VALIDATION = "false";

const config = ownConfig();
/** Stacks that every environment has: protected with it. Others come and go, by a value of astro.yaml or by your hand. */
const ALWAYS = ["network", "secrets", "registry", "storage", "database", "cache", "load-balancer", "service", "cdn"];
/** Types that hold data or secrets, or a name that others rely on. */
const HOLDS_DATA = /::(Key|Secret|Repository|Bucket|DBInstance|ReplicationGroup)$/;

describe.each(Object.entries(config.environments))("environment %s", (name, environment) => {
  const assembly = buildApp(config, { context: { environment: name }, stackTraces: false }).synth();
  const stacks = new Map(
    assembly.stacks.map((stack) => [stack.stackName.slice(`${config.name}-${name}-`.length), stack]),
  );
  const template = (stack: string) => Template.fromJSON(stacks.get(stack)?.template);

  it("keeps the logical ids of everything that holds data", () => {
    const held = ["secrets", "registry", "storage", "database", "cache"].flatMap((stack) =>
      Object.entries<{ Type: string }>(template(stack).toJSON().Resources)
        .filter(([, { Type }]) => HOLDS_DATA.test(Type))
        .map(([id, { Type }]) => `${stack}: ${id} ${Type}`),
    );
    // An id that changes is a new, empty resource in place of the old one: take an addition over (`npm test -- -u`),
    // never a change.
    expect(held).toMatchInlineSnapshot(`
      [
        "secrets: Key AWS::KMS::Key",
        "secrets: JwtSecret AWS::SecretsManager::Secret",
        "secrets: DatabaseSecret AWS::SecretsManager::Secret",
        "secrets: CacheSecret AWS::SecretsManager::Secret",
        "secrets: OriginSecret AWS::SecretsManager::Secret",
        "secrets: AppSecret AWS::SecretsManager::Secret",
        "registry: Repository AWS::ECR::Repository",
        "storage: FrontendBucket AWS::S3::Bucket",
        "storage: PdfsBucket AWS::S3::Bucket",
        "storage: BackupsBucket AWS::S3::Bucket",
        "database: Database AWS::RDS::DBInstance",
        "cache: Cache AWS::ElastiCache::ReplicationGroup",
      ]
    `);
    if (environment.domain?.zone === "create") {
      expect(template("zone").toJSON().Resources).toHaveProperty("HostedZone");
    }
  });

  it("has a phase and its tags on every stack", () => {
    for (const [stack, { template: body, tags, terminationProtection }] of stacks) {
      expect(["vpc", "data", "ecs", "dns"], stack).toContain(body.Metadata["astro:phase"]);
      expect(tags, stack).toEqual({ Project: config.name, Environment: name, ManagedBy: "astro" });
      if (ALWAYS.includes(stack)) expect(terminationProtection, stack).toBe(environment.protect);
    }
    expect([...stacks.keys()]).toEqual(expect.arrayContaining(ALWAYS));
  });

  it("has a public, a private and a database subnet in the first zone", () => {
    const network = template("network");
    network.hasResourceProperties("AWS::EC2::VPC", { CidrBlock: "10.0.0.0/16" });
    for (const CidrBlock of ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]) {
      network.hasResourceProperties("AWS::EC2::Subnet", { CidrBlock, MapPublicIpOnLaunch: false });
    }
    network.resourceCountIs(
      "AWS::EC2::NatGateway",
      { none: 0, one: 1, "per-az": environment.network.azs }[environment.network.nat],
    );
  });

  it("keeps the database private, encrypted, backed up and behind TLS", () => {
    const database = template("database");
    database.hasResourceProperties("AWS::RDS::DBInstance", {
      Engine: "postgres",
      EngineVersion: "16",
      DBInstanceClass: environment.database.class,
      MultiAZ: environment.database.multiAz,
      StorageEncrypted: true,
      PubliclyAccessible: false,
      BackupRetentionPeriod: environment.database.backupDays,
      DeletionProtection: environment.protect,
    });
    database.hasResourceProperties("AWS::RDS::DBParameterGroup", { Parameters: { "rds.force_ssl": "1" } });
  });

  it("fails over in the cache as soon as there is a replica", () => {
    const { node, replicas } = environment.cache;
    template("cache").hasResourceProperties("AWS::ElastiCache::ReplicationGroup", {
      CacheNodeType: node,
      NumCacheClusters: 1 + replicas,
      AutomaticFailoverEnabled: replicas > 0,
      MultiAZEnabled: replicas > 0,
      AtRestEncryptionEnabled: true,
      TransitEncryptionEnabled: true,
    });
  });

  it("shows no bucket to the public", () => {
    for (const bucket of Object.values(template("storage").findResources("AWS::S3::Bucket"))) {
      expect(Object.values(bucket.Properties.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    }
  });

  it("runs the service in the private subnets, with secrets only by reference", () => {
    const service = template("service");
    service.hasResourceProperties("AWS::ECS::Service", {
      NetworkConfiguration: { AwsvpcConfiguration: { AssignPublicIp: "DISABLED" } },
      DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } },
    });
    const [definition] = Object.values(service.findResources("AWS::ECS::TaskDefinition"));
    const container = definition?.Properties.ContainerDefinitions[0];
    const names = container.Secrets.map(({ Name }: { Name: string }) => Name);
    expect(names.slice(0, 4)).toEqual(["JWT_SECRET", "DATABASE_USER", "DATABASE_PASSWORD", "REDIS_PASSWORD"]);
    const plain = container.Environment.map(({ Name }: { Name: string }) => Name);
    for (const name of ["DATABASE_PASSWORD", "REDIS_PASSWORD", "JWT_SECRET"]) expect(plain).not.toContain(name);
    expect(container.PortMappings[0].ContainerPort).toBe(environment.service.port);
  });

  it("keeps the data of a protected environment", () => {
    const expected = environment.protect ? "Retain" : "Delete";
    for (const id of ["PdfsBucket", "BackupsBucket"]) {
      expect(template("storage").toJSON().Resources[id].DeletionPolicy).toBe(expected);
    }
    expect(template("database").toJSON().Resources.Database.UpdateReplacePolicy).toBe("Snapshot");
  });
});

it("refuses an environment that astro.yaml does not have", () => {
  expect(() => buildApp(config, { context: { environment: "nowhere" } })).toThrow(
    "no environment nowhere in astro.yaml",
  );
});
