import { describe, expect, it } from "vitest";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import { AstroError } from "../../src/errors.ts";
import { reachable } from "../../src/operation/checked-templates.ts";
import { outputNamed } from "../../src/release/frontend-state.ts";
import { type Rehearsed, rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";
import { assemblyOf } from "./app/synth.ts";

type Domain = NonNullable<EnvironmentInput["domain"]>;

const ZONE = "Z0123456789ABCDEFGHIJ";
const REGIONS = [SITE.region, "us-east-1"];

const made = (domain: Partial<Domain> | undefined, region: EnvironmentInput["region"] = "eu-west-1") =>
  assemblyOf(
    { region, ...(domain && { domain: { name: "example.com", zone: ZONE, ...domain } }) },
    SITE.project,
    SITE.environment,
  );

/** Provisions, and once more, which has nothing to do. Returns where the app and the API are. */
async function provisioned(
  { provision, lab }: { provision: Rehearsed["provision"]; lab: Rehearsed },
  to: Awaited<ReturnType<typeof made>>,
) {
  const { result } = await provision(to, { regions: REGIONS });
  expect([result.outcome, result.failed]).toEqual(["done", []]);
  const again = await provision(to, { regions: REGIONS });
  expect(Object.values(again.outcomes).filter((outcome) => outcome !== "unchanged")).toEqual([]);
  const stacks = await lab.meanwhile(() => lab.cloud.stacks(SITE.region));
  return [outputNamed(stacks, "AppUrl"), outputNamed(stacks, "ApiUrl")];
}

const at = (app: string, api = "api.example.com") => [`https://${app}`, `https://${api}`];

describe("an environment whose names change", () => {
  it.each([ZONE, "create", "elsewhere"])("goes on at the next ones, all the way, with its zone %s", async (zone) => {
    const lab = await rehearsed();
    const go = async (domain: Partial<Domain> | undefined) =>
      provisioned({ provision: lab.provision, lab }, await made(domain && { zone, ...domain }));
    expect(await go({})).toEqual(at("app.example.com"));
    expect(await go({ names: { app: "example.com" } })).toEqual(at("example.com"));
    // Each takes the other's place, while its records stay.
    expect(await go({ names: { app: "www.example.com" } })).toEqual(at("www.example.com"));
    expect(await go({ names: { app: "example.com" }, redirect: false })).toEqual(at("example.com"));
    expect(await go({ names: { app: "shop.example.com" } })).toEqual(at("shop.example.com"));
    const api = { app: "shop.example.com", api: "example.com" };
    expect(await go({ names: api })).toEqual(at("shop.example.com", "example.com"));
    // The API's name becomes the app's: its record is gone by then.
    expect(await go({ names: { app: "example.com" } })).toEqual(at("example.com"));
    const [app, none] = await go(undefined);
    expect(app).toMatch(/^https:\/\/\w+\.cloudfront\.net$/);
    expect(none).toBeUndefined();
  });

  it("is refused before anything is begun where the app's name becomes the API's, with the way", async () => {
    const lab = await rehearsed();
    await provisioned({ provision: lab.provision, lab }, await made({ names: { app: "example.com" } }));
    const stacks = await made({ names: { api: "example.com" } });
    const { plan, deployed } = await lab.plan(stacks, REGIONS);
    const refused = await reachable(plan, stacks, deployed).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(AstroError);
    expect(String(refused)).toContain("[name='example.com.', type='A'] but it already exists");
    expect(String((refused as AstroError).message + JSON.stringify((refused as AstroError).hints))).toContain(
      "take example.com off ApexRecord of shop-dev-cdn first and provision, then give it to ApiRecord",
    );
  });

  it("goes on in the CDN's own region, where one certificate is for all", async () => {
    const lab = await rehearsed({ region: "us-east-1" });
    const steps = [
      {},
      { names: { app: "example.com", api: "backend.example.com" } },
      { names: { app: "www.example.com" } },
    ];
    for (const step of steps) {
      const { result } = await lab.provision(await made(step, "us-east-1"), { regions: ["us-east-1"] });
      expect([step, result.outcome, result.failed]).toEqual([step, "done", []]);
    }
  });
});
