import { CreateChangeSetCommand, UpdateStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { AstroError } from "../../src/errors.ts";
import type { Plan } from "../../src/plan/plan.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { previewed } from "../../src/provision/preview.ts";
import { planChangeSet, runChangeSet, sweepStack } from "../../src/provision/recovery/change-sets.ts";
import { storedFor } from "../../src/provision/stored.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Template } from "../../src/template/types.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { outputOf, SITE, stackOf, storedAs, storedFrom } from "../support/stacks.ts";

const TAGS = { Project: SITE.project, Environment: SITE.environment, ManagedBy: "astro" };

const vpc = (tenancy: string, CidrBlock: string): Template["Resources"] => ({
  Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock, InstanceTenancy: tenancy } },
});
const network = (
  resources: Template["Resources"],
  outputs: Template["Outputs"] = { VpcId: { Value: { Ref: "Vpc" } } },
) => stackOf("shop-dev-network", "vpc", { tags: TAGS, resources, outputs });
const FIRST = network(vpc("default", "10.0.0.0/16"));
const files = (DisplayName: unknown = outputOf("shop-dev-network", "VpcId")) =>
  stackOf("shop-dev-files", "data", {
    tags: TAGS,
    needs: ["shop-dev-network"],
    resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: DisplayName as string } } },
  });

/** The same by way of Parameter Store. */
const keeping = (CidrBlock: string) =>
  network({ ...vpc("default", CidrBlock), Kept: storedAs("/shop/dev/network/VpcId", { Ref: "Vpc" }) });
const reader = () =>
  stackOf("shop-dev-files", "data", {
    tags: TAGS,
    needs: ["shop-dev-network"],
    parameters: { VpcId: storedFrom("/shop/dev/network/VpcId") },
    resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: { Ref: "VpcId" } } } },
  });

let plans = 0;
const world = (lab: Rehearsed, cloud: Cloud, signal: AbortSignal) => {
  const id = `p${++plans}`;
  let count = 0;
  return { cloud, clock: lab.rehearsal.clock, signal, token: () => `${id}-${++count}` };
};

/** The plan as `astro plan` makes it. */
async function planOf(
  lab: Rehearsed,
  stacks: readonly Stack[],
  cloud: Cloud = lab.cloud,
  signal: AbortSignal = new AbortController().signal,
): Promise<Plan> {
  const found = await everyStack(lab.cloud, [SITE.region]);
  const [{ deployed }, values] = await Promise.all([
    lookAt(lab.cloud, SITE, found, { wanted: stacks }),
    storedFor(lab.cloud, stacks),
  ]);
  const prices = await loadPricesFor([SITE.region]);
  return previewed(
    world(lab, cloud, signal),
    await planProvision({ site: SITE, stacks, deployed, values, prices }),
    stacks,
    deployed,
  );
}

const stepOf = (plan: Plan, stack: string) => plan.steps.find((step) => step.stack === stack);

describe("a plan of stacks that stand", () => {
  it("tells what AWS itself foresees: additions, changes, replacements and what causes them, removals", async () => {
    const lab = await rehearsed();
    const before = { ...vpc("default", "10.0.0.0/16"), Old: { Type: "AWS::SNS::Topic" } };
    await lab.provision([network(before)]);
    const plan = await planOf(lab, [network({ ...vpc("default", "10.1.0.0/16"), New: { Type: "AWS::SNS::Topic" } })]);
    expect(stepOf(plan, "shop-dev-network")).toMatchObject({
      foreseen: { by: "change-set" },
      changes: [
        { logicalId: "New", action: "add", causes: [] },
        { logicalId: "Vpc", action: "replace", causes: ["CidrBlock"] },
        { logicalId: "Old", action: "remove", causes: [] },
      ],
    });
    expect(await lab.left()).toEqual([]);
  });

  it("follows a replacement to what refers to the resource, which has to be replaced with it", async () => {
    const lab = await rehearsed();
    const pair = (cidr: string): Template["Resources"] => ({
      ...vpc("default", cidr),
      Subnet: { Type: "AWS::EC2::Subnet", Properties: { VpcId: { Ref: "Vpc" }, CidrBlock: "10.0.1.0/24" } },
    });
    await lab.provision([network(pair("10.0.0.0/16"))]);
    const plan = await planOf(lab, [network(pair("10.0.0.0/20"))]);
    expect(stepOf(plan, "shop-dev-network")?.changes).toMatchObject([
      { logicalId: "Subnet", action: "replace", causes: ["VpcId"] },
      { logicalId: "Vpc", action: "replace", causes: ["CidrBlock"] },
    ]);
  });

  it("sees that a value another stack moved changes a resource, though the template is the same", async () => {
    const lab = await rehearsed();
    await lab.provision([keeping("10.0.0.0/16"), reader()]);
    // Somebody else replaces the VPC; nobody looks at the reader.
    const moved = keeping("10.9.0.0/16");
    const Tags = Object.entries(TAGS).map(([Key, Value]) => ({ Key, Value }));
    const update = new UpdateStackCommand({ StackName: moved.name, TemplateBody: moved.body, Tags });
    await lab.meanwhile(() => lab.cloudformation.send(update));
    await lab.settled(moved.name);
    const plan = await planOf(lab, [moved, reader()]);
    expect(stepOf(plan, "shop-dev-files")).toMatchObject({
      because: "/shop/dev/network/VpcId, which it reads, has changed",
      foreseen: { by: "change-set" },
      changes: [{ logicalId: "Topic", action: "change", causes: ["DisplayName"] }],
    });
  });

  it("leaves out what AWS names only because what it reads changes in its place, and shows what is another", async () => {
    const lab = await rehearsed();
    const topic = (DisplayName: string, TopicName = "a"): Template["Resources"] => ({
      Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName, TopicName } },
      Kept: storedAs("/shop/dev/network/Topic", { "Fn::GetAtt": ["Topic", "TopicName"] }),
    });
    const net = (resources: Template["Resources"]) => network(resources, {});
    await lab.provision([net(topic("one"))]);
    const ids = async (resources: Template["Resources"]) =>
      stepOf(await planOf(lab, [net(resources)]), "shop-dev-network")?.changes.map(({ logicalId }) => logicalId);
    expect(await ids(topic("two"))).toEqual(["Topic"]);
    expect(await ids(topic("one", "b"))).toEqual(["Kept", "Topic"]);
  });

  it("tells by the templates what follows from a value that moves on the way, and says so", async () => {
    const lab = await rehearsed();
    await lab.provision([keeping("10.0.0.0/16"), reader()]);
    const plan = await planOf(lab, [keeping("10.9.0.0/16"), reader()]);
    const why = "/shop/dev/network/VpcId, which it reads, changes once shop-dev-network is updated";
    expect(stepOf(plan, "shop-dev-files")).toMatchObject({
      action: "update",
      because: why,
      foreseen: { by: "templates", why },
      changes: [{ logicalId: "Topic", action: "change", causes: ["DisplayName"] }],
    });
    const { outcomes } = await lab.provision([keeping("10.9.0.0/16"), reader()]);
    expect(outcomes).toMatchObject({ "shop-dev-network": "updated", "shop-dev-files": "updated" });
    const settled = await lab.provision([keeping("10.9.0.0/16"), reader()]);
    expect(settled.outcomes).toMatchObject({ "shop-dev-network": "unchanged", "shop-dev-files": "unchanged" });
  });

  it("sees no change where a value is only read another way, from weak references to Parameter Store", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST, files()]);
    const stacks = [keeping("10.0.0.0/16"), reader()];
    const plan = await planOf(lab, stacks);
    expect(stepOf(plan, "shop-dev-files")).toMatchObject({
      action: "update",
      foreseen: { by: "templates", why: "/shop/dev/network/VpcId, which it reads, does not exist yet" },
      changes: [],
    });
    const { outcomes, events } = await lab.provision(stacks);
    expect(outcomes).toMatchObject({ "shop-dev-network": "updated" });
    expect(JSON.stringify(events)).not.toContain('"resource":"Topic"');
  });

  it("falls back to the templates where a stack reads what does not exist yet, and says so", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST, files("x")]);
    const more = network(vpc("default", "10.0.0.0/16"), { VpcId: { Value: { Ref: "Vpc" } }, New: { Value: "n" } });
    const plan = await planOf(lab, [more, files(outputOf("shop-dev-network", "New"))]);
    expect(stepOf(plan, "shop-dev-files")).toMatchObject({
      foreseen: { by: "templates", why: "shop-dev-network.New, which it reads, does not exist yet" },
      changes: [{ logicalId: "Topic", action: "change", causes: ["DisplayName"] }],
    });
    expect(stepOf(plan, "shop-dev-network")).toMatchObject({ foreseen: { by: "change-set" }, changes: [] });
  });

  it("says in AWS's words why it refuses a change, and leaves nothing behind for it", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const bad = network({ Vpc: { Type: "AWS::EC2::VPC", Properties: { CidrBlock: "10.0.0.0/16", Nonsense: 1 } } });
    const step = stepOf(await planOf(lab, [bad]), "shop-dev-network");
    expect(step?.foreseen).toMatchObject({ by: "templates", why: expect.stringMatching(/^AWS refuses it: /) });
    expect(await lab.left()).toEqual([]);
  });

  it("makes no change set for stacks that do not differ", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST, files()]);
    const asked = () =>
      ["CreateChangeSet", "ListChangeSets"].map((call) => lab.rehearsal.requests.get(`cloudformation:${call}`));
    const before = asked();
    await planOf(lab, [FIRST, files()]);
    expect(asked()).toEqual(before);
  });
});

describe("change sets made only to be read", () => {
  const other = network(vpc("default", "10.2.0.0/16"));

  it("that a plan left which was killed long ago are gone after the next one; those of others stay, a living plan's too", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const left = async (ChangeSetName: string) => {
      const StackName = "shop-dev-network";
      await lab.cloudformation.send(
        new CreateChangeSetCommand({ StackName, ChangeSetName, TemplateBody: other.body, Tags: [] }),
      );
    };
    const hours = (count: number) => new Date(lab.rehearsal.clock.now().getTime() - count * 3_600_000);
    const living = planChangeSet(hours(0.9), "another-1");
    for (const name of [planChangeSet(hours(2), "killed-1"), living, runChangeSet("run9-1"), "somebody-elses"])
      await lab.meanwhile(() => left(name));
    await planOf(lab, [other]);
    expect((await lab.left()).toSorted()).toEqual([
      `shop-dev-network: ${living}`,
      "shop-dev-network: astro-run9-1",
      "shop-dev-network: somebody-elses",
    ]);
  });

  it("of two people who plan at the same time do not get in each other's way", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    // Ada's is made and not read yet while Bob plans from beginning to end, and clears up as a run does that holds the lock.
    const beside: string[][] = [];
    const slow: Cloud = {
      ...lab.cloud,
      createChangeSet: async (input) => {
        await lab.cloud.createChangeSet(input);
        const bobs = await planOf(lab, [other]);
        expect(stepOf(bobs, "shop-dev-network")?.foreseen).toEqual({ by: "change-set" });
        const network = { name: "shop-dev-network", region: SITE.region };
        await sweepStack(lab.cloud, network, { now: lab.rehearsal.clock.now(), runs: true });
        beside.push([...(await lab.left())]);
      },
    };
    const adas = await planOf(lab, [other], slow);
    expect(beside).toEqual([[expect.stringMatching(/^shop-dev-network: astro-plan-20260301T\d{6}Z-/)]]);
    expect(stepOf(adas, "shop-dev-network")).toMatchObject({
      foreseen: { by: "change-set" },
      changes: [{ logicalId: "Vpc", action: "replace" }],
    });
    expect(await lab.left()).toEqual([]);
  });

  it("are deleted although the plan fails in between", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const broken: Cloud = {
      ...lab.cloud,
      changeSet: async () => {
        throw new AstroError("credentials", "expired", "sign in");
      },
    };
    await expect(planOf(lab, [other], broken)).rejects.toThrow("expired");
    expect(await lab.left()).toEqual([]);
  });

  it("are deleted although the person left in between", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const controller = new AbortController();
    const left: Cloud = {
      ...lab.cloud,
      changeSet: async (...of) => {
        controller.abort(new Error("interrupted"));
        return lab.cloud.changeSet(...of);
      },
    };
    await expect(planOf(lab, [other], left, controller.signal)).rejects.toThrow("interrupted");
    expect(await lab.left()).toEqual([]);
  });

  it("may be refused without the plan failing: it says why it is not exact", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const refuse = (call: string) => async () => {
      throw new AstroError("failed", `not allowed: cloudformation:${call}`, "ask");
    };
    const denied: Cloud = {
      ...lab.cloud,
      createChangeSet: refuse("CreateChangeSet"),
      deleteChangeSet: refuse("DeleteChangeSet"),
    };
    const step = stepOf(await planOf(lab, [other], denied), "shop-dev-network");
    expect(step).toMatchObject({
      foreseen: { by: "templates", why: "not allowed: cloudformation:CreateChangeSet" },
      changes: [{ logicalId: "Vpc", action: "replace", causes: ["CidrBlock"] }],
    });
  });
});

describe("the gate on the executed change set", () => {
  it("is asked what AWS is about to change, and nothing is changed if it refuses", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const asked: unknown[] = [];
    const { result } = await lab.provision([network(vpc("default", "10.3.0.0/16"))], {
      gate: (step, changes) => {
        asked.push([step.stack, changes]);
        throw new AstroError("declined", "no", "go on with …");
      },
    });
    expect(asked).toEqual([
      ["shop-dev-network", [expect.objectContaining({ logicalId: "Vpc", action: "replace", causes: ["CidrBlock"] })]],
    ]);
    expect([result.outcome, result.error?.code, result.failed]).toEqual(["failed", "declined", []]);
    expect(await lab.status("shop-dev-network")).toBe("CREATE_COMPLETE");
    expect(await lab.left()).toEqual([]);
  });

  it("is asked before a stack that the app no longer has is removed, too", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST, files()]);
    const { result } = await lab.provision([FIRST], {
      gate: () => {
        throw new AstroError("declined", "no", "go on with …");
      },
    });
    expect(result.error?.code).toBe("declined");
    expect(await lab.status("shop-dev-files")).toBe("CREATE_COMPLETE");
  });

  it("is not asked about stacks that are made anew", async () => {
    const lab = await rehearsed();
    const { outcomes } = await lab.provision([FIRST], {
      gate: () => {
        throw new AstroError("declined", "no", "no");
      },
    });
    expect(outcomes["shop-dev-network"]).toBe("created");
  });
});

describe("an update that changes outputs alone", () => {
  it("is carried out: other stacks may read them", async () => {
    const lab = await rehearsed();
    await lab.provision([FIRST]);
    const more = network(vpc("default", "10.0.0.0/16"), { VpcId: { Value: { Ref: "Vpc" } }, New: { Value: "n" } });
    const { outcomes } = await lab.provision([more]);
    expect(outcomes["shop-dev-network"]).toBe("updated");
    expect((await lab.cloud.stack({ name: "shop-dev-network", region: SITE.region }))?.outputs.New).toBe("n");
  });
});
