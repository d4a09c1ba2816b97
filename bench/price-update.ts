import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { Environment } from "../src/config/schema.ts";
import { loadPricesFor } from "../src/cost/catalogue.ts";
import { priceChoices } from "../src/cost/choices.ts";
import type { Ask } from "../src/wizard/ask.ts";
import { change } from "../src/wizard/change.ts";
import { GROUPS } from "../src/wizard/question.ts";
import { newDraft } from "../src/wizard/request.ts";
import { KEYS, openTerminal } from "../test/support/pty.ts";
import { median } from "./measure.ts";
import { type Row, seconds } from "./table.ts";

/** Regions whose price lists are read for the first time each. */
const REGIONS = [
  "us-east-1",
  "us-east-2",
  "us-west-2",
  "eu-west-1",
  "eu-central-1",
  "eu-north-1",
  "ap-southeast-2",
  "ap-northeast-1",
  "sa-east-1",
];
/** Milliseconds from a key to figures that are right again. */
const GOAL = 50;

const priceOf = async (environment: Environment) =>
  priceChoices("", environment, await loadPricesFor([environment.region]));

/**
 * Milliseconds from each answer until the next question is there with its figures, of somebody who goes through every group
 * of the list and takes another value wherever one can be chosen.
 */
async function throughAll(region: string): Promise<readonly number[]> {
  const request = { flags: {}, suggested: { name: "shop", region: { region, from: "default" } } };
  const draft = newDraft(request, "prod", { path: "region", value: region, source: { by: "answer", words: "" } });
  const took: number[] = [];
  const groups = GROUPS.values();
  let answered = performance.now();
  const asked = () => took.push(performance.now() - answered);
  const answer = <T>(value: T): Promise<T> => {
    answered = performance.now();
    return Promise.resolve(value);
  };
  const never = () => Promise.reject(new Error("no such question is expected"));
  const ask: Ask = {
    secret: never,
    confirm: never,
    text: ({ initial = "" }) => {
      asked();
      return answer(initial);
    },
    choose: ({ choices, initial }) => {
      asked();
      const [accept] = choices;
      if (accept?.short === "accepted") {
        const group = groups.next().value;
        return answer((choices.find(({ short }) => short === group) ?? accept).value);
      }
      const others = choices.filter(({ value, disabled }) => disabled === undefined && value !== null);
      const chosen = others.find(({ value }) => value !== initial) ?? others[0];
      if (chosen === undefined) throw new Error("nothing can be chosen");
      return answer(chosen.value);
    },
  };
  await change({ name: "shop", env: "prod", draft }, priceOf, ask);
  if (took.length < 2 * GROUPS.length) throw new Error(`only ${took.length} questions were asked`);
  return took;
}

/** Milliseconds from the key that chooses the region to the presets' prices on the screen: the first of a new program. */
async function firstOfAll(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "astro-price-update-"));
  const run = openTerminal(process.execPath, [join(process.cwd(), "bin", "run.js"), "init"], { cwd: folder });
  try {
    for (const question of ["? Project name", "? Environment name"]) {
      await run.waitFor(question);
      run.type(KEYS.enter);
    }
    await run.waitFor(/\? Region\n/);
    const pressed = performance.now();
    run.type(KEYS.enter);
    await run.waitFor(/\? Start from\n.*\$[\d.]+\/mo/);
    return performance.now() - pressed;
  } finally {
    run.close();
    await run.exit();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** How long prices take after a key: the first of all on the screen, and the slowest key of a whole wizard's without its screen. */
export async function priceUpdate(): Promise<readonly Row[]> {
  const [first, fresh, again]: readonly [number[], number[], number[]] = [[], [], []];
  for (const region of REGIONS) {
    first.push(await firstOfAll());
    fresh.push(Math.max(...(await throughAll(region))));
    again.push(Math.max(...(await throughAll(region))));
  }
  const row = (name: string, taken: readonly number[]): Row => {
    const middle = median(taken);
    return [name, seconds(middle / 1000), `≤ ${GOAL} ms ${middle <= GOAL ? "✔" : "✖"}`];
  };
  return [
    row("the first of a run, until it is on the screen", first),
    row("the slowest key of all questions, in a region that was not priced yet", fresh),
    row("the slowest key of all questions, in one that was", again),
  ];
}
