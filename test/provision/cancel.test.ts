import { describe, expect, it } from "vitest";
import type { Event } from "../../src/provision/event.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Template } from "../../src/template/types.ts";
import { type Ran, type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE, stackOf } from "../support/stacks.ts";

const tags = { ManagedBy: "astro", Project: SITE.project, Environment: SITE.environment };
const files = (version: string): Template["Resources"] => ({
  Files: {
    Type: "AWS::S3::Bucket",
    Properties: { BucketName: "shop-dev-files", Tags: [{ Key: "version", Value: version }] },
  },
});
const inPhase = (stack: Stack): Stack => {
  const template = { ...stack.template, Metadata: { "astro:phase": stack.phase } };
  return { ...stack, template, body: JSON.stringify(template) };
};
const one = (version: string) => inPhase(stackOf("shop-dev-one", "data", { resources: files(version), tags }));
const later = inPhase(stackOf("shop-dev-later", "ecs", { tags }));

/** Provisions, and cancels as soon as CloudFormation is at the first stack. */
async function cancelled(aws: Rehearsed, stacks: readonly Stack[]): Promise<Ran> {
  const controller = new AbortController();
  const onEvent = (event: Event) => {
    if (event.type === "resource.changed" && event.stack === "shop-dev-one") controller.abort();
  };
  return aws.provision(stacks, { cancel: controller.signal, onEvent });
}

describe("a cancelled run", () => {
  it("deletes again what it was making, after saying so, and starts nothing more", async () => {
    const aws = await rehearsed();
    const { result, noticed, outcomes } = await cancelled(aws, [one("1"), later]);
    expect(noticed).toEqual(["shop-dev-one: cancelling the creation: what exists of it is deleted"]);
    expect(outcomes).toEqual({ "astro-bootstrap": "created", "shop-dev-one": "cancelled" });
    expect(result).toMatchObject({ outcome: "cancelled", finished: 1, failed: [] });
    expect(await aws.status("shop-dev-one")).toBeUndefined();
    expect(await aws.left()).toEqual([]);
  });

  it("rolls back what it was updating", async () => {
    const aws = await rehearsed();
    await aws.provision([one("1")]);
    const { noticed, outcomes, result } = await cancelled(aws, [one("2"), later]);
    expect(noticed).toEqual(["shop-dev-one: cancelling the update: it is rolled back"]);
    expect([outcomes["shop-dev-one"], result.outcome]).toEqual(["cancelled", "cancelled"]);
    expect(await aws.status("shop-dev-one")).toBe("UPDATE_ROLLBACK_COMPLETE");
    expect(await aws.status("shop-dev-later")).toBeUndefined();
  });

  it("is resumed by the same command as if it had never been cancelled", async () => {
    const aws = await rehearsed();
    await cancelled(aws, [one("1"), later]);
    const { outcomes } = await aws.provision([one("1"), later]);
    expect(outcomes).toMatchObject({ "shop-dev-one": "created", "shop-dev-later": "created" });
  });

  it("before anything has begun takes its change set back and changes nothing", async () => {
    const aws = await rehearsed();
    const controller = new AbortController();
    const onEvent = (event: Event) => {
      if (event.type === "stack.started" && event.stack === "shop-dev-one") controller.abort();
    };
    const { result } = await aws.provision([one("1")], { cancel: controller.signal, onEvent });
    expect(result.outcome).toBe("cancelled");
    expect(await aws.status("shop-dev-one")).toBeUndefined();
    expect(await aws.left()).toEqual([]);
  });

  it("waits for a removal to finish: AWS cannot cancel that", async () => {
    const aws = await rehearsed();
    await aws.provision([one("1"), later]);
    const controller = new AbortController();
    const onEvent = (event: Event) => {
      if (event.type === "resource.changed" && event.stack === "shop-dev-later") controller.abort();
    };
    const { outcomes, result } = await aws.destroy({ cancel: controller.signal, onEvent });
    expect(outcomes).toEqual({ "shop-dev-later": "removed" });
    expect(result.outcome).toBe("cancelled");
    expect(await aws.status("shop-dev-one")).toBe("CREATE_COMPLETE");
  });
});
