import type { Environment } from "../config/schema.ts";
import { valueAt } from "../config/values.ts";
import type { ListLine } from "../view/columns.ts";
import { difference, money, monthly } from "../view/format.ts";
import { type Account, type AccountOf, NO_ACCOUNT } from "./account.ts";
import { type Ask, type Choice, WentBack } from "./ask.ts";
import { ANSWER, type Draft, decide } from "./draft.ts";
import { groupWords } from "./group-words.ts";
import { oneByOne } from "./one-by-one.ts";
import { type EnvironmentPrice, monthlyOf, monthlyOfTheRest, type PriceOf, REST } from "./price.ts";
import {
  type Answer,
  type AtHand,
  answerText,
  GROUPS,
  type Group,
  isEmptyAnswer,
  presentAnswer,
  type Question,
  settingsOf,
  typed,
} from "./question.ts";
import { QUESTIONS } from "./questions.ts";
import { type ChosenEnvironment, environmentOf, objection } from "./validate.ts";

/**
 * Lets the user change one group of choices after the other, with its price, until all is accepted; `noted` hears of each
 * draft. Going back from a group's first question leads to the list, which stays where it was; going back from the list rejects
 * with WentBack.
 */
export async function change(
  target: ChosenEnvironment,
  priceOf: PriceOf,
  ask: Ask,
  noted: (draft: Draft) => void = () => {},
  accountOf: AccountOf = NO_ACCOUNT,
): Promise<Draft> {
  let { draft } = target;
  let place: Group | "accept" = "accept";
  for (;;) {
    const environment = environmentOf({ ...target, draft });
    const price = await priceOf(environment);
    const group: Group | "accept" = await ask.choose<Group | "accept">({
      message: `Accept at ${monthly(price.monthlyTotal)}, or change something`,
      choices: [
        { value: "accept", name: "accept", short: "accepted" },
        ...GROUPS.map((group) => ({
          value: group,
          name: line(group, groupWords(group, environment), monthlyOf(price, group)),
          short: group,
        })),
      ],
      initial: place,
      below: line("", REST, monthlyOfTheRest(price)),
    });
    if (group === "accept") return draft;
    place = group;
    const steps = QUESTIONS.filter((question) => question.group === group).map((question) => ({
      asks: (known: Draft) => question.when?.(environmentOf({ ...target, draft: known })) !== false,
      take: async (known: Draft) => {
        const next = await answered(question, { ...target, draft: known }, priceOf, ask, accountOf);
        noted(next);
        return next;
      },
    }));
    draft = (await oneByOne(draft, steps)).known;
  }
}

/** A name, words about it, and USD a month. */
function line(name: string, words: string, cost: number | undefined): ListLine {
  return [name, { words }, { right: cost === undefined ? "" : money(cost) }];
}

async function answered(
  question: Question,
  target: ChosenEnvironment,
  priceOf: PriceOf,
  ask: Ask,
  accountOf: AccountOf,
): Promise<Draft> {
  const { draft } = target;
  const environment = environmentOf(target);
  if (question.when?.(environment) === false) return draft;
  const present = presentAnswer(question, environment);
  const source = draft.sources[question.path];
  const shown = source?.by === "found" ? `, ${source.words}` : "";
  const message = question.message + shown + (question.hint?.(environment) ?? "");
  const help = question.help === undefined ? {} : { help: question.help };
  const now = await priceOf(environment);
  const known = { monthlyTotal: now.monthlyTotal, mail: target.mail };
  const type = () =>
    ask.text({
      message,
      ...help,
      ...(present === undefined ? {} : { initial: answerText(present) }),
      ...(question.normalise && { shown: (answer: string) => answerText(typed(question, answer)) }),
      refuse: (answer) =>
        objection({ ...target, draft: decided(draft, question, typed(question, answer), known) }, question.path),
    });
  const { region } = environment;
  const account = accountOf({ region, project: target.name, environment: target.env });
  const options = optionsOf(question, environment, account, known);
  const situation = { target, environment, present, now, account, known };
  const list = async (): Promise<Answer> => {
    const chosen = await fromList(question, options, { message, ...help }, situation, priceOf, ask);
    if (chosen !== null) return chosen;
    try {
      return typed(question, await type());
    } catch (error) {
      // Back to the list that it was to be typed instead of.
      if (error instanceof WentBack) return list();
      throw error;
    }
  };
  const value = options.length > 0 ? await list() : typed(question, await type());
  return isSame(value, present) ? draft : decided(draft, question, value, known);
}

/** Whether an answer is what there is already; an empty one is where there is nothing. */
function isSame(answer: Answer, present: Answer | undefined): boolean {
  return present === undefined ? isEmptyAnswer(answer) : JSON.stringify(answer) === JSON.stringify(present);
}

/** The draft with the answer in it, and with what it brings. */
function decided(draft: Draft, question: Question, answer: Answer, known: AtHand): Draft {
  const brought = isEmptyAnswer(answer) ? undefined : question.brings?.(known);
  const isThere = brought === undefined || valueAt(draft.values, brought.path.split(".")) !== undefined;
  const settings = [...settingsOf(question, answer), ...(isThere ? [] : [brought])];
  return decide(
    draft,
    settings.map((setting) => ({ ...setting, source: ANSWER })),
  );
}

type Listed = { readonly value: Answer; readonly words: string | ((environment: Environment) => string) };

/** What a question is asked in: the environment so far, the answer that it has, its price, and what else is known. */
type Situation = {
  readonly target: ChosenEnvironment;
  readonly environment: Environment;
  readonly present: Answer | undefined;
  readonly now: EnvironmentPrice;
  readonly account: Account;
  readonly known: AtHand;
};

/** What there is to choose from; nothing where an answer is typed. */
function optionsOf(
  { options = [] }: Question,
  environment: Environment,
  account: Account,
  known: AtHand,
): readonly Listed[] {
  return typeof options === "function" ? options(environment, account, known) : options;
}

/** The value chosen from a question's options, each with its change of the price; null to type another value. */
async function fromList(
  question: Question,
  listed: readonly Listed[],
  shown: { readonly message: string; readonly help?: string },
  { target, environment, present, now, account, known }: Situation,
  priceOf: PriceOf,
  ask: Ask,
): Promise<Answer | null> {
  // What is there already, and what the repository shows, can be kept as it is.
  const isListed = present === undefined || listed.some(({ value }) => isSame(value, present));
  const own = isListed ? [] : [{ value: present, words: target.draft.sources[question.path]?.words ?? "as it is" }];
  const options = [...own, ...listed];
  const choices: Choice<Answer | null>[] = [];
  for (const { value, words } of options) {
    const draft = isSame(value, present) ? target.draft : decided(target.draft, question, value, known);
    const refused = question.unavailable?.(value, account) ?? objection({ ...target, draft }, question.path);
    if (refused !== undefined) {
      choices.push({ value, name: answerText(value), short: answerText(value), disabled: refused });
      continue;
    }
    const figure = isSame(value, present)
      ? monthly(now.monthlyTotal)
      : changeOf(now, await priceOf(environmentOf({ ...target, draft })));
    const meaning = typeof words === "string" ? words : words(environment);
    choices.push({ value, name: [answerText(value), { right: figure }, { words: meaning }], short: answerText(value) });
  }
  if (question.others) choices.push({ value: null, name: question.others, short: question.others });
  const by = target.draft.sources[question.path]?.by ?? "default";
  const likely = ["fit", "default"].includes(by) ? question.suggested?.(environment, account) : undefined;
  const initial = choices.find(({ value }) => value !== null && isSame(value, likely ?? present)) ?? choices.at(-1);
  return ask.choose({ ...shown, choices, ...(initial ? { initial: initial.value } : {}) });
}

function changeOf(now: EnvironmentPrice, then: EnvironmentPrice): string {
  return then.unpriced.length > now.unpriced.length ? "no price" : difference(now.monthlyTotal, then.monthlyTotal);
}
