import type { ListLine } from "../view/columns.ts";

/** One of several answers: its line in the list, and why it cannot be chosen, if so. */
export type Choice<T> = {
  readonly value: T;
  readonly name: ListLine;
  /** Shown once it is chosen. */
  readonly short: string;
  readonly disabled?: string;
};

/** A question with a list of answers. */
export type Choosing<T> = {
  readonly message: string;
  readonly choices: readonly Choice<T>[];
  readonly initial?: T;
  /** Shown on `?`. */
  readonly help?: string;
  /** A line below the choices that cannot be chosen. */
  readonly below?: ListLine;
};

/** A question with a typed answer, which is asked again while `refuse` returns an objection. */
export type Typing = {
  readonly message: string;
  readonly initial?: string;
  /** Shown on `?`. */
  readonly help?: string;
  /** How an accepted answer is shown, if not as it was typed. */
  readonly shown?: (answer: string) => string;
  readonly refuse: (answer: string) => string | undefined;
};

/** What a question rejects with where somebody goes back to the one before. */
export class WentBack extends Error {
  override readonly name = "WentBack";
}

/**
 * Asks questions at a terminal. Each rejects with AstroError("interrupted") on Ctrl-C, and with WentBack on Esc or the left
 * arrow where whoever asks has said that there is a way back.
 */
export type Ask = {
  readonly text: (question: Typing) => Promise<string>;
  readonly choose: <T>(question: Choosing<T>) => Promise<T>;
  /** An answer that is not shown. */
  readonly secret: (question: Pick<Typing, "message" | "refuse">) => Promise<string>;
  readonly confirm: (message: string) => Promise<boolean>;
};
