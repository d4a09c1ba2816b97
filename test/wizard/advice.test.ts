import { describe, expect, it } from "vitest";
import type { Environment } from "../../src/config/schema.ts";
import { loadPricesFor, PRICED_REGIONS } from "../../src/cost/catalogue.ts";
import { priceChoices } from "../../src/cost/choices.ts";
import { type Advice, adviceOn, renderAdvice } from "../../src/wizard/advice.ts";
import { ANSWER_KINDS } from "../../src/wizard/answers.ts";
import { choose } from "../../src/wizard/choose.ts";
import type { ChoiceOptions, Request } from "../../src/wizard/request.ts";
import { paper } from "../view/screen.ts";

const prices = await loadPricesFor(PRICED_REGIONS);
const priceOf = (one: Environment) => priceChoices("shop", one, prices);
const suggested: Request["suggested"] = { name: "shop", region: { region: "us-east-1", from: "default" } };

const chosenBy = (flags: ChoiceOptions) => choose({ flags: { yes: true, ...flags }, suggested }, priceOf);
const adviceFor = async (flags: ChoiceOptions) => adviceOn(await chosenBy(flags), priceOf);
const flagsIn = (advice: readonly Advice[]) => advice.map(({ flags }) => flags.join(" "));

/** The flags of a command line, as `astro init` takes them. */
function parsed(words: readonly string[]): ChoiceOptions {
  const flags: { [flag: string]: string | boolean } = {};
  words.forEach((word, at) => {
    const [, no, flag = ""] = /^--(no-)?(.+)$/.exec(word) ?? [];
    const value = words[at + 1];
    if (flag !== "") flags[flag] = value === undefined || value.startsWith("--") ? no === undefined : value;
  });
  return flags;
}

const BUDGET = { budget: "600", "budget-email": "ops@example.com" };
const REGRETTABLE = {
  ...{ env: "prod", azs: "1", nat: "one", "on-demand": "0", tasks: "1", "multi-az": false, protect: false },
  ...{ "db-class": "db.t3.medium", "cache-replicas": "0" },
};

describe("advice", () => {
  it("names each choice of prod that may be regretted, with the flag of the better one", async () => {
    expect(flagsIn(await adviceFor(REGRETTABLE))).toEqual([
      expect.stringMatching(/^--budget \d+0 --budget-email you@example\.com$/),
      "--on-demand 1",
      "--tasks 2",
      "--azs 2",
      "--multi-az",
      "--db-class db.m7g.large",
      "--cache-replicas 1",
      "--protect",
      "--alarms you@example.com",
    ]);
    expect(flagsIn(await adviceFor({ ...BUDGET, env: "prod", nat: "one" }))).toEqual([
      "--nat per-az",
      "--alarms ops@example.com",
    ]);
    const [budget] = flagsIn(await adviceFor({ env: "prod", alarms: "ops@example.com" }));
    expect(budget).toMatch(/^--budget \d+0 --budget-email ops@example\.com$/);
  });

  it("has nothing against the preset prod with a budget and alarms, nor against saving in dev", async () => {
    expect(await adviceFor({ ...BUDGET, env: "prod", alarms: "ops@example.com" })).toEqual([]);
    expect(await adviceFor({ ...REGRETTABLE, ...BUDGET, env: "dev" })).toEqual([]);
    expect(flagsIn(await adviceFor({ ...REGRETTABLE, ...BUDGET, env: "live", preset: "prod" }))).toContain(
      "--multi-az",
    );
  });

  it.each(["us-east-1", "af-south-1", "ca-west-1"])(
    "can be followed in %s, and costs then what it said",
    async (region) => {
      const given = { ...REGRETTABLE, region };
      const before = priceOf((await chosenBy(given)).environment).monthlyTotal;
      for (const { words, flags, monthly } of await adviceFor(given)) {
        const better = parsed(flags);
        expect(Object.keys(better).filter((flag) => !(flag in ANSWER_KINDS))).toEqual([]);
        const after = { ...given, ...better };
        const { environment } = await chosenBy(after);
        expect({ words, monthly }).toEqual({ words, monthly: priceOf(environment).monthlyTotal - before });
        expect((await adviceFor(after)).map((one) => one.words)).not.toContain(words);
        expect(priceOf(environment).unpriced).toEqual([]);
      }
    },
  );

  it("says of what has no price that it is not known", async () => {
    const [found] = (await adviceFor({ ...BUDGET, env: "prod", "db-class": "db.t3.16xlarge" })).filter(({ flags }) =>
      flags.includes("--db-class"),
    );
    expect(found).toMatchObject({ flags: ["--db-class", "db.m7g.large"] });
    expect(found?.monthly).toBeUndefined();
    expect(
      renderAdvice(
        [found].flatMap((one) => one ?? []),
        { again: ["astro"], isAsked: true },
        paper({}),
      ),
    ).toContain("price not known: --db-class");
  });

  it("is shown with its price, its flag and the command, the address of git in it", async () => {
    const mail = "me@example.com";
    const choices = await choose({ flags: { yes: true, env: "prod" }, suggested: { ...suggested, mail } }, priceOf);
    const page = paper({ unicode: true });
    const again = ["astro", "init", "--env", "prod"];
    const advice = await adviceOn(choices, priceOf);
    expect(renderAdvice(advice, { again, isAsked: true }, page)).toMatch(
      /^\n Think again\n {3}nobody hears of a bill .*\n {5}no cost: --budget \d+ --budget-email me@example\.com\n {3}nobody is told .*\n {5}\+\$\d+\.\d\d\/mo: --alarms me@example\.com\n Change it in the list, or later by its flag: {2}astro init --env prod\n$/,
    );
    expect(renderAdvice(advice, { again, isAsked: false }, page)).toMatch(
      /\n Change it by its flag: {2}astro init --env prod\n$/,
    );
    expect(renderAdvice([], { again, isAsked: true }, page)).toBe("");
  });
});
