import { describe, expect, it } from "vitest";
import type { ProvisionOptions } from "../../src/operation/flags.ts";
import { gateFor } from "../../src/operation/gate.ts";
import type { Plan, PlannedChange, Step } from "../../src/plan/plan.ts";
import { SITE, stackOf } from "../support/stacks.ts";
import { step } from "../view/run.ts";

const change = (
  logicalId: string,
  action: PlannedChange["action"],
  more: Partial<PlannedChange> = {},
): PlannedChange => ({
  logicalId,
  type: "AWS::CloudWatch::Alarm",
  action,
  causes: [],
  ...more,
});
const FLAGS: ProvisionOptions = { json: false, rehearse: false, speed: "60", wait: false, yes: true };

/** The gate of a plan with these changes of one stack, asked what AWS is about to change there. */
function asked(
  planned: readonly PlannedChange[],
  found: readonly PlannedChange[],
  more: Partial<ProvisionOptions> = {},
  as: Partial<Step> = {},
): () => void {
  const one = step("data", "shop-dev-things", { action: "update", changes: planned, ...as });
  const plan: Plan = { ...SITE, direction: "provision", steps: [one], monthly: { before: 0, after: 0 } };
  return () => gateFor(plan, [], { ...FLAGS, ...more }).step(one, found);
}

describe("the gate", () => {
  const bucket = change("Files", "replace", { type: "AWS::S3::Bucket", causes: ["BucketName"] });

  it("stops at the replacement of what holds data, --yes or not, and names the command that goes on", () => {
    expect(asked([bucket], [bucket])).toThrow(/Files \(AWS::S3::Bucket\) of shop-dev-things would be replaced/);
    expect(asked([bucket], [bucket], { allowReplace: ["Other"] })).toThrow(
      expect.objectContaining({
        code: "declined",
        hint: expect.stringContaining("astro provision --env dev --allow-replace Other --allow-replace Files"),
      }),
    );
  });

  it("lets pass what is named, and what holds nothing", () => {
    expect(asked([bucket], [bucket], { allowReplace: ["Files"] })).not.toThrow();
    expect(asked([], [change("Alarm", "replace"), change("New", "add")])).not.toThrow();
  });
});

describe("the gate, where two stacks have a resource of the same id", () => {
  const users = change("Users", "remove", { type: "AWS::Cognito::UserPool" });
  const one = step("data", "shop-dev-one", { action: "update", changes: [users] });
  const two = step("data", "shop-dev-two", { action: "update", changes: [users] });
  const plan: Plan = { ...SITE, direction: "provision", steps: [one, two], monthly: { before: 0, after: 0 } };
  const gate = (...ids: readonly string[]) => gateFor(plan, [], { ...FLAGS, allowReplace: ids });

  it("takes the bare id for neither, and names each by its stack", () => {
    for (const ids of [[], ["Users"]])
      expect(gate(...ids).plan).toThrow(
        expect.objectContaining({
          hint: "undo the change to keep it\nor go on with:  astro provision --env dev --allow-replace shop-dev-one/Users --allow-replace shop-dev-two/Users",
        }),
      );
    expect(gate("shop-dev-one/Users", "shop-dev-two/Users").plan).not.toThrow();
  });

  it("lets the one go that is named, and never the other", () => {
    expect(gate("shop-dev-one/Users").plan).toThrow(/^Users \(AWS::Cognito::UserPool\) of shop-dev-two .*[^\n]$/);
    expect(() => gate("shop-dev-one/Users").step(one, [users])).not.toThrow();
    for (const id of ["shop-dev-two", "Users", "shop-dev-one/Users"])
      expect(() => gate(id).step(two, [users])).toThrow(/of shop-dev-two would be removed/);
  });

  it("knows the other one from its template too, if it does not change, and what only AWS saw", () => {
    const region = two.region;
    const resources = { Users: { Type: "AWS::Cognito::UserPool" } };
    const stacks = [stackOf("shop-dev-two", "data", { region, resources })];
    const steps = [one, two].map((step) => ({ ...step, changes: [] }));
    const { step: ask } = gateFor({ ...plan, steps }, stacks, { ...FLAGS, allowReplace: ["Users"] });
    expect(() => ask(one, [users])).toThrow(
      expect.objectContaining({ hint: expect.stringMatching(/ --allow-replace shop-dev-one\/Users$/) }),
    );
  });
});

describe("the gate of a run that was to do more", () => {
  const users = change("Users", "remove", { type: "AWS::Cognito::UserPool" });

  it("names a command that does all of it", () => {
    const flags = { revertDrift: true, skipResource: ["Api"], retain: ["Net"], adopt: ["Role"] };
    expect(asked([users], [users], flags)).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(
          / --allow-replace Users --adopt Role --skip-resource Api --retain Net --revert-drift$/,
        ),
      }),
    );
  });
});

describe("the gate's command", () => {
  it("can be given to a shell, whatever files and folders are called", () => {
    const users = change("Users", "remove", { type: "AWS::Cognito::UserPool" });
    expect(asked([users], [users], { file: "my plan.json", dir: "it's here" })).toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(
          / astro provision 'my plan\.json' --env dev --allow-replace Users --dir 'it'\\''s here'$/,
        ),
      }),
    );
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

describe("the gate before another tool's deployment", () => {
  const drift = {
    logicalId: "Api",
    type: "AWS::ECS::Service",
    value: "image",
    live: "shop:v7",
    given: "shop:v3",
    becomes: "shop:v3",
    undoes: true,
  } as const;
  const ours = step("ecs", "shop-dev-api", { action: "update", changes: [change("Api", "change")], drift: [drift] });
  const other = step("ecs", "shop-dev-other", { action: "update", changes: [change("Api", "change")] });
  const plan: Plan = { ...SITE, direction: "provision", steps: [ours, other], monthly: { before: 0, after: 0 } };
  const gate = (more: Partial<ProvisionOptions> = {}) => gateFor(plan, [], { ...FLAGS, ...more });

  it("stops where a step takes it back, and names the service by its stack where another has one of that id", () => {
    expect(gate().plan).toThrow(
      expect.objectContaining({
        code: "declined",
        message: "Api of shop-dev-api: image is shop:v7, and was deployed as shop:v3; this makes it shop:v3 again",
        hint: expect.stringMatching(/ astro provision --env dev --put-back shop-dev-api\/Api$/),
      }),
    );
    expect(gate({ putBack: ["Api"] }).plan).toThrow();
    expect(gate({ putBack: ["shop-dev-api/Api"] }).plan).not.toThrow();
  });

  it("stops at what moved only after the plan was made", () => {
    const { step: ask } = gate({ putBack: ["shop-dev-api/Api"] });
    expect(() => ask(ours, ours.changes, [drift])).not.toThrow();
    expect(() => ask(other, other.changes)).not.toThrow();
    expect(() => ask(other, other.changes, [drift])).toThrow(/^Api of shop-dev-other: image is shop:v7/);
  });

  it("lets pass what only moves, and all of it where what was changed by hand is to go", () => {
    const { undoes: _, ...counted } = drift;
    expect(() => gate().step(ours, ours.changes, [counted])).not.toThrow();
    expect(gate({ revertDrift: true }).plan).not.toThrow();
  });
});
