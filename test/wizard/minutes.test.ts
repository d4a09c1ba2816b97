import { describe, expect, it } from "vitest";
import { PHASES } from "../../src/config/phases.ts";
import { PRESETS, type PresetName } from "../../src/config/presets.ts";
import { type EnvironmentInput, environment as schema } from "../../src/config/schema.ts";
import { allOf } from "../../src/plan/diff.ts";
import { expectedPlanSeconds } from "../../src/plan/expect.ts";
import { outputReads } from "../../src/template/reads.ts";
import { minutesSaved } from "../../src/wizard/minutes.ts";
import { SITE } from "../support/stacks.ts";
import { synthesise } from "../template/app/synth.ts";

/** Minutes by the app's own templates. */
function byTemplates(environment: EnvironmentInput): number {
  const synthesised = synthesise(environment);
  const stacks = synthesised.map(({ stackName: name, template, environment: { region } }) => ({
    name,
    region,
    template,
  }));
  const steps = synthesised.map(({ stackName, template, needs, environment: { region } }) => {
    const phase = PHASES.find((one) => one === template.Metadata?.["astro:phase"]) ?? "vpc";
    return {
      stack: stackName,
      region,
      phase,
      action: "create" as const,
      changes: allOf(template, "add"),
      resources: 0,
      needs: [...needs, ...outputReads(template).map((read) => read.stack)],
    };
  });
  const plan = { ...SITE, direction: "provision" as const, steps, monthly: { before: 0, after: 0 } };
  return (expectedPlanSeconds(plan, stacks) - expectedPlanSeconds({ ...plan, order: "overlap" }, stacks)) / 60;
}

describe("the minutes overlapping saves", () => {
  it.each(Object.keys(PRESETS) as PresetName[])("are what the templates of %s say, to two minutes", (preset) => {
    const environment = { region: "eu-west-1", ...PRESETS[preset].values } satisfies EnvironmentInput;
    expect(Math.abs(minutesSaved(schema.parse(environment)) - byTemplates(environment))).toBeLessThanOrEqual(2);
  });

  it("are more with a domain, whose certificate is waited for meanwhile", () => {
    const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" };
    const environment: EnvironmentInput = { region: "eu-west-1", domain };
    expect(minutesSaved(schema.parse(environment))).toBeGreaterThan(
      minutesSaved(schema.parse({ region: "eu-west-1" })),
    );
    expect(Math.abs(minutesSaved(schema.parse(environment)) - byTemplates(environment))).toBeLessThanOrEqual(2);
  });
});
