import { type ConfigTree, isConfigTree, leaves, valueAt } from "../config/values.ts";
import type { Terminal } from "../terminal.ts";
import { difference, money, monthly } from "../view/format.ts";
import { cut, displayWidth, padEnd, padStart, wrap } from "../view/text.ts";
import { type Theme, themeOf } from "../view/theme.ts";
import type { Choices } from "./choose.ts";
import { type EnvironmentPrice, monthlyOf, monthlyOfTheRest, REST } from "./price.ts";
import type { FoundSetting } from "./request.ts";

/** Widths of the table's columns in characters; the values take the rest. */
const GROUP = 11;
const SOURCE = 19;
const MOST_SOURCE = 34;
const FIGURE = 10;
/** Columns without which values are not put beside who gave them. */
const LEAST_ROOM = 20;
/** Groups whose names are wider than their column. */
const SHORT: { readonly [group: string]: string } = { loadBalancer: "balancer" };
/** Aligns the figures with the total, which has this suffix. */
const A_MONTH = "/mo".length;

/** Keeps `azs: 1` on one line. */
const TIED = "\u00a0";

/**
 * Every value, where it came from, and what its group costs a month, in as few lines as the sources allow; shown
 * before anything is written. `before` is what an existing environment cost as it was.
 */
export function renderChoices(
  choices: Choices,
  price: EnvironmentPrice,
  before: EnvironmentPrice | undefined,
  terminal: Terminal,
): string {
  const theme = themeOf(terminal);
  // In the characters that are shown: columns are made for those.
  const groups = groupsOf(choices).map(({ group, sources }) => ({
    group,
    sources: sources.map(({ source, values }) => ({ source: theme.say(source), values: values.map(theme.say) })),
  }));
  const hasChanged = before && before.monthlyTotal !== price.monthlyTotal;
  const changed = hasChanged && difference(before.monthlyTotal, price.monthlyTotal);
  const total = `${changed ? `${changed}, now ` : ""}${monthly(price.monthlyTotal)}`;
  if (terminal.plain) return theme.say(`\n${facts(groups, price, total).join("\n")}\n`);
  const longest = groups.flatMap(({ sources }) => sources.map(({ source }) => displayWidth(source)));
  const column = Math.min(Math.max(SOURCE, ...longest.map((width) => width + 2)), MOST_SOURCE);
  const room = theme.width - GROUP - column - FIGURE - A_MONTH - 1;
  const row = (group: string, text: string, source: string, figure: string) =>
    ` ${padEnd(group, GROUP)}${padEnd(text, room)} ${padEnd(cut(source, column - 1, theme.ellipsis), column - 1)}${padStart(figure, FIGURE)}`.trimEnd();
  const rows = [...groups, THE_REST].flatMap(({ group, sources }) => {
    const cost = costOf(price, group);
    if (room < LEAST_ROOM) return narrow(theme, group, sources, cost);
    const lines = sources.flatMap(({ source, values }) =>
      wrap(values.map((value) => tied(value, room)).join(", "), room)
        .flatMap((text) => broken(text, room))
        .map((text) => ({ text, source })),
    );
    return lines.map(({ text, source }, index) => {
      const first = index === 0;
      const said = source === lines[index - 1]?.source ? "" : source;
      const words = cut(text.replaceAll(TIED, " "), room, theme.ellipsis);
      return row(first ? (SHORT[group] ?? group) : "", words, said, first && cost !== undefined ? money(cost) : "");
    });
  });
  return theme.say(
    `\n${[
      theme.paint.bold(" Review"),
      ...rows,
      ...wordsOnUnpriced(price).flatMap((words) =>
        wrap(words, theme.width - GROUP - 1).map((text) => ` ${padEnd("", GROUP)}${text}`),
      ),
      theme.paint.bold(` ${padEnd("total", GROUP)}${padStart(total, theme.width - GROUP - 1)}`),
    ].join("\n")}\n`,
  );
}

function costOf(price: EnvironmentPrice, group: string): number | undefined {
  return group === THE_REST.group ? monthlyOfTheRest(price) : monthlyOf(price, group);
}

/** A group where there is no room for columns: its figure beside its name, its values below, and below those who gave them. */
function narrow(theme: Theme, group: string, sources: Rows["sources"], cost: number | undefined): readonly string[] {
  const figure = cost === undefined ? "" : money(cost);
  const head = ` ${padEnd(SHORT[group] ?? group, GROUP)}${padStart(figure, theme.width - GROUP - 1 - A_MONTH)}`;
  const indented = (words: string, by: number) =>
    wrap(words, theme.width - by).map((line) => " ".repeat(by) + line.replaceAll(TIED, " "));
  return [
    head.trimEnd(),
    ...sources.flatMap(({ source, values }) => [
      ...indented(values.map((value) => tied(value, theme.width - 3)).join(", "), 3),
      ...(source === "" ? [] : indented(source, 5)),
    ]),
  ];
}

/** The same one fact a line, without columns, as it is read out. */
function facts(groups: readonly Rows[], price: EnvironmentPrice, total: string): readonly string[] {
  const rows = [...groups, THE_REST].flatMap(({ group, sources }) => {
    const cost = costOf(price, group);
    return [
      ...sources.flatMap(({ source, values }) =>
        values.map((value) => `${group}, ${value}${source === "" ? "" : `, ${source}`}`),
      ),
      ...(cost === undefined ? [] : [`${group} costs ${monthly(cost)}`]),
    ];
  });
  return ["Review", ...rows, ...wordsOnUnpriced(price), `total ${total}`];
}

/** A value that stays on one line, if one has room for it. */
function tied(value: string, room: number): string {
  return displayWidth(value) > room ? value : value.replaceAll(" ", TIED);
}

/** What is longer than a line in as many as it takes: a path is of no use without its end. */
function broken(text: string, room: number): readonly string[] {
  return displayWidth(text) > room ? (text.match(new RegExp(`.{1,${room}}`, "gu")) ?? []) : [text];
}

/** Without a price: not sold in the region, or newer than the price list. */
function wordsOnUnpriced({ unpriced }: EnvironmentPrice): readonly string[] {
  if (unpriced.length === 0) return [];
  return [...unpriced.map(({ reason }) => reason), "possibly not available there: astro doctor checks"];
}

type Rows = { readonly group: string; readonly sources: readonly { source: string; values: readonly string[] }[] };

const THE_REST: Rows = { group: "the rest", sources: [{ source: "", values: REST.split(", ") }] };

/** The values by group and source, in the order of astro.yaml; a changed value with its old one, one that goes with `none`. */
function groupsOf({ named, draft, before, app = [] }: Choices): readonly Rows[] {
  const single = Object.entries(draft.values).filter(([, value]) => !isConfigTree(value));
  const trees = Object.entries(draft.values).filter(([, value]) => isConfigTree(value));
  const cell = (key: string, value: unknown, path: string) => {
    const was = valueAt(before, path.split("."));
    const now = Array.isArray(value) ? value.join(" ") : value;
    const text = was === undefined || String(was) === String(value) ? `${key}: ${now}` : `${key}: ${was} → ${now}`;
    return { text, source: draft.sources[path]?.words ?? "" };
  };
  const gone = leaves(before ?? {}).filter(([path]) => valueAt(draft.values, path.split(".")) === undefined);
  const goneOf = (group: string) =>
    gone.flatMap(([path, was]) => {
      const [first = "", ...rest] = path.split(".");
      if (group !== (rest.length === 0 ? "general" : first)) return [];
      const key = rest.length === 0 ? first : rest.join(".");
      const source = draft.sources[valueAt(draft.values, [first]) === undefined ? first : path];
      return [{ text: `${key}: ${Array.isArray(was) ? was.join(" ") : was} → none`, source: source?.words ?? "" }];
    });
  const general = [
    ...named.map(({ path, value, source }) => ({ text: `${path}: ${value}`, source: source.words })),
    ...single.map(([path, value]) => cell(path, value, path)),
    ...goneOf("general"),
  ];
  const below = (group: string, values: ConfigTree) => [
    ...leaves(values).map(([key, value]) => cell(key, value, `${group}.${key}`)),
    ...goneOf(group),
  ];
  const kept = trees.map(([group]) => group);
  const taken = [
    ...new Set(
      gone.map(([path]) => path.split(".")).flatMap(([group = "", ...rest]) => (rest.length > 0 ? group : [])),
    ),
  ];
  return [
    { group: "general", sources: bySource(general) },
    ...(app.length > 0 ? [{ group: "deploy", sources: bySource(app.map(foundCell)) }] : []),
    ...trees.map(([group, value]) => ({ group, sources: bySource(isConfigTree(value) ? below(group, value) : []) })),
    ...taken.filter((group) => !kept.includes(group)).map((group) => ({ group, sources: bySource(goneOf(group)) })),
  ];
}

function foundCell({ key, words, from }: FoundSetting) {
  return { text: `${key}: ${words}`, source: from };
}

function bySource(values: readonly { readonly text: string; readonly source: string }[]): Rows["sources"] {
  const sources = [...new Set(values.map(({ source }) => source))];
  return sources.map((source) => ({
    source,
    values: values.filter((v) => v.source === source).map(({ text }) => text),
  }));
}
