import { describe, expect, it } from "vitest";
import { found, NOW } from "../support/preflight.ts";
import { stackOf } from "../support/stacks.ts";

const STACKS = [stackOf("shop-dev-a", "vpc")];
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe("credentials", () => {
  const lasting = (minutes: number | undefined, renewed: boolean) => ({
    look: {
      credentials: async () => ({
        temporary: true,
        renewed,
        ...(minutes !== undefined && { expires: later(minutes) }),
      }),
    },
  });

  it("that do not end are good", async () => {
    expect(await found("credentials", STACKS)).toMatchObject([{ outcome: "ok" }]);
  });

  it("that outlast the run are good", async () => {
    expect(await found("credentials", STACKS, lasting(50, false))).toMatchObject([
      { outcome: "ok", words: "good for 50 min more" },
    ]);
  });

  it("that end before the run does are a problem, unless they are renewed on the way", async () => {
    expect(await found("credentials", STACKS, lasting(10, false))).toMatchObject([
      { outcome: "problem", words: "good for 10 min, and this takes about 20 min" },
    ]);
    expect(await found("credentials", STACKS, lasting(10, true))).toMatchObject([{ outcome: "ok" }]);
  });

  it("of which nobody says when they end are not checked", async () => {
    expect(await found("credentials", STACKS, lasting(undefined, false))).toMatchObject([{ outcome: "not-checked" }]);
  });
});

describe("the account", () => {
  it("is good if astro.yaml pins it", async () => {
    expect(await found("account", STACKS, { pinned: "111122223333" })).toMatchObject([{ outcome: "ok" }]);
  });

  it("is a warning if not, with an action that pins it", async () => {
    expect(await found("account", STACKS)).toMatchObject([
      { outcome: "warning", fix: { action: { type: "pin-account", account: "111122223333" } } },
    ]);
  });

  it("is nobody's where nothing is real", async () => {
    expect(await found("account", STACKS, { real: false })).toMatchObject([{ outcome: "ok" }]);
  });
});

describe("the clock", () => {
  const off = (seconds: number) => ({ look: { time: async () => new Date(NOW.getTime() + seconds * 1000) } });

  it("may be a few seconds off", async () => {
    expect(await found("clock", STACKS, off(20))).toMatchObject([{ outcome: "ok" }]);
  });

  it("is a warning beyond that, which says which way, and what it means past five minutes", async () => {
    expect(await found("clock", STACKS, off(90))).toMatchObject([{ outcome: "warning", words: "90 s behind AWS's" }]);
    const [much] = await found("clock", STACKS, off(-3600));
    expect(much?.words).toMatch(/^60 min ahead of AWS's; past 5 minutes AWS refuses/);
  });
});
