import {
  CreateChangeSetCommand,
  CreateStackCommand,
  type CreateStackCommandInput,
  DeleteStackCommand,
  UpdateStackCommand,
} from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fasterClock } from "../../src/clock.ts";
import { wallClock } from "../../src/context.ts";
import { BOOTSTRAP_STACK, bootstrapBucket } from "../../src/plan/bootstrap.ts";
import type { Lock } from "../../src/provision/cloud.ts";
import type { Template } from "../../src/template/types.ts";
import { startMinistack } from "../support/ministack.ts";
import { type Workbench, workbench } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

let emulator: Awaited<ReturnType<typeof startMinistack>>;
let aws: Workbench;
beforeAll(async () => {
  emulator = await startMinistack(SITE.account);
  aws = workbench({
    endpoint: emulator.endpoint,
    credentials: { accessKeyId: SITE.account, secretAccessKey: "secret" },
    clock: fasterClock(wallClock, 20),
    busy: () => () => {},
  });
  await aws.provision([]);
});
afterAll(() => emulator?.stop());

const Tags = [
  { Key: "ManagedBy", Value: "astro" },
  { Key: "Project", Value: SITE.project },
  { Key: "Environment", Value: SITE.environment },
];
const tags = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
const good = (version = "1"): Template["Resources"] => ({
  Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: version } },
});
/** Nobody signals it, so it fails after a second (Template Reference, AWS::CloudFormation::WaitCondition). */
const bad: Template["Resources"] = {
  Handle: { Type: "AWS::CloudFormation::WaitConditionHandle" },
  Wait: {
    Type: "AWS::CloudFormation::WaitCondition",
    DependsOn: "Topic",
    Properties: { Handle: { Ref: "Handle" }, Timeout: "1" },
  },
};
const stack = (name: string, resources: Template["Resources"]) => stackOf(name, "data", { resources, tags });

const create = (StackName: string, more: Partial<CreateStackCommandInput> = {}) => {
  const TemplateBody = JSON.stringify({ Resources: { ...good(), ...bad } });
  return aws.cloudformation.send(new CreateStackCommand({ StackName, Tags, TemplateBody, ...more }));
};
const update = async (StackName: string, DisableRollback = false) => {
  await aws.provision([stack(StackName, good())]);
  const TemplateBody = JSON.stringify({ Resources: { ...good("2"), ...bad } });
  await aws.cloudformation.send(new UpdateStackCommand({ StackName, Tags, TemplateBody, DisableRollback }));
};

type Case = {
  readonly status: string;
  readonly arrange: (name: string) => Promise<unknown>;
  readonly says: RegExp | undefined;
  readonly outcome: "created" | "updated";
  /** Change sets that AWS deletes when another one of the stack is executed, and ministack does not. */
  readonly left?: readonly string[];
};

const CASES: readonly Case[] = [
  { status: "ROLLBACK_COMPLETE", arrange: create, says: /^ROLLBACK_COMPLETE: .*; deleting/, outcome: "created" },
  {
    status: "CREATE_FAILED",
    arrange: (name) => create(name, { OnFailure: "DO_NOTHING" }),
    says: /^CREATE_FAILED: .*; deleting/,
    outcome: "created",
  },
  {
    status: "REVIEW_IN_PROGRESS",
    arrange: (StackName) => {
      const more = { ChangeSetName: "astro-old-1", ChangeSetType: "CREATE", Tags } as const;
      const TemplateBody = JSON.stringify({ Resources: good() });
      return aws.cloudformation.send(new CreateChangeSetCommand({ StackName, TemplateBody, ...more }));
    },
    says: /an empty stack, left by an earlier change set; using it/,
    outcome: "created",
    left: ["shop-dev-review-in-progress: astro-old-1"],
  },
  { status: "UPDATE_ROLLBACK_COMPLETE", arrange: update, says: undefined, outcome: "updated" },
  {
    status: "UPDATE_FAILED",
    arrange: (name) => update(name, true),
    says: /^UPDATE_FAILED: .*rolling it back/,
    outcome: "updated",
  },
  {
    status: "DELETE_COMPLETE",
    arrange: async (StackName) => {
      await aws.provision([stack(StackName, good())]);
      await aws.cloudformation.send(new DeleteStackCommand({ StackName }));
    },
    says: undefined,
    outcome: "created",
  },
];

describe("on a third party's AWS, a stack", () => {
  it.each(CASES)(
    "in $status is brought to where the app wants it",
    async ({ status, arrange, says, outcome, left = [] }) => {
      const name = `shop-dev-${status.toLowerCase().replaceAll("_", "-")}`;
      await arrange(name);
      expect((await aws.settled(name)) ?? "DELETE_COMPLETE").toBe(status);
      const { result, outcomes, noticed } = await aws.provision([stack(name, good("3"))]);
      expect(result.failed).toEqual([]);
      expect(outcomes[name]).toBe(outcome);
      if (says) expect(noticed[0]?.replace(`${name}: `, "")).toMatch(says);
      expect(await aws.status(name)).toBe(outcome === "created" ? "CREATE_COMPLETE" : "UPDATE_COMPLETE");
      expect(await aws.left()).toEqual(left);
      await aws.destroy();
    },
  );

  it("that somebody else is at work on is waited for, then brought there", async () => {
    const name = "shop-dev-somebody";
    const slow = { ...bad, Wait: { ...bad.Wait, Properties: { Handle: { Ref: "Handle" }, Timeout: "4" } } };
    await create(name, { TemplateBody: JSON.stringify({ Resources: { ...good(), ...slow } }) });
    const { result, outcomes, noticed } = await aws.provision([stack(name, good("3"))]);
    expect(result.failed).toEqual([]);
    expect(noticed[0]).toMatch(/CREATE_IN_PROGRESS: started by somebody else; waiting for it to end$/);
    expect(noticed[1]).toMatch(/ROLLBACK_COMPLETE: .*; deleting what is left of it$/);
    expect(outcomes[name]).toBe("created");
    await aws.destroy();
  });

  it("stands although the bootstrap is gone: it is made again", async () => {
    await aws.provision([stack("shop-dev-topic", good())]);
    await aws.cloud.setTerminationProtection({ name: BOOTSTRAP_STACK, region: SITE.region }, false);
    await aws.cloud.emptyBucket(SITE.region, bootstrapBucket(SITE.account, SITE.region));
    await aws.cloudformation.send(new DeleteStackCommand({ StackName: BOOTSTRAP_STACK }));
    await aws.settled(BOOTSTRAP_STACK);
    const { result, outcomes } = await aws.provision([stack("shop-dev-topic", good())]);
    expect(result.outcome).toBe("done");
    expect(outcomes).toEqual({ [BOOTSTRAP_STACK]: "created", "shop-dev-topic": "unchanged" });
    await aws.destroy();
  });
});

describe("the lock table on a third party's AWS", () => {
  it("gives a lock to exactly one, again to the same, and to another only from the holder that was seen", async () => {
    const now = "2026-03-01T12:00:00Z";
    const one = { id: "shop/dev", who: "ada", host: "here", process: "p", operation: "provision" };
    const lockOf = (run: string): Lock => ({ ...one, run, since: now, heartbeat: now });
    const names = ["a", "b", "c", "d", "e", "f"];
    const holders = await Promise.all(names.map((name) => aws.cloud.takeLock(SITE.region, lockOf(name))));
    const [first] = holders;
    expect(new Set(holders.map((holder) => holder?.run)).size).toBe(1);
    if (first === undefined) throw new Error("nobody has it");
    expect(await aws.cloud.takeLock(SITE.region, first)).toEqual(first);
    expect(await aws.cloud.keepLock(SITE.region, { ...first, heartbeat: "2026-03-01T12:00:30Z" })).toBe(true);
    expect(await aws.cloud.takeLock(SITE.region, lockOf("z"), first)).toMatchObject({ run: first.run });
    const seen = { ...first, heartbeat: "2026-03-01T12:00:30Z" };
    expect(await aws.cloud.takeLock(SITE.region, lockOf("z"), seen)).toMatchObject({ run: "z" });
    expect(await aws.cloud.dropLock(SITE.region, first)).toBe(false);
    expect(await aws.cloud.dropLock(SITE.region, lockOf("z"))).toBe(true);
  });
});
