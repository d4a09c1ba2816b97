import { describe, expect, it } from "vitest";
import { patternFor } from "../../src/everyday/log-pattern.ts";
import { logSourcesOf, writerOf } from "../../src/everyday/log-sources.ts";
import { sinceOf } from "../../src/everyday/since.ts";
import { matcherOf } from "../../src/rehearsal/services/log-filter.ts";
import { appLineWriter, renderStopped } from "../../src/view/app-logs.ts";
import { SITE } from "../support/stacks.ts";
import { paper } from "../view/screen.ts";

const NOW = new Date("2026-03-01T12:00:00Z");

describe("--since", () => {
  it.each([
    ["30s", "2026-03-01T11:59:30.000Z"],
    ["10m", "2026-03-01T11:50:00.000Z"],
    ["2 d", "2026-02-27T12:00:00.000Z"],
    ["1w", "2026-02-22T12:00:00.000Z"],
    ["2026-02-28", "2026-02-28T00:00:00.000Z"],
    ["2026-02-28T10:00:00Z", "2026-02-28T10:00:00.000Z"],
  ])("%s is %s", (given, at) => {
    expect(new Date(sinceOf(given, NOW)).toISOString()).toBe(at);
  });

  it.each(["", "soon", "10", "10 years", "-1h", "2026-13-45"])("%j is no time", (given) => {
    expect(() => sinceOf(given, NOW)).toThrow("not a time");
  });
});

describe("--grep", () => {
  it.each(["ERROR", "a b", 'say "hi"', "back\\slash", "-minus", "?maybe", "{ $.a = 1 }", "%x%"])(
    "%s finds the lines that have it, and no others",
    (text) => {
      const fits = matcherOf(patternFor(text));
      expect([fits(`before ${text} after`), fits("something else")]).toEqual([true, false]);
    },
  );
});

describe("what is read of the app", () => {
  it("is one of its parts, or all of it", () => {
    const group = (part: string) => `/${SITE.project}/${SITE.environment}/${part}`;
    expect(logSourcesOf(SITE, "migrate", [])).toEqual([{ group: group("api"), streams: "migrate/" }]);
    expect(logSourcesOf(SITE, "nightly", ["nightly"])).toEqual([{ group: group("schedule"), streams: "nightly/" }]);
    expect(logSourcesOf(SITE, undefined, [])).toEqual(
      ["api", "worker", "schedule"].map((part) => ({ group: group(part) })),
    );
    expect(() => logSourcesOf(SITE, "nightli", ["nightly"])).toThrow('"nightli": nothing of the app is called so');
  });

  it("tells by its stream whose a line is", () => {
    expect(writerOf({ stream: "migrate/api/0f3a" })).toEqual({ part: "migrate", task: "0f3a" });
    expect(writerOf({ stream: "other" })).toEqual({ part: "other", task: "other" });
  });
});

describe("a line of the app on a screen", () => {
  const line = { part: "api", task: "0f3a5b7c9d1e", at: NOW.getTime(), message: "a   b\x1b[2Jc\tnext\nsecond" };

  it("has its task in front, and nothing that a terminal obeys", () => {
    const screen = paper();
    appLineWriter(screen, false)(line);
    expect(screen.text()).toMatch(/^api {4}0f3a5b7c 03-01 12:00:00 {2}a {3}bc next\n +second\n$/);
  });

  it("has a colour for each task, on a terminal only", () => {
    const screen = paper({ colour: true });
    const write = appLineWriter(screen, false);
    for (const task of ["aaaaaaaa", "bbbbbbbb", "aaaaaaaa"]) write({ ...line, task });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour is one.
    const [first, second, third] = screen.text().match(/\u001b\[3\dm(?=api)/g) ?? [];
    expect([first === undefined, first === second, first === third]).toEqual([false, false, true]);
  });

  it("is an object a line for programs", () => {
    const screen = paper();
    appLineWriter(screen, true)(line);
    expect(screen.text()).not.toContain("\x1b");
    expect(JSON.parse(screen.text())).toEqual({ ...line, at: "2026-03-01T12:00:00.000Z" });
  });

  it("of a task that has stopped stands below why it did", () => {
    const why = { exitCode: 1, stopCode: "EssentialContainerExited", reason: "Essential container in task exited" };
    const stopped = { part: "api", task: "0f3a5b7c9d", stoppedAt: "2026-03-01T12:00:00Z", ...why };
    const first =
      " api 0f3a5b7c stopped 03-01 12:00:00\n   exit code 1 · Essential container in task exited · EssentialContainerExited\n";
    expect(renderStopped([{ ...stopped, lines: ["one", "two"] }, stopped], paper())).toBe(
      `${first}   one\n   two\n\n${first}   its log cannot be read\n\n`,
    );
  });
});
