import type { Context } from "../context.ts";
import type { AstroError } from "../errors.ts";
import { completedHints } from "../provision/commands.ts";
import { profileWords } from "./flags.ts";

/** Throws AstroError("credentials") where `~/.aws` has no profile of the name that was given, before anything else is done. */
export async function refuseUnknownProfile({ env }: Pick<Context, "env">, name: string): Promise<void> {
  const { refuseUnknown } = await import("../aws/profile-chain.ts");
  await refuseUnknown(env, name);
}

/** An error whose hints name commands that run as the same profile, of astro and of aws. */
export function withProfile(error: AstroError, profile: string): AstroError {
  return error.withHints(completedHints(error.hints, profileWords({ profile })));
}
