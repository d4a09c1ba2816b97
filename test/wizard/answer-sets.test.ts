import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseAnswers, renderAnswers } from "../../src/config/answers.ts";
import { parseConfig } from "../../src/config/parse.ts";
import { PRESET_NAMES } from "../../src/config/presets.ts";
import { REGION_CODES } from "../../src/config/regions.ts";
import { renderConfig } from "../../src/config/render.ts";
import type { Environment } from "../../src/config/schema.ts";
import { memoriesOf } from "../../src/config/sizes.ts";
import { loadPricesFor, PRICED_REGIONS } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import { estimate } from "../../src/cost/estimate.ts";
import { TYPICAL_USAGE } from "../../src/cost/usage.ts";
import { AstroError } from "../../src/errors.ts";
import { inColumns, type ListLine } from "../../src/view/columns.ts";
import { difference, monthly } from "../../src/view/format.ts";
import { ANSWER_KINDS, answersOf, writtenOf } from "../../src/wizard/answers.ts";
import { WentBack } from "../../src/wizard/ask.ts";
import { type Choices, choose } from "../../src/wizard/choose.ts";
import { type Answer, answerText, GROUPS, type Group } from "../../src/wizard/question.ts";
import { QUESTIONS } from "../../src/wizard/questions.ts";
import type { ChoiceOptions, Request } from "../../src/wizard/request.ts";
import { synthesise } from "../template/app/synth.ts";

/** Legal answer sets, and how many of them are synthesised: each takes a quarter of a second. */
const SETS = 500;
const SYNTHESISED = process.env.FUZZ === "full" ? SETS : 60;
const SEED = 20_261_201;

const prices = await loadPricesFor(PRICED_REGIONS);
const priceOf = (one: Environment) => priceChoices("shop", one, prices);
const mail = "ops@example.com";
const suggested: Request["suggested"] = { name: "shop", region: { region: "us-east-1", from: "default" }, mail };

const of = <T extends Answer>(...values: readonly T[]) => fc.constantFrom(...values);

/** Values that a person could give together, by flag. */
const TOGETHER: readonly { readonly [flag: string]: fc.Arbitrary<Answer> }[] = [
  { azs: of(1, 2, 3) },
  { nat: of("none", "one", "per-az") },
  { spot: fc.boolean() },
  { "on-demand": of(0, 1, 2) },
  { cpu: of(256, 512, 1024, 2048, 4096, 8192, 16_384) },
  { memory: of(...[256, 1024, 4096].flatMap((cpu) => memoriesOf(cpu).slice(0, 4))) },
  { tasks: of(1, 2, 3, 4, 6) },
  { "max-tasks": of<Answer>("", 6, 12) },
  { architecture: of("x86_64", "arm64") },
  { worker: of<Answer>(["python", "work.py"], ["celery", "-A", "my app", "worker"]), "worker-tasks": of(1, 2, 4) },
  { image: of("", "v1.2") },
  { port: fc.integer({ min: 1, max: 65_535 }) },
  { "health-path": of("/health", "/up?deep=1") },
  { "db-class": of("db.t3.micro", "db.t4g.medium", "db.m6g.large", "db.r7g.xlarge", "db.m6i.99xlarge") },
  { "multi-az": fc.boolean() },
  { "db-storage": of(20, 50, 95, 400, 1000) },
  { "cache-node": of("cache.t3.micro", "cache.t4g.medium", "cache.m6g.large") },
  { "cache-replicas": of(0, 1, 2, 5) },
  { domain: of("example.com", "shop.example.co.uk"), zone: of("create", "elsewhere", "Z0123456789ABCDEFGHIJ") },
  {
    domain: of("example.com"),
    "app-name": of("example.com", "www.example.com", "app.example.com"),
    redirect: fc.boolean(),
  },
  { domain: of("example.com"), "api-name": of("api.example.com", "backend.example.com", "") },
  { private: fc.boolean() },
  { budget: fc.integer({ min: 1, max: 900 }), "budget-email": of(mail, "bills@example.com") },
  { protect: fc.boolean() },
  { alarms: of("", mail) },
  { account: of("", "012345678901") },
  { order: of("sequence", "overlap") },
];
const FLAGS = [...new Set(TOGETHER.flatMap((values) => Object.keys(values)))];

const answerSet = fc.record({
  // A third of all questions is answered.
  given: fc.tuple(
    ...TOGETHER.map((values) =>
      fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: fc.record(values) }),
    ),
  ),
  preset: fc.constantFrom(...PRESET_NAMES),
  region: fc.constantFrom(...REGION_CODES),
  group: fc.constantFrom(...GROUPS),
});

/** The flags with another value of one; what takes a section away takes its other flags, too. */
function withFlag({ flags, chosen }: LegalSet, flag: string, value: Answer): ChoiceOptions {
  const { empty } = QUESTIONS.find((question) => question.flag === flag) ?? {};
  const isGone = value === "" || (typeof value === "object" && value.length === 0);
  const below = (other: string) =>
    QUESTIONS.some((question) => question.flag === other && isGone && question.path.startsWith(`${empty}.`));
  const kept = Object.fromEntries(Object.entries(flags).filter(([other]) => !below(other)));
  // An address brings an amount along, where there is none.
  const brought = flag === "budget-email" && !isGone ? { budget: chosen.environment.budget?.monthly ?? 10 } : {};
  return { ...kept, ...brought, [flag]: value };
}

type LegalSet = { readonly flags: ChoiceOptions; readonly group: Group; readonly chosen: Choices };

/** What is chosen by flags alone; undefined where the rules refuse it, in words that name a flag. */
async function chosenBy(flags: ChoiceOptions): Promise<Choices | undefined> {
  try {
    return await choose({ flags: { ...flags, yes: true }, suggested }, priceOf);
  } catch (error) {
    if (!(error instanceof AstroError) || error.code !== "usage") throw error;
    expect(error.message).toMatch(/^--[a-z-]+ /);
    return undefined;
  }
}

/** The figures beside the options of a group, by flag and answer, as somebody at the terminal sees them. */
async function figuresOf(flags: ChoiceOptions, group: Group) {
  const shown: { readonly flag: string; readonly value: Answer; readonly name: string; readonly open: boolean }[] = [];
  let seen = false;
  await choose({ flags: { ...flags, name: "shop", env: "dev" }, suggested }, priceOf, {
    text: async ({ initial = "" }) => initial,
    choose: async ({ message, choices, initial }) => {
      if (message.startsWith("Accept")) {
        const wanted = seen ? "accept" : group;
        seen = true;
        return choices.find(({ value }) => value === wanted)?.value as never;
      }
      const flag = QUESTIONS.find((question) => message.startsWith(question.message))?.flag ?? message;
      for (const { value, name, disabled } of choices)
        if (value !== null)
          shown.push({ flag, value: value as Answer, name: shownText(name), open: disabled === undefined });
      const same = choices.find(({ value }) => value === initial) ?? choices[0];
      if (same === undefined) throw new WentBack();
      return same.value;
    },
    secret: () => Promise.reject(new Error("no secret is asked for")),
    confirm: async () => true,
  });
  return shown;
}

function shownText(line: ListLine): string {
  return inColumns([line], 200, { say: (text) => text, ellipsis: "..." })
    .map(({ text }) => text)
    .join("");
}

/** A bill of the templates that the app makes of a written astro.yaml: what `astro cost` prints. */
function billOf(text: string): number {
  const { environments } = parseConfig(text, "astro.yaml");
  const one = environments.dev;
  if (one === undefined) throw new Error("no environment dev");
  const stacks = synthesise(one).map(({ stackName: name, template, environment: { region } }) => ({
    name,
    region,
    template,
  }));
  return estimate({ name: "dev", region: one.region, stacks, usage: TYPICAL_USAGE }, prices).monthlyTotal;
}

const textOf = (choices: Choices) => renderConfig(choices.name, choices.env, writtenOf(choices), "origin");

/** The first legal sets, always the same ones. */
async function legalSets(): Promise<readonly LegalSet[]> {
  const sets: LegalSet[] = [];
  for (const one of fc.sample(answerSet, { numRuns: 4 * SETS, seed: SEED })) {
    const { preset, region, group } = one;
    const flags: ChoiceOptions = Object.assign({ preset, region }, ...one.given);
    const chosen = await chosenBy(flags);
    if (chosen) sets.push({ flags, group, chosen });
    if (sets.length === SETS) break;
  }
  return sets;
}

describe("five hundred sets of answers", { timeout: 300_000 }, async () => {
  const sets = await legalSets();

  it("are as many, and of all presets, regions and flags", () => {
    expect(sets).toHaveLength(SETS);
    const given = (flag: string) => new Set(sets.map(({ flags }) => flags[flag]));
    expect(given("preset").size).toBe(PRESET_NAMES.length);
    expect(given("region").size).toBe(REGION_CODES.length);
    expect(FLAGS.toSorted()).toEqual(QUESTIONS.map(({ flag }) => flag).sort());
    expect(FLAGS.filter((flag) => given(flag).size < 3)).toEqual([]);
  });

  it("cost in the wizard what astro cost says of the app that is written, to the cent", () => {
    const step = SETS / SYNTHESISED;
    for (let at = 0; at < SETS; at += step) {
      const set = sets[Math.floor(at)];
      if (set === undefined) throw new Error("too few sets");
      const total = priceOf(set.chosen.environment).monthlyTotal;
      expect({ flags: set.flags, total: billOf(textOf(set.chosen)) }).toEqual({ flags: set.flags, total });
    }
  });

  it("are written as they were priced: the file reads back as the same environment", () => {
    for (const { chosen } of sets)
      expect(parseConfig(textOf(chosen), "astro.yaml").environments).toEqual({ dev: chosen.environment });
  });

  it("show beside each option what the same flag changes in the price, and close what that flag refuses", async () => {
    let options = 0;
    for (const set of sets) {
      const { flags, group, chosen } = set;
      const now = priceOf(chosen.environment);
      for (const { flag, value, name, open } of await figuresOf(flags, group)) {
        const then = await chosenBy(withFlag(set, flag, value));
        expect({ flags, flag, value, open }).toEqual({ flags, flag, value, open: then !== undefined });
        if (then === undefined) continue;
        const price = priceOf(then.environment);
        const isSame = JSON.stringify(then.environment) === JSON.stringify(chosen.environment);
        const figure = isSame
          ? monthly(now.monthlyTotal)
          : price.unpriced.length > now.unpriced.length
            ? "no price"
            : difference(now.monthlyTotal, price.monthlyTotal);
        expect({ flags, flag, line: name }).toEqual({ flags, flag, line: expect.stringContaining(` ${figure}`) });
        options += 1;
      }
    }
    expect(options).toBeGreaterThan(2 * SETS);
  });

  it("make the same app again from their file of answers, and from flags that are typed", async () => {
    for (const { flags, chosen } of sets) {
      const read = parseAnswers(renderAnswers(answersOf(chosen)), "answers.yaml", ANSWER_KINDS);
      const again = await chosenBy(Object.fromEntries(Object.entries(read).map(([flag, { value }]) => [flag, value])));
      expect(again && writtenOf(again)).toEqual(writtenOf(chosen));
      const words = Object.entries(flags).map(([flag, value]) => [flag, value === undefined ? value : asTyped(value)]);
      const typed = await chosenBy(Object.fromEntries(words));
      expect(typed && writtenOf(typed)).toEqual(writtenOf(chosen));
    }
  });
});

/** An answer as it stands on a command line, where a yes or a no is a flag without a value. */
function asTyped(answer: Answer): Answer {
  if (typeof answer === "boolean" || answer === "") return answer;
  return typeof answer === "object" && answer.length === 0 ? "" : answerText(answer);
}
