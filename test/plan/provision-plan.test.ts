import { beforeAll, describe, expect, it } from "vitest";
import { loadPricesFor, type Prices } from "../../src/cost/catalogue.ts";
import { bootstrapStack } from "../../src/plan/bootstrap.ts";
import type { DeployedTemplate } from "../../src/plan/deployed.ts";
import { digestOf } from "../../src/plan/digest.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import { type StoredValues, storedKey } from "../../src/plan/stored-values.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Template } from "../../src/template/types.ts";
import { outputOf, SITE, stackOf, storedAs, storedFrom } from "../support/stacks.ts";

let prices: Prices;
beforeAll(async () => {
  prices = await loadPricesFor([SITE.region]);
});

const PATH = "/shop/dev/network/VpcId";
const topic = (DisplayName: string) => ({ Type: "AWS::SNS::Topic", Properties: { DisplayName } });
const network = stackOf("shop-dev-network", "vpc", {
  resources: { Topic: topic("n"), Kept: storedAs(PATH, { Ref: "Topic" }) },
});
const database = stackOf("shop-dev-database", "data", {
  needs: ["shop-dev-network"],
  parameters: { VpcId: storedFrom(PATH) },
  resources: { Group: { Type: "AWS::RDS::DBSubnetGroup", Properties: { SubnetIds: [{ Ref: "VpcId" }] } } },
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
  ...(stack.template.Parameters?.VpcId && { resolved: { VpcId: "vpc-1" } }),
  ...extra,
});

const VALUES: StoredValues = new Map([[storedKey(SITE.region, PATH), "vpc-1"]]);
const everything = [bootstrapStack(SITE.region), network, database];
const standing = everything.map((stack) => deployed(stack));

const planOf = (stacks: readonly Stack[], stand: readonly DeployedTemplate[], values: StoredValues = VALUES) =>
  planProvision({ site: SITE, stacks, deployed: stand, values, prices });

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
      { logicalId: "Kept", type: "AWS::SSM::Parameter", action: "add", causes: [] },
    ]);
    expect(plan.monthly.before).toBe(0);
  });

  it("is a value: it survives being written, and holds names and digests in place of templates and paths", async () => {
    const files = { ...network, assetManifests: ["/home/ada/shop/cdk.out/network.assets.json"] };
    const plan = await planOf([files, database], standing.slice(0, 1));
    const text = JSON.stringify(plan);
    expect(JSON.parse(text)).toEqual(plan);
    expect(text).not.toMatch(/Properties|DisplayName|\/home\//);
    expect(plan.steps.map(({ digest }) => digest)).toEqual(await Promise.all(everything.map(digestOf)));
  });

  it("leaves every stack unchanged that is deployed as wanted", async () => {
    const plan = await planOf([network, database], standing);
    expect(plan.steps.map((step) => step.action)).toEqual(["unchanged", "unchanged", "unchanged"]);
  });

  it("takes a template as the same whatever the order of its keys", async () => {
    const turned = { Resources: Object.fromEntries(Object.entries(network.template.Resources).toReversed()) };
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
    const seen = async (value: string | undefined) => {
      const values = new Map(value === undefined ? [] : [[storedKey(SITE.region, PATH), value]]);
      return (await planOf([network, database], standing, values)).steps.at(-1);
    };
    expect(await seen("vpc-2")).toMatchObject({
      stack: "shop-dev-database",
      action: "update",
      changes: [],
      because: `${PATH}, which it reads, has changed`,
    });
    expect(await seen(undefined)).toMatchObject({ because: `${PATH}, which it reads, does not exist` });
    expect(await seen("vpc-1")).toMatchObject({ action: "unchanged" });
  });

  it("looks at a stack of which CloudFormation does not tell what it was deployed with", async () => {
    const silent = standing.map(({ resolved: _, ...stack }) => stack);
    expect((await planOf([network, database], silent)).steps.at(-1)).toMatchObject({ action: "update" });
  });

  it("leaves a stack alone whose values are told in the place of their names, and looks where another name is", async () => {
    const told = (VpcId: string) =>
      standing.map(({ resolved: _, ...stack }) =>
        stack.name === database.name ? { ...stack, parameters: { VpcId } } : stack,
      );
    expect((await planOf([network, database], told("vpc-1"))).steps.at(-1)?.action).toBe("unchanged");
    expect((await planOf([network, database], told("/other"))).steps.at(-1)).toMatchObject({
      action: "update",
      because: "its parameters differ",
    });
  });

  it("takes a list for the same with and without blanks, and sees one more item", async () => {
    const reader = stackOf("shop-dev-a", "data", { parameters: { Subnets: storedFrom("/list", true) } });
    const plan = async (resolved: string, now: string) => {
      const stands = deployed(reader, { resolved: { Subnets: resolved } });
      return (await planOf([reader], [stands], new Map([[storedKey(SITE.region, "/list"), now]]))).steps.at(-1)?.action;
    };
    expect(await plan("a,b", "a, b")).toBe("unchanged");
    expect(await plan("a,b", "a,b,c")).toBe("update");
  });

  it("foresees what follows where another stack will write a value otherwise: one more subnet in a list", async () => {
    const path = "/shop/dev/network/Subnets";
    const subnet = (CidrBlock: string) => ({ Type: "AWS::EC2::Subnet", Properties: { VpcId: "v", CidrBlock } });
    const net = (...cidrs: readonly string[]) => {
      const subnets = Object.fromEntries(cidrs.map((cidr, index) => [`S${index}`, subnet(cidr)]));
      const refs = Object.keys(subnets).map((Ref) => ({ Ref }));
      const Kept = storedAs(path, refs.length > 1 ? { "Fn::Join": [",", refs] } : (refs[0] ?? null), "StringList");
      return stackOf("shop-dev-network", "vpc", { resources: { ...subnets, Kept } });
    };
    const reader = stackOf("shop-dev-cache", "data", {
      needs: ["shop-dev-network"],
      parameters: { Subnets: storedFrom(path, true) },
      resources: { G: { Type: "AWS::ElastiCache::SubnetGroup", Properties: { SubnetIds: { Ref: "Subnets" } } } },
    });
    const before = net("10.0.1.0/24");
    const stand = [deployed(before), deployed(reader, { resolved: { Subnets: "subnet-1" } })];
    const values = new Map([[storedKey(SITE.region, path), "subnet-1"]]);
    const foreseen = async (after: Stack) => {
      const { steps } = await planOf([reader, after], stand, values);
      return steps.find(({ stack }) => stack === reader.name);
    };
    const why = `${path}, which it reads, changes once shop-dev-network is updated`;
    const changed = [{ logicalId: "G", action: "change", causes: ["SubnetIds"] }];
    const moves = { action: "update", because: why, foreseen: { by: "templates", why }, changes: changed };
    expect(await foreseen(net("10.0.1.0/24", "10.0.2.0/24"))).toMatchObject(moves);
    // The text of what is written is the same, but the subnet is another.
    expect(await foreseen(net("10.0.9.0/24"))).toMatchObject(moves);
    expect(await foreseen(before)).toMatchObject({ action: "unchanged", changes: [] });
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
      message: "shop-prod-queue is no longer in the app, but has termination protection",
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
      values: VALUES,
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

  it("shows what widens access in a deployed environment, and not in a new one", async () => {
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

describe("a plan's price", () => {
  const MYSQL = { Type: "AWS::RDS::DBInstance", Properties: { Engine: "db2-se", DBInstanceClass: "db.t3.micro" } };
  const stack = stackOf("shop-dev-database", "data", { resources: { Db: MYSQL, Topic: topic("x") } });

  it("names what it leaves out, of what will stand", async () => {
    const { monthly, unpriced } = await planOf([stack], []);
    expect(monthly.after).toBe(0);
    expect(unpriced).toEqual([
      {
        resource: "Db",
        type: "AWS::RDS::DBInstance",
        stack: "shop-dev-database",
        reason: expect.stringContaining("no prices for the engine db2-se"),
      },
    ]);
    expect((await planOf([network], [])).unpriced).toBeUndefined();
  });

  it("is by the values that parameters stand with, and are given", async () => {
    const Sized = { Type: "AWS::EC2::NatGateway", Condition: "Big" };
    const sized = (given?: Stack["parameters"]) => {
      const made = stackOf("shop-dev-network", "vpc", {
        parameters: { Size: { Type: "String", Default: "small" } },
        resources: { Sized },
        ...(given && { given }),
      });
      return {
        ...made,
        template: { ...made.template, Conditions: { Big: { "Fn::Equals": [{ Ref: "Size" }, "big"] } } },
      };
    };
    const { monthly, steps } = await planOf([sized()], [deployed(sized(), { parameters: { Size: "big" } })]);
    expect([monthly.before > 30, monthly.after]).toEqual([true, 0]);
    expect(steps.find(({ stack }) => stack === "shop-dev-network")?.because).toBe("its parameters differ");
    const kept = await planOf([sized({ Size: "big" })], [deployed(sized(), { parameters: { Size: "big" } })]);
    expect(kept.monthly.after).toBe(kept.monthly.before);
    expect(kept.steps.find(({ stack }) => stack === "shop-dev-network")?.action).toBe("unchanged");
  });
});
