/** One of several answers: what stands in the list, and why it cannot be chosen if it cannot. */
export type Choice<T> = {
  readonly value: T;
  readonly name: string;
  /** What stays on the screen once it is chosen. */
  readonly short: string;
  readonly disabled?: string;
};

/** How a person is asked. Each rejects with AstroError("interrupted") if the person leaves. */
export type Ask = {
  /** Columns the name of a choice may take. */
  readonly width: number;
  /** A typed answer, asked again while `refuse` has words against it. */
  readonly text: (question: {
    readonly message: string;
    readonly initial?: string;
    readonly refuse: (answer: string) => string | undefined;
  }) => Promise<string>;
  readonly choose: <T>(question: {
    readonly message: string;
    readonly choices: readonly Choice<T>[];
    readonly initial?: T;
    /** A line below the choices that cannot be chosen. */
    readonly below?: string;
  }) => Promise<T>;
  readonly confirm: (message: string) => Promise<boolean>;
};
