import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Context, wallClock } from "../../src/context.ts";
import { cost } from "../../src/operation/cost.ts";
import { destroy } from "../../src/operation/destroy.ts";
import { doctor } from "../../src/operation/doctor.ts";
import { plan } from "../../src/operation/plan.ts";
import { provision } from "../../src/operation/provision.ts";
import { contextWith } from "../support/context.ts";
import { FOREIGN, type Foreign } from "./foreign/apps.ts";

const FLAGS = { rehearse: true, speed: "max", wait: false, yes: true, json: false, seed: 7 } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-foreign-"));
  // AWS's rule engine takes four fifths of a synthesis.
  vi.stubEnv("CDK_VALIDATION", "false");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The assembly of an app, and the world of somebody who has nothing but that. */
function work(name: string, { make }: Foreign) {
  const cwd = join(folder, name);
  const assets = join(cwd, "files");
  mkdirSync(assets, { recursive: true });
  const app = new App({ outdir: join(cwd, "cdk.out"), analyticsReporting: false, treeMetadata: false });
  make(app, assets);
  app.synth();
  return personIn(name, cwd);
}

/** Somebody in a folder, and what was said. */
function personIn(name: string, cwd: string) {
  let said = "";
  let tokens = 0;
  const terminal = {
    ...contextWith(() => Promise.reject(new Error("nothing is run"))).stderr,
    columns: 200,
    write: (text: string) => {
      said += text;
    },
  };
  const context: Context = contextWith(() => Promise.reject(new Error("nothing is run")), {
    cwd,
    env: { AWS_REGION: "eu-west-1" },
    stdout: terminal,
    stderr: terminal,
    clock: wallClock,
    token: () => `${name}${++tokens}`,
  });
  return { context, said: () => said };
}

/** An assembly of stacks that are told one by one, and what is said of it. */
function assembled(name: string, stacks: { readonly [id: string]: object }, tags: object = {}) {
  const cwd = join(folder, name);
  mkdirSync(cwd, { recursive: true });
  const artifacts = Object.entries(stacks).map(
    ([id, { environment = "aws://unknown-account/unknown-region", ...template }]: [
      string,
      { environment?: string },
    ]) => {
      writeFileSync(
        join(cwd, `${id}.template.json`),
        JSON.stringify({ Resources: { Topic: { Type: "AWS::SNS::Topic" } }, ...template }),
      );
      return [
        id,
        { type: "aws:cloudformation:stack", environment, properties: { templateFile: `${id}.template.json`, tags } },
      ];
    },
  );
  writeFileSync(join(cwd, "manifest.json"), JSON.stringify({ version: "1", artifacts: Object.fromEntries(artifacts) }));
  return personIn(name, cwd);
}

const READS = (path: string) => ({
  Parameters: { Given: { Type: "AWS::SSM::Parameter::Value<String>", Default: path } },
});
const NAMED = { project: "shop", env: "dev", region: "eu-west-1" };

describe("an assembly without astro.yaml", () => {
  const refused = async (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it("wants a name and an environment where neither tags nor flags have them, and says the whole command", async () => {
    const { context } = assembled("unnamed", { One: {} });
    expect(await refused(plan(context, { ...FLAGS, assembly: "." }))).toMatchObject({
      code: "usage",
      message: expect.stringContaining("--project and --env are missing"),
      hint: expect.stringContaining("astro plan --env dev --project unnamed --assembly . --rehearse --speed max"),
    });
  });

  it("takes the region that its stacks name beside CloudFront's, and wants one to be chosen of several", async () => {
    const two = assembled("edge", {
      Edge: { environment: "aws://unknown-account/us-east-1" },
      Home: { environment: "aws://unknown-account/eu-west-1" },
    });
    const flags = { ...FLAGS, assembly: ".", project: "shop", env: "dev" };
    expect((await plan(two.context, flags)).value).toMatchObject({ region: "eu-west-1" });
    const three = assembled("three", {
      One: { environment: "aws://1/eu-west-1" },
      Two: { environment: "aws://1/eu-west-2" },
    });
    expect(await refused(plan(three.context, flags))).toMatchObject({
      code: "usage",
      message: expect.stringContaining("eu-west-1, eu-west-2"),
    });
    expect(await refused(plan(two.context, { ...flags, region: "eu-west-2" }))).toMatchObject({
      code: "usage",
      message: expect.stringContaining("--region eu-west-2"),
    });
  });

  it("is refused where its stacks are for several accounts", async () => {
    const { context } = assembled("accounts", {
      One: { environment: "aws://111111111111/eu-west-1" },
      Two: { environment: "aws://222222222222/eu-west-1" },
    });
    expect(await refused(plan(context, { ...FLAGS, ...NAMED, assembly: "." }))).toMatchObject({
      code: "usage",
      message: expect.stringContaining("111111111111, 222222222222"),
    });
  });

  it("says which environment its stacks are tagged with, where another is asked for", async () => {
    const { context } = assembled("other", { One: {} }, { Environment: "prod" });
    expect(await refused(plan(context, { ...FLAGS, ...NAMED, assembly: "." }))).toMatchObject({
      code: "synthesis",
      message: expect.stringContaining("Environment=prod"),
    });
  });

  it("is told in a plan, and stopped by a provisioning, where Parameter Store lacks what it reads", async () => {
    const { context, said } = assembled("reads", { One: READS("/shared/topic") });
    const flags = { ...FLAGS, ...NAMED, assembly: "." };
    await plan(context, flags);
    expect(said()).toContain("One reads /shared/topic from Parameter Store, and eu-west-1 has nothing of that name");
    expect(await refused(provision(context, flags))).toMatchObject({
      code: "preflight",
      hint: expect.stringContaining(
        "aws ssm put-parameter --name /shared/topic --type String --value VALUE --region eu-west-1",
      ),
    });
    const { value, exit } = await doctor(context, { ...flags, yes: false });
    expect(exit).toBe(1);
    expect(value.checks.filter(({ outcome }) => outcome === "problem").map(({ code }) => code)).toEqual(["parameters"]);
  });

  it("reads what AWS itself keeps in Parameter Store, and what another of its stacks writes", async () => {
    const image = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64";
    const Topic = { Type: "AWS::SSM::Parameter", Properties: { Name: "/shared/topic", Type: "String", Value: "x" } };
    const { context } = assembled("written", {
      One: READS(image),
      Two: { Resources: { Topic } },
      Three: READS("/shared/topic"),
    });
    expect(await provision(context, { ...FLAGS, ...NAMED, assembly: "." })).toBe(0);
  });

  it("is priced, each stack where it goes", async () => {
    const { context } = assembled("priced", { One: { environment: "aws://unknown-account/eu-west-1" }, Two: {} });
    const { environments } = await cost(context, { assembly: ".", region: "eu-west-2" });
    expect(environments).toMatchObject([{ name: "priced", region: "eu-west-2" }]);
  });

  it("leaves what was made of it to whoever names it in full, and says how", async () => {
    const { context } = assembled("nothing", { One: {} });
    const flags = { ...FLAGS, bootstrap: false, confirm: "dev" };
    expect(await refused(destroy(context, flags))).toMatchObject({
      code: "config",
      hint: expect.stringContaining("--project NAME --env ENV --region REGION"),
    });
    expect(await destroy(context, { ...flags, ...NAMED })).toBe(0);
  });

  // AWS CloudFormation Template Reference, AWS::CloudFormation::Stack, TemplateURL; CloudWatch Logs API Reference,
  // PutRetentionPolicy (retentionInDays).
  it("is refused before anything begins where AWS would refuse its templates, in a rehearsal too", async () => {
    const Net = { Type: "AWS::CloudFormation::Stack", Properties: { TemplateURL: "./vpc.yaml" } };
    const Log = { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: 15 } };
    const { context, said } = assembled("refused", { One: {}, Two: { Resources: { Net, Log } } });
    const flags = { ...FLAGS, ...NAMED, assembly: "." };
    const error = {
      code: "template",
      message: expect.stringContaining("Net (AWS::CloudFormation::Stack), TemplateURL"),
    };
    expect(await refused(plan(context, flags))).toMatchObject(error);
    expect(await refused(provision(context, flags))).toMatchObject(error);
    expect(await refused(provision(context, flags))).toMatchObject({
      message: expect.stringContaining("Log (AWS::Logs::LogGroup), RetentionInDays 15"),
    });
    expect(said()).not.toContain("One");
    const { value } = await plan(assembled("refused", { One: {} }).context, flags);
    const { stacks } = value as { stacks: { stack: string; action: string }[] };
    expect(stacks.map(({ stack, action }) => [stack, action])).toEqual([
      ["astro-bootstrap", "create"],
      ["One", "create"],
    ]);
  });

  // Amazon RDS User Guide, "Settings for DB instances", Backup retention period: "An outage occurs if you change the backup
  // retention period of a DB instance from 0 to a nonzero value or from a nonzero value to 0."
  it("is told that a database is away as its backups are turned on or off, and not as they are kept longer", async () => {
    const database = (days?: number) => ({
      Parameters: { Days: { Type: "Number", Default: days ?? 0 } },
      Resources: {
        Db: {
          Type: "AWS::RDS::DBInstance",
          Properties: {
            Engine: "postgres",
            DBInstanceClass: "db.t4g.micro",
            AllocatedStorage: "20",
            MasterUsername: "shop",
            ManageMasterUserPassword: true,
            ...(days !== undefined && { BackupRetentionPeriod: { Ref: "Days" } }),
          },
        },
      },
    });
    const flags = { ...FLAGS, ...NAMED, assembly: "." };
    const { context } = assembled("backups", { One: database(0) });
    expect(await provision(context, flags)).toBe(0);
    const interruption = async (days?: number) => {
      const { value } = await plan(assembled("backups", { One: database(days) }).context, flags);
      const { stacks } = value as { stacks: { changes: { logicalId: string; interrupts?: string }[] }[] };
      return stacks.flatMap(({ changes }) => changes).find(({ logicalId }) => logicalId === "Db")?.interrupts;
    };
    const outage = /^BackupRetentionPeriod: the database is away for a moment/;
    expect(await interruption(7)).toMatch(outage);
    // A day is what RDS takes where nothing is said (AWS::RDS::DBInstance, BackupRetentionPeriod).
    expect(await interruption()).toMatch(outage);
    expect(await provision(assembled("backups", { One: database(7) }).context, flags)).toBe(0);
    expect(await interruption(14)).toBeUndefined();
    expect(await interruption(0)).toMatch(outage);
  });

  it("is not taken for the project of an astro.yaml beside it", async () => {
    const { context } = assembled("beside", { One: {} });
    writeFileSync(join(context.cwd, "astro.yaml"), "name: shop\nenvironments:\n  dev:\n    region: eu-west-1\n");
    expect(await refused(plan(context, { ...FLAGS, ...NAMED, assembly: "." }))).toMatchObject({
      code: "usage",
      message: expect.stringContaining("astro.yaml sets it"),
    });
  });
});

describe("an app by others, as the CDK's default synthesizer makes it", () => {
  it.each(Object.entries(FOREIGN))(
    "goes through plan, provision and destroy: %s",
    async (name, foreign) => {
      const { context, said } = work(name, foreign);
      const place = name === "database" ? {} : { project: name, env: "dev" };
      const flags = { ...FLAGS, ...place, assembly: "cdk.out" };
      const { value } = await plan(context, flags);
      const region = name === "site" ? "us-east-1" : "eu-west-1";
      expect(value).toMatchObject({ region, ...(name === "site" && { account: "210987654321" }) });
      expect((value as { stacks: { stack: string }[] }).stacks.map(({ stack }) => stack)).toEqual([
        "astro-bootstrap",
        ...foreign.stacks,
      ]);
      expect(said()).toContain("the simulated account has what npx cdk bootstrap aws://");
      expect(await provision(context, flags), said()).toBe(0);
      const env = name === "database" ? "Production" : "dev";
      // What stands is found again without the assembly: by what was made from this folder, and by its tags.
      expect(await destroy(context, { ...FLAGS, bootstrap: false, confirm: env }), said()).toBe(0);
      expect(said()).toContain(`${env} is gone: ${foreign.stacks.length} stack`);
    },
    60_000,
  );
});
