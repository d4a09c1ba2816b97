import { CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { gateFor } from "../../src/operation/gate.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { previewed } from "../../src/provision/preview.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Json, Resource, Template } from "../../src/template/types.ts";
import { type Rehearsed, type RunOptions, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const NAME = "shop-dev-one";
const TEMPLATES = "shop-dev-templates";
const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };

const users: Resource = { Type: "AWS::Cognito::UserPool", Properties: { UserPoolName: "shop-dev" } };
const lines = (LogGroupName: Json): Resource => ({
  Type: "AWS::Logs::LogGroup",
  Properties: { LogGroupName },
});
const gateway = (key: string): Resource => ({
  Type: "AWS::EC2::InternetGateway",
  Properties: { Tags: [{ Key: "version", Value: key }] },
});
const full = (version = "1"): Template["Resources"] => ({
  Users: users,
  Lines: lines("/shop/dev"),
  Gateway: gateway(version),
});

const urlOf = (key: string) => `https://s3.${SITE.region}.amazonaws.com/${TEMPLATES}/${key}.json`;
const nested = (key: string, more: object = {}, properties: object = {}): Resource => ({
  Type: "AWS::CloudFormation::Stack",
  Properties: { TemplateURL: urlOf(key), ...properties },
  ...more,
});
const parent = (inner: Resource | undefined, version = "1") =>
  stackOf(NAME, "data", { tags, resources: { ...(inner && { Inner: inner }), Outer: gateway(version) } });

const put = ({ s3 }: Rehearsed, key: string, Resources: Template["Resources"], more: object = {}) =>
  s3.send(
    new PutObjectCommand({ Bucket: TEMPLATES, Key: `${key}.json`, Body: JSON.stringify({ Resources, ...more }) }),
  );

/** A stack with a stack in it that holds users, log lines and a gateway. */
async function standing(inner: Resource = nested("one")): Promise<Rehearsed> {
  const aws = await rehearsed();
  await aws.s3.send(new CreateBucketCommand({ Bucket: TEMPLATES }));
  await put(aws, "one", full());
  const { result } = await aws.provision([parent(inner)]);
  expect(result.failed).toEqual([]);
  return aws;
}

const gateOf = (...ids: readonly string[]): NonNullable<RunOptions["gate"]> => {
  const flags = { json: false, rehearse: false, speed: "60", wait: false, yes: true, allowReplace: ids };
  const gate = gateFor({ ...SITE, direction: "provision", steps: [], monthly: { before: 0, after: 0 } }, [], flags);
  return (step, changes) => gate.step(step, changes);
};

/** What an update was stopped for, or "updated". */
async function updated(aws: Rehearsed, stack: Stack, options: RunOptions = { gate: gateOf() }): Promise<string> {
  const { result, outcomes } = await aws.provision([stack], options);
  expect(result.failed).toEqual([]);
  return result.error?.message ?? outcomes[NAME] ?? "";
}

/** The plan as `astro plan` makes it. */
async function planOf(aws: Rehearsed, stacks: readonly Stack[], cloud: Cloud = aws.cloud): Promise<Plan> {
  const found = await everyStack(cloud, [SITE.region]);
  const { deployed } = await lookAt(cloud, SITE, found, { wanted: [{ name: NAME, region: SITE.region }] });
  const prices = await loadPricesFor([SITE.region]);
  let count = 0;
  const signal = new AbortController().signal;
  const world = { cloud, clock: aws.rehearsal.clock, signal, token: () => `p-${++count}` };
  const plan = await planProvision({ site: SITE, stacks, deployed, values: new Map(), prices });
  return previewed(world, plan, stacks, deployed);
}

const brief = (plan: Plan) =>
  plan.steps
    .filter(({ stack }) => stack === NAME)
    .flatMap(({ changes }) => changes.map(({ logicalId, action, inside }) => `${logicalId} ${action} ${inside ?? ""}`));

describe("a stack within a stack", () => {
  it("is looked into before it changes: what goes in it stops the update, named by its place", async () => {
    const aws = await standing();
    await put(aws, "two", { Gateway: gateway("1") });
    const said = await updated(aws, parent(nested("two")));
    expect(said.split("\n")).toEqual([
      expect.stringMatching(
        /^Inner\/Lines \(AWS::Logs::LogGroup\) of shop-dev-one would be removed; lost: its log lines/,
      ),
      expect.stringMatching(
        /^Inner\/Users \(AWS::Cognito::UserPool\) of shop-dev-one would be removed; lost: its users/,
      ),
    ]);
    expect(await updated(aws, parent(nested("two")), { gate: gateOf("Inner/Users") })).toMatch(/^Inner\/Lines/);
    expect(await aws.left()).toEqual([]);
    expect(await updated(aws, parent(nested("two")), { gate: gateOf("Inner/Users", "Inner/Lines") })).toBe("updated");
    expect(await aws.left()).toEqual([]);
  });

  it("changes without a word where nothing is lost, whatever changes beside it", async () => {
    const aws = await standing();
    await put(aws, "two", { ...full("2"), More: users });
    expect(await updated(aws, parent(nested("two"), "2"))).toBe("updated");
    expect(await updated(aws, parent(nested("two"), "3"))).toBe("updated");
    expect(await aws.left()).toEqual([]);
  });

  it("is looked into although only its template under the same address is another", async () => {
    const aws = await standing();
    await put(aws, "one", { Gateway: gateway("1") });
    expect(await updated(aws, parent(nested("one"), "2"))).toMatch(/^Inner\/Users .* would be removed/m);
  });

  it("is looked into with the parameters it will be given", async () => {
    const aws = await rehearsed();
    await aws.s3.send(new CreateBucketCommand({ Bucket: TEMPLATES }));
    await put(aws, "one", { Lines: lines({ Ref: "Name" }) }, { Parameters: { Name: { Type: "String" } } });
    const named = (Name: string) => parent(nested("one", {}, { Parameters: { Name } }));
    await aws.provision([named("/shop/one")]);
    expect(await updated(aws, named("/shop/two"))).toMatch(
      /^Inner\/Lines \(AWS::Logs::LogGroup\) of shop-dev-one would be replaced because of LogGroupName/,
    );
  });

  it("is looked into as deep as stacks are nested", async () => {
    const aws = await rehearsed();
    await aws.s3.send(new CreateBucketCommand({ Bucket: TEMPLATES }));
    await put(aws, "leaf", full());
    await put(aws, "leaf-2", { Gateway: gateway("1") });
    await put(aws, "middle", { Leaf: nested("leaf") });
    await put(aws, "middle-2", { Leaf: nested("leaf-2") });
    await aws.provision([parent(nested("middle"))]);
    expect(await updated(aws, parent(nested("middle-2")))).toMatch(/^Inner\/Leaf\/Users .* would be removed/m);
    expect(await updated(aws, parent(undefined, "2"))).toMatch(/^Inner\/Leaf\/Users .* would be removed/m);
    expect(await aws.left()).toEqual([]);
  });

  it("that goes takes what is in it: each is named, but for what its own template keeps", async () => {
    const aws = await rehearsed();
    await aws.s3.send(new CreateBucketCommand({ Bucket: TEMPLATES }));
    await put(aws, "one", { ...full(), Users: { ...users, DeletionPolicy: "Retain" } });
    await aws.provision([parent(nested("one"))]);
    expect(await updated(aws, parent(undefined, "2"))).toMatch(/^Inner\/Lines \(AWS::Logs::LogGroup\)[^\n]*$/);
    expect(await updated(aws, parent(undefined, "2"), { gate: gateOf("Inner") })).toBe("updated");
  });

  it("that goes but is kept takes nothing with it", async () => {
    const aws = await standing(nested("one", { DeletionPolicy: "Retain" }));
    expect(await updated(aws, parent(undefined, "2"))).toBe("updated");
  });

  it("that goes with its parent, which the app no longer has, is looked into too", async () => {
    const aws = await standing();
    const other = stackOf("shop-dev-two", "data", { tags, resources: { Gateway: gateway("1") } });
    const { result } = await aws.provision([other], { gate: gateOf() });
    expect(result.error?.message).toMatch(/^Inner\/Users [^\n]*\nInner\/Lines [^\n]*$/);
    expect(brief(await planOf(aws, [other]))).toEqual(
      expect.arrayContaining(["Inner remove seen", "Inner/Users remove "]),
    );
  });
});

describe("a stack within a stack, which has its parent's tags", () => {
  it("is no stack that the app no longer has: it goes with its parent alone", async () => {
    const aws = await standing();
    const again = await aws.provision([parent(nested("one"))]);
    expect(again.plan.steps.map(({ stack, action }) => `${stack} ${action}`)).toEqual([
      "astro-bootstrap unchanged",
      `${NAME} unchanged`,
    ]);
    expect((await aws.cloud.resources({ name: NAME, region: SITE.region })).map(({ status }) => status)).toEqual([
      "CREATE_COMPLETE",
      "CREATE_COMPLETE",
    ]);
    const { plan, result } = await aws.destroy();
    expect([plan.steps.map(({ stack }) => stack), result.failed]).toEqual([[NAME], []]);
    expect(await aws.status(NAME)).toBeUndefined();
  });
});

describe("a stack within a stack that cannot be looked into", () => {
  /** AWS can make a change set of the parent only if it need not look into what is nested. */
  const blind = (cloud: Cloud): Cloud => {
    const looking = new Set<string>();
    return {
      ...cloud,
      createChangeSet: async (input) => {
        if (input.nested) looking.add(input.changeSet);
        await cloud.createChangeSet(input);
      },
      changeSet: async (ref, name) => {
        const found = await cloud.changeSet(ref, name);
        const reason = "Template error: Fn::Select cannot select nonexistent value at index 1";
        return looking.has(name) ? { ...found, status: "FAILED", reason, changes: [] } : found;
      },
    };
  };

  it("stops every update that reaches it, says so, and goes on where it is named", async () => {
    const aws = await standing();
    await put(aws, "two", full("2"));
    const cloud = blind(aws.opened());
    expect(await updated(aws, parent(nested("two")), { cloud, gate: gateOf() })).toMatch(
      /^Inner \(AWS::CloudFormation::Stack\) of shop-dev-one would be changed, and its contents cannot be inspected/,
    );
    expect(await aws.left()).toEqual([]);
    expect(brief(await planOf(aws, [parent(nested("two"))], blind(aws.opened())))).toContain("Inner change ");
    expect(await updated(aws, parent(nested("two")), { cloud: blind(aws.opened()), gate: gateOf("Inner") })).toBe(
      "updated",
    );
    expect(await aws.left()).toEqual([]);
  });

  it("stops what brings back drift", async () => {
    const aws = await standing();
    await put(aws, "one", { Gateway: gateway("1") });
    expect(await updated(aws, parent(nested("one")), { revertDrift: true, gate: gateOf() })).toMatch(
      /^Inner \(AWS::CloudFormation::Stack\) .* cannot be looked into/,
    );
  });
});

describe("a plan", () => {
  it("tells what happens in nested stacks, and leaves no change set in any of them", async () => {
    const aws = await standing();
    await put(aws, "two", { Users: users, Gateway: gateway("2") });
    expect(brief(await planOf(aws, [parent(nested("two"))]))).toEqual([
      "Inner change seen",
      "Inner/Gateway change ",
      "Inner/Lines remove ",
    ]);
    expect(await aws.left()).toEqual([]);
  });

  it("leaves what is not published yet to the moment before it changes, which then stops", async () => {
    const aws = await standing();
    const wanted = { ...parent(nested("later")), assetManifests: ["one.assets.json"] };
    expect(brief(await planOf(aws, [wanted]))).toEqual(["Inner change later"]);
    const publishAssets = async () => void (await put(aws, "later", { Gateway: gateway("1") }));
    const cloud = { ...aws.cloud, publishAssets };
    expect(await updated(aws, wanted, { cloud, gate: gateOf() })).toMatch(/^Inner\/Users .* would be removed/m);
    expect(await aws.left()).toEqual([]);
  });
});
