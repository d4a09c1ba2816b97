import {
  CreateChangeSetCommand,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  UpdateStackCommand,
  type UpdateStackCommandInput,
} from "@aws-sdk/client-cloudformation";
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, it } from "vitest";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { AstroError } from "../../src/errors.ts";
import { gateFor } from "../../src/operation/gate.ts";
import { BOOTSTRAP_STACK, bootstrapBucket } from "../../src/plan/bootstrap.ts";
import { planDestroy } from "../../src/plan/destroy-plan.ts";
import { keptBy } from "../../src/plan/kept.ts";
import { planProvision } from "../../src/plan/provision-plan.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import type { Event } from "../../src/provision/event.ts";
import { everyStack, lookAt } from "../../src/provision/look.ts";
import type { Template } from "../../src/template/types.ts";
import { adviceOf } from "../support/hints.ts";
import { putByHand } from "../support/parameter-store.ts";
import { type Rehearsed, type RunOptions, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf, storedFrom } from "../support/stacks.ts";

const NAME = "shop-dev-one";
const BUCKET = "shop-dev-files";
const Tags = [
  { Key: "ManagedBy", Value: "astro" },
  { Key: "Project", Value: SITE.project },
  { Key: "Environment", Value: SITE.environment },
];
const own = { StackName: NAME, Tags };
const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));

const bare = (version: string): Template["Resources"] => ({
  Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: BUCKET, Tags: [{ Key: "version", Value: version }] } },
});
/** A bucket, and a topic that is made after it. */
const whole = (version: string): Template["Resources"] => ({
  ...bare(version),
  Topic: { Type: "AWS::SNS::Topic", DependsOn: "Files", Properties: { DisplayName: version } },
});
/** A bucket, and a database that goes before it. */
const withDatabase: Template["Resources"] = {
  ...bare("1"),
  Database: {
    Type: "AWS::RDS::DBInstance",
    DependsOn: "Files",
    DeletionPolicy: "Snapshot",
    Properties: {
      Engine: "postgres",
      DBInstanceClass: "db.t3.micro",
      AllocatedStorage: "20",
      StorageType: "gp3",
      MasterUsername: "astro",
      MasterUserPassword: "not-a-secret",
    },
  },
};
const stack = (resources: Template["Resources"]) => stackOf(NAME, "data", { resources, tags });
const bodyOf = (Resources: Template["Resources"]) => JSON.stringify({ Resources });

/** The next topic that is made fails. */
const BROKEN = { resourceType: "AWS::SNS::Topic", reason: "quota exceeded" };

const fill = ({ s3 }: Rehearsed) => s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: "a", Body: "b" }));
const clear = ({ s3 }: Rehearsed) => s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: "a" }));

/** Passes time until a resource of the stack has come to a status. */
async function until(aws: Rehearsed, logicalId: string, status: string): Promise<void> {
  for (let seconds = 0; seconds < 600; seconds++) {
    const found = await aws.cloud.resources({ name: NAME, region: SITE.region });
    if (found.some((one) => one.logicalId === logicalId && one.status === status)) return;
    await aws.pass(1);
  }
  throw new Error(`${logicalId} never came to ${status}`);
}

/** Somebody else creates the stack, with a topic that fails. */
const create = (aws: Rehearsed, more: Partial<CreateStackCommandInput> = {}) =>
  aws.cloudformation.send(new CreateStackCommand({ ...own, TemplateBody: bodyOf(whole("1")), ...more }));

/** The stack stands; somebody else adds a topic that fails, and changes the bucket before. */
async function update(aws: Rehearsed, more: Partial<UpdateStackCommandInput> = {}): Promise<void> {
  await aws.provision([stack(bare("1"))]);
  await aws.cloudformation.send(new UpdateStackCommand({ ...own, TemplateBody: bodyOf(whole("2")), ...more }));
}

/** As an update is rolled back, the bucket it had changed is gone. */
async function rollBackWithoutBucket(aws: Rehearsed): Promise<void> {
  await update(aws);
  await until(aws, "Files", "UPDATE_COMPLETE");
  await aws.s3.send(new DeleteBucketCommand({ Bucket: BUCKET }));
}

/** A removal finds the bucket full. */
async function deleteFull(aws: Rehearsed): Promise<void> {
  await aws.provision([stack(bare("1"))]);
  await fill(aws);
  await aws.cloudformation.send(new DeleteStackCommand({ StackName: NAME }));
}

type Case = {
  readonly status: string;
  readonly how: string;
  /** True if a fault is spent on the way there. */
  readonly broken?: true;
  /** Brings the stack there. */
  readonly arrange: (aws: Rehearsed) => Promise<unknown>;
  /** What somebody does about it by hand before the command is run again. */
  readonly repair?: (aws: Rehearsed) => Promise<unknown>;
  readonly options?: RunOptions;
  /** What the app wants it to be in the end. */
  readonly wanted?: Template["Resources"];
  /** What is said, in this order, before it is done. */
  readonly says: readonly string[];
  readonly outcome: "created" | "updated";
};

const CASES: readonly Case[] = [
  {
    status: "ROLLBACK_COMPLETE",
    broken: true,
    how: "is deleted and recreated",
    arrange: async (aws) => {
      const { result } = await aws.provision([stack(whole("1"))]);
      expect(result.failed).toMatchObject([{ stack: NAME, resource: "Topic", status: "ROLLBACK_COMPLETE" }]);
    },
    says: ["ROLLBACK_COMPLETE: its first creation failed, so it cannot be updated; deleting what is left of it"],
    outcome: "created",
  },
  {
    status: "ROLLBACK_FAILED",
    broken: true,
    how: "is deleted and recreated once what kept it is gone",
    arrange: async (aws) => {
      await create(aws);
      await until(aws, "Files", "CREATE_COMPLETE");
      await fill(aws);
    },
    repair: clear,
    says: ["ROLLBACK_FAILED: its first creation failed, so it cannot be updated; deleting what is left of it"],
    outcome: "created",
  },
  {
    status: "CREATE_FAILED",
    broken: true,
    how: "is deleted and recreated",
    arrange: async (aws) => create(aws, { OnFailure: "DO_NOTHING" }),
    says: ["CREATE_FAILED: its first creation failed, so it cannot be updated; deleting what is left of it"],
    outcome: "created",
  },
  {
    status: "REVIEW_IN_PROGRESS",
    how: "is gone on with, whatever change sets it has",
    arrange: async (aws) => {
      const more = { ChangeSetType: "CREATE", TemplateBody: bodyOf(whole("1")) } as const;
      await aws.cloudformation.send(new CreateChangeSetCommand({ ...own, ...more, ChangeSetName: "astro-old-1" }));
    },
    says: ["REVIEW_IN_PROGRESS: an empty stack, left by an earlier change set; using it"],
    outcome: "created",
  },
  {
    status: "UPDATE_FAILED",
    broken: true,
    how: "is rolled back and then updated",
    arrange: async (aws) => update(aws, { DisableRollback: true }),
    says: ["UPDATE_FAILED: an update stopped and was not rolled back; rolling it back"],
    outcome: "updated",
  },
  {
    status: "UPDATE_ROLLBACK_COMPLETE",
    broken: true,
    how: "is updated like any other",
    arrange: update,
    says: [],
    outcome: "updated",
  },
  {
    status: "UPDATE_ROLLBACK_FAILED",
    broken: true,
    how: "has its rollback gone on with once what stopped it is put right",
    arrange: rollBackWithoutBucket,
    repair: ({ s3 }) => s3.send(new CreateBucketCommand({ Bucket: BUCKET })),
    says: ["UPDATE_ROLLBACK_FAILED: an earlier update could not be rolled back; continuing the rollback"],
    outcome: "updated",
  },
  {
    status: "UPDATE_ROLLBACK_FAILED",
    broken: true,
    how: "has what cannot be brought back skipped where a flag names it",
    arrange: rollBackWithoutBucket,
    wanted: whole("1"),
    options: { recoveryOptions: { skip: ["Files"], retain: [] } },
    says: [
      "UPDATE_ROLLBACK_FAILED: an earlier update could not be rolled back; continuing the rollback",
      "skipping Files: CloudFormation counts it as rolled back, whatever state it is in",
    ],
    outcome: "updated",
  },
  {
    status: "DELETE_FAILED",
    how: "is deleted to the end and made anew once what kept it is gone",
    arrange: deleteFull,
    repair: clear,
    says: ["DELETE_FAILED: a deletion of it was begun and failed; deleting what is left of it"],
    outcome: "created",
  },
  {
    status: "DELETE_COMPLETE",
    how: "by somebody's hand is made anew",
    arrange: async (aws) => {
      await aws.provision([stack(bare("1"))]);
      await aws.cloudformation.send(new DeleteStackCommand({ StackName: NAME }));
    },
    says: [],
    outcome: "created",
  },
];

describe("a stack", () => {
  it.each(CASES)(
    "in $status $how",
    async ({ status, broken, arrange, repair, options, wanted = whole("3"), says, outcome }) => {
      const aws = await rehearsed(broken ? { faults: [BROKEN] } : {});
      await arrange(aws);
      expect((await aws.settled(NAME)) ?? "DELETE_COMPLETE").toBe(status);
      await repair?.(aws);
      const ran = await aws.provision([stack(wanted)], options);
      expect(ran.result.failed).toEqual([]);
      expect(ran.noticed).toEqual(says.map((words) => `${NAME}: ${words}`));
      expect(ran.outcomes[NAME]).toBe(outcome);
      expect(await aws.status(NAME)).toBe(outcome === "created" ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
      expect(await aws.left()).toEqual([]);
    },
  );
});

/** The gate of `astro provision`, as it is given to the engine. */
const gateOf = (...ids: readonly string[]): NonNullable<RunOptions["gate"]> => {
  const flags = { json: false, rehearse: false, speed: "60", wait: false, yes: true, allowReplace: ids };
  const gate = gateFor({ ...SITE, direction: "provision", steps: [], monthly: { before: 0, after: 0 } }, [], flags);
  return (step, changes) => gate.step(step, changes);
};

describe("a first creation that failed", () => {
  /** Somebody made it with the rollback switched off, and then used what was there. */
  async function createKept(aws: Rehearsed, more: Partial<CreateStackCommandInput> = {}): Promise<void> {
    await create(aws, { OnFailure: "DO_NOTHING", ...more });
    expect(await aws.settled(NAME)).toBe("CREATE_FAILED");
    await fill(aws);
  }
  const object = async ({ s3 }: Rehearsed) => (await s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: "a" }))).ETag;
  const isProtected = async ({ cloud }: Rehearsed) =>
    (await cloud.stack({ name: NAME, region: SITE.region }))?.terminationProtection;

  it("is not deleted where what is left of it may hold data, unless that is named", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await createKept(aws);
    const { result, noticed } = await aws.provision([stack(whole("3"))], { gate: gateOf() });
    expect(result.error).toMatchObject({
      code: "declined",
      message: expect.stringMatching(/^Files \(AWS::S3::Bucket\) of shop-dev-one would be removed; lost: its objects;/),
      hint: expect.stringContaining("--allow-replace Files"),
    });
    expect([noticed, await aws.status(NAME)]).toEqual([[], "CREATE_FAILED"]);
    expect(await object(aws)).toBeDefined();
    await clear(aws);
    const second = await aws.provision([stack(whole("3"))], { gate: gateOf("Files", "Topic") });
    expect(second.outcomes[NAME]).toBe("created");
  });

  it("keeps the protection that somebody gave it, and all it protects, whatever is named", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await createKept(aws, { EnableTerminationProtection: true });
    for (const gate of [gateOf(), gateOf("Files", "Topic"), undefined]) {
      const { result, noticed } = await aws.provision([stack(whole("3"))], gate && { gate });
      expect(result.error).toMatchObject({
        code: "declined",
        message: expect.stringMatching(
          /shop-dev-one is in CREATE_FAILED .* it has termination protection:\nFiles \(AWS::S3::Bucket\)/,
        ),
        hint: expect.stringContaining(
          "aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name shop-dev-one --region eu-west-1",
        ),
      });
      expect([noticed, await aws.status(NAME), await isProtected(aws)]).toEqual([[], "CREATE_FAILED", true]);
    }
    expect(await object(aws)).toBeDefined();
    // The way out that was named.
    await aws.cloud.setTerminationProtection({ name: NAME, region: SITE.region }, false);
    await clear(aws);
    const last = await aws.provision([stack(whole("3"))], { gate: gateOf("Files", "Topic") });
    expect(last.outcomes[NAME]).toBe("created");
  });

  it("goes all the same, protected or not, where it holds nothing, or what it holds stays", async () => {
    const resources: Template["Resources"] = {
      Kept: { Type: "AWS::S3::Bucket", DeletionPolicy: "Retain", Properties: { BucketName: "shop-dev-kept" } },
      Gateway: { Type: "AWS::EC2::InternetGateway", DependsOn: "Kept" },
      Table: { Type: "AWS::EC2::DHCPOptions", DependsOn: "Gateway", Properties: { DomainName: "shop.internal" } },
    };
    const aws = await rehearsed({ faults: [{ resourceType: "AWS::EC2::DHCPOptions", reason: "quota exceeded" }] });
    const TemplateBody = bodyOf(resources);
    await create(aws, { OnFailure: "DO_NOTHING", EnableTerminationProtection: true, TemplateBody });
    expect(await aws.settled(NAME)).toBe("CREATE_FAILED");
    const { outcomes, noticed } = await aws.provision([stack(bare("3"))], { gate: gateOf() });
    expect([outcomes[NAME], noticed]).toEqual([
      "created",
      [`${NAME}: CREATE_FAILED: its first creation failed, so it cannot be updated; deleting what is left of it`],
    ]);
    await aws.s3.send(new HeadBucketCommand({ Bucket: "shop-dev-kept" }));
  });

  it("whose rollback failed is put to the gate, and one that was rolled back to the end holds nothing", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await create(aws);
    await until(aws, "Files", "CREATE_COMPLETE");
    await fill(aws);
    expect(await aws.settled(NAME)).toBe("ROLLBACK_FAILED");
    const { result } = await aws.provision([stack(whole("3"))], { gate: gateOf() });
    expect(result.error?.message).toMatch(/^Files \(AWS::S3::Bucket\) of shop-dev-one would be removed/);
    expect(await object(aws)).toBeDefined();

    const other = await rehearsed({ faults: [BROKEN] });
    await other.provision([stack(whole("1"))], { gate: gateOf() });
    expect(await other.status(NAME)).toBe("ROLLBACK_COMPLETE");
    expect((await other.provision([stack(whole("1"))], { gate: gateOf() })).outcomes[NAME]).toBe("created");
  });
});

describe("an update that stopped half-way", () => {
  const made: Template["Resources"] = {
    ...whole("2"),
    Topic: { ...whole("2").Topic, Type: "AWS::SNS::Topic", DependsOn: "Jobs" },
    Jobs: { Type: "AWS::SQS::Queue", Properties: { QueueName: "shop-dev-jobs" } },
  };

  it("is not rolled back where that takes what it made and others may use by now, unless that is named", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await update(aws, { DisableRollback: true, TemplateBody: bodyOf(made) });
    expect(await aws.settled(NAME)).toBe("UPDATE_FAILED");
    const { result, noticed } = await aws.provision([stack(whole("3"))], { gate: gateOf() });
    expect(result.error?.message).toMatch(/^Jobs \(AWS::SQS::Queue\) of shop-dev-one would be removed[^\n]*$/);
    expect([noticed, await aws.status(NAME)]).toEqual([[], "UPDATE_FAILED"]);
    const second = await aws.provision([stack(whole("3"))], { gate: gateOf("Jobs") });
    expect([second.outcomes[NAME], await aws.status(NAME)]).toEqual(["updated", "UPDATE_COMPLETE"]);
  });

  it("is rolled back where it made nothing that holds anything", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    const Jobs = { Type: "AWS::EC2::InternetGateway" };
    await update(aws, { DisableRollback: true, TemplateBody: bodyOf({ ...made, Jobs }) });
    expect(await aws.settled(NAME)).toBe("UPDATE_FAILED");
    const { result, outcomes } = await aws.provision([stack(whole("3"))], { gate: gateOf() });
    expect([result.error?.message, result.failed, outcomes[NAME]]).toEqual([undefined, [], "updated"]);
  });

  it("is not rolled back where that takes what it put in another's place", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    const lines = (LogGroupName: string): Template["Resources"] => ({
      Lines: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName } },
    });
    await aws.provision([stack(lines("/shop/one"))]);
    const Topic = { ...whole("2").Topic, Type: "AWS::SNS::Topic", DependsOn: "Lines" };
    const TemplateBody = bodyOf({ ...lines("/shop/two"), Topic });
    await aws.cloudformation.send(new UpdateStackCommand({ ...own, TemplateBody, DisableRollback: true }));
    expect(await aws.settled(NAME)).toBe("UPDATE_FAILED");
    const { result } = await aws.provision([stack(lines("/shop/one"))], { gate: gateOf() });
    expect(result.error?.message).toMatch(/^Lines \(AWS::Logs::LogGroup\) of shop-dev-one would be removed/);
  });
});

describe("a stack that is changed in another way than usual", () => {
  const lines = (name: string): Template["Resources"] => ({
    ...bare("1"),
    Lines: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: name } },
  });

  it.each<readonly [string, RunOptions]>([
    ["in express mode", { express: true }],
    ["where drift is brought back", { revertDrift: true }],
  ])("is put to the gate all the same: %s", async (_, options) => {
    const aws = await rehearsed();
    await aws.provision([stack(lines("/shop/one"))], options);
    const { result } = await aws.provision([stack(lines("/shop/two"))], { ...options, gate: gateOf() });
    expect(result.error?.message).toMatch(
      /^Lines \(AWS::Logs::LogGroup\) of shop-dev-one would be replaced because of/,
    );
    const removed = await aws.provision([stack(bare("1"))], { ...options, gate: gateOf() });
    expect(removed.result.error?.message).toMatch(/^Lines \(AWS::Logs::LogGroup\) of shop-dev-one would be removed/);
    expect(await aws.left()).toEqual([]);
  });

  it("is put to the gate where only AWS sees, while the run is under way, that a value it reads replaces something", async () => {
    const aws = await rehearsed();
    const other = (DisplayName: string) =>
      stackOf("shop-dev-zero", "vpc", {
        tags,
        resources: { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName } } },
      });
    const reader = stackOf(NAME, "data", {
      tags,
      needs: ["shop-dev-zero"],
      parameters: { Name: storedFrom("/shop/name") },
      resources: { Lines: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: { Ref: "Name" } } } },
    });
    await putByHand(aws, "/shop/name", "/shop/one");
    await aws.provision([other("a"), reader]);
    const onEvent = ({ type }: Event) => {
      // Between the plan and its turn somebody writes another value.
      if (type === "run.started") void aws.meanwhile(() => putByHand(aws, "/shop/name", "/shop/two"));
    };
    const { plan, result, outcomes } = await aws.provision([other("b"), reader], { gate: gateOf(), onEvent });
    expect(plan.steps.find((step) => step.stack === NAME)).toMatchObject({ action: "unchanged", changes: [] });
    expect(outcomes["shop-dev-zero"]).toBe("updated");
    expect(result.error?.message).toMatch(/^Lines \(AWS::Logs::LogGroup\) of shop-dev-one would be replaced/);
  });
});

describe("a stack that the app no longer has", () => {
  const bystander = stackOf("shop-dev-two", "data", {
    tags,
    resources: { Gateway: { Type: "AWS::EC2::InternetGateway" } },
  });

  it("is put to the gate with what stands in it when its turn comes, whatever the plan saw", async () => {
    const aws = await rehearsed();
    const calm: Template["Resources"] = { Gateway: { Type: "AWS::EC2::InternetGateway" } };
    await aws.provision([bystander, stack(calm)]);
    let added = false;
    const onEvent = (event: Event) => {
      if (added || event.type !== "run.started") return;
      added = true;
      // Between the plan and its turn somebody deploys a bucket to it.
      void aws.meanwhile(async () => {
        const TemplateBody = bodyOf({ ...calm, ...bare("1") });
        await aws.cloudformation.send(new UpdateStackCommand({ ...own, TemplateBody }));
      });
    };
    const { result } = await aws.provision([bystander], { gate: gateOf(), onEvent });
    expect(result.error?.message).toMatch(/^Files \(AWS::S3::Bucket\) of shop-dev-one would be removed/);
    expect(await aws.status(NAME)).toBe("UPDATE_COMPLETE");
    expect((await aws.provision([bystander], { gate: gateOf("Files") })).outcomes[NAME]).toBe("removed");
  });

  it("is put to the gate although its creation never came to an end", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await aws.provision([bystander]);
    await create(aws, { OnFailure: "DO_NOTHING" });
    expect(await aws.settled(NAME)).toBe("CREATE_FAILED");
    const { result } = await aws.provision([bystander], { gate: gateOf() });
    expect(result.error?.message).toMatch(/^Files \(AWS::S3::Bucket\) of shop-dev-one would be removed/);
    await aws.s3.send(new HeadBucketCommand({ Bucket: BUCKET }));
  });

  it("goes where nothing in it holds anything", async () => {
    const aws = await rehearsed();
    await aws.provision([bystander, stack({ Gateway: { Type: "AWS::EC2::InternetGateway" } })]);
    expect((await aws.provision([bystander], { gate: gateOf() })).outcomes[NAME]).toBe("removed");
  });
});

describe("a stack that needs a decision to go on", () => {
  it("stops where its rollback fails again, and says with which command it goes on", async () => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await rollBackWithoutBucket(aws);
    await aws.settled(NAME);
    const { result, noticed } = await aws.provision([stack(whole("3"))]);
    expect(noticed).toHaveLength(1);
    const [failed] = result.failed;
    expect(failed).toMatchObject({ status: "UPDATE_ROLLBACK_FAILED", resource: "Files", stuck: ["Files"] });
    expect(failed?.reason).toContain("was not found");
    const advice = adviceOf(failed);
    expect(advice).toContain("astro provision --env dev --skip-resource Files");
    expect(await aws.left()).toEqual([]);
  });

  it.each([
    { answer: true, status: "UPDATE_COMPLETE" },
    { answer: false, status: "UPDATE_ROLLBACK_FAILED" },
  ])("is asked about at the terminal: $answer leads to $status", async ({ answer, status }) => {
    const aws = await rehearsed({ faults: [BROKEN] });
    await rollBackWithoutBucket(aws);
    const asked: string[] = [];
    const ask = async (question: string) => {
      asked.push(question);
      return answer;
    };
    await aws.provision([stack(whole("1"))], { ask });
    expect(asked).toEqual([
      expect.stringMatching(/shop-dev-one: Files cannot be rolled back.*counts it as rolled back, as it is.*Skip/s),
    ]);
    expect(await aws.status(NAME)).toBe(status);
  });

  it("that cannot be deleted is tried twice, names what is in the way, and the command that lets it stay", async () => {
    const aws = await rehearsed();
    await deleteFull(aws);
    expect(await aws.settled(NAME)).toBe("DELETE_FAILED");
    const { result, noticed } = await aws.provision([stack(whole("3"))]);
    expect(noticed[1]).toMatch(/DELETE_FAILED: Files \(AWS::S3::Bucket\): .*not empty.*; trying once more/);
    const [failed] = result.failed;
    expect(failed).toMatchObject({ status: "DELETE_FAILED", resource: "Files", stuck: ["Files"] });
    expect(adviceOf(failed)).toContain("astro provision --env dev --retain Files");
  });

  it("that stood once is not deleted to the end where it may hold data, unless that is allowed", async () => {
    const aws = await rehearsed();
    await deleteFull(aws);
    await aws.settled(NAME);
    const asked: unknown[] = [];
    const gate: RunOptions["gate"] = (_, changes) => {
      asked.push(...changes);
      throw new AstroError("declined", "Files would be removed", "keep it");
    };
    const { result, noticed } = await aws.provision([stack(whole("3"))], { gate });
    expect(asked).toEqual([{ logicalId: "Files", type: "AWS::S3::Bucket", action: "remove", causes: [] }]);
    expect(result.error?.code).toBe("declined");
    expect([noticed, await aws.status(NAME)]).toEqual([[], "DELETE_FAILED"]);
  });

  it("counts only what is left of it in the next plan, and asks for nothing that is gone already", async () => {
    const aws = await rehearsed();
    await aws.provision([stack(withDatabase)]);
    await fill(aws);
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: NAME }));
    expect(await aws.settled(NAME)).toBe("DELETE_FAILED");
    const prices = await loadPricesFor([SITE.region]);
    const { deployed } = await lookAt(aws.cloud, SITE, await everyStack(aws.cloud, [SITE.region]));
    const going = deployed.filter(({ name }) => name === NAME);
    const removal = planDestroy(SITE, going, prices);
    expect(removal.steps).toMatchObject([{ resources: 1, changes: [{ logicalId: "Files", action: "remove" }] }]);
    expect(removal.monthly.before).toBeLessThan(1);
    expect(keptBy(SITE, going, prices)).toEqual([]);
    // The app has that stack no more.
    const plan = await planProvision({ site: SITE, stacks: [], deployed, values: new Map(), prices });
    const flags = { rehearse: true, speed: "max", wait: false, json: false, yes: true };
    const refusal = { code: "declined", message: expect.not.stringContaining("Database") };
    expect(() => gateFor(plan, [], flags).plan()).toThrow(expect.objectContaining(refusal));
    expect(() => gateFor(plan, [], { ...flags, allowReplace: ["Files"] }).plan()).not.toThrow();
    // Nor is more asked for once its turn comes.
    await clear(aws);
    const gate = gateFor(plan, [], { ...flags, allowReplace: ["Files"] });
    const { outcomes } = await aws.destroy({ gate: (step, changes) => gate.step(step, changes) });
    expect(outcomes).toEqual({ [NAME]: "removed" });
  });

  it("leaves behind what cannot be deleted only where a flag names it", async () => {
    const aws = await rehearsed();
    await aws.provision([stack(bare("1"))]);
    // Somebody goes on writing to it.
    const onEvent = (event: Event) => {
      if (event.type === "resource.changed" && event.status === "DELETE_IN_PROGRESS") {
        void aws.meanwhile(() => fill(aws));
      }
    };
    const refused = await aws.destroy({ onEvent });
    expect(refused.result.failed).toMatchObject([{ status: "DELETE_FAILED", stuck: ["Files"] }]);
    const { outcomes, noticed } = await aws.destroy({ onEvent, recoveryOptions: { skip: [], retain: ["Files"] } });
    expect(outcomes).toEqual({ [NAME]: "removed" });
    expect(noticed).toContain(`${NAME}: Files cannot be deleted: ${BUCKET} stays in the account, outside of any stack`);
    await clear(aws);
  });
});

describe("somebody else", () => {
  it("at work on a stack is waited for, and named as far as AWS tells", async () => {
    const aws = await rehearsed();
    await aws.provision([]);
    await create(aws, { ClientRequestToken: "Console-CreateStack-1" });
    const { noticed, outcomes } = await aws.provision([stack(whole("1"))]);
    expect(noticed).toEqual([`${NAME}: CREATE_IN_PROGRESS: started in the AWS console; waiting for it to end`]);
    expect(outcomes[NAME]).toBe("unchanged");
  });

  it("who deletes a stack while it is made is noticed, and the same command makes it again", async () => {
    const aws = await rehearsed();
    let deleted = false;
    const onEvent = (event: Event) => {
      if (deleted || event.type !== "resource.changed" || event.stack !== NAME) return;
      deleted = true;
      void aws.meanwhile(() => aws.cloudformation.send(new DeleteStackCommand({ StackName: NAME })));
    };
    const first = await aws.provision([stack(whole("1"))], { onEvent });
    expect(first.result.failed).toMatchObject([{ stack: NAME, status: "DELETE_COMPLETE", code: "deleted-meanwhile" }]);
    const second = await aws.provision([stack(whole("1"))]);
    expect(second.outcomes[NAME]).toBe("created");
  });

  it("who makes the first bootstrap in the same moment is let first, then waited for", async () => {
    const aws = await rehearsed();
    const both = await Promise.all([aws.provision([stack(whole("1"))]), aws.provision([stack(whole("1"))])]);
    expect(both.map(({ result }) => result.failed)).toEqual([[], []]);
    const kinds = both.map(({ outcomes }) => outcomes[NAME]).sort();
    expect(kinds).toEqual(["created", "unchanged"]);
    expect(await aws.left()).toEqual([]);
  });

  it("who executes a change set of the same stack first takes ours away: it is made again", async () => {
    const aws = await rehearsed();
    await aws.provision([stack(bare("1"))]);
    let taken = false;
    const cloud: Cloud = {
      ...aws.cloud,
      changeSet: async (ref, name) => {
        if (!taken) {
          taken = true;
          const TemplateBody = bodyOf(bare("2"));
          await aws.cloudformation.send(new UpdateStackCommand({ ...own, TemplateBody }));
          await aws.cloud.deleteChangeSet(ref, name);
        }
        return aws.cloud.changeSet(ref, name);
      },
    };
    const { result, noticed, outcomes } = await aws.provision([stack(whole("3"))], { cloud });
    expect(result.failed).toEqual([]);
    expect(noticed[0]).toBe(`${NAME}: concurrent change detected, retrying`);
    expect(noticed[1]).toMatch(/UPDATE_IN_PROGRESS: started by somebody else; waiting for it/);
    expect(outcomes[NAME]).toBe("updated");
  });

  it("who deleted the bootstrap although stacks stand is no hindrance: it is made again", async () => {
    const aws = await rehearsed();
    await aws.provision([stack(whole("1"))]);
    await aws.cloud.setTerminationProtection({ name: BOOTSTRAP_STACK, region: SITE.region }, false);
    await aws.cloud.emptyBucket(SITE.region, bootstrapBucket(SITE.account, SITE.region));
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: BOOTSTRAP_STACK }));
    await aws.settled(BOOTSTRAP_STACK);
    const { result, outcomes } = await aws.provision([stack(whole("1"))]);
    expect(result.outcome).toBe("done");
    expect(outcomes).toEqual({ [BOOTSTRAP_STACK]: "created", [NAME]: "unchanged" });
  });
});

describe("an existing resource with the name of a new one", () => {
  it("is found before anything is made, and named with the ways to see whose it is and past it", async () => {
    const aws = await rehearsed();
    await aws.s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    const { result } = await aws.provision([stack(whole("1"))]);
    const [failed] = result.failed;
    expect(failed).toMatchObject({ stack: NAME, resource: "Files", resourceType: "AWS::S3::Bucket" });
    expect(failed?.reason).toContain("already exists");
    expect(adviceOf(failed)).toBe(
      "look whose it is:  astro doctor --env dev\nif nobody needs it, delete it (its objects are lost, old versions too):  astro provision --env dev --delete-leftover Files\nor give Files another name in the app",
    );
    expect(await aws.status(NAME)).toBeUndefined();
    expect(await aws.left()).toEqual([]);
  });
});

describe("change sets that a killed run left behind", () => {
  const leave = (aws: Rehearsed, ChangeSetName: string) =>
    aws.cloudformation.send(
      new CreateChangeSetCommand({ ...own, ChangeSetName, ChangeSetType: "UPDATE", TemplateBody: bodyOf(whole("2")) }),
    );

  it("on a stack that is about to change is cleared away; what others left stays", async () => {
    const aws = await rehearsed();
    await aws.provision([stack(whole("1"))]);
    await leave(aws, "astro-dead-1");
    await leave(aws, "review-of-ada");
    // Only the description of a resource's change: nothing for CloudFormation to do, so nothing is executed.
    const { noticed } = await aws.provision([{ ...stack(whole("1")), terminationProtection: true }]);
    expect(noticed).toEqual([`${NAME}: deleting 1 change set of an earlier run`]);
    expect(await aws.left()).toEqual([`${NAME}: review-of-ada`]);
  });

  it("on a stack that does not change is cleared away with its lock", async () => {
    const aws = await rehearsed();
    await aws.provision([stack(whole("1"))]);
    await leave(aws, "astro-dead-1");
    const now = aws.rehearsal.clock.now().toISOString();
    const dead = {
      id: "shop/dev",
      run: "dead",
      who: "grace",
      host: "there",
      process: "there 1",
      operation: "provision",
    };
    await aws.cloud.takeLock(SITE.region, { ...dead, since: now, heartbeat: now });
    const { events, outcomes } = await aws.provision([stack(whole("1"))]);
    expect(events.filter(({ type }) => type.startsWith("lock."))).toMatchObject([
      { type: "lock.held", holder: { who: "grace", host: "there", operation: "provision" } },
      { type: "lock.left", holder: { who: "grace" }, why: "no-heartbeat" },
    ]);
    expect(outcomes[NAME]).toBe("unchanged");
    expect(await aws.left()).toEqual([]);
  });
});
