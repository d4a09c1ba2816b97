import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PRESETS } from "../../../src/config/presets.ts";
import { config } from "../../../src/config/schema.ts";
import { APP, appConfig } from "./synth.ts";

describe("the app's own reading of astro.yaml", () => {
  const least = { name: "astro", environments: { dev: { region: "us-east-1" } } };

  it("fills in the same defaults as astro", () => {
    expect(appConfig.complete(least)).toEqual(config.parse(least));
  });

  it.each(Object.entries(PRESETS))("reads the preset %s as astro does", (_, { values }) => {
    const input = { name: "astro", environments: { dev: { region: "eu-west-1", ...values } } };
    expect(appConfig.complete(input)).toEqual(config.parse(input));
  });

  it("names the environment that has no region", () => {
    expect(() => appConfig.complete({ name: "astro", environments: { dev: {} } })).toThrow(
      "astro.yaml: environments.dev.region is missing",
    );
  });
});

describe("the app's package.json", () => {
  it("pins the versions that astro itself runs with", () => {
    const own = dependencies(readFileSync(new URL("../../../package.json", import.meta.url), "utf8"));
    const app = dependencies(readFileSync(join(APP, "package.json"), "utf8"));
    expect(app).toEqual(Object.fromEntries(Object.keys(app).map((name) => [name, own[name]])));
    expect(Object.keys(app)).toContain("aws-cdk-lib");
  });
});

function dependencies(text: string): { readonly [name: string]: string } {
  const parsed = JSON.parse(text);
  return { ...parsed.dependencies, ...parsed.devDependencies };
}
