import type { Context } from "../context.ts";
import { AstroError, type Hint } from "../errors.ts";

/** Flags by which a person says that nothing is to be asked. */
type Quiet = { readonly json?: boolean | undefined; readonly yes?: boolean | undefined };

/** Something that is done only once a person says so. */
export type Confirmation = {
  /** What is about to be done, with its object: `Provision dev?` */
  readonly question: string;
  /** A word that has to be typed out, where pressing a key must not be enough. */
  readonly typed?: string;
  /** What to add to the command to go on without a question. */
  readonly without: string | Hint;
  /** What is true, and what to do, once it is declined. */
  readonly declined: { readonly message: string; readonly hint: string | Hint };
};

/** Whether a person may be asked. */
export function canConfirm(context: Context, { json, yes }: Quiet): boolean {
  return context.canAsk && !json && !yes;
}

/** Asks a yes-or-no question at the terminal; Enter alone is a no. */
export async function isConfirmed(context: Context, question: string): Promise<boolean> {
  const { terminalAsk } = await import("../wizard/terminal-ask.ts");
  return terminalAsk(context).confirm(question);
}

/** Returns once a person has agreed. Throws AstroError("declined") if not, ("usage") where there is no terminal to ask on. */
export async function confirm(context: Context, flags: Quiet, confirmation: Confirmation): Promise<void> {
  const { question, typed, without, declined } = confirmation;
  if (!canConfirm(context, flags)) throw new AstroError("usage", "no terminal to confirm on", without);
  const isAgreed = typed === undefined ? await isConfirmed(context, question) : await isTyped(context, question, typed);
  if (!isAgreed) throw new AstroError("declined", declined.message, declined.hint);
}

async function isTyped(context: Context, question: string, word: string): Promise<boolean> {
  const { terminalAsk } = await import("../wizard/terminal-ask.ts");
  const refuse = (answer: string) =>
    answer === "" || answer === word ? undefined : `type ${word}, or nothing to stop`;
  return (await terminalAsk(context).text({ message: question, refuse })) === word;
}
