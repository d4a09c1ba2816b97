import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type UpdateServiceCommandInput,
} from "@aws-sdk/client-ecs";
import { ModifyDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { PutSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context } from "../../src/context.ts";
import { plan } from "../../src/operation/plan.ts";
import { provision } from "../../src/operation/provision.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Template } from "../../src/template/types.ts";
import { contextOn } from "../support/context-on.ts";
import { keptIn } from "../support/kept.ts";
import { serviceApp } from "../support/service-app.ts";

const REGION = "us-east-1";
const YAML = `name: shop\nenvironments:\n  dev:\n    region: ${REGION}\n`;

let folder: string;
let rehearsal: Rehearsal;
let said: string;
let context: Context;

type Options = Pick<Parameters<typeof startRehearsal>[0], "faults" | "kept">;

/** Starts an AWS that is served, as an emulator's is. */
async function serve(options: Options = {}): Promise<void> {
  rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "outside", ...options });
  const write = (text: string) => {
    said += text;
  };
  context = contextOn(rehearsal, { cwd: folder, columns: 400, write });
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-drift-"));
  writeFileSync(join(folder, "astro.yaml"), YAML);
  said = "";
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Writes an assembly of one stack. */
function assemble({ Resources }: Pick<Template, "Resources">): void {
  const template = { Resources, Metadata: { "astro:phase": "ecs" } };
  writeFileSync(join(folder, "one.template.json"), JSON.stringify(template));
  const properties = { templateFile: "one.template.json", stackName: "shop-dev-one", tags: { Environment: "dev" } };
  const one = { type: "aws:cloudformation:stack", environment: `aws://unknown-account/${REGION}`, properties };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts: { one } }));
}

const FLAGS = { rehearse: false, speed: "max", wait: false, yes: true, json: false, noPreflight: true };
const run = (more: object = {}) => provision(context, { ...FLAGS, assembly: folder, ...more });

/** What `astro plan` says has moved. */
async function moved(more: object = {}): Promise<readonly string[]> {
  const shown = (await plan(context, { ...FLAGS, assembly: folder, ...more })).render();
  const lines = shown.split("\n");
  const first = lines.findIndex((line) => line.startsWith(" Drift"));
  if (first < 0) return [];
  const after = lines.slice(first + 1);
  const rest = after.slice(
    0,
    after.findIndex((line) => !line.startsWith("        ")),
  );
  const words = [lines[first] ?? "", ...rest].map((line) => line.slice(8).trim()).join(" ");
  return words.split(/ (?=one(?: ·|:) )/);
}

const settings = () => ({ endpoint: rehearsal.endpoint, credentials: rehearsal.credentials, region: REGION });
const image = (tag: string) => `public.ecr.aws/x/app:${tag}`;
const app = (tag: string, service: object = {}) => serviceApp(REGION, image(tag), service);
const change = { HealthCheckGracePeriodSeconds: 90 };

/** What a CI does: the newest revision with another image, and the service pointed at it. */
async function deploy(tag: string, more: Partial<UpdateServiceCommandInput> = {}, container: object = {}) {
  const ecs = new ECSClient(settings());
  const { taskDefinition = {} } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: "apps" }));
  const containerDefinitions = (taskDefinition.containerDefinitions ?? []).map((one) => ({
    ...one,
    image: image(tag),
    ...container,
  }));
  const input = { ...taskDefinition, family: "apps", containerDefinitions };
  const made = await ecs.send(new RegisterTaskDefinitionCommand(input));
  const definition = made.taskDefinition?.taskDefinitionArn;
  await ecs.send(new UpdateServiceCommand({ cluster: "apps", service: "api", taskDefinition: definition, ...more }));
}

/** The image that the service runs, and how many tasks of it. */
async function running(): Promise<string> {
  const ecs = new ECSClient(settings());
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster: "apps", services: ["api"] }));
  const { taskDefinition, desiredCount } = services?.[0] ?? {};
  const found = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return `${found.taskDefinition?.containerDefinitions?.[0]?.image?.split(":")[1]} × ${desiredCount}`;
}

/** Sources: hashicorp/terraform-provider-aws#632, aws/aws-cdk#14437, aws/aws-cdk#23564. */
describe("a service that a CI deployed to", () => {
  it("is not put back to the stack's image, with --yes neither, until somebody names it", async () => {
    await serve();
    assemble(app("v3"));
    expect(await run()).toBe(0);
    await deploy("v7");
    assemble(app("v3", change));
    expect(await moved()).toEqual([
      "one · Service: image is app:v7, and was deployed as app:v3; this makes it app:v3 again",
    ]);
    await expect(run()).rejects.toMatchObject({
      code: "declined",
      message: "Service of shop-dev-one: image is app:v7, and was deployed as app:v3; this makes it app:v3 again",
      hint: expect.stringMatching(/service\.image.*service\.releases: elsewhere.*--put-back Service/s),
    });
    expect(await running()).toBe("v7 × 1");
    expect(await run({ putBack: ["Service"] })).toBe(0);
    expect(await running()).toBe("v3 × 1");
    expect(await moved()).toEqual([]);
  }, 30_000);

  it("stays as it is where the plan does not change it, and the plan says so", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    await deploy("v7", { desiredCount: 4 });
    const left = [
      "one · Service: image is app:v7, and was deployed as app:v3; it is left as it is",
      "one · Service: desired count is 4, and was deployed as 1; it is left as it is",
    ];
    expect(await moved()).toEqual(left);
    const { Logs, ...rest } = app("v3").Resources;
    assemble({
      Resources: {
        ...rest,
        Logs: { ...Logs, Properties: { ...Logs?.Properties, RetentionInDays: 7 } },
      } as Template["Resources"],
    });
    expect(await moved()).toEqual(left);
    expect(await run()).toBe(0);
    expect(await running()).toBe("v7 × 4");
  }, 30_000);

  it("is taken on by naming its image, and the number of its tasks goes back with a word", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    await deploy("v7", { desiredCount: 4 });
    assemble(app("v7"));
    const words = "desired count is 4, and was deployed as 1; this makes it 1 again";
    expect(await moved()).toEqual([`one · Service: ${words}`]);
    expect(await run({ json: true })).toBe(0);
    expect(said).toContain('"value":"desired count","live":"4","deployed":"1","becomes":"1"');
    expect(await running()).toBe("v7 × 1");
  }, 30_000);

  it("is asked about where only its settings are another tool's, and nothing of their values is shown", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    await deploy("v3", {}, { environment: [{ name: "TOKEN", value: "hidden-value" }] });
    assemble(app("v3", change));
    expect(await moved()).toEqual([
      "one · Service: task definition is apps:2, with another api environment, and was deployed as apps:1; this makes it what the app says",
    ]);
    await expect(run()).rejects.toMatchObject({ code: "declined" });
    expect(said).not.toContain("hidden-value");
  }, 30_000);

  it("cannot go back to a revision that the CI cleared away, and nothing is begun", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    await deploy("v7");
    const ecs = new ECSClient(settings());
    await ecs.send(new DeregisterTaskDefinitionCommand({ taskDefinition: "apps:1" }));
    assemble(app("v3", change));
    const words =
      "Service: task definition is apps:2; AWS refuses apps:1: it is deregistered, and ECS lets no service be updated to such a revision";
    expect(await moved()).toEqual([`one · ${words}`]);
    await expect(run({ noPreflight: false })).rejects.toMatchObject({
      code: "preflight",
      message: expect.stringContaining(words.replace("Service:", "Service of shop-dev-one:")),
    });
    // What preflight says is what AWS does.
    expect(await run()).toBe(6);
    expect(said).toContain("TaskDefinition is inactive");
    assemble(app("v7", change));
    expect(await run()).toBe(0);
    expect(await running()).toBe("v7 × 1");
  }, 30_000);

  it("is left to that tool where its stack names the family alone, from the moment it does", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    await deploy("v7");
    const { Service, ...rest } = app("v3").Resources;
    const family = (more: object) => {
      const Properties = { ...Service?.Properties, TaskDefinition: "apps", ...more };
      assemble({
        Resources: { ...rest, Service: { Type: "AWS::ECS::Service", DependsOn: ["Listener", "Task"], Properties } },
      });
    };
    family({});
    expect(await moved()).toEqual([]);
    expect(await run()).toBe(0);
    expect(await running()).toBe("v7 × 1");
    await deploy("v8");
    family(change);
    expect(await moved()).toEqual([]);
    expect(await run()).toBe(0);
    expect(await running()).toBe("v8 × 1");
  }, 30_000);

  it("goes back, with a word, where what was changed by hand is to go", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    await deploy("v7");
    expect(await run({ revertDrift: true })).toBe(0);
    expect(said).toContain("image is app:v7, and was deployed as app:v3; this may make it app:v3 again");
    expect(await running()).toBe("v3 × 1");
  }, 30_000);

  it("is seen by a plan that was kept before the CI deployed", async () => {
    await serve();
    assemble(app("v3"));
    await run();
    assemble(app("v3", change));
    expect(await moved({ out: "kept.json" })).toEqual([]);
    await deploy("v7");
    await expect(run({ file: "kept.json", assembly: undefined })).rejects.toMatchObject({
      code: "declined",
      hint: expect.stringContaining("astro provision kept.json --env dev --put-back Service"),
    });
    expect(await running()).toBe("v7 × 1");
  }, 30_000);

  it("is looked at once more right before its stack is changed", async () => {
    const kept = keptIn(join(folder, "aws"));
    await serve({ kept });
    assemble(app("v3"));
    await run();
    await deploy("v7");
    await rehearsal.close();
    // As many failures as the plan's own look tries.
    await serve({ kept, faults: [{ call: "ecs:DescribeServices", effect: "error", times: 3 }] });
    assemble(app("v3", change));
    await expect(run()).rejects.toMatchObject({ code: "declined" });
    expect(said).toContain("drift could not be checked");
    expect(await running()).toBe("v7 × 1");
  }, 30_000);

  it("is said to be unseen where nobody may look", async () => {
    await serve({ faults: [{ call: "ecs:DescribeServices", effect: "denied", times: 1000 }] });
    assemble(app("v3"));
    await run();
    assemble(app("v3", change));
    expect(await moved()).toEqual([
      "one: drift could not be checked: these credentials do not allow ecs:DescribeServices",
    ]);
    expect(await run()).toBe(0);
  }, 30_000);
});

/** Sources: coverage-roadmap#430, aws-cloudformation-resource-providers-rds#598, CloudFormation User Guide (secrets). */
describe("a database that was changed outside the stack", () => {
  const database = (more: object = {}) => ({
    Resources: {
      Secret: { Type: "AWS::SecretsManager::Secret", Properties: { Name: "shop/database", SecretString: '{"p":"a"}' } },
      Database: {
        Type: "AWS::RDS::DBInstance",
        DependsOn: "Secret",
        DeletionPolicy: "Snapshot",
        Properties: {
          DBInstanceIdentifier: "shop-dev",
          DBInstanceClass: "db.t3.micro",
          Engine: "postgres",
          EngineVersion: "16",
          AllocatedStorage: "20",
          MaxAllocatedStorage: 100,
          MasterUsername: "app",
          MasterUserPassword: "{{resolve:secretsmanager:shop/database:SecretString:p}}",
          ...more,
        },
      },
    },
  });
  const modify = (more: object) =>
    new RDSClient(settings()).send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: "shop-dev", ...more }));

  it("is compared where it is changed: what grew stays, what is asked for is refused or told", async () => {
    await serve();
    assemble(database());
    await run();
    await modify({ AllocatedStorage: 30, DBInstanceClass: "db.t3.small" });
    expect(await moved()).toEqual([]);
    assemble(database({ BackupRetentionPeriod: 7 }));
    const grew = "one · Database: AllocatedStorage is 30, and was deployed as 20";
    const small = "one · Database: DBInstanceClass is db.t3.small, and was deployed as db.t3.micro";
    expect(await moved()).toEqual([`${grew}; it is left as it is`, `${small}; it is left as it is`]);
    assemble(database({ AllocatedStorage: "25", DBInstanceClass: "db.t3.medium" }));
    expect(await moved()).toEqual([
      `${grew}; AWS refuses 25: storage never shrinks`,
      `${small}; this makes it db.t3.medium`,
    ]);
    // A tenth more than what there is, whatever the file said before.
    assemble(database({ AllocatedStorage: "31" }));
    expect(await moved()).toEqual([
      `${grew}; AWS refuses 31: storage grows by a tenth at least`,
      `${small}; it is left as it is`,
    ]);
    assemble(database({ AllocatedStorage: "30", BackupRetentionPeriod: 7 }));
    expect(await moved()).toEqual([`${small}; it is left as it is`]);
    expect(await run()).toBe(0);
  }, 30_000);

  it("is compared where what was changed by hand is to go, though nothing else changes", async () => {
    await serve();
    assemble(database());
    await run();
    await modify({ DBInstanceClass: "db.t3.small" });
    expect(await run({ revertDrift: true })).toBe(0);
    expect(said.replace(/\s+/g, " ")).toContain(
      "DBInstanceClass is db.t3.small, and was deployed as db.t3.micro; this may make it db.t3.micro",
    );
  }, 30_000);

  it("gets the secret's newest value with its next change, and the plan says from when that is", async () => {
    await serve();
    assemble(database());
    await run();
    const secrets = new SecretsManagerClient(settings());
    await secrets.send(new PutSecretValueCommand({ SecretId: "shop/database", SecretString: '{"p":"b"}' }));
    expect(await moved()).toEqual([]);
    assemble(database({ BackupRetentionPeriod: 7 }));
    expect((await moved()).map((line) => line.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, "DATE"))).toEqual([
      "one · Database: secret shop/database is of DATE, and was deployed as of DATE or before; this makes it of DATE",
    ]);
    expect(await run()).toBe(0);
    assemble(database({ BackupRetentionPeriod: 8 }));
    expect(await moved()).toEqual([]);
  }, 30_000);
});
