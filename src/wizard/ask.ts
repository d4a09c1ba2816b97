/** One of several answers: its line in the list, and why it cannot be chosen, if so. */
export type Choice<T> = {
  readonly value: T;
  readonly name: string;
  /** Shown once it is chosen. */
  readonly short: string;
  readonly disabled?: string;
};

/** What a question rejects with where somebody goes back to the one before. */
export class WentBack extends Error {
  override readonly name = "WentBack";
}

/**
 * Asks questions at a terminal. Each rejects with AstroError("interrupted") on Ctrl-C, and with WentBack on Esc where
 * whoever asks has said that there is a way back.
 */
export type Ask = {
  /** Columns the name of a choice may take. */
  readonly width: number;
  /** A typed answer, asked again while `refuse` returns an objection. */
  readonly text: (question: {
    readonly message: string;
    readonly initial?: string;
    readonly help?: string;
    /** How an accepted answer is shown. */
    readonly shown?: (answer: string) => string;
    readonly refuse: (answer: string) => string | undefined;
  }) => Promise<string>;
  readonly choose: <T>(question: {
    readonly message: string;
    readonly choices: readonly Choice<T>[];
    readonly initial?: T;
    /** Shown on `?`. */
    readonly help?: string;
    /** A line below the choices that cannot be chosen. */
    readonly below?: string;
  }) => Promise<T>;
  /** An answer that is not shown, asked again while `refuse` returns an objection. */
  readonly secret: (question: {
    readonly message: string;
    readonly refuse: (answer: string) => string | undefined;
  }) => Promise<string>;
  readonly confirm: (message: string) => Promise<boolean>;
};
