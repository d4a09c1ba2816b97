import { type CommandLine, shellLine } from "./command-line.ts";

/** The kinds of failure a user can meet, and the exit code of each (0 is success). */
const EXIT = {
  /** Anything that has no code of its own; of a call to AWS, a refusal that is none of the next ones. */
  failed: 1,
  /** The network, a name or a server is not there: it may come back. */
  unreachable: 1,
  /** A call was sent, and no whole answer came in time. */
  "no-answer": 1,
  /** A certificate on the way to AWS is not trusted. */
  untrusted: 1,
  /** A proxy refuses to let a call out. */
  proxy: 1,
  /** AWS says that the caller may not do this. */
  denied: 1,
  /** AWS says that the account calls it too often. */
  throttled: 1,
  /** AWS says that the fault is its own. */
  "aws-fault": 1,
  /** A quota of the account is used up. */
  quota: 1,
  /** The account has not opted in to a region or service. */
  "not-enabled": 1,
  /** Somebody else changes the same thing at this moment. */
  conflict: 1,
  /** A stack reads a parameter from Parameter Store that does not exist. */
  "parameter-missing": 1,
  "cdk-bootstrap-missing": 1,
  "cdk-bootstrap-outdated": 1,
  /** The app's files would go to a bucket that another account owns. */
  "bucket-not-ours": 1,
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
  /** The database's migration did not come to a good end: nothing was rolled out. */
  "migration-failed": 6,
} as const;

export type ErrorCode = keyof typeof EXIT;

/** Every kind of failure. */
export const ERROR_CODES = Object.keys(EXIT) as readonly ErrorCode[];

/** The process's exit code for a kind of failure. */
export function exitCodeOf(code: ErrorCode): number {
  return EXIT[code];
}

/** What to do about a failure: in words, and the command that does it where there is one. */
export type Hint = { readonly text: string; readonly command?: CommandLine };

/** A call that AWS refused, `s3:PutObject` for one, and AWS's own words for why. */
export type Refusal = { readonly call: string; readonly words: string };

/** An error a person can act on: what happened and why (`message`), and what to do about it (`hints`). */
export class AstroError extends Error {
  override readonly name = "AstroError";
  readonly code: ErrorCode;
  readonly hints: readonly Hint[];
  /** Present where AWS itself refused. */
  readonly refusal: Refusal | undefined;

  constructor(
    code: ErrorCode,
    message: string,
    hint: string | Hint | readonly Hint[],
    cause?: unknown,
    refusal?: Refusal,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.hints = typeof hint === "string" ? [{ text: hint }] : "text" in hint ? [hint] : hint;
    this.refusal = refusal;
  }

  /** The same error with other hints. */
  withHints(hints: readonly Hint[]): AstroError {
    const same = new AstroError(this.code, this.message, hints, this.cause, this.refusal);
    if (this.stack !== undefined) same.stack = this.stack;
    return same;
  }

  /** The hints as a person reads them, a line each. */
  get hint(): string {
    return this.hints.map(hintText).join("\n");
  }

  /** The process's exit code for this error. */
  get exit(): number {
    return exitCodeOf(this.code);
  }
}

/** A hint on one line, its command as a shell takes it. */
export function hintText({ text, command }: Hint): string {
  if (command === undefined) return text;
  return text === "" ? shellLine(command) : `${text}:  ${shellLine(command)}`;
}

/** Codes of a single call to AWS that failed: another call may go well. */
const OF_A_CALL: readonly ErrorCode[] = [
  "failed",
  "no-answer",
  "untrusted",
  "proxy",
  "denied",
  "throttled",
  "aws-fault",
  "quota",
  "not-enabled",
  "conflict",
  "parameter-missing",
  "cdk-bootstrap-missing",
  "cdk-bootstrap-outdated",
  "bucket-not-ours",
];

/** True for a call to AWS that failed for a reason of its own: not the network, the credentials or the lock of the run. */
export function isCallFailure(error: unknown): error is AstroError {
  return error instanceof AstroError && OF_A_CALL.includes(error.code);
}

/** The words of anything thrown, without a stack trace. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
