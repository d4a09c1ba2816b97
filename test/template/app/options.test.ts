import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootstrapStack } from "../../../src/plan/bootstrap.ts";
import { checkTemplates } from "../../../src/rules/check-templates.ts";
import { environments } from "./environments.ts";
import { broken } from "./invariants.ts";
import { synthesise } from "./synth.ts";

/** Enough to meet every option beside every other one; about 100 ms each. */
const COMBINATIONS = 300;
const SEED = 20_251_122;

describe("the app with any options that astro.yaml allows", () => {
  it("keeps the architecture's rules, and AWS's", { timeout: 600_000 }, () => {
    const tried = new Set<string>();
    const regions = new Set<string>();
    let resources = 0;
    fc.assert(
      fc.property(environments, (environment) => {
        const stacks = synthesise(environment);
        expect(broken(stacks)).toEqual([]);
        const templates = [bootstrapStack(environment.region), ...stacks.map(checked)];
        expect(checkTemplates(templates, "123456789012")).toEqual([]);
        expect(checkTemplates(templates)).toEqual([]);
        tried.add(JSON.stringify(environment));
        regions.add(environment.region);
        resources += stacks.reduce((sum, { template }) => sum + Object.keys(template.Resources).length, 0);
      }),
      { numRuns: COMBINATIONS, seed: SEED },
    );
    process.stdout.write(
      `${tried.size} option combinations tried (seed ${SEED}): ${resources} resources in ${regions.size} regions\n`,
    );
    expect(tried.size).toBeGreaterThanOrEqual(COMBINATIONS);
    expect(regions.size).toBeGreaterThan(20);
  });

  it("makes the same templates every time", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        expect(synthesise(environment)).toEqual(synthesise(environment));
      }),
      { numRuns: 5, seed: SEED },
    );
  });
});

function checked({ stackName: name, template, environment: { region } }: ReturnType<typeof synthesise>[number]) {
  return { name, region, template, body: JSON.stringify(template) };
}
