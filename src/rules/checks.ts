import type { Value } from "../template/evaluate.ts";
import type { RuleCheck, Violation } from "./rule.ts";
import { asNumber, asText, valuesAt } from "./values.ts";

/** AWS's message for a value that violates a constraint of the service's model. */
export function constraint(value: Value | undefined, member: string, must: string): string {
  return `1 validation error detected: Value '${asText(value) ?? ""}' at '${member}' failed to satisfy constraint: Member must ${must}`;
}

/** A number under `path` is at least `least` and at most `most`. */
export function between(path: string, least: number, most: number, words: (value: number) => string): RuleCheck {
  return ({ properties }) => {
    for (const { path: property, value } of valuesAt(properties, path)) {
      const found = asNumber(value);
      if (found !== undefined && (found < least || found > most)) return { property, value, message: words(found) };
    }
    return undefined;
  };
}

/** The same, with the message of the service's model. */
export function constrained(path: string, least: number, most: number, member: string): RuleCheck {
  return between(path, least, most, (value) =>
    constraint(
      value,
      member,
      value < least ? `have value greater than or equal to ${least}` : `have value less than or equal to ${most}`,
    ),
  );
}

/** The text under `path` is one that `fits`. */
export function fits(
  path: string,
  fitting: RegExp | readonly string[] | ((value: string) => boolean),
  words: (value: string) => string,
): RuleCheck {
  const good =
    fitting instanceof RegExp
      ? (value: string) => fitting.test(value)
      : typeof fitting === "function"
        ? fitting
        : (value: string) => fitting.includes(value);
  return ({ properties }) => {
    for (const { path: property, value } of valuesAt(properties, path)) {
      const found = asText(value);
      if (found !== undefined && !good(found)) return { property, value, message: words(found) };
    }
    return undefined;
  };
}

/** The first fault that `check` finds in the items; later ones are not checked. */
export function firstFault<T>(items: Iterable<T>, check: (item: T) => Violation | undefined): Violation | undefined {
  for (const item of items) {
    const fault = check(item);
    if (fault) return fault;
  }
  return undefined;
}

/** The checks one after the other; the first fault is the result. */
export function first(...checks: readonly RuleCheck[]): RuleCheck {
  return (subject) => firstFault(checks, (check) => check(subject));
}
