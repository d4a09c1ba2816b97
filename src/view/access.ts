import type { AccessChange, Step } from "../plan/plan.ts";
import { count } from "./format.ts";
import { row } from "./row.ts";
import { wrap } from "./text.ts";
import type { Theme } from "./theme.ts";

/** Widenings shown for one stack before the rest is only counted. */
const SHOWN = 6;

/** Columns before a widening, and of its kind. */
const INDENT = 12;
const KIND = 14;

const KINDS: { readonly [kind in AccessChange["kind"]]: string } = {
  permission: "! ALLOWS",
  ingress: "! LETS IN",
  egress: "! LETS OUT",
};

/** What a step lets somebody do who could not before, one widening after the other. */
export function accessRows(theme: Theme, { access = [] }: Step): readonly string[] {
  const { yellow } = theme.paint;
  const lines = (kind: string, words: string) =>
    wrap(words, theme.width - INDENT - KIND).map((part, index) =>
      row(theme, [" ".repeat(INDENT), [(index === 0 ? kind : "").padEnd(KIND), yellow], part]),
    );
  const more = access.length - SHOWN;
  return [
    ...access.slice(0, SHOWN).flatMap((one) => lines(KINDS[one.kind], accessWords(one))),
    ...(more > 0 ? lines("", `and ${count(more, "other", "others")} (all of them: astro plan --json)`) : []),
  ];
}

function accessWords({ kind, who, what, on, condition }: AccessChange): string {
  if (kind === "ingress") return `${who} to ${on}: ${what}`;
  if (kind === "egress") return `${on} to ${who}: ${what}`;
  return `${who}: ${what} on ${on}${condition === undefined ? "" : `, if ${condition}`}`;
}
