import { type CommandLine, shellLine } from "./command-line.ts";

/**
 * The kinds of failure a user can meet, and the exit code of each (0 is success); `ofACall` marks those of a single call to
 * AWS: another call may go well.
 */
const KINDS = {
  /** Anything that has no code of its own; of a call to AWS, a refusal that is none of the next ones. */
  failed: { exit: 1, ofACall: true },
  /** The network, a name or a server is not there: it may come back. */
  unreachable: { exit: 1 },
  /** A call was sent, and no whole answer came in time. */
  "no-answer": { exit: 1, ofACall: true },
  /** A certificate on the way to AWS is not trusted. */
  untrusted: { exit: 1, ofACall: true },
  /** A proxy refuses to let a call out. */
  proxy: { exit: 1, ofACall: true },
  /** AWS says that the caller may not do this. */
  denied: { exit: 1, ofACall: true },
  /** AWS says that the account calls it too often. */
  throttled: { exit: 1, ofACall: true },
  /** AWS says that the fault is its own. */
  "aws-fault": { exit: 1, ofACall: true },
  /** A quota of the account is used up. */
  quota: { exit: 1, ofACall: true },
  /** The account has not opted in to a region or service. */
  "not-enabled": { exit: 1, ofACall: true },
  /** Somebody else changes the same thing at this moment. */
  conflict: { exit: 1, ofACall: true },
  /** A stack reads a parameter from Parameter Store that does not exist. */
  "parameter-missing": { exit: 1, ofACall: true },
  "cdk-bootstrap-missing": { exit: 1, ofACall: true },
  "cdk-bootstrap-outdated": { exit: 1, ofACall: true },
  /** The app's files would go to a bucket that another account owns. */
  "bucket-not-ours": { exit: 1, ofACall: true },
  locked: { exit: 1 },
  preflight: { exit: 1 },
  "not-ours": { exit: 1 },
  elsewhere: { exit: 1 },
  usage: { exit: 2 },
  declined: { exit: 3 },
  interrupted: { exit: 3 },
  cancelled: { exit: 3 },
  credentials: { exit: 4 },
  "wrong-account": { exit: 4 },
  config: { exit: 5 },
  synthesis: { exit: 5 },
  template: { exit: 5 },
  "stacks-failed": { exit: 6 },
  /** The database's migration did not come to a good end: nothing was rolled out. */
  "migration-failed": { exit: 6 },
} as const satisfies { readonly [code: string]: { readonly exit: number; readonly ofACall?: true } };

export type ErrorCode = keyof typeof KINDS;

/** Every kind of failure. */
export const ERROR_CODES = Object.keys(KINDS) as readonly ErrorCode[];

/** The process's exit code for a kind of failure. */
export function exitCodeOf(code: ErrorCode): number {
  return KINDS[code].exit;
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

/** True for a call to AWS that failed for a reason of its own: not the network, the credentials or the lock of the run. */
export function isCallFailure(error: unknown): error is AstroError {
  return error instanceof AstroError && "ofACall" in KINDS[error.code];
}

/** The words of anything thrown, without a stack trace. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
