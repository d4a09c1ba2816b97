import { AwsError } from "../wire/error.ts";

/**
 * Whether a line matches a filter pattern of words (Amazon CloudWatch Logs User Guide, "Filter pattern syntax for metric
 * filters, subscription filters, filter log events": unstructured). Patterns for JSON and for columns are not simulated.
 */
export function matcherOf(pattern: string): (message: string) => boolean {
  const text = pattern.trim();
  if (text === "") return () => true;
  if (/^[{[]/.test(text)) throw new AwsError("InvalidParameterException", "Invalid filter pattern");
  const terms = [...text.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]*)%|(\S+))/g)].map(
    ([, sign = "", quoted, expression, word]) => {
      const phrase = quoted?.replaceAll(/\\(.)/g, "$1") ?? word ?? "";
      const found = expression === undefined ? undefined : new RegExp(expression);
      return { sign, fits: (message: string) => found?.test(message) ?? message.includes(phrase) };
    },
  );
  const [all, any, none] = ["", "?", "-"].map((sign) => terms.filter((term) => term.sign === sign));
  return (message) =>
    (all ?? []).every(({ fits }) => fits(message)) &&
    (any?.length === 0 || (all?.length ?? 0) > 0 || (any ?? []).some(({ fits }) => fits(message))) &&
    !(none ?? []).some(({ fits }) => fits(message));
}
