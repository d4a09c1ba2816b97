import { type CommandLine, shellLine } from "../command-line.ts";
import { isBurstable, soldAs } from "../config/machines.ts";
import { presetFor } from "../config/presets.ts";
import type { Environment } from "../config/schema.ts";
import type { Terminal } from "../terminal.ts";
import { difference } from "../view/format.ts";
import { wrap, wrapPieces } from "../view/text.ts";
import { themeOf } from "../view/theme.ts";
import type { Choices } from "./choose.ts";
import { ANSWER, type Decision, decide } from "./draft.ts";
import type { PriceOf } from "./price.ts";
import type { AtHand } from "./question.ts";
import { suggestedBudget } from "./questions/safety.ts";
import { QUESTIONS } from "./questions.ts";
import { environmentOf, objection } from "./validate.ts";

/** A choice that may be regretted. */
export type Advice = {
  /** What may happen. */
  readonly words: string;
  /** Flags of `astro init` for the better choice. */
  readonly flags: CommandLine;
  /** USD a month that the better choice costs more; below zero, less; not known where either has no price. */
  readonly monthly?: number;
};

type Better = readonly (readonly [path: Decision["path"], value: NonNullable<Decision["value"]>])[];

type Regret = {
  /** Of prod alone: elsewhere it is a fair way to save. */
  readonly ofProd: boolean;
  readonly when: (environment: Environment) => boolean;
  readonly words: string;
  readonly better: (environment: Environment, known: AtHand) => Better;
};

/** Where nobody's address is known: one that belongs to nobody (RFC 2606). */
const SOMEBODY = "you@example.com";

const REGRETS: readonly Regret[] = [
  {
    ofProd: false,
    when: ({ budget }) => budget === undefined,
    words: "nobody hears of a bill that grows before the invoice comes",
    better: ({ alarms }, known) => [
      ["budget.monthly", suggestedBudget(known)],
      ["budget.email", alarms?.email ?? known.mail ?? SOMEBODY],
    ],
  },
  {
    ofProd: true,
    when: ({ service }) => service.spot && service.onDemandBase === 0,
    words: "all tasks are on Spot: AWS may stop them all with two minutes' notice",
    better: () => [["service.onDemandBase", 1]],
  },
  {
    ofProd: true,
    when: ({ service }) => service.tasks === 1,
    words: "there is one task: while it is replaced, nothing answers",
    better: () => [["service.tasks", 2]],
  },
  {
    ofProd: true,
    when: ({ network }) => network.azs === 1,
    words: "all tasks are in one zone: its outage stops them",
    better: () => [["network.azs", 2]],
  },
  {
    ofProd: true,
    when: ({ network }) => network.nat === "one" && network.azs > 1,
    words: "one NAT gateway serves all zones: its zone's outage cuts them off the internet",
    better: () => [["network.nat", "per-az"]],
  },
  {
    ofProd: true,
    when: ({ database }) => !database.multiAz,
    words: "the database is in one zone: its outage stops it until you restore a backup",
    better: () => [["database.multiAz", true]],
  },
  {
    ofProd: true,
    when: ({ database }) => isBurstable(database.class),
    // Amazon RDS User Guide, "DB instance class types": T3 and T4g run in Unlimited mode.
    words: "the database is burstable: in use all day, AWS charges CPU beyond its credits, which no estimate knows",
    better: ({ region }) => [["database.class", soldAs("db.m7g.large", region)]],
  },
  {
    ofProd: true,
    when: ({ cache }) => cache.replicas === 0,
    words: "the cache has no replica: what it holds, queued jobs too, is lost when its node fails",
    better: () => [["cache.replicas", 1]],
  },
  {
    ofProd: true,
    when: ({ protect }) => !protect,
    words: "nothing keeps database, files and keys from being deleted by mistake",
    better: () => [["protect", true]],
  },
  {
    ofProd: true,
    when: ({ alarms }) => alarms === undefined,
    words: "nobody is told when requests fail: your users tell you",
    better: ({ budget }, { mail }) => [["alarms.email", budget?.email ?? mail ?? SOMEBODY]],
  },
];

/** What of the choices may be regretted, each with the better one and its price; what is not legal beside the others is left out. */
export async function adviceOn(choices: Choices, priceOf: PriceOf): Promise<readonly Advice[]> {
  const { env, preset, draft, environment, mail } = choices;
  const isProd = presetFor(env) === "prod" || preset === "prod";
  const now = await priceOf(environment);
  const { monthlyTotal } = now;
  const found: Advice[] = [];
  for (const { ofProd, when, words, better } of REGRETS) {
    if ((ofProd && !isProd) || !when(environment)) continue;
    const values = better(environment, { monthlyTotal, mail });
    const decisions = values.map(([path, value]) => ({ path, value, source: ANSWER }));
    const target = { ...choices, draft: decide(draft, decisions) };
    if (objection(target, "") !== undefined) continue;
    const then = await priceOf(environmentOf(target));
    const isKnown = JSON.stringify(then.unpriced) === JSON.stringify(now.unpriced);
    const more = isKnown ? { monthly: then.monthlyTotal - monthlyTotal } : {};
    found.push({ words, flags: values.flatMap(flagsOf), ...more });
  }
  return found;
}

/** The advice, each with what the better choice costs more; `again` is the command that takes its flag. */
export function renderAdvice(
  advice: readonly Advice[],
  { again, isAsked }: { readonly again: CommandLine; readonly isAsked: boolean },
  terminal: Terminal,
): string {
  if (advice.length === 0) return "";
  const { say, paint, width } = themeOf(terminal);
  const lines = advice.flatMap(({ words, flags, monthly }) => [
    ...wrap(words, width - 5).map((line, at) => (at === 0 ? `   ${line}` : `     ${line}`)),
    // A flag stays beside its value.
    ...wrapPieces([`${costOf(monthly)}:`, ...shellLine(flags).split(/ (?=--)/)], width - 5, " ").map(
      (line) => `     ${line}`,
    ),
  ]);
  const how = isAsked ? "Change it in the list, or later by its flag:" : "Change it by its flag:";
  const later = wrapPieces([how, shellLine(again)], width - 1);
  return say(`\n${[paint.bold(" Think again"), ...lines, ...later.map((line) => ` ${line}`)].join("\n")}\n`);
}

function costOf(monthly: number | undefined): string {
  if (monthly === undefined) return "price not known";
  const cost = difference(0, monthly);
  return cost === "no change" ? "no cost" : `${cost}/mo`;
}

function flagsOf([path, value]: Better[number]): CommandLine {
  const flag = QUESTIONS.find((question) => question.path === path)?.flag;
  if (flag === undefined) throw new TypeError(`no flag gives ${path}`);
  return typeof value === "boolean" ? [value ? `--${flag}` : `--no-${flag}`] : [`--${flag}`, String(value)];
}
