import { describe, expect, it } from "vitest";
import { parseAnswers, renderAnswers } from "../../src/config/answers.ts";
import { editConfig, environmentEdits } from "../../src/config/edit.ts";
import { renderConfig } from "../../src/config/render.ts";
import { loadPricesFor } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import { ANSWER_KINDS, answersOf, variableOf, writtenOf } from "../../src/wizard/answers.ts";
import type { Ask } from "../../src/wizard/ask.ts";
import { type Choices, choose } from "../../src/wizard/choose.ts";
import type { PriceOf } from "../../src/wizard/price.ts";
import { QUESTIONS } from "../../src/wizard/questions.ts";
import type { Request } from "../../src/wizard/request.ts";

const priceOf: PriceOf = async (one) => priceChoices("shop", one, await loadPricesFor([one.region]));
/** Prices do not matter while it is asked. */
const free: PriceOf = () => ({ monthlyTotal: 0, components: [], unpriced: [] });
const source = { by: "found", words: "found in Dockerfile:2" } as const;
const suggested: Request["suggested"] = {
  name: "shop",
  region: { region: "us-east-1", from: "default" },
  found: [
    { path: "service.port", value: 3000, source },
    { path: "service.architecture", value: "arm64", source },
    { path: "worker.command", value: ["celery", "-A", "my app", "worker"], source },
  ],
};

/** Numbers below one, the same for the same seed (mulberry32, public domain). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** What is typed, legal or not, as a person who does not know would. */
const TYPED = ["1", "2", "3", "5", "8", "20", "100", "1024", "4096", "8192", "/up", "1.10", "0123", "012345678901"];
const MORE = ["", "example.com", "create", "Z0123456789ABCDEFGHIJ", "db.t4g.large", "python worker.py 'a b'", "yes"];

/** Somebody who answers at random, goes from group to group, and accepts in the end. */
function anybody(random: () => number, preset: string): Ask {
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  let groups = 2 + Math.floor(random() * 8);
  return {
    text: async ({ message, initial, refuse }) => {
      if (message.startsWith("Environment")) return preset === "prod" ? "prod" : "dev";
      for (let tries = 0; tries < 40; tries += 1) {
        const answer = random() < 0.3 ? (initial ?? "") : (pick([...TYPED, ...MORE]) ?? "");
        if (refuse(answer) === undefined) return answer;
      }
      return initial ?? "";
    },
    choose: async ({ message, choices }) => {
      const open = choices.filter(({ disabled }) => disabled === undefined);
      if (message === "Start from") return open.find(({ short }) => short === preset)?.value as never;
      const isMenu = message.startsWith("Accept");
      groups -= isMenu ? 1 : 0;
      const one = isMenu && groups < 0 ? open[0] : pick(isMenu ? open.slice(1) : open);
      return (one ?? choices[0])?.value as never;
    },
    secret: () => Promise.reject(new Error("no secret is asked for")),
    confirm: async () => true,
  };
}

const OLD = `name: shop
environments:
  dev:
    region: eu-west-1 # where we are
    service:
      tasks: 2
      maxTasks: 4
      cpu: 512
      memory: 1024
    database:
      storage: 30
      maxStorage: 60
    loadBalancer:
      accessLogs: true
`;
const project = {
  name: "shop",
  file: "infra/astro.yaml",
  environments: {
    dev: {
      region: "eu-west-1",
      service: { tasks: 2, maxTasks: 4, cpu: 512, memory: 1024 },
      database: { storage: 30, maxStorage: 60 },
      loadBalancer: { accessLogs: true },
    },
  },
};

/** The astro.yaml that comes of it. */
function textOf(choices: Choices): string {
  const { name, env, before } = choices;
  if (before === undefined) return renderConfig(name, env, writtenOf(choices), "origin");
  return editConfig(OLD, environmentEdits(env, before, writtenOf(choices), "origin"));
}

/** The answers, written and read again. */
function readBack(choices: Choices): Request["flags"] {
  const read = parseAnswers(renderAnswers(answersOf(choices)), "answers.yaml", ANSWER_KINDS);
  return Object.fromEntries(Object.entries(read).map(([flag, { value }]) => [flag, value]));
}

describe("answers that are saved", () => {
  const cents = async ({ environment }: Choices) => (await priceOf(environment)).monthlyTotal.toFixed(2);

  it.each([
    ["a new dev", "dev", {}],
    ["a new prod", "prod", {}],
    ["a dev that stands", "dev", { project }],
  ])("make %s the same again, byte for byte and to the cent, whatever was answered", async (_, preset, more) => {
    const made = new Set<string>();
    for (let seed = 0; seed < 40; seed += 1) {
      const random = numbers(seed);
      const chosen = await choose({ flags: {}, suggested, ...more }, free, anybody(random, preset));
      const flags = readBack(chosen);
      const again = await choose({ flags: { ...flags, yes: true }, suggested, ...more }, free);
      expect({ seed, text: textOf(again) }).toEqual({ seed, text: textOf(chosen) });
      expect(await cents(again)).toBe(await cents(chosen));
      // In another folder, of which nobody found anything, too.
      expect(answersOf(again)).toEqual(answersOf(chosen));
      made.add(textOf(chosen));
    }
    expect(made.size).toBeGreaterThan(25);
  });
});

describe("a file of answers", () => {
  const read = (text: string) => parseAnswers(text, "answers.yaml", ANSWER_KINDS);

  it("takes YAML and JSON, each value as it is written", () => {
    const yaml =
      "account: 012345678901\nimage: 1.10 # the tag\nspot: false\nworker: [celery, -A, my app]\ndomain: ''\n";
    expect(read(yaml)).toEqual({
      account: { value: "012345678901", line: 1 },
      image: { value: "1.10", line: 2 },
      spot: { value: false, line: 3 },
      worker: { value: ["celery", "-A", "my app"], line: 4 },
      domain: { value: "", line: 5 },
    });
    expect(read('{\n  "azs": 2,\n  "db-class": "db.t3.micro"\n}')).toEqual({
      azs: { value: 2, line: 2 },
      "db-class": { value: "db.t3.micro", line: 3 },
    });
    expect(read("# nothing\n")).toEqual({});
  });

  it.each([
    ["azs: 2\nnaat: one\n", "answers.yaml:2: naat: unknown key; did you mean nat?"],
    ["__proto__: 1\n", "answers.yaml:1:1: illegal key __proto__"],
    ["constructor: 1\n", "answers.yaml:1: constructor: unknown key; the keys here are name, env, preset"],
    ["azs: {a: 1}\n", "answers.yaml:1: azs has no single value"],
    ["image:\n", "answers.yaml:1: image has no single value"],
    ["azs: [1]\n", "answers.yaml:1: azs has no single value"],
    ["- azs\n", "answers.yaml:1: not flag names and their values"],
    ["azs: 1\nazs: 2\n", "answers.yaml:2:1: "],
    ["azs: [1\n", "answers.yaml:2:1: "],
  ])("that says %j is refused with its line", (text, words) => {
    expect(() => read(text)).toThrow(words);
  });

  it("names all unknown keys at once", () => {
    expect(() => read("naat: one\nazz: 1\n")).toThrow(
      expect.objectContaining({ hint: expect.stringContaining("answers.yaml:2: azz: unknown key; did you mean azs?") }),
    );
  });
});

it("every flag has a variable of its own, and none that means something else", () => {
  const variables = Object.keys(ANSWER_KINDS).map(variableOf);
  expect(new Set(variables).size).toBe(QUESTIONS.length + 4);
  const others = ["ASTRO_DEBUG", "ASTRO_TRUST_OWNER", "ASTRO_CLOCK_SPEED", "ASTRO_EDGE_URL"];
  expect(variables.filter((name) => others.includes(name))).toEqual([]);
  expect(variables).toContain("ASTRO_DB_CLASS");
});
