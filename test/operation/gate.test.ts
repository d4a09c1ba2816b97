import { describe, expect, it } from "vitest";
import type { ProvisionFlags } from "../../src/operation/flags.ts";
import { gateFor } from "../../src/operation/gate.ts";
import type { Change, Plan } from "../../src/plan/plan.ts";
import { SITE } from "../support/stacks.ts";
import { step } from "../view/run.ts";

const change = (logicalId: string, action: Change["action"], more: Partial<Change> = {}): Change => ({
  logicalId,
  type: "AWS::SNS::Topic",
  action,
  causes: [],
  ...more,
});
const FLAGS: ProvisionFlags = { json: false, rehearse: false, speed: "60", wait: false, yes: true };

/** The gate of a plan with these changes of one stack, asked what AWS is about to change there. */
function asked(planned: readonly Change[], found: readonly Change[], more: Partial<ProvisionFlags> = {}): () => void {
  const one = step("data", "shop-dev-things", { action: "update", changes: planned });
  const plan: Plan = { ...SITE, direction: "provision", steps: [one], monthly: { before: 0, after: 0 } };
  return () => gateFor(plan, { ...FLAGS, ...more }).step(one, found);
}

describe("the gate", () => {
  const bucket = change("Files", "replace", { type: "AWS::S3::Bucket", causes: ["BucketName"] });

  it("stops at the replacement of what holds data, --yes or not, and names the command that goes on", () => {
    expect(asked([bucket], [bucket])).toThrow(/Files \(AWS::S3::Bucket\) of shop-dev-things would be replaced/);
    expect(asked([bucket], [bucket], { "allow-replace": ["Other"] })).toThrow(
      expect.objectContaining({
        code: "declined",
        hint: expect.stringContaining("astro provision --env dev --allow-replace Other --allow-replace Files"),
      }),
    );
  });

  it("lets pass what is named, and what holds nothing", () => {
    expect(asked([bucket], [bucket], { "allow-replace": ["Files"] })).not.toThrow();
    expect(asked([], [change("Topic", "replace"), change("New", "add")])).not.toThrow();
  });
});

describe("the gate of a kept plan", () => {
  const file = { file: "plan.json" };

  it.each(["add", "replace", "remove"] as const)("refuses what the plan does not foresee: %s", (action) => {
    expect(asked([change("Topic", "change")], [change("Topic", action)], file)).toThrow(
      expect.objectContaining({
        code: "declined",
        message: expect.stringMatching(/^plan\.json does not say that Topic \(AWS::SNS::Topic\) of shop-dev-things /),
        hint: "plan again:  astro plan --env dev --out plan.json",
      }),
    );
  });

  it("lets pass what it foresees, what it calls possible, and what changes in place", () => {
    expect(asked([change("Topic", "remove")], [change("Topic", "remove")], file)).not.toThrow();
    const uncertain = change("Topic", "change", { mayReplace: true });
    expect(asked([uncertain], [change("Topic", "replace")], file)).not.toThrow();
    expect(asked([], [change("Reader", "change")], file)).not.toThrow();
  });
});
