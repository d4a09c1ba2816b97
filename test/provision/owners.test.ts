import { CreateChangeSetCommand, CreateStackCommand, DeleteStackCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { BOOTSTRAP_STACK } from "../../src/plan/bootstrap.ts";
import { claimed, isOurs } from "../../src/plan/ownership.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const ONE = stackOf("shop-dev-network", "vpc");
const TWO = stackOf("shop-dev-storage", "data");
const THEIRS = { Project: "shop-dev", Environment: "x", ManagedBy: "astro" };
const where = { name: TWO.name, region: SITE.region };

/** Somebody else makes the second stack, with a topic of their own, and is done with it. */
async function theyMake(aws: Rehearsed, name: string, tags: { readonly [key: string]: string } = {}): Promise<void> {
  const Topic = { Type: "AWS::SNS::Topic", Properties: { DisplayName: "theirs" } };
  await aws.cloudformation.send(
    new CreateStackCommand({
      StackName: name,
      TemplateBody: JSON.stringify({ Resources: { Topic } }),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
  await aws.settled(name);
}

/** Somebody else prepares the second stack, to be executed later. */
async function theyPrepare(aws: Rehearsed, tags: { readonly [key: string]: string }): Promise<void> {
  const Topic = { Type: "AWS::SNS::Topic", Properties: { DisplayName: "theirs" } };
  await aws.cloudformation.send(
    new CreateChangeSetCommand({
      StackName: TWO.name,
      ChangeSetName: "cdk-deploy-change-set",
      ChangeSetType: "CREATE",
      TemplateBody: JSON.stringify({ Resources: { Topic } }),
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    }),
  );
}

async function theyReplace(aws: Rehearsed): Promise<void> {
  await aws.cloudformation.send(new DeleteStackCommand({ StackName: TWO.name }));
  await aws.settled(TWO.name);
  await theyMake(aws, TWO.name, THEIRS);
}

/** The cloud, where `first` happens right before the first such call about the second stack. */
function rightBefore(aws: Rehearsed, call: "stack" | "createChangeSet", first: () => Promise<void>): Cloud {
  let isOver = false;
  const once = async (name: string) => {
    if (isOver || (name.split("/").at(-2) !== TWO.name && name !== TWO.name)) return;
    isOver = true;
    await first();
  };
  return {
    ...aws.cloud,
    ...(call === "stack" && {
      stack: async (ref) => {
        await once(ref.name);
        return aws.cloud.stack(ref);
      },
    }),
    ...(call === "createChangeSet" && {
      createChangeSet: async (input) => {
        await once(input.stack.name);
        return aws.cloud.createChangeSet(input);
      },
    }),
  };
}

/** Their stack with all that is in it. */
const theirs = async (aws: Rehearsed) => [await aws.cloud.stack(where), await aws.cloud.template(where)];

describe("a stack of others that comes after the plan was made", () => {
  it.each(["stack", "createChangeSet"] as const)("is found before anything is done to it (%s)", async (call) => {
    const aws = await rehearsed();
    let untouched: unknown;
    const cloud = rightBefore(aws, call, async () => {
      await theyMake(aws, TWO.name, THEIRS);
      untouched = await theirs(aws);
    });
    const { result } = await aws.provision([ONE, TWO], { cloud });
    expect(result.error).toMatchObject({
      code: "not-ours",
      message: expect.stringContaining("project shop-dev, environment x"),
    });
    expect(await theirs(aws)).toEqual(untouched);
  });

  it.each(["stack", "createChangeSet"] as const)("in place of one of ours is not updated (%s)", async (call) => {
    const aws = await rehearsed();
    await aws.provision([ONE, TWO]);
    let untouched: unknown;
    const cloud = rightBefore(aws, call, async () => {
      await theyReplace(aws);
      untouched = await theirs(aws);
    });
    const changed = stackOf(TWO.name, "data", { resources: { Queue: { Type: "AWS::SQS::Queue" } } });
    const { result } = await aws.provision([ONE, changed], { cloud });
    expect(result.error).toMatchObject({ code: "not-ours" });
    expect(await theirs(aws)).toEqual(untouched);
  });

  it("in place of one of ours is not removed", async () => {
    const aws = await rehearsed();
    await aws.provision([ONE, TWO]);
    let untouched: unknown;
    const cloud = rightBefore(aws, "stack", async () => {
      await theyReplace(aws);
      untouched = await theirs(aws);
    });
    const { result } = await aws.destroy({ cloud });
    expect(result.error).toMatchObject({ code: "not-ours" });
    expect(await theirs(aws)).toEqual(untouched);
  });
});

describe("a stack in review in which a change set of somebody else's waits", () => {
  const ours = { Project: SITE.project, Environment: SITE.environment, ManagedBy: "astro" };
  const waiting = (aws: Rehearsed) => aws.cloud.changeSets(where);

  it.each([
    ["with their tags", THEIRS, /belongs to project shop-dev, environment x/],
    ["without any", {}, /has no tags of an environment: created by somebody else on \d/],
  ])("is theirs, when looking and right before anything is done to it: %s", async (_, tags, words) => {
    const aws = await rehearsed();
    const cloud = rightBefore(aws, "stack", () => theyPrepare(aws, tags));
    const { result } = await aws.provision([ONE, TWO], { cloud });
    expect(result.error).toMatchObject({ code: "not-ours", message: expect.stringMatching(words) });
    await expect(aws.provision([ONE, TWO])).rejects.toMatchObject({ code: "not-ours" });
    expect(await waiting(aws)).toEqual(["cdk-deploy-change-set"]);
  });

  it("is ours where it would have our tags", async () => {
    const aws = await rehearsed();
    await theyPrepare(aws, ours);
    expect((await aws.provision([ONE, TWO])).result.outcome).toBe("done");
  });

  it("is taken over where that is wanted", async () => {
    const aws = await rehearsed();
    await theyPrepare(aws, {});
    const found = await everyStack(aws.cloud, [SITE.region]);
    const { deployed } = await lookAt(aws.cloud, SITE, found, { wanted: [where], adopt: [TWO.name] });
    expect(deployed.map(({ name }) => name)).toEqual([TWO.name]);
  });
});

describe("a look at what stands", () => {
  const looking = async (aws: Rehearsed, wanted?: readonly { readonly name: string; readonly region: string }[]) =>
    lookAt(aws.cloud, SITE, await everyStack(aws.cloud, [SITE.region, "us-east-1"]), wanted && { wanted });

  it("refuses a bootstrap that is not astro's", async () => {
    const aws = await rehearsed();
    await theyMake(aws, BOOTSTRAP_STACK);
    const refusal = { code: "not-ours", message: expect.stringMatching(/astro-bootstrap in eu-west-1 has no tags/) };
    await expect(looking(aws)).rejects.toMatchObject(refusal);
    await expect(looking(aws, [{ name: BOOTSTRAP_STACK, region: SITE.region }])).rejects.toMatchObject(refusal);
  });

  it("refuses one with the same words for project and environment that astro did not make", async () => {
    const aws = await rehearsed();
    await theyMake(aws, ONE.name, { Project: "shop", Environment: "dev" });
    await expect(looking(aws)).rejects.toThrow(/is tagged Project=shop, Environment=dev and no more/);
  });

  it("takes no stack of that name in another region for a wanted one", async () => {
    const aws = await rehearsed();
    await theyMake(aws, ONE.name);
    expect((await looking(aws, [{ name: ONE.name, region: "us-east-1" }])).deployed).toEqual([]);
  });
});

describe("whose a stack is", () => {
  it("a stack in review without tags holds nothing and is anybody's; one with others' tags is theirs", () => {
    const review = { name: ONE.name, status: "REVIEW_IN_PROGRESS" };
    expect(isOurs({ ...review, tags: {} }, SITE)).toBe(true);
    expect(isOurs({ ...review, tags: THEIRS }, SITE)).toBe(false);
    expect(isOurs({ name: ONE.name, status: "ROLLBACK_COMPLETE", tags: {} }, SITE)).toBe(false);
  });

  it("a stack of the app without tags gets them, and one that says it is another's is refused", () => {
    expect(claimed({ ...ONE, tags: { Owner: "ada" } }, SITE).tags).toEqual({ ...ONE.tags, Owner: "ada" });
    expect(() => claimed({ ...ONE, tags: { Project: "till" } }, SITE)).toThrow(AstroError);
  });
});
