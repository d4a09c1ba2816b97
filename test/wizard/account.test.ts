import { describe, expect, it } from "vitest";
import type { Account } from "../../src/wizard/account.ts";
import { choose } from "../../src/wizard/choose.ts";
import type { ChoiceOptions } from "../../src/wizard/request.ts";
import { fakeAsk, NOTHING } from "../support/fake-ask.ts";

const suggested = { name: "shop", region: { region: "us-east-1", from: "default" } } as const;
const NEW = { name: "shop", env: "dev", preset: "dev", region: "us-east-1" };
const free = () => ({ monthlyTotal: 0, components: [], unpriced: [] });

/** What is chosen with these answers in an account of these facts, and what was asked. */
async function chosen(account: Account, answers: readonly string[], flags: ChoiceOptions = NEW) {
  const person = fakeAsk(answers);
  const { environment, draft } = await choose({ flags, suggested, accountOf: () => account }, free, person.ask);
  expect(person.left()).toEqual([]);
  return { environment, draft, heard: person.heard };
}

/** The lines of the question that begins like this. */
const linesOf = (heard: readonly string[], start: string) =>
  heard.find((message) => message.startsWith(start))?.split("\n") ?? [];

describe("what the account tells", () => {
  it("pins a new environment, unless somebody has said otherwise", async () => {
    const { environment, draft } = await chosen({ id: "210987654321" }, ["accepted"]);
    expect(environment.account).toBe("210987654321");
    expect(draft.sources.account).toMatchObject({ by: "account" });
    const cleared = await chosen({ id: "210987654321" }, ["account", NOTHING, "accepted"]);
    expect(cleared.environment.account).toBeUndefined();
    const given = await chosen({ id: "210987654321" }, ["accepted"], { ...NEW, account: "111122223333" });
    expect(given.environment.account).toBe("111122223333");
    const open = await chosen({ id: "210987654321" }, ["accepted"], { ...NEW, account: "" });
    expect(open.environment.account).toBeUndefined();
  });

  it("keeps a region that is not enabled from being chosen, and says why", async () => {
    const { region: _, ...flags } = NEW;
    const account = { regions: ["us-east-1", "eu-west-1"] };
    const { heard, environment } = await chosen(account, ["eu-west-1", "accepted"], flags);
    expect(environment.region).toBe("eu-west-1");
    const closed = linesOf(heard, "Region").filter((line) => line.includes("not enabled in your account"));
    expect(closed).toHaveLength(linesOf(heard, "Region").length - 1 - account.regions.length);
    await expect(chosen(account, ["af-south-1"], flags)).rejects.toThrow("af-south-1 cannot be chosen");
  });

  it("keeps classes and node types from being chosen that are not offered there", async () => {
    const account = { withoutDatabaseClasses: ["db.t4g.small"], withoutCacheNodes: ["cache.t4g.small"] };
    const { heard } = await chosen(account, ["database", "", "", "", "cache", "", "", "accepted"]);
    const closed = (start: string) => linesOf(heard, start).filter((line) => line.includes("AWS does not offer it"));
    expect(closed("Database instance class")).toEqual([expect.stringMatching(/^db\.t4g\.small /)]);
    expect(closed("Cache node type")).toEqual([expect.stringMatching(/^cache\.t4g\.small /)]);
  });

  it("lists the newest images of the repository, and lets another be typed", async () => {
    const images = Array.from({ length: 12 }, (_, at) => `v${12 - at}`);
    const first = await chosen({ images }, ["container", "v12", "", "", "accepted"]);
    expect(first.environment.service.image).toBe("v12");
    expect(
      linesOf(first.heard, "Image")
        .slice(1)
        .map((line) => line.split(" ")[0]),
    ).toEqual(["none", ...images.slice(0, 8), "another"]);
    const typed = await chosen({ images }, ["container", "another image", "v1", "", "", "accepted"]);
    expect(typed.environment.service.image).toBe("v1");
    const none = await chosen({ images: [] }, ["container", "v1", "", "", "accepted"]);
    expect(none.environment.service.image).toBe("v1");
  });

  it("lists the account's domains, those that lead to it first", async () => {
    const hostedZones = [
      { id: "Z1111111111ABCDEFGHIJ", name: "example.org", isDelegated: false },
      { id: "Z0123456789ABCDEFGHIJ", name: "example.com", isDelegated: true },
    ];
    const answers = ["domain", "example.com", "", "", "", "", "accepted"];
    const { environment, heard } = await chosen({ hostedZones }, answers);
    expect(environment.domain).toEqual({ name: "example.com", zone: "Z0123456789ABCDEFGHIJ" });
    expect(
      linesOf(heard, "Domain")
        .slice(1)
        .map((line) => line.split(" ")[0]),
    ).toEqual(["none", "example.com", "example.org", "another"]);
  });
});
