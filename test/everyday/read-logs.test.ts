import { describe, expect, it } from "vitest";
import { AstroError } from "../../src/errors.ts";
import { type AppLine, followLogs, LOOK, type LogReading, readLogs } from "../../src/everyday/read-logs.ts";
import type { LogEvent, LogQuery } from "../../src/release/port-logs.ts";
import { fakeClock } from "../support/fake-clock.ts";

const START = Date.parse("2026-01-05T10:00:00Z");

/** A line, and when CloudWatch Logs has it. */
type Written = LogEvent & { readonly taken: number };

/** Log groups whose lines appear when they are taken in, in pages of `size`. */
function fakeLogs(groups: { readonly [group: string]: readonly Written[] }, size = 2) {
  const clock = fakeClock(new Date(START));
  const queries: LogQuery[] = [];
  const failures: AstroError[] = [];
  return {
    clock,
    queries,
    failures,
    logEvents: async (_region: string, query: LogQuery) => {
      queries.push(query);
      const now = clock.now().getTime();
      const failure = query.next === undefined ? undefined : failures.shift();
      if (failure) throw failure;
      const there = groups[query.group]
        ?.filter(({ at, taken, stream }) => taken <= now && at >= query.from && stream.startsWith(query.streams ?? ""))
        .toSorted((a, b) => a.at - b.at);
      if (there === undefined) return undefined;
      const from = Number(query.next ?? 0);
      // CloudWatch Logs may answer with an empty page before the one that has something.
      if (query.next === undefined) return { events: [], next: "0" };
      const next = from + size < there.length ? { next: String(from + size) } : {};
      return { events: there.slice(from, from + size), ...next };
    },
  };
}

const written = (id: string, at: number, more: Partial<Written> = {}): Written => ({
  id,
  at: START + at,
  taken: START + at,
  message: `line ${id}`,
  stream: "api/api/one",
  ...more,
});

function reading(logs: ReturnType<typeof fakeLogs>, told: AppLine[], more: Partial<LogReading> = {}): LogReading {
  const sources = [{ group: "/shop/dev/api" }, { group: "/shop/dev/worker" }];
  return { logs, region: "eu-west-1", sources, from: START - 60_000, line: (line) => void told.push(line), ...more };
}

const words = (lines: readonly AppLine[]) => lines.map(({ message }) => message);

describe("the app's lines", () => {
  it("are one stream in the order of their times, whatever task and page they are of", async () => {
    const logs = fakeLogs({
      "/shop/dev/api": [1, 3, 5, 7, 9].map((at) => written(`a${at}`, at - 100)),
      "/shop/dev/worker": [2, 4, 6].map((at) => written(`w${at}`, at - 100, { stream: "worker/worker/two" })),
    });
    const told: AppLine[] = [];
    expect(await readLogs(reading(logs, told))).toBe(8);
    expect(words(told)).toEqual(["a1", "w2", "a3", "w4", "a5", "w6", "a7", "a9"].map((id) => `line ${id}`));
    expect(told[1]).toMatchObject({ part: "worker", task: "two" });
  });

  it("are those of the groups that are there", async () => {
    const told: AppLine[] = [];
    expect(await readLogs(reading(fakeLogs({}), told))).toBe(0);
  });

  it("are told without what looks like a secret", async () => {
    const message = "connecting to postgresql://app:hunter2@database:5432/app";
    const logs = fakeLogs({ "/shop/dev/api": [written("a", -5, { message })] });
    const told: AppLine[] = [];
    await readLogs(reading(logs, told));
    expect(words(told)).toEqual(["connecting to postgresql://app:***@database:5432/app"]);
  });
});

describe("following", () => {
  /** What is told, and when, until `until` milliseconds have passed. */
  async function followed(
    groups: { readonly [group: string]: readonly Written[] },
    until: number,
    prepare?: (logs: ReturnType<typeof fakeLogs>) => void,
  ) {
    const logs = fakeLogs(groups);
    prepare?.(logs);
    const leave = new AbortController();
    const told: (AppLine & { readonly heard: number })[] = [];
    const clock = {
      ...logs.clock,
      sleep: async (milliseconds: number, signal?: AbortSignal) => {
        if (logs.clock.now().getTime() - START > until) leave.abort(new Error("enough"));
        await logs.clock.sleep(milliseconds, signal);
      },
    };
    const line = (one: AppLine) => void told.push({ ...one, heard: logs.clock.now().getTime() });
    await followLogs({ ...reading(logs, []), line, clock, signal: leave.signal });
    return { told, logs };
  }

  it("tells a line within three seconds of its being taken in, each once, however late and in whichever order", async () => {
    // Seeded by nothing: every line is late by another time, up to the overlap.
    const lines = Array.from({ length: 300 }, (_, at) => {
      const late = (at * 7919) % 25_000;
      return written(`${at}`, at * 400, { taken: START + at * 400 + late, stream: `api/api/task${at % 3}` });
    });
    const { told } = await followed({ "/shop/dev/api": lines, "/shop/dev/worker": [] }, 200_000);
    expect(words(told).toSorted()).toEqual(words(lines as never).toSorted());
    const taken = new Map(lines.map(({ message, taken }) => [message, taken]));
    const latest = Math.max(...told.map(({ message, heard }) => heard - (taken.get(message) ?? 0)));
    expect(latest).toBeLessThanOrEqual(3000);
  });

  it("tells every line of one moment, where a page or a look ends between them", async () => {
    const lines = Array.from({ length: 7 }, (_, at) =>
      written(`${at}`, 4000, { taken: START + 4000 + (at % 3) * LOOK }),
    );
    const { told } = await followed({ "/shop/dev/api": lines }, 20_000);
    expect(words(told).toSorted()).toEqual(words(lines as never).toSorted());
  });

  it("misses nothing behind a line whose time lies ahead", async () => {
    const lines = [written("ahead", 3_600_000, { taken: START }), written("now", 5000), written("then", 90_000)];
    const { told } = await followed({ "/shop/dev/api": lines }, 120_000);
    expect(words(told)).toEqual(["line ahead", "line now", "line then"]);
  });

  it("asks for little again, however long it goes on", async () => {
    const { logs } = await followed({ "/shop/dev/api": [written("a", 0)] }, 600_000);
    expect(Math.min(...logs.queries.slice(-4).map(({ from }) => from))).toBeGreaterThanOrEqual(START - 60_000);
  });

  it("goes on after looks that fail, a page in the middle too, and loses no line by it", async () => {
    const busy = () => new AstroError("throttled", "too often", "wait");
    const lines = Array.from({ length: 20 }, (_, at) => written(`${at}`, 1000 + at * 300));
    let hard = false;
    const { told } = await followed({ "/shop/dev/api": lines }, 30_000, ({ clock, failures }) => {
      const { sleep } = clock;
      (clock as { sleep: typeof sleep }).sleep = async (milliseconds, signal) => {
        if (!hard) failures.push(busy(), busy());
        hard = true;
        await sleep(milliseconds, signal);
      };
    });
    expect(words(told)).toEqual(words(lines as never));
  });

  it("ends with what cannot pass by waiting", async () => {
    const logs = fakeLogs({ "/shop/dev/api": [] });
    const refused = new AstroError("denied", "not allowed", "ask");
    const { clock } = logs;
    let looks = 0;
    const failing = {
      logEvents: async (region: string, query: LogQuery) => {
        if (++looks > 6) throw refused;
        return logs.logEvents(region, query);
      },
    };
    const { signal } = new AbortController();
    await expect(followLogs({ ...reading(logs, []), logs: failing, clock, signal })).rejects.toBe(refused);
  });
});
