import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { environments } from "./environments.ts";
import { broken } from "./invariants.ts";
import { synthesise } from "./synth.ts";

/** Enough to meet every option beside every other one; about 70 ms each. */
const COMBINATIONS = 300;

describe("the app with any options that astro.yaml allows", () => {
  it(`keeps the architecture's rules in ${COMBINATIONS} combinations`, { timeout: 300_000 }, () => {
    const regions = new Set<string>();
    fc.assert(
      fc.property(environments, (environment) => {
        regions.add(environment.region);
        expect(broken(synthesise(environment))).toEqual([]);
      }),
      { numRuns: COMBINATIONS, seed: 20_251_122 },
    );
    expect(regions.size).toBeGreaterThan(20);
  });

  it("makes the same templates every time", () => {
    fc.assert(
      fc.property(environments, (environment) => {
        expect(synthesise(environment)).toEqual(synthesise(environment));
      }),
      { numRuns: 5, seed: 20_251_122 },
    );
  });
});
