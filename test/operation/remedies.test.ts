import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import { CloudWatchLogsClient, CreateLogGroupCommand, DeleteLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Interfaces, Parser } from "@oclif/core";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import Destroy from "../../commands/destroy.ts";
import Doctor from "../../commands/doctor.ts";
import Init from "../../commands/init.ts";
import Provision from "../../commands/provision.ts";
import { AstroCommand, inputOf } from "../../src/command.ts";
import type { Context } from "../../src/context.ts";
import { AstroError } from "../../src/errors.ts";
import { destroy } from "../../src/operation/destroy.ts";
import { doctor } from "../../src/operation/doctor.ts";
import { init } from "../../src/operation/init.ts";
import { provision } from "../../src/operation/provision.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Template } from "../../src/template/types.ts";
import { contextOn } from "../support/context-on.ts";

const REGION = "eu-west-1";

let folder: string;
let rehearsal: Rehearsal;
let said: string;
let context: Context;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-remedies-"));
  writeFileSync(join(folder, "astro.yaml"), `name: shop\nenvironments:\n  dev:\n    region: ${REGION}\n`);
  said = "";
  await serve();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(): Promise<void> {
  rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "outside" });
  const write = (text: string) => {
    said += text;
  };
  context = contextOn(rehearsal, { cwd: folder, columns: 4000, write });
}

/** Writes an assembly of one stack. */
function assemble(Resources: Template["Resources"], stackName = "shop-dev-one", more: Partial<Template> = {}): void {
  const template = { ...more, Resources, Metadata: { "astro:phase": "vpc" } };
  writeFileSync(join(folder, "one.template.json"), JSON.stringify(template));
  const properties = { templateFile: "one.template.json", stackName, tags: { Environment: "dev" } };
  const one = { type: "aws:cloudformation:stack", environment: `aws://unknown-account/${REGION}`, properties };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts: { one } }));
}

type Flags = never;
const input = (flags: Flags) => inputOf(flags) as never;
/** What each command comes down to, given its flags as oclif takes them apart. */
const COMMANDS = {
  provision: { Command: Provision, go: async (flags: Flags) => provision(context, input(flags)) },
  destroy: { Command: Destroy, go: async (flags: Flags) => destroy(context, input(flags)) },
  doctor: {
    Command: Doctor,
    go: async (flags: Flags) => {
      const { exit, render } = await doctor(context, input(flags));
      said += render();
      return exit;
    },
  },
  init: {
    Command: Init,
    go: async (flags: Flags) => {
      await init(context, undefined, flags);
      return 0;
    },
  },
} as const;

/** Flags that printed commands were carried out with. */
const executed = new Set<string>();

/** Runs a command as it was printed; its exit code. Nobody is asked. */
async function obey(command: string): Promise<number> {
  const script = `astro() { printf '%s\\0' "$@"; }; ${command}`;
  const [name = "", ...words] = execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
  const { Command, go } = COMMANDS[name as keyof typeof COMMANDS];
  for (const word of words) if (word.startsWith("--")) executed.add(word.slice(2));
  const confirm = name === "destroy" && !words.includes("--confirm") ? ["--confirm", "dev"] : [];
  const argv = [...words.filter((word) => word !== "--yes"), "--yes", ...confirm];
  const flags = { ...AstroCommand.baseFlags, ...Command.flags } as typeof Command.flags;
  const parsed = await Parser.parse(argv, { flags: flags as Interfaces.FlagInput, args: Command.args, strict: true });
  return go(parsed.flags as Flags).catch(failure);
}

function failure(error: unknown): number {
  if (!(error instanceof AstroError)) throw error;
  said += `${error.message}\n${error.hint}\n`;
  return error.exit;
}

/** A command with its flags; the words after a flag that are no value of it are those of the screen. */
const COMMAND = /\bastro (?:provision|destroy|doctor|init)(?: --[\w-]+(?: (?!(?:or|then|goes|if)\b)[^-\s]\S*)?)*/g;

/** The last command on the screens so far that has these words; where a screen breaks a line is no matter. */
const printed = (words: RegExp) => {
  const commands = said.replaceAll(/\s+/g, " ").match(COMMAND) ?? [];
  return commands.findLast((command) => words.test(command)) ?? expect.fail(`no command with ${words}:\n${said}`);
};
const run = () => obey(`astro provision --assembly ${folder}`);
const config = () => ({ endpoint: rehearsal.endpoint, credentials: rehearsal.credentials, region: REGION });
const s3 = () => new S3Client({ ...config(), forcePathStyle: true });
const theirs = async (StackName: string, Resources: object) => {
  const client = new CloudFormationClient(config());
  await client.send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify({ Resources }) }));
  await vi.waitFor(async () => {
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    expect(StackResources.map(({ ResourceStatus }) => ResourceStatus)).toEqual(
      Object.keys(Resources).map(() => "CREATE_COMPLETE"),
    );
  }, 20_000);
};

describe("the printed command for a resource that exists already", () => {
  it("empties a versioned bucket, which `aws s3 rb --force` does not, and makes it anew", async () => {
    const Bucket = "shop-dev-files";
    await s3().send(new CreateBucketCommand({ Bucket }));
    await s3().send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
    for (const Body of ["a", "b"]) await s3().send(new PutObjectCommand({ Bucket, Key: "k", Body }));
    assemble({ Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: Bucket } } });
    expect(await run()).toBe(1);
    expect(await obey(printed(/--delete-leftover Files/))).toBe(0);
    expect((await s3().send(new ListObjectVersionsCommand({ Bucket }))).Versions ?? []).toEqual([]);
  });

  it("deletes a secret that waits out its recovery window, and takes a log group over", async () => {
    const secrets = new SecretsManagerClient(config());
    await secrets.send(new CreateSecretCommand({ Name: "shop/dev/jwt", SecretString: "x" }));
    await secrets.send(new DeleteSecretCommand({ SecretId: "shop/dev/jwt", RecoveryWindowInDays: 7 }));
    await new CloudWatchLogsClient(config()).send(new CreateLogGroupCommand({ logGroupName: "/shop/dev/api" }));
    assemble({
      Jwt: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "shop/dev/jwt" } },
      Logs: {
        Type: "AWS::Logs::LogGroup",
        Properties: { LogGroupName: "/shop/dev/api" },
        DeletionPolicy: "RetainExceptOnCreate",
      },
    });
    expect(await run()).toBe(1);
    expect(await obey(printed(/--delete-leftover Jwt/))).toBe(1);
    expect(await obey(printed(/--adopt Logs/))).toBe(0);
  });

  it("looks whose it is where the failure itself does not say, and leads past it", async () => {
    await new CloudWatchLogsClient(config()).send(new CreateLogGroupCommand({ logGroupName: "/shop/dev/api" }));
    assemble({ Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev/api" } } });
    expect(await obey(`astro provision --assembly ${folder} --no-preflight`)).toBe(6);
    expect(await obey(printed(/astro doctor/))).toBe(1);
    expect(said.replaceAll(/\s+/g, " ")).toMatch(
      /LogGroup \/shop\/dev\/api is there already \(made on [\d-]+, 0 bytes of/,
    );
    expect(await obey(printed(/--delete-leftover Logs/))).toBe(0);
  });

  it("takes a stack of nobody over, or lets it be where the environment goes", async () => {
    const Topic = { Type: "AWS::SNS::Topic" };
    await theirs("shop-dev-one", { Topic });
    assemble({ Topic });
    expect(await run()).toBe(1);
    expect(await obey(printed(/--adopt-stack shop-dev-one/))).toBe(0);
    await theirs("shop-dev-network", { Topic });
    expect(await obey("astro destroy")).toBe(1);
    expect(await obey(printed(/--leave-stack shop-dev-network/))).toBe(0);
  });
});

describe("the printed command of a failure", () => {
  it("lets what AWS cannot delete stay, once it is named", async () => {
    const Vpc = { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16" } };
    const Properties = { VpcId: { Ref: "Vpc" }, CidrBlock: "10.0.0.0/24" };
    assemble({ Vpc, Subnet: { Type: "AWS::EC2::Subnet", Properties } });
    expect(await run()).toBe(0);
    const { StackResources = [] } = await new CloudFormationClient(config()).send(
      new DescribeStackResourcesCommand({ StackName: "shop-dev-one" }),
    );
    const SubnetId = StackResources.find(({ LogicalResourceId: id }) => id === "Subnet")?.PhysicalResourceId;
    await theirs("theirs", { Probe: { Type: "AWS::EC2::NetworkInterface", Properties: { SubnetId } } });
    expect(await obey("astro destroy")).toBe(6);
    expect(said).toMatch(/Blocked by +network interface eni-\w+ of stack theirs/);
    expect(await obey(printed(/--retain Subnet/))).toBe(6);
    expect(await obey(printed(/--retain Vpc/))).toBe(0);
  });

  it("makes anew what somebody deleted by hand", async () => {
    const group = (RetentionInDays: number) => ({
      Logs: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev/api", RetentionInDays } },
    });
    assemble(group(7));
    expect(await run()).toBe(0);
    await new CloudWatchLogsClient(config()).send(new DeleteLogGroupCommand({ logGroupName: "/shop/dev/api" }));
    assemble(group(14));
    expect(await run()).toBe(6);
    expect(await obey(printed(/--revert-drift/))).toBe(0);
  });

  it("lets a bucket go that is named at the gate", async () => {
    const bucket = (name: string) => ({ Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: name } } });
    assemble(bucket("shop-dev-a"));
    expect(await run()).toBe(0);
    assemble(bucket("shop-dev-b"));
    expect(await run()).toBe(3);
    expect(await obey(printed(/--allow-replace/))).toBe(0);
  });

  it("confirms a removal by the environment's name", async () => {
    assemble({ Topic: { Type: "AWS::SNS::Topic" } });
    expect(await run()).toBe(0);
    const flags = { json: false, rehearse: false, speed: "max", wait: false, yes: true, bootstrap: false };
    expect(await destroy(context, { ...flags, confirm: "prod" }).catch(failure)).toBe(3);
    expect(await obey(printed(/--confirm dev/))).toBe(0);
  });
});

describe("a printed change of astro.yaml", () => {
  it.each([
    ["astro init --env dev --domain example.com --zone Z0123456789ABC", "zone: Z0123456789ABC"],
    ["astro init --env dev --nat one", "nat: one"],
    ["astro init --env dev --db-class db.t4g.small", "class: db.t4g.small"],
    ["astro init --env dev --cache-node cache.t4g.small", "node: cache.t4g.small"],
    ["astro init --env dev --memory 2048", "memory: 2048"],
    ["astro init --env dev --image public.ecr.aws/nginx/nginx:1", "image: public.ecr.aws/nginx/nginx:1"],
    ["astro init --env dev --health-path /up --port 9000", "port: 9000"],
  ])("is taken: %s", async (command, says) => {
    expect(await obey(command)).toBe(0);
    expect(readFileSync(join(folder, "astro.yaml"), "utf8")).toContain(says);
  });
});

// AWS CloudFormation API Reference, CreateChangeSet: a parameter without a default must have a value, or keep its last one.
describe("a parameter without a default", () => {
  const titled = (DisplayName: object) =>
    ({ Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName } } }) as const;
  const Parameters = { Title: { Type: "String" } };
  const title = async () => {
    const client = new CloudFormationClient(config());
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: "shop-dev-one" }));
    return Stacks[0]?.Parameters?.map(({ ParameterValue }) => ParameterValue);
  };

  it("is asked for before anything begins, by a command that gives it; it stays, and a file moves it", async () => {
    assemble(titled({ Ref: "Title" }) as unknown as Template["Resources"], "shop-dev-one", { Parameters });
    expect(await run()).toBe(2);
    expect(said).toContain("shop-dev-one: the parameter Title has no value");
    expect(await obey(printed(/--parameter/).replace("VALUE", "first"))).toBe(0);
    expect(await title()).toEqual(["first"]);
    expect(await run()).toBe(0);
    expect(await title()).toEqual(["first"]);
    writeFileSync(join(folder, "values.json"), JSON.stringify({ "shop-dev-one:Title": "second" }));
    expect(await obey(`astro provision --assembly ${folder} --parameters values.json`)).toBe(0);
    expect(await title()).toEqual(["second"]);
    expect(await obey(`astro provision --assembly ${folder} --parameter Name=x`)).toBe(2);
    expect(said).toContain("no template has a parameter Name");
  });
});

/** Flags that are printed, and the tests that carry the commands out which have them. */
const ELSEWHERE: { readonly [flag: string]: string } = {
  answers: "test/e2e/wizard.test.ts",
  beside: "test/e2e/out-of-sight.test.ts",
  bootstrap: "test/e2e/main-job.test.ts",
  cpu: "test/operation/everyday.test.ts",
  // Of the aws client alone, which has a flag of this name too.
  name: "test/emulator/remedies.test.ts",
  order: "test/e2e/plan-file.test.ts",
  profile: "test/e2e/profile.test.ts",
  project: "test/e2e/out-of-sight.test.ts",
  "put-back": "test/operation/drift.test.ts",
  region: "test/e2e/out-of-sight.test.ts",
  rehearse: "test/e2e/gate.test.ts",
  "save-answers": "test/e2e/wizard.test.ts",
  speed: "test/e2e/gate.test.ts",
  wait: "test/e2e/suspended.test.ts",
};

describe("of all flags of astro that screens print", () => {
  it("every one was carried out above, or is by a test that is named", () => {
    const known = new Set(Object.values(COMMANDS).flatMap(({ Command }) => Object.keys(Command.flags)));
    const texts = ["aws", "operation", "plan", "preflight", "provision", "view"].flatMap((room) =>
      sourcesOf(join("src", room)),
    );
    const found = texts.flatMap((text) => [...text.matchAll(/--([a-z][a-z-]*[a-z])/g)].map(([, flag = ""]) => flag));
    const all = [...new Set(found)].filter((flag) => known.has(flag)).toSorted();
    expect(all.length).toBeGreaterThan(20);
    const rest = all.filter((flag) => !executed.has(flag));
    process.stdout.write(
      `remedies: ${all.length} flags of astro are printed, ${all.length - rest.length} were carried out here\n`,
    );
    expect(rest).toEqual(Object.keys(ELSEWHERE).toSorted());
    for (const [flag, file] of Object.entries(ELSEWHERE))
      expect(readFileSync(file, "utf8"), flag).toContain(`--${flag}`);
  });
});

function sourcesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourcesOf(path);
    return [readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")];
  });
}
