import type { AtHand, Question } from "../question.ts";

/** The limit that suits what an environment costs: a fifth above it, in whole tens of USD a month. */
export function suggestedBudget({ monthlyTotal }: Pick<AtHand, "monthlyTotal">): number {
  return Math.max(10, Math.ceil((monthlyTotal * 1.2) / 10) * 10);
}

const addresses = (none: string, { mail }: AtHand) => [
  { value: "", words: none },
  ...(mail === undefined ? [] : [{ value: mail, words: "your address in git" }]),
];

/** Who hears of a bill that grows. */
export const BUDGET: readonly Question[] = [
  {
    path: "budget.email",
    flag: "budget-email",
    group: "budget",
    kind: "text",
    message: "Who hears by e-mail when the bill grows",
    help: [
      "AWS writes to this address when the month's bill comes near the budget, and",
      "when it is about to go beyond it. It stops nothing, and costs nothing.",
      "Without one, nobody hears of a mistake before the invoice.",
    ].join("\n"),
    placeholder: "ADDRESS",
    empty: "budget",
    others: "another address",
    options: (_, __, known) => addresses("nobody hears of it before the invoice", known),
    brings: (known) => ({ path: "budget.monthly", value: suggestedBudget(known) }),
  },
  {
    path: "budget.monthly",
    flag: "budget",
    group: "budget",
    kind: "number",
    message: "Budget, USD a month",
    help: "What a month may cost before somebody is told. Traffic is in no estimate: leave\nsome room above the price that is shown.",
    placeholder: "USD",
    others: "another amount",
    options: (_, __, known) => {
      const near = suggestedBudget(known);
      return [
        { value: near, words: "a fifth above what this costs" },
        { value: suggestedBudget({ monthlyTotal: known.monthlyTotal * 1.25 }), words: "half as much again" },
        { value: suggestedBudget({ monthlyTotal: known.monthlyTotal * 2 }), words: "more than twice as much" },
      ].filter(({ value }, index, all) => all.findIndex((one) => one.value === value) === index);
    },
    when: ({ budget }) => budget !== undefined,
  },
];

/** What keeps data, and who hears of failures. */
export const SAFETY: readonly Question[] = [
  {
    path: "protect",
    flag: "protect",
    group: "safety",
    kind: "boolean",
    message: "Protect the data from being deleted",
    help: [
      "With it, AWS refuses to delete the database, and data, keys and secrets",
      "stay even if their stacks go. To remove the environment on purpose, take it",
      "off first.",
    ].join("\n"),
    options: [
      { value: false, words: "astro destroy removes all; a last snapshot stays" },
      { value: true, words: "nothing deletes data, keys and secrets by mistake" },
    ],
  },
  {
    path: "alarms.email",
    flag: "alarms",
    group: "safety",
    kind: "text",
    message: "Who hears by e-mail when something fails",
    help: [
      "CloudWatch writes to this address when requests fail or take long, when a",
      "task, the database or the cache is near its limits. AWS asks the address",
      "once whether it wants them. There is a dashboard of them all, too.",
    ].join("\n"),
    placeholder: "ADDRESS",
    empty: "alarms",
    others: "another address",
    options: (_, __, known) => addresses("your users tell you", known),
  },
];
