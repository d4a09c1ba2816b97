import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  waitUntilChangeSetCreateComplete,
  waitUntilStackUpdateComplete,
} from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { astro, INIT, run } from "../support/cli.ts";
import { type Served, serveRehearsal } from "../support/served.ts";

let folder: string;
let app: string;
let served: Served;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-cdk-"));
  app = join(folder, "infra");
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  // What `npm install` in the app would bring: the same versions.
  symlinkSync(join(process.cwd(), "node_modules"), join(app, "node_modules"), "junction");
  served = await serveRehearsal(app);
  await new S3Client(client()).send(new CreateBucketCommand({ Bucket: "astro-bootstrap-123456789012-us-east-1" }));
});
afterAll(async () => {
  await served?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function client() {
  const { AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = served.environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  return { endpoint: served.endpoint, region: "us-east-1", credentials, forcePathStyle: true };
}

/** The unmodified `cdk` client in the app's folder; it must end well. Returns what it said. */
async function cdk(...args: readonly string[]): Promise<string> {
  const program = join(process.cwd(), "node_modules", "aws-cdk", "bin", "cdk");
  const env = { ...served.environment, CI: "true", CDK_DISABLE_CLI_TELEMETRY: "true", CDK_CONCURRENCY: "9" };
  const done = await run(process.execPath, [program, ...args, "--no-notices"], { cwd: app, env });
  expect(done.code, done.stderr + done.stdout).toBe(0);
  return done.stdout + done.stderr;
}

async function stacks(): Promise<readonly string[]> {
  const { Stacks = [] } = await new CloudFormationClient(client()).send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName, StackStatus }) => `${StackName} ${StackStatus}`).sort();
}

const SERVICE = "shop-dev-service";
const IMAGE = `public.ecr.aws/shop/api@sha256:${"a".repeat(64)}`;

const parameters = async () => {
  const { Stacks = [] } = await new CloudFormationClient(client()).send(
    new DescribeStacksCommand({ StackName: SERVICE }),
  );
  return Stacks[0]?.Parameters ?? [];
};

/** What a deployment does: the template as it stands, with another image. */
async function deployImage(): Promise<void> {
  const cloudformation = new CloudFormationClient(client());
  const named = { StackName: SERVICE, ChangeSetName: "deploy" };
  await cloudformation.send(
    new CreateChangeSetCommand({
      ...named,
      UsePreviousTemplate: true,
      Capabilities: ["CAPABILITY_NAMED_IAM"],
      Parameters: (await parameters()).map(({ ParameterKey }) =>
        ParameterKey === "Image" ? { ParameterKey, ParameterValue: IMAGE } : { ParameterKey, UsePreviousValue: true },
      ),
    }),
  );
  const waiting = { client: cloudformation, maxWaitTime: 300, minDelay: 1, maxDelay: 2 };
  await waitUntilChangeSetCreateComplete(waiting, named);
  await cloudformation.send(new ExecuteChangeSetCommand(named));
  await waitUntilStackUpdateComplete(waiting, { StackName: SERVICE });
}

describe("the cdk client on astro rehearse", () => {
  it("deploys a generated app, and finds no difference then", async () => {
    await cdk("deploy", "--all", "--require-approval", "never");
    expect((await stacks()).length).toBe(9);
    expect((await stacks()).filter((line) => !line.endsWith(" CREATE_COMPLETE"))).toEqual([]);
    expect(await cdk("diff", "--all", "--fail")).toContain("Number of stacks with differences: 0");
  }, 600_000);

  it("deploys a change, keeps the image that was deployed meanwhile, and destroys everything", async () => {
    await deployImage();
    const file = join(app, "astro.yaml");
    const document = parseDocument(readFileSync(file, "utf8"));
    document.setIn(["environments", "dev", "service", "memory"], 1024);
    writeFileSync(file, String(document));
    await cdk("deploy", "--all", "--require-approval", "never");
    expect((await stacks()).filter((line) => line.endsWith(" UPDATE_COMPLETE"))).toEqual([
      "shop-dev-service UPDATE_COMPLETE",
    ]);
    expect((await parameters()).find(({ ParameterKey }) => ParameterKey === "Image")?.ParameterValue).toBe(IMAGE);
    await cdk("destroy", "--all", "--force");
    expect(await stacks()).toEqual([]);
  }, 600_000);

  it("bootstraps it, as preflight says where an app counts on that", async () => {
    await cdk("bootstrap", "aws://123456789012/us-east-1");
    const ssm = new SSMClient(client());
    const { Parameter } = await ssm.send(new GetParameterCommand({ Name: "/cdk-bootstrap/hnb659fds/version" }));
    expect(Number(Parameter?.Value)).toBeGreaterThan(5);
  }, 600_000);
});
