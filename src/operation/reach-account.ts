import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { AccountLookUps } from "../preflight/account.ts";
import { NotChecked } from "../preflight/finding.ts";
import type { LookUps } from "../preflight/look-ups.ts";

/** Milliseconds that each answer of an account is waited for; what comes later counts as no answer. */
const PATIENCE = 3000;

/** Global services are asked there (AWS General Reference, "AWS service endpoints"). */
const HOME = "us-east-1";

export type AccountLook = LookUps & AccountLookUps & { readonly end: () => void };

/** An account that can be asked, and the profile that somebody named; or why it is not asked. */
export type Reached =
  | { readonly look: AccountLook; readonly profile?: string; readonly isReal: boolean }
  | { readonly why: string };

/** What was answered, or why nothing was. */
export type Answered<T> = { readonly value: T } | { readonly why: string };

/** The account that the environment and `~/.aws` name. The AWS SDK is loaded for it. */
export async function reachAccount({ env }: Pick<Context, "env">): Promise<Reached> {
  try {
    const { surroundings } = await import("../aws/surroundings.ts");
    const around = await surroundings(env);
    // A machine's own role is looked for over the network for seconds, and an MFA code is nothing to ask for here.
    if (around.signer.machine) return { why: "no AWS credentials here" };
    if (around.signer.once) return { why: "these credentials take an MFA code" };
    const { openAccount } = await import("../aws/look-ups.ts");
    const { endpoint, real: isReal } = around;
    const access = { ...(endpoint !== undefined && { endpoint }), around };
    const look = openAccount(access, HOME, { maxAttempts: 1, milliseconds: PATIENCE });
    const profile = env.AWS_PROFILE || around.profile;
    return { look, isReal, ...(profile !== undefined && { profile }) };
  } catch (error) {
    if (error instanceof AstroError) return { why: error.message };
    throw error;
  }
}

/** An answer within its time. */
export async function inTime<T>({ clock }: Pick<Context, "clock">, ask: () => Promise<T>): Promise<Answered<T>> {
  const over = new AbortController();
  try {
    return await Promise.race([
      ask().then((value) => ({ value })),
      clock.sleep(PATIENCE, over.signal).then(() => ({ why: "the account did not answer within 3 s" })),
    ]);
  } catch (error) {
    if (error instanceof NotChecked || error instanceof AstroError) return { why: reasonOf(error) };
    throw error;
  } finally {
    over.abort();
  }
}
