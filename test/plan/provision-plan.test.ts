import { beforeAll, describe, expect, it } from "vitest";
import { loadPricesFor, type Prices } from "../../src/cost/catalogue.ts";
import { bootstrapStack } from "../../src/plan/bootstrap.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { ReadRecord } from "../../src/plan/read-values.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Template } from "../../src/template/types.ts";
import { outputOf, SITE, stackOf } from "../support/stacks.ts";

let prices: Prices;
beforeAll(async () => {
  prices = await loadPricesFor([SITE.region]);
});

const network = stackOf("shop-dev-network", "vpc", { outputs: { VpcId: { Value: "x" } } });
const database = stackOf("shop-dev-database", "data", {
  needs: ["shop-dev-network"],
  resources: {
    Group: { Type: "AWS::RDS::DBSubnetGroup", Properties: { SubnetIds: [outputOf("shop-dev-network", "VpcId")] } },
  },
});

const deployed = (stack: Stack, extra: Partial<DeployedTemplate> = {}): DeployedTemplate => ({
  name: stack.name,
  region: stack.region,
  id: `arn:aws:cloudformation:${stack.region}:1:stack/${stack.name}/1`,
  status: "CREATE_COMPLETE",
  outputs: Object.fromEntries(Object.keys(stack.template.Outputs ?? {}).map((key) => [key, `${key}-1`])),
  tags: stack.tags,
  createdAt: new Date(0),
  terminationProtection: stack.terminationProtection,
  template: stack.template,
  ...extra,
});

const RECORD: ReadRecord = { "shop-dev-database": { "shop-dev-network.VpcId": "VpcId-1" } };
const everything = [bootstrapStack(SITE.region), network, database];
const standing = everything.map((stack) => deployed(stack));

const planOf = (stacks: readonly Stack[], stand: readonly DeployedTemplate[], record: ReadRecord = RECORD) =>
  planProvision({ site: SITE, stacks, deployed: stand, record, prices });

describe("a plan of provisioning", () => {
  it("creates everything in an empty account, the bootstrap first", async () => {
    const plan = await planOf([database, network], []);
    expect(plan.steps.map(({ stack, phase, action }) => [phase, stack, action])).toEqual([
      ["bootstrap", "astro-bootstrap", "create"],
      ["vpc", "shop-dev-network", "create"],
      ["data", "shop-dev-database", "create"],
    ]);
    expect(plan.steps[1]?.changes).toEqual([
      { logicalId: "Topic", type: "AWS::SNS::Topic", action: "add", causes: [] },
    ]);
    expect(plan.monthly.before).toBe(0);
  });

  it("leaves every stack alone that stands as it is wanted", async () => {
    const plan = await planOf([network, database], standing);
    expect(plan.steps.map((step) => step.action)).toEqual(["unchanged", "unchanged", "unchanged"]);
  });

  it("takes a template as the same whatever the order of its keys", async () => {
    const turned = { Outputs: network.template.Outputs, Resources: network.template.Resources } as Stack["template"];
    const plan = await planOf([network], [deployed(network, { template: turned }), ...standing.slice(0, 1)]);
    expect(plan.steps[1]?.action).toBe("unchanged");
  });

  it("names the property behind a change, and a replacement as one", async () => {
    const before = stackOf("shop-dev-network", "vpc", {
      resources: {
        Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: "v", CidrBlock: "10.0.1.0/24" } },
        Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "old" } },
        Gone: { Type: "AWS::SNS::Topic" },
      },
    });
    const after = stackOf("shop-dev-network", "vpc", {
      resources: {
        Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: "v", CidrBlock: "10.0.2.0/24" } },
        Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: "new" } },
        Fresh: { Type: "AWS::SNS::Topic" },
      },
    });
    const plan = await planOf([after], [deployed(before)]);
    const step = plan.steps.find(({ stack }) => stack === "shop-dev-network");
    expect(step?.action).toBe("update");
    expect([...(step?.changes ?? [])].sort((a, b) => a.logicalId.localeCompare(b.logicalId))).toEqual([
      { logicalId: "Fresh", type: "AWS::SNS::Topic", action: "add", causes: [] },
      { logicalId: "Gone", type: "AWS::SNS::Topic", action: "remove", causes: [] },
      { logicalId: "Subnet", type: "AWS::EC2::Subnet", action: "replace", causes: ["CidrBlock"] },
      { logicalId: "Topic", type: "AWS::SNS::Topic", action: "change", causes: ["DisplayName"] },
    ]);
  });

  it.each(["ROLLBACK_COMPLETE", "REVIEW_IN_PROGRESS", "ROLLBACK_FAILED"])(
    "creates a stack anew that a failed attempt left as %s",
    async (status) => {
      const plan = await planOf([network], [deployed(network, { status, template: { Resources: {} } })]);
      const step = plan.steps.find(({ stack }) => stack === "shop-dev-network");
      expect(step).toMatchObject({ action: "create", because: expect.stringContaining(status) });
      expect(plan.monthly.before).toBe(0);
    },
  );

  it("looks again at a stack to whose parameters somebody has given other values", async () => {
    const Parameters = {
      Size: { Type: "Number", Default: 2 },
      Password: { Type: "String", Default: "x", NoEcho: true },
      Given: { Type: "String" },
    };
    const template = { ...network.template, Parameters };
    const stack = { ...network, template };
    const planWith = async (Size: string) => {
      const plan = await planOf([stack], [deployed(stack, { parameters: { Size, Password: "****", Given: "y" } })]);
      return plan.steps.find((step) => step.stack === stack.name);
    };
    expect(await planWith("2")).toMatchObject({ action: "unchanged" });
    expect(await planWith("3")).toMatchObject({ action: "update", because: "its parameters differ" });
  });

  it("looks again at a stack whose template is the same but which reads a value that has moved", async () => {
    const moved = standing.map((stack) =>
      stack.name === "shop-dev-network" ? { ...stack, outputs: { VpcId: "VpcId-2" } } : stack,
    );
    const plan = await planOf([network, database], moved);
    const step = plan.steps.find(({ stack }) => stack === "shop-dev-database");
    expect(step).toMatchObject({
      action: "update",
      changes: [],
      because: "a value it reads from another stack has changed",
    });
  });

  it("looks again at a stack nobody recorded the values of", async () => {
    const plan = await planOf([network, database], standing, {});
    expect(plan.steps.at(-1)).toMatchObject({ stack: "shop-dev-database", action: "update" });
  });

  it("removes a stack the app no longer has, after everything else", async () => {
    const [old, older] = [stackOf("shop-dev-dns", "dns"), stackOf("shop-dev-certificate", "dns")];
    const reading = {
      ...old.template,
      Resources: { R: { Type: "AWS::SNS::Topic", Properties: { DisplayName: outputOf(older.name, "Arn") } } },
    };
    const plan = await planOf(
      [network, database],
      [...standing, deployed(older), deployed(old, { template: reading })],
    );
    expect(plan.steps.slice(-2).map(({ stack, phase, action }) => [phase, stack, action])).toEqual([
      ["dns", "shop-dev-dns", "delete"],
      ["dns", "shop-dev-certificate", "delete"],
    ]);
    expect(plan.steps.at(-1)?.needs).toContain("shop-dev-dns");
  });

  it("refuses, before anything is begun, to remove a stack that is protected", async () => {
    const queue = deployed(stackOf("shop-prod-queue", "data"), { terminationProtection: true });
    await expect(planOf([network, database], [...standing, queue])).rejects.toMatchObject({
      message: "shop-prod-queue is no longer in the app, but protected against removal",
      hint: expect.stringContaining("--stack-name shop-prod-queue"),
    });
  });

  it("bootstraps every region the environment has stacks in", async () => {
    const plan = await planOf([network, stackOf("shop-dev-certificate", "dns", { region: "us-east-1" })], []);
    expect(plan.steps.filter(({ phase }) => phase === "bootstrap").map(({ region }) => region)).toEqual([
      "eu-west-1",
      "us-east-1",
    ]);
  });

  it("says what each stack costs now and then, a bootstrap of two regions once", async () => {
    const bucket = { Bucket: { Type: "AWS::EC2::NatGateway" } };
    const [gateway, elsewhere] = [
      stackOf("shop-dev-network", "vpc", { resources: bucket }),
      stackOf("shop-dev-certificate", "dns", { region: "us-east-1" }),
    ];
    const all = await loadPricesFor([SITE.region, "us-east-1"]);
    const plan = await planProvision({
      site: SITE,
      stacks: [gateway, elsewhere],
      deployed: standing,
      record: RECORD,
      prices: all,
    });
    const costs = plan.steps.map(({ stack, monthly }) => [stack, monthly] as const);
    expect(costs.find(([stack]) => stack === "shop-dev-network")?.[1]).toEqual({
      before: 0,
      after: expect.closeTo(35, -1),
    });
    const sum = costs.reduce((total, [, monthly]) => total + (monthly?.after ?? 0), 0);
    expect(sum).toBeLessThanOrEqual(plan.monthly.after + 0.05);
  });

  it("shows what widens access in an environment that stands, and not where all is new", async () => {
    const policy = (Action: string): Template["Resources"] => ({
      Policy: {
        Type: "AWS::IAM::Policy",
        Properties: {
          PolicyName: "p",
          Roles: ["r"],
          PolicyDocument: { Statement: [{ Effect: "Allow", Action, Resource: "*" }] },
        },
      },
    });
    const [before, after] = [
      stackOf("shop-dev-service", "ecs", { resources: policy("s3:GetObject") }),
      stackOf("shop-dev-service", "ecs", { resources: policy("s3:*") }),
    ];
    expect((await planOf([before], [])).steps.flatMap(({ access = [] }) => access)).toEqual([]);
    const access = async (wanted: Stack) =>
      (await planOf([wanted], [...standing, deployed(before)])).steps.flatMap(({ access = [] }) => access);
    expect(await access(after)).toMatchObject([{ kind: "permission", what: "s3:*" }]);
    expect(await access(before)).toEqual([]);
    const fresh = await planOf([network, database, before], standing);
    expect(fresh.steps.find(({ stack }) => stack === "shop-dev-service")?.access).toHaveLength(1);
  });

  it("lets a stack wait for every stack it reads from, said or not", async () => {
    const silent = { ...database, needs: [] };
    const plan = await planOf([network, silent], []);
    expect(plan.steps.find(({ stack }) => stack === "shop-dev-database")?.needs).toEqual(["shop-dev-network"]);
  });

  it("removes what the app no longer has after all other stacks, in whatever order", async () => {
    const plan = await planOf([network, database], [...standing, deployed(stackOf("shop-dev-dns", "dns"))]);
    const gone = plan.steps.find(({ action }) => action === "delete");
    expect(gone?.needs).toEqual(expect.arrayContaining(["astro-bootstrap", "shop-dev-network", "shop-dev-database"]));
  });
});
