import { type EnvironmentKey, type EnvironmentPath, type EnvironmentValue, environmentValue } from "../config/path.ts";
import type { Environment } from "../config/schema.ts";
import type { Account } from "./account.ts";

/** Groups of choices that are changed and priced together. */
export const GROUPS = [
  "budget",
  "network",
  "service",
  "container",
  "database",
  "cache",
  "domain",
  "safety",
  "account",
  "order",
] as const;
export type Group = (typeof GROUPS)[number];

export type Scalar = string | number | boolean;

/** What a question is answered with: one value, or the words of a command. */
export type Answer = Scalar | readonly string[];

/** One value to choose from, and what it means, given the environment chosen so far. */
type Option<T> = { readonly value: T; readonly words: string | ((environment: Environment) => string) };

/** What is at hand besides the environment: what it costs now in USD a month, and the e-mail address of whoever asks. */
export type AtHand = { readonly monthlyTotal: number; readonly mail?: string | undefined };

/** One value of an environment: a prompt and a flag in one. What is legal is the schema's to say. */
export type Question = { [P in AskedPath]: QuestionAt<P, EnvironmentValue<P>> }[AskedPath];

type AskedPath = { [P in EnvironmentPath]: EnvironmentValue<P> extends Answer ? P : never }[EnvironmentPath];

type Kind<T> = T extends boolean
  ? "boolean"
  : T extends number
    ? "number"
    : T extends readonly string[]
      ? "words"
      : "text";

/** A value by its path; without one what is there is taken out. */
export type PathValue = { readonly path: EnvironmentKey; readonly value: Answer | undefined };

type QuestionAt<P, T> = {
  readonly path: P;
  readonly flag: string;
  readonly group: Group;
  readonly kind: Kind<T>;
  readonly message: string;
  /** What the prompt adds to the message, given the environment chosen so far. */
  readonly hint?: (environment: Environment) => string;
  /** What it is about, for people who have not met its words yet: shown on `?`. */
  readonly help?: string;
  /** What the flag's help shows for its value. */
  readonly placeholder?: string;
  /** Chosen from a list, each with what it would cost, the empty answer too; with `others`, anything else may be typed. */
  readonly options?:
    | readonly Option<T | "">[]
    | ((environment: Environment, account: Account, known: AtHand) => readonly Option<T | "">[]);
  readonly others?: string;
  /** What holds where nothing is said, as it follows from other values. */
  readonly unsaid?: (environment: Environment) => T | undefined;
  /** What the list points to at first where nobody has said anything, by what is known of the account. */
  readonly suggested?: (environment: Environment, account: Account) => T | undefined;
  /** Why the account has no such thing there, as far as it tells. */
  readonly unavailable?: (answer: Answer, account: Account) => string | undefined;
  /** The values that an answer is for, if it is for more than that of its path. */
  readonly settings?: (answer: Answer) => readonly PathValue[];
  /** Normalises the given text: a domain to the spelling of the DNS. */
  readonly normalise?: (given: string) => string;
  /** The value that another path needs beside an answer, where it has none: the next question is for it. */
  readonly brings?: (known: AtHand) => { readonly path: EnvironmentPath; readonly value: Scalar };
  /** Why a value that the schema allows is none that there is. */
  readonly wrong?: (value: string) => string | undefined;
  /** Key that an empty answer removes; without it an empty answer is refused. */
  readonly empty?: EnvironmentKey;
  /** False if nothing has to be asked given the environment chosen so far. */
  readonly when?: (environment: Environment) => boolean;
};

/** The typed or given text as the value the schema expects; any other text stays text, and the schema refuses it. */
export function typed({ kind, normalise }: Pick<Question, "kind" | "normalise">, text: Answer): Answer {
  if (typeof text === "object") return text;
  if (kind === "words") return wordsIn(String(text));
  if (kind === "boolean" && typeof text === "string") return BOOLEANS[text.trim().toLowerCase()] ?? text.trim();
  if (normalise && typeof text === "string") return normalise(text.trim());
  if (kind === "number" && typeof text === "string" && /^-?\d+(\.\d+)?$/.test(text.trim())) return Number(text);
  return typeof text === "string" ? text.trim() : text;
}

/** A yes or a no as it is written where there is only text. */
const BOOLEANS: { readonly [text: string]: boolean | undefined } = { true: true, yes: true, false: false, no: false };

/** A command as it is typed, in words: quotes hold one together. */
function wordsIn(text: string): readonly string[] {
  const parts = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return parts.map((part) => part.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}

/** What an answer sets; an empty one takes out what is there, where that is legal. */
export function settingsOf({ path, empty, settings }: Question, answer: Answer): readonly PathValue[] {
  if (isEmptyAnswer(answer) && empty !== undefined) return [{ path: empty, value: undefined }];
  return settings?.(answer) ?? [{ path, value: answer }];
}

/** The answer to a question as an environment has it, be it said or not. */
export function presentAnswer({ path, unsaid }: Question, environment: Environment): Answer | undefined {
  return environmentValue(environment, path) ?? unsaid?.(environment);
}

/** An answer as it is shown and typed. */
export function answerText(answer: Answer): string {
  if (typeof answer === "boolean") return answer ? "yes" : "no";
  if (answer === "") return "none";
  if (typeof answer !== "object") return String(answer);
  return answer.length === 0
    ? "none"
    : answer.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(" ");
}

/** True for an answer that says nothing: it takes the value away, where that is legal. */
export function isEmptyAnswer(answer: Answer): boolean {
  return answer === "" || (typeof answer === "object" && answer.length === 0);
}
