import { describe, expect, it } from "vitest";
import type { ProvisionFlags } from "../../src/operation/flags.ts";
import { gateFor } from "../../src/operation/gate.ts";
import type { Change, Plan, Step } from "../../src/plan/plan.ts";
import { SITE } from "../support/stacks.ts";
import { step } from "../view/run.ts";

const change = (logicalId: string, action: Change["action"], more: Partial<Change> = {}): Change => ({
  logicalId,
  type: "AWS::CloudWatch::Alarm",
  action,
  causes: [],
  ...more,
});
const FLAGS: ProvisionFlags = { json: false, rehearse: false, speed: "60", wait: false, yes: true };

/** The gate of a plan with these changes of one stack, asked what AWS is about to change there. */
function asked(
  planned: readonly Change[],
  found: readonly Change[],
  more: Partial<ProvisionFlags> = {},
  as: Partial<Step> = {},
): () => void {
  const one = step("data", "shop-dev-things", { action: "update", changes: planned, ...as });
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
    expect(asked([], [change("Alarm", "replace"), change("New", "add")])).not.toThrow();
  });
});

describe("the gate of a kept plan", () => {
  const file = { file: "plan.json" };

  it.each(["add", "replace", "remove"] as const)("refuses what the plan does not foresee: %s", (action) => {
    expect(asked([change("Alarm", "change")], [change("Alarm", action)], file)).toThrow(
      expect.objectContaining({
        code: "declined",
        message: expect.stringMatching(
          /^plan\.json does not say that Alarm \(AWS::CloudWatch::Alarm\) of shop-dev-things /,
        ),
        hint: "plan again:  astro plan --env dev --out plan.json",
      }),
    );
  });

  it("lets pass what it foresees, what it calls possible, and what changes in place", () => {
    expect(asked([change("Alarm", "remove")], [change("Alarm", "remove")], file)).not.toThrow();
    const uncertain = change("Alarm", "change", { mayReplace: true });
    expect(asked([uncertain], [change("Alarm", "replace")], file)).not.toThrow();
    expect(asked([], [change("Reader", "change")], file)).not.toThrow();
  });

  it("lets pass what an earlier attempt left and the plan deletes first, but for what holds data", () => {
    const left = [change("Alarm", "remove"), change("Users", "remove", { type: "AWS::Cognito::UserPool" })];
    const planned = [change("Alarm", "add"), change("Users", "add", { type: "AWS::Cognito::UserPool" })];
    const create = { action: "create" } as const;
    expect(asked(planned, left.slice(0, 1), file, create)).not.toThrow();
    expect(asked(planned, left, file, create)).toThrow(
      /^Users \(AWS::Cognito::UserPool\) .*its users and their passwords/,
    );
  });

  it("foresees in a nested stack what it saw there, and of one it could not look into all that holds nothing", () => {
    const inner = change("Inner", "change", { type: "AWS::CloudFormation::Stack" });
    const found = [{ ...inner, inside: "seen" } as const, change("Inner/Alarm", "remove")];
    expect(asked([{ ...inner, inside: "seen" }], found, file)).toThrow(/does not say that Inner\/Alarm .* removed/);
    expect(asked([{ ...inner, inside: "seen" }, change("Inner/Alarm", "remove")], found, file)).not.toThrow();
    expect(asked([{ ...inner, inside: "later" }], found, file)).not.toThrow();
    const users = change("Inner/Users", "remove", { type: "AWS::Cognito::UserPool" });
    expect(asked([{ ...inner, inside: "later" }], [...found, users], file)).toThrow(
      /^Inner\/Users .* would be removed/,
    );
  });
});
