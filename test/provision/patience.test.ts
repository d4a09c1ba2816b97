import { expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import type { Cloud } from "../../src/provision/cloud.ts";
import { patience, patient } from "../../src/provision/patience.ts";
import { jumpingClock } from "../../src/rehearsal/simulated-clock.ts";
import { fakeCloud } from "../support/fake-cloud.ts";
import { SITE } from "../support/stacks.ts";

const START = Date.UTC(2026, 0, 5);

/** A network that is gone until so many seconds have passed; what was said, and how long it took. */
async function through(
  seconds: number,
  error = new AstroError("unreachable", "AWS cannot be reached: ENOTFOUND", "wait"),
) {
  const { clock } = jumpingClock(START);
  const said: string[] = [];
  const passed = () => (clock.now().getTime() - START) / 1000;
  const cloud: Cloud = {
    ...fakeCloud(),
    stacks: async () => {
      if (passed() < seconds) throw error;
      return [];
    },
  };
  const signal = new AbortController().signal;
  const ended = await patient(
    cloud,
    patience({ clock, signal }, (words) => said.push(words)),
  )
    .stacks(SITE.region)
    .catch((thrown: unknown) => thrown);
  return { ended, said, passed: passed() };
}

it("a network that is gone for two minutes is waited for, and said once", async () => {
  const { ended, said, passed } = await through(120);
  expect([ended, said]).toEqual([[], ["AWS cannot be reached: ENOTFOUND"]]);
  expect(passed).toBeLessThan(180);
});

it("one that stays away is given up after five minutes", async () => {
  const { ended, passed } = await through(3600);
  expect([ended, Math.floor(passed / 60)]).toMatchObject([{ code: "unreachable" }, 5]);
});

it("what AWS itself refuses is not tried again", async () => {
  const { ended, passed } = await through(3600, new AstroError("failed", "not allowed", "ask"));
  expect([ended, passed]).toMatchObject([{ code: "failed" }, 0]);
});

it("what the lock asks is answered at once: it must know where it stands", async () => {
  const cloud: Cloud = {
    ...fakeCloud(),
    keepLock: () => Promise.reject(new AstroError("unreachable", "gone", "wait")),
  };
  const { clock } = jumpingClock(START);
  const patiently = patient(
    cloud,
    patience({ clock, signal: new AbortController().signal }, () => {}),
  );
  await expect(patiently.keepLock(SITE.region, {} as never)).rejects.toMatchObject({ code: "unreachable" });
});
