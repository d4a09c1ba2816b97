/** The kinds of failure a user can meet, and the exit code of each (0 is success). */
const EXIT = {
  failed: 1,
  unreachable: 1,
  locked: 1,
  preflight: 1,
  "not-ours": 1,
  elsewhere: 1,
  usage: 2,
  declined: 3,
  interrupted: 3,
  cancelled: 3,
  credentials: 4,
  "wrong-account": 4,
  config: 5,
  synthesis: 5,
  template: 5,
  "stacks-failed": 6,
} as const;

export type ErrorCode = keyof typeof EXIT;

/** The process's exit code for a kind of failure. */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT[code];
}

/** An error a person can act on: what happened and why (`message`), and what to do about it (`hint`). */
export class AstroError extends Error {
  override readonly name = "AstroError";
  readonly code: ErrorCode;
  readonly hint: string;

  constructor(code: ErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hint = hint;
  }

  /** The process's exit code for this error. */
  get exit(): number {
    return exitCodeOf(this.code);
  }
}

/** The words of anything thrown, without a stack trace. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** A word of a command that a hint gives, as a shell takes it, whatever is in it. */
export function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
