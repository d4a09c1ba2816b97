import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStackCommand, UpdateTerminationProtectionCommand } from "@aws-sdk/client-cloudformation";
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateSecurityGroupCommand, DescribeSecurityGroupsCommand, EC2Client } from "@aws-sdk/client-ec2";
import { CreateRepositoryCommand, ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { IAMClient, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { ChangeResourceRecordSetsCommand, Route53Client } from "@aws-sdk/client-route-53";
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutObjectCommand,
  PutObjectLegalHoldCommand,
  PutObjectRetentionCommand,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, describe, expect, it } from "vitest";
import { openAppCloud } from "../../src/aws/app.ts";
import { openLookUps } from "../../src/aws/look-ups.ts";
import { shellLine } from "../../src/command-line.ts";
import { clusterOf } from "../../src/everyday/names.ts";
import { readyLine } from "../../src/everyday/tunnel-lines.ts";
import { restartLine } from "../../src/operation/everyday/restart.ts";
import { stopLine } from "../../src/operation/release/run-task.ts";
import { operatorPolicy } from "../../src/policy/policy.ts";
import type { LookUps } from "../../src/preflight/look-ups.ts";
import { failedStack } from "../../src/provision/diagnosis/diagnose.ts";
import { removalOf } from "../../src/provision/leftover.ts";
import { StackFailure } from "../../src/provision/stack-failure.ts";
import { followTask } from "../../src/release/follow-task.ts";
import type { Template } from "../../src/template/types.ts";
import { renderPolicy } from "../../src/view/policy.ts";
import { type AwsClient, openAwsClient } from "../support/aws-client.ts";
import { adviceOf } from "../support/hints.ts";
import { found as findingsOf, fixWords } from "../support/preflight.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { serviceApp } from "../support/service-app.ts";
import { SITE, stackOf, storedFrom, TAGS } from "../support/stacks.ts";
import { step } from "../view/run.ts";
import { paper } from "../view/screen.ts";

const region = SITE.region;
const Bucket = "shop-dev-box";
let client: AwsClient | undefined;
afterAll(() => client?.stop());

/** A simulated account, clients of it, and AWS's own client to carry out what is printed. */
async function account(options: Parameters<typeof rehearsed>[0] = {}) {
  const aws = await rehearsed(options);
  const { endpoint, credentials } = aws.rehearsal;
  // Every rehearsal of this account has the same keys.
  client ??= openAwsClient(credentials);
  const config = { endpoint, credentials, region };
  return {
    aws,
    config,
    look: openLookUps({ endpoint, credentials }, region),
    obey: (words: string) => obey(endpoint, words),
  };
}

/** Carries out every `aws` command of a text, in order; how often each succeeded is counted. */
async function obey(endpoint: string, words: string): Promise<string> {
  const commands = words.match(/\baws [a-z0-9-]+ [a-z-]+ .*$/gm) ?? [];
  expect(commands.length, words).toBeGreaterThan(0);
  let said = "";
  for (const command of commands) {
    const ended = await client?.run(endpoint, command);
    expect(ended?.code, `${command}\n${ended?.stderr}`).toBe(0);
    executed.add(kindOf(command));
    said += ended?.stdout ?? "";
  }
  return said;
}

/** `aws ec2 delete-subnet` of a whole command. */
const kindOf = (command: string) => command.split(" ").slice(0, 3).join(" ");
const executed = new Set<string>();

const hintOf = (error: unknown) => (error as { readonly hint: string }).hint;
const refusal = (work: Promise<unknown>) => work.then(() => expect.fail("nothing was refused"), hintOf);

async function box({ s3 }: Rehearsed, more: object = {}) {
  const CreateBucketConfiguration = { LocationConstraint: "eu-west-1" } as const;
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration, ...more }));
}
const versionsIn = async ({ s3 }: Rehearsed) => {
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.length;
};

describe("what is printed about a bucket that cannot be emptied", () => {
  it("lifts a legal hold, and then astro empties it", async () => {
    const { aws, obey } = await account();
    await box(aws, { ObjectLockEnabledForBucket: true });
    const Key = "it's a key";
    await aws.s3.send(new PutObjectCommand({ Bucket, Key, Body: "x" }));
    await aws.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key, LegalHold: { Status: "ON" } }));
    await obey(await refusal(aws.cloud.emptyBucket(region, Bucket)));
    expect(await aws.cloud.emptyBucket(region, Bucket)).toBe(1);
  });

  it("deletes what governance keeps", async () => {
    const { aws, obey } = await account();
    await box(aws, { ObjectLockEnabledForBucket: true });
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));
    const Retention = { Mode: "GOVERNANCE", RetainUntilDate: new Date("2030-01-01T00:00:00Z") } as const;
    await aws.s3.send(new PutObjectRetentionCommand({ Bucket, Key: "a", Retention }));
    await obey(await refusal(aws.cloud.emptyBucket(region, Bucket)));
    expect(await versionsIn(aws)).toBe(0);
  });

  it("shows the policy that may deny it", async () => {
    const { aws, obey } = await account({ faults: [{ call: "s3:DeleteObjects", effect: "denied", times: 9 }] });
    await box(aws);
    const Statement = [
      { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `arn:aws:s3:::${Bucket}/b` },
    ];
    await aws.s3.send(
      new PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify({ Version: "2012-10-17", Statement }) }),
    );
    await aws.s3.send(new PutObjectCommand({ Bucket, Key: "a", Body: "x" }));
    expect(await obey(await refusal(aws.cloud.emptyBucket(region, Bucket)))).toContain("Deny");
  });
});

describe("what is printed about a repository whose images ECR keeps", () => {
  it("deletes it with all that is in it", async () => {
    const { aws, config, obey } = await account();
    const repositoryName = "shop-dev";
    const ecr = new ECRClient(config);
    await ecr.send(new CreateRepositoryCommand({ repositoryName }));
    const [one, two] = ["1", "2"].map((digit) => `sha256:${digit.repeat(64)}`);
    for (const [imageDigest, digest] of [
      [one, two],
      [two, one],
    ]) {
      const imageManifest = JSON.stringify({ manifests: [{ digest }] });
      await ecr.send(new PutImageCommand({ repositoryName, imageDigest, imageManifest }));
    }
    await obey(await refusal(aws.cloud.emptyRepository(region, repositoryName)));
    expect(await aws.cloud.emptyRepository(region, repositoryName)).toBe(0);
  });
});

describe("what is printed about a tunnel", () => {
  it("reads the password as it is at that moment", async () => {
    const { config, obey } = await account();
    const secret = "shop/dev/database";
    const SecretString = JSON.stringify({ username: "app", password: "Abc123" });
    await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: secret, SecretString }));
    const line = readyLine("database", { secret, region, localPort: 15_432 });
    const [, command = ""] = /\$\((aws .*?) \|/.exec(line) ?? [];
    expect((await obey(command)).trim()).toBe(SecretString);
  });
});

describe("what is printed about the tasks of the app", () => {
  /** A cluster as the app's templates name it, with a service in it. */
  async function tasks() {
    const at = await account();
    const { Resources } = serviceApp(region, "public.ecr.aws/nginx/nginx:1");
    const Cluster = { Type: "AWS::ECS::Cluster", Properties: { ClusterName: clusterOf(SITE) } };
    await at.aws.provision([stackOf("shop-dev-service", "ecs", { resources: { ...Resources, Cluster } })]);
    const { endpoint, credentials } = at.config;
    const app = openAppCloud({ endpoint, credentials }, region);
    const ref = { region, cluster: clusterOf(SITE), name: "api" };
    const place = (await app.taskPlace(ref)) ?? expect.fail("there is no service");
    const id = await app.startTask(place, {
      definition: place.definition,
      startedBy: "t",
      token: "t",
      command: ["ls"],
    });
    return { ...at, app, ref, place, id: id ?? expect.fail("no task was started") };
  }

  it("replaces them, so that they read the secret's new value", async () => {
    const { app, ref, obey } = await tasks();
    const rollout = async () => (await app.appServices(region, ref.cluster, [ref.name]))[0]?.rollout;
    const before = await rollout();
    await obey(shellLine(restartLine(SITE, ref.name)));
    const after = await rollout();
    expect(after?.state).toBe("IN_PROGRESS");
    expect(after?.at.getTime()).toBeGreaterThan(before?.at.getTime() ?? Number.POSITIVE_INFINITY);
  });

  it("stops one that was left to itself", async () => {
    const { app, ref, place, id, obey } = await tasks();
    await obey(shellLine(stopLine(ref, id)));
    expect((await app.oneOffTask(place, id))?.stopCode).toBe("UserInitiated");
  });

  it("shows one that is known no more", async () => {
    const { aws, app, place, id, obey } = await tasks();
    const unknown = { oneOffTask: async () => undefined, logPage: app.logPage };
    const { signal } = new AbortController();
    const following = { tasks: unknown, clock: aws.rehearsal.clock, signal, line: () => {}, status: () => {} };
    const shown = await obey(await refusal(followTask(following, place, id, undefined)));
    expect(shown).toContain(`"taskArn": "arn:aws:ecs:${region}:${SITE.account}:task/shop-dev/${id}"`);
  });

  it("shows a secret that something else wrote", async () => {
    const { config, obey } = await account();
    const SecretString = "no JSON";
    await new SecretsManagerClient(config).send(new CreateSecretCommand({ Name: "shop/dev/app", SecretString }));
    const { endpoint, credentials } = config;
    const read = openAppCloud({ endpoint, credentials }, region).appSecret(region, "shop/dev/app");
    const shown = await obey(await refusal(read));
    expect(shown).toContain("AWSCURRENT");
    expect(shown).not.toContain(SecretString);
  });
});

const NETWORK: Template["Resources"] = {
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } },
  Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: "10.0.0.0/24" } },
  Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } },
};
const record = {
  Name: "old.example.com.",
  Type: "CNAME" as const,
  TTL: 60,
  ResourceRecords: [{ Value: "it's.example.org" }],
};

async function network() {
  const at = await account();
  await at.aws.provision([stackOf("shop-dev-network", "vpc", { resources: NETWORK })]);
  const resources = await at.aws.cloud.resources({ name: "shop-dev-network", region });
  const id = (logicalId: string) => resources.find((one) => one.logicalId === logicalId)?.physicalId ?? "";
  const own = resources.map(({ physicalId }) => physicalId);
  return { ...at, id, own };
}

describe("what is printed about a network and a zone that others put something into", () => {
  it("takes records away: at the deletion, before it, and before one of the same name is made", async () => {
    const { aws, config, look, obey, id, own } = await network();
    const HostedZoneId = id("Zone");
    const put = async () => {
      const Changes = [{ Action: "CREATE" as const, ResourceRecordSet: record }];
      await new Route53Client(config).send(
        new ChangeResourceRecordSetsCommand({ HostedZoneId, ChangeBatch: { Changes } }),
      );
    };
    const there = () => look.recordsNamed(HostedZoneId, "old.example.com");
    for (const printed of [
      async () => refusal(aws.cloud.dropValidations(HostedZoneId)),
      async () => (await aws.cloud.inTheWay(region, "AWS::Route53::HostedZone", HostedZoneId, own))[0]?.removal,
      async () => (await there())[0]?.removal,
    ]) {
      await put();
      expect(await there()).toHaveLength(1);
      const advice = (await printed()) ?? [];
      await obey(typeof advice === "string" ? advice : shellLine(advice));
      expect(await there()).toEqual([]);
    }
  });

  it("takes each thing in the network away, after which the stack goes", async () => {
    const { aws, config, obey, id } = await network();
    const vpc = id("Vpc");
    const Resources = {
      Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: vpc, CidrBlock: "10.0.9.0/24" } },
      Table: { Type: "AWS::EC2::RouteTable", Properties: { VpcId: vpc } },
      Probe: { Type: "AWS::EC2::NetworkInterface", Properties: { SubnetId: id("Subnet") } },
      Acl: { Type: "AWS::EC2::NetworkAcl", Properties: { VpcId: vpc } },
      Endpoint: {
        Type: "AWS::EC2::VPCEndpoint",
        Properties: { VpcId: vpc, ServiceName: `com.amazonaws.${region}.s3`, VpcEndpointType: "Gateway" },
      },
    };
    // Made by a stack that then lets go of them: no stack has them any more.
    const kept = Object.fromEntries(
      Object.entries(Resources).map(([name, one]) => [name, { ...one, DeletionPolicy: "Retain" }]),
    );
    const by = { StackName: "by-hand", TemplateBody: JSON.stringify({ Resources: kept }) };
    await aws.cloudformation.send(new CreateStackCommand(by));
    await aws.settled("by-hand");
    await aws.cloud.deleteStack({ name: "by-hand", region }, "t");
    await aws.settled("by-hand");
    await new EC2Client(config).send(
      new CreateSecurityGroupCommand({ GroupName: "by-hand", Description: "d", VpcId: vpc }),
    );
    const own = [vpc, id("Subnet"), id("Zone")];
    const found = await aws.cloud.inTheWay(region, "AWS::EC2::VPC", vpc, own);
    const printed = found.map(({ removal = [] }) => shellLine(removal));
    expect(printed.map(kindOf).toSorted()).toEqual(
      ["network-acl", "network-interface", "route-table", "security-group", "subnet", "vpc-endpoints"].map(
        (kind) => `aws ec2 delete-${kind}`,
      ),
    );
    for (const command of printed) await obey(command);
    expect(await aws.cloud.inTheWay(region, "AWS::EC2::VPC", vpc, own)).toEqual([]);
    expect((await aws.destroy()).result.outcome).toBe("done");
  });

  it("is in a failed removal's last words, and helps", async () => {
    const { aws, config, obey, id } = await network();
    await new EC2Client(config).send(
      new CreateSecurityGroupCommand({ GroupName: "by-hand", Description: "d", VpcId: id("Vpc") }),
    );
    const { failed } = (await aws.destroy()).result;
    const [first] = failed;
    await obey(adviceOf(first));
    const { SecurityGroups = [] } = await new EC2Client(config).send(new DescribeSecurityGroupsCommand({}));
    expect(SecurityGroups.filter(({ GroupName }) => GroupName === "by-hand")).toEqual([]);
    expect((await aws.destroy()).result.outcome).toBe("done");
  });
});

describe("what is printed about a name that is taken", () => {
  const key = [{ AttributeName: "id", KeyType: "HASH" }];
  const TABLE = { KeySchema: key, AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }] };
  const trust = { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ecs-tasks.amazonaws.com" } };
  const Statement = [{ Effect: "Allow", Action: "s3:ListAllMyBuckets", Resource: "*" }];
  const secret = { MasterUsername: "app", MasterUserPassword: "not-a-secret-1", AllocatedStorage: "20" };
  const THINGS: Template["Resources"] = {
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: { TableName: "left", ...TABLE, BillingMode: "PAY_PER_REQUEST", DeletionProtectionEnabled: true },
    },
    Images: { Type: "AWS::ECR::Repository", Properties: { RepositoryName: "left" } },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        RoleName: "left",
        AssumeRolePolicyDocument: { Version: "2012-10-17", Statement: [trust] },
        ManagedPolicyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
        Policies: [{ PolicyName: "one", PolicyDocument: { Version: "2012-10-17", Statement } }],
      },
    },
    Database: {
      Type: "AWS::RDS::DBInstance",
      Properties: {
        DBInstanceIdentifier: "left",
        Engine: "postgres",
        DBInstanceClass: "db.t4g.micro",
        DeletionProtection: true,
        ...secret,
      },
    },
  };

  it("makes the names free, whatever protects or hangs on what has them", async () => {
    const { aws, config, look, obey } = await account();
    const kept = Object.fromEntries(
      Object.entries(THINGS).map(([id, one]) => [id, { ...one, DeletionPolicy: "Retain" }]),
    );
    const Tags = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }));
    const TemplateBody = JSON.stringify({ Resources: kept });
    const Capabilities = ["CAPABILITY_NAMED_IAM" as const];
    await aws.cloudformation.send(new CreateStackCommand({ StackName: "once", TemplateBody, Tags, Capabilities }));
    expect(await aws.settled("once")).toBe("CREATE_COMPLETE");
    await aws.cloud.deleteStack({ name: "once", region }, "t");
    await aws.settled("once");
    await new DynamoDBClient(config).send(new DescribeTableCommand({ TableName: "left" }));
    const problems = async () => {
      const findings = await findingsOf("names", [stackOf("shop-dev-things", "data", { resources: THINGS })], { look });
      return findings.filter(({ outcome }) => outcome === "problem");
    };
    const before = await problems();
    expect(before.map(({ words }) => words)).toEqual(
      Object.keys(THINGS).map(() => expect.stringContaining("is left from an earlier dev: its tags say so")),
    );
    for (const { fix } of before) await obey(fixWords({ fix }));
    expect(await problems()).toEqual([]);
  });

  it("has a command of `aws` for what astro does not delete itself, and is none for what it does", () => {
    const types = ["Logs::LogGroup", "S3::Bucket", "SecretsManager::Secret", "IAM::Role", "ECR::Repository"];
    const own = types.filter((type) => removalOf(`AWS::${type}`)?.command === undefined);
    expect(own).toEqual(["Logs::LogGroup", "S3::Bucket", "SecretsManager::Secret"]);
  });
});

describe("what is printed otherwise", () => {
  it("shows the versions of an engine that there are", async () => {
    const { obey } = await account();
    const Database = {
      Type: "AWS::RDS::DBInstance",
      Properties: { Engine: "postgres", EngineVersion: "9", DBInstanceClass: "db.t4g.micro" },
    };
    const none: Partial<LookUps> = { databaseVersion: async () => undefined };
    const [finding] = await findingsOf("database", [stackOf("shop-dev-a", "data", { resources: { Database } })], {
      look: none,
    });
    expect(await obey(fixWords(finding))).toContain('"EngineVersion": "16.');
  });

  it("writes what a stack reads from Parameter Store", async () => {
    const { aws, obey } = await account();
    const reader = stackOf("shop-dev-reader", "vpc", { parameters: { Given: storedFrom("/shared/topic") } });
    const [finding] = await findingsOf("parameters", [reader]);
    expect(fixWords(finding)).toContain("--name /shared/topic");
    await obey(fixWords(finding));
    expect((await aws.provision([reader])).outcomes["shop-dev-reader"]).toBe("created");
  });

  it("gives the role that runs astro an operator's policies", async () => {
    const { aws, config, obey } = await account();
    const folder = mkdtempSync(join(tmpdir(), "astro-policies-"));
    const { documents, ...words } = operatorPolicy({ ...SITE }, [stackOf("shop-dev-one", "vpc")]);
    const policies = documents.map((document, index) => {
      const file = join(folder, `${index}.json`);
      writeFileSync(file, JSON.stringify(document));
      return { name: `shop-dev-operator-${index + 1}`, document, file };
    });
    const screen = renderPolicy({ ...SITE, ...words, of: "environment", policies }, paper({ columns: 4000 }));
    const trust = { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" };
    const AssumeRolePolicyDocument = { Version: "2012-10-17", Statement: [trust] };
    const Properties = { RoleName: "astro-runner", AssumeRolePolicyDocument };
    const Role = { Type: "AWS::IAM::Role", Properties };
    const Capabilities = ["CAPABILITY_NAMED_IAM" as const];
    const TemplateBody = JSON.stringify({ Resources: { Role } });
    await aws.cloudformation.send(new CreateStackCommand({ StackName: "roles", TemplateBody, Capabilities }));
    await aws.settled("roles");
    await obey(screen.replaceAll("ROLE --policy-arn", "astro-runner --policy-arn"));
    const attached = await new IAMClient(config).send(
      new ListAttachedRolePoliciesCommand({ RoleName: "astro-runner" }),
    );
    expect(attached.AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(policies.map(({ name }) => name));
    rmSync(folder, { recursive: true, force: true });
  });

  it("shows the storage that a database has, of which RDS refuses a small step", async () => {
    const { aws, obey } = await account();
    const Properties = { DBInstanceIdentifier: "shop-dev", Engine: "postgres", DBInstanceClass: "db.t4g.micro" };
    const more = { AllocatedStorage: "33", MasterUsername: "shop", ManageMasterUserPassword: true };
    const Db = { Type: "AWS::RDS::DBInstance", Properties: { ...Properties, ...more } };
    const TemplateBody = JSON.stringify({ Resources: { Db } });
    await aws.cloudformation.send(new CreateStackCommand({ StackName: "shop-dev-database", TemplateBody }));
    await aws.settled("shop-dev-database");
    const reason = "Invalid storage size for engine name postgres and storage type gp3: 34";
    const resource = { resource: "Db", resourceType: "AWS::RDS::DBInstance" };
    const failure = new StackFailure({ status: "UPDATE_ROLLBACK_COMPLETE", source: "aws", reason, resource });
    const place = { step: step("data", "shop-dev-database", { region }), site: SITE, again: ["astro", "provision"] };
    const advice = adviceOf(failedStack(failure, place, 1));
    expect(advice).toContain(`--region ${region}`);
    expect((await obey(advice)).trim()).toBe("33");
  });

  it("takes the protection off a stack that is to go", async () => {
    const { aws, obey } = await account();
    const [here, gone] = ["shop-dev-here", "shop-dev-gone"].map((name) => stackOf(name, "data"));
    await aws.provision([here, gone].flatMap((one) => one ?? []));
    const protect = { StackName: "shop-dev-gone", EnableTerminationProtection: true };
    await aws.cloudformation.send(new UpdateTerminationProtectionCommand(protect));
    const again = () => aws.provision(here ? [here] : []);
    await obey(await refusal(again()));
    expect((await again()).outcomes["shop-dev-gone"]).toBe("removed");
  });
});

/** Printed commands that nothing here can carry out, and why. */
const NOT_RUN: { readonly [command: string]: string } = {
  "aws sso login": "opens a browser, where a person signs in",
  "aws iam create-service-linked-role": "the simulated account has every role that is asked for",
  "aws elasticache describe-events": "the simulated account tells no events of its caches",
  "aws configure export-credentials": "asks for a code of a person's device",
  "aws configure sso": "opens a browser, where a person signs in",
  "aws sts get-caller-identity": "shows whose credentials they are, and mends nothing",
  "aws s3api put-bucket-versioning": "takes a code from the root user's device",
  "aws s3api list-object-versions": "is for a bucket that S3 does not empty although it says so",
  "aws ec2 terminate-instances": "the simulated account shows no network interfaces of instances",
  "aws cloudformation get-template": "shows what a transform made of a template, and none is run there",
  "aws cloudformation describe-stack-events": "is for a table that CloudFormation does not make again",
  "aws s3 mb": "prepares a rehearsal for the cdk client, and mends nothing",
};

/** Every `aws` command that stands in the sources, `aws SERVICE OPERATION` each. */
function printed(): readonly string[] {
  const files = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return path === join("src", "rehearsal") ? [] : files(path);
      return path.endsWith(".ts") ? [path] : [];
    });
  const found = files("src").flatMap((file) => {
    const text = readFileSync(file, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    return [
      ...[...text.matchAll(/["` (]aws ([a-z0-9]+ [a-z0-9-]+)/g)].map(([, words]) => words),
      ...[...text.matchAll(/"aws", "([a-z0-9]+)", "([a-z0-9-]+)"/g)].map(([, service, verb]) => `${service} ${verb}`),
      ...[...text.matchAll(/\bcli\("([a-z0-9]+ [a-z0-9-]+)/g)].map(([, words]) => words),
      ...[...text.matchAll(/\bremove\("([a-z-]+) --/g)].map(([, words]) => `ec2 ${words}`),
    ];
  });
  return [...new Set(found.map((words) => `aws ${words}`))].filter((one) => !/ (client|cdk|of)$/.test(one)).toSorted();
}

describe("of all `aws` commands that are printed", () => {
  it("every one was carried out above, but for those that are listed with a reason", () => {
    const all = printed();
    expect(all.length).toBeGreaterThan(25);
    const run = all.filter((command) => executed.has(command));
    const rest = all.filter((command) => !executed.has(command));
    process.stdout.write(
      `remedies: ${all.length} commands of aws are printed, ${run.length} were carried out here, ${rest.length} cannot be:\n`,
    );
    for (const command of rest) process.stdout.write(`  ${command}: ${NOT_RUN[command] ?? "?"}\n`);
    expect(rest).toEqual(Object.keys(NOT_RUN).toSorted());
  });
});
