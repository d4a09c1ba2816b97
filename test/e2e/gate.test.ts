import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Template } from "../../src/template/types.ts";
import { astro, INIT, outcomes } from "../support/cli.ts";

const ACCOUNT = "123456789012";
const REGION = "us-east-1";
const STACK = "shop-dev-things";
/** The bucket that the app's assets go to (`plan/bootstrap.ts`). */
const BUCKET = `astro-bootstrap-${ACCOUNT}-${REGION}`;
const TAGS = { ManagedBy: "astro", Project: "shop", Environment: "dev" };

type Resources = Template["Resources"];

const gateway = (version: string): Resources[string] => ({
  Type: "AWS::EC2::InternetGateway",
  Properties: { Tags: [{ Key: "version", Value: version }] },
});
const HOLDING: Resources = {
  Users: { Type: "AWS::Cognito::UserPool", Properties: { UserPoolName: "shop-dev" } },
  Lines: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev/things" } },
  Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: "shop-dev-jobs" } },
  Setting: { Type: "AWS::SSM::Parameter", Properties: { Name: "/shop/dev/setting", Type: "String", Value: "1" } },
};
const ITEMS: Resources = {
  Items: {
    Type: "AWS::DynamoDB::Table",
    Properties: {
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    },
  },
};

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-gate-"));
  await astro(INIT, { cwd: folder });
  assemble("first", { ...HOLDING, Gateway: gateway("1") }, { ...ITEMS, Gateway: gateway("1") });
  const ended = await provision("first");
  expect(ended.code, ended.stderr).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a cloud assembly as the CDK does: a stack, a stack nested in it, and its template as an asset. */
function assemble(name: string, own: Resources, nested: Resources | undefined): void {
  const directory = join(folder, name);
  mkdirSync(directory);
  const write = (file: string, content: object) => writeFileSync(join(directory, file), JSON.stringify(content));
  const objectKey = `assets/${name}.json`;
  const TemplateURL = {
    "Fn::Join": [
      "",
      ["https://s3.", { Ref: "AWS::Region" }, ".", { Ref: "AWS::URLSuffix" }, `/${BUCKET}/${objectKey}`],
    ],
  };
  const Inner: Resources[string] = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL } };
  write("things.template.json", { Resources: { ...own, ...(nested && { Inner }) } });
  if (nested) write("inner.nested.template.json", { Resources: nested });
  const inner = {
    source: { path: "inner.nested.template.json", packaging: "file" },
    destinations: { here: { bucketName: BUCKET, objectKey, region: REGION } },
  };
  write("things.assets.json", { version: "36.0.0", files: { ...(nested && { inner }) }, dockerImages: {} });
  write("manifest.json", {
    version: "36.0.0",
    artifacts: {
      "things.assets": { type: "cdk:asset-manifest", properties: { file: "things.assets.json" } },
      things: {
        type: "aws:cloudformation:stack",
        environment: `aws://${ACCOUNT}/${REGION}`,
        properties: { templateFile: "things.template.json", stackName: STACK, tags: TAGS },
        dependencies: ["things.assets"],
      },
    },
  });
}

const run = (...args: readonly string[]) => astro([...args, "--rehearse", "--speed", "max"], { cwd: folder });
const provision = (assembly: string, ...more: readonly string[]) =>
  run("provision", "--env", "dev", "--assembly", assembly, "--yes", "--json", ...more);

/** Words on a screen, whatever the lines they stand on. */
const flat = (text: string) => text.replace(/\s+/g, " ");

/** What stands is still what the first assembly says, in every stack. */
async function nothingWent(): Promise<void> {
  const ended = await run("plan", "--env", "dev", "--assembly", "first", "--json");
  const { stacks } = JSON.parse(ended.stdout) as { stacks: readonly { stack: string; action: string }[] };
  expect(stacks.filter(({ action }) => action !== "unchanged")).toEqual([]);
}

describe("provision --yes", () => {
  it("exits 3 before anything goes that may hold something, and names each, what is lost and the way", async () => {
    assemble("without", { Gateway: gateway("2") }, undefined);
    const ended = await provision("without");
    expect([ended.code, outcomes(ended.stdout)]).toEqual([3, {}]);
    const said = flat(ended.stderr);
    for (const words of [
      `Users (AWS::Cognito::UserPool) of ${STACK} would be removed; lost: its users and their passwords`,
      `Lines (AWS::Logs::LogGroup) of ${STACK} would be removed; lost: its log lines`,
      `Jobs (AWS::SQS::Queue) of ${STACK} would be removed; lost: the messages that wait in it`,
      `Setting (AWS::SSM::Parameter) of ${STACK} would be removed; lost: its value`,
      `Inner/Items (AWS::DynamoDB::Table) of ${STACK} would be removed; lost: its items`,
      "--allow-replace Inner/Items",
    ])
      expect(said).toContain(words);
    expect(said).not.toContain("Gateway");
    await nothingWent();
  });

  it("exits 3 before anything is replaced that may hold something", async () => {
    const Lines = { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev/others" } };
    assemble("renamed", { ...HOLDING, Lines, Gateway: gateway("1") }, { ...ITEMS, Gateway: gateway("1") });
    const ended = await provision("renamed");
    expect([ended.code, outcomes(ended.stdout)]).toEqual([3, {}]);
    expect(flat(ended.stderr)).toContain(
      `Lines (AWS::Logs::LogGroup) of ${STACK} would be replaced because of LogGroupName; lost: its log lines`,
    );
    await nothingWent();
  });

  it("exits 3 where only a nested stack's template is another, which AWS sees once it is published", async () => {
    assemble("emptied", { ...HOLDING, Gateway: gateway("1") }, { Gateway: gateway("1") });
    const ended = await provision("emptied");
    expect(ended.code, ended.stderr).toBe(3);
    expect(flat(ended.stderr)).toContain(`Inner/Items (AWS::DynamoDB::Table) of ${STACK} would be removed`);
    await run("plan", "--env", "dev", "--assembly", "emptied", "--out", "kept.json");
    const kept = await run("provision", "kept.json", "--yes", "--json");
    expect([kept.code, flat(kept.stderr)]).toEqual([3, expect.stringContaining("Inner/Items (AWS::DynamoDB::Table)")]);
    await nothingWent();
  });

  it("exits 3 where the whole stack is no longer in the app", async () => {
    const directory = join(folder, "other");
    assemble("other", { Gateway: gateway("1") }, undefined);
    const manifest = join(directory, "manifest.json");
    const artifacts = {
      things: {
        type: "aws:cloudformation:stack",
        environment: `aws://${ACCOUNT}/${REGION}`,
        properties: { templateFile: "things.template.json", stackName: "shop-dev-other", tags: TAGS },
      },
    };
    writeFileSync(manifest, JSON.stringify({ version: "36.0.0", artifacts }));
    const ended = await provision("other");
    expect([ended.code, outcomes(ended.stdout)]).toEqual([3, {}]);
    const said = flat(ended.stderr);
    for (const id of ["Users", "Lines", "Jobs", "Setting", "Inner/Items"])
      expect(said).toContain(`--allow-replace ${id}`);
    await nothingWent();
  });

  it("goes on without a word where nothing that holds anything goes", async () => {
    assemble("calm", { ...HOLDING, Gateway: gateway("2") }, { ...ITEMS, Gateway: gateway("2") });
    const ended = await provision("calm");
    expect(ended.code, ended.stderr).toBe(0);
    expect(outcomes(ended.stdout)[STACK]).toBe("updated");
  });

  it("goes on once each is named", async () => {
    const named = ["Users", "Lines", "Jobs", "Setting", "Inner/Items"].flatMap((id) => ["--allow-replace", id]);
    const ended = await provision("without", ...named);
    expect(ended.code, ended.stderr).toBe(0);
    expect(outcomes(ended.stdout)[STACK]).toBe("updated");
  });
});
