// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/** A field of a cron expression: its numbers, its words for them, and what it takes besides `,`, `-` and `*`. */
type Field = {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words?: readonly string[];
  readonly more: string;
};

const MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** The six fields (Amazon EventBridge Scheduler User Guide, "Schedule types": cron-based schedules). */
const FIELDS: readonly Field[] = [
  { name: "minutes", least: 0, most: 59, more: "/" },
  { name: "hours", least: 0, most: 23, more: "/" },
  { name: "day of month", least: 1, most: 31, more: "?/LW" },
  { name: "month", least: 1, most: 12, words: MONTHS, more: "/" },
  { name: "day of week", least: 1, most: 7, words: DAYS, more: "?L#" },
  { name: "year", least: 1970, most: 2199, more: "/" },
];

/** The longest expression (Amazon EventBridge Scheduler API Reference, CreateSchedule: ScheduleExpression). */
const LONGEST_EXPRESSION = 256;

/**
 * Why EventBridge Scheduler would not take `expression` for what recurs; undefined if it would (Amazon EventBridge Scheduler
 * User Guide, "Schedule types").
 */
export function wrongWithSchedule(expression: string): string | undefined {
  if (expression.length > LONGEST_EXPRESSION) return `a schedule has at most ${LONGEST_EXPRESSION} characters`;
  const [, kind, inside = ""] = /^(rate|cron)\((.*)\)$/.exec(expression) ?? [];
  if (kind === "rate") return wrongWithRate(inside);
  if (kind === "cron") return wrongWithCron(inside);
  return "a schedule looks like cron(0 3 * * ? *) or rate(1 hour)";
}

function wrongWithRate(inside: string): string | undefined {
  const [, count = "", unit = ""] = /^([1-9]\d*) (minute|hour|day)s?$/.exec(inside) ?? [];
  if (unit === "") return "a rate is a whole number and minutes, hours or days: rate(5 minutes)";
  return count !== "1" && !inside.endsWith("s") ? `more than one is rate(${count} ${unit}s)` : undefined;
}

function wrongWithCron(inside: string): string | undefined {
  const fields = inside.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) {
    return `cron has six fields, minutes hours day-of-month month day-of-week year, and here are ${fields.length}: cron(0 3 * * ? *)`;
  }
  const wrong = FIELDS.find((field, index) => !isField(fields[index] ?? "", field));
  if (wrong !== undefined) {
    const { name, least, most, words, more } = wrong;
    const named = words === undefined ? "" : ` or ${words[0]} to ${words.at(-1)}`;
    return `its ${name} takes ${least} to ${most}${named} and , - * ${more.split("").join(" ")}`;
  }
  return (fields[2] === "?") === (fields[4] === "?")
    ? "one of day of month and day of week is ?, and only one: the other one says the day"
    : undefined;
}

function isField(text: string, field: Field): boolean {
  if (text === "?") return field.more.includes("?");
  // Of these one stands alone: "3#1,6#3" would be two expressions.
  if (field.more.includes("#") && /#/.test(text)) {
    const [day = "", week = "", ...rest] = text.split("#");
    return rest.length === 0 && isOne(day, field) && /^[1-5]$/.test(week);
  }
  return text.split(",").every((item) => isItem(item, field));
}

function isItem(item: string, field: Field): boolean {
  const { more } = field;
  const [from = "", step, ...rest] = item.split("/");
  if (step !== undefined && (rest.length > 0 || !more.includes("/") || !/^[1-9]\d{0,3}$/.test(step))) return false;
  if (from === "*" || isOne(from, field) || isRange(from, field)) return true;
  if (step !== undefined) return false;
  if (more.includes("W") && /^(?:L|\d+)W$/.test(from)) return from === "LW" || isOne(from.slice(0, -1), field);
  return more.includes("L") && (from === "L" || (from.endsWith("L") && isOne(from.slice(0, -1), field)));
}

function isRange(text: string, field: Field): boolean {
  const [from = "", to = "", ...rest] = text.split("-");
  return rest.length === 0 && isOne(from, field) && isOne(to, field);
}

function isOne(text: string, { least, most, words = [] }: Field): boolean {
  if (words.includes(text)) return true;
  return /^\d{1,4}$/.test(text) && Number(text) >= least && Number(text) <= most;
}
