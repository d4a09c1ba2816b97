import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Lock } from "../provision/cloud.ts";
import { holderOf, idOf, takeAway } from "../provision/lock.ts";
import { duration } from "../view/format.ts";
import { placeWords } from "../view/header.ts";
import { holderWords, secondsSince } from "../view/lock-words.ts";
import { during } from "../view/spinner.ts";
import { themeOf } from "../view/theme.ts";
import { again, type OperationFlags } from "./flags.ts";
import { type EnvironmentOperation, openOperation } from "./open.ts";
import { interruptibly, lockClock } from "./session.ts";

/**
 * `astro unlock`: releases a stale lock, after showing who holds it and asking. Throws
 * AstroError("declined"), or ("usage") without a terminal.
 */
export async function unlock(
  context: Context,
  flags: OperationFlags & { readonly yes: boolean },
): Promise<{ readonly value: object; readonly render: () => string }> {
  const operation = await openOperation(context, "unlock", flags);
  const { target, site, header } = operation;
  const { say } = themeOf(context.stdout);
  const where = placeWords(header);
  try {
    const id = idOf(site);
    const holder = await interruptibly(context, () => target.cloud.lock(site.region, id));
    const environment = site.environment;
    if (holder === undefined) {
      return {
        value: { environment, unlocked: false },
        render: () => say(` ${environment} is not locked · ${where}\n`),
      };
    }
    const now = lockClock(context, target).now().toISOString();
    if (!flags.json) context.stderr.write(` ${say(`${environment} · ${where}: ${words(holder, now)}`)}\n`);
    if (!flags.yes) await agree(context, flags, environment);
    const unlocked = await takenAway(context, operation, holder);
    const done = unlocked ? "is unlocked" : "was already unlocked";
    return {
      value: { environment, unlocked, holder: holderOf(holder) },
      render: () => say(` ${environment} ${done}\n Next:  ${again("status", environment, flags)}\n`),
    };
  } finally {
    await target.close();
  }
}

/** Only the lock of the run that was shown: another may have started since. */
async function takenAway(context: Context, operation: EnvironmentOperation, holder: Lock): Promise<boolean> {
  const { target, site, who, header } = operation;
  const { host, isGone, process } = context;
  const own = { run: context.token(), who, host, process, operation: header.command };
  const clock = lockClock(context, target);
  const signal = context.interruptible();
  try {
    return await during(context.stderr, "waiting until a run that may still be alive has stopped", () =>
      target.running(() => takeAway({ cloud: target.cloud, clock, signal, site, own, isGone }, holder)),
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    const words = "the lock is released, but a run that is still alive may not have noticed yet";
    throw new AstroError("interrupted", words, "the next run waits for that by itself, for at most 90 seconds");
  }
}

function words(holder: Lock, now: string): string {
  const silence = duration(secondsSince(holder.heartbeat, now));
  return `locked by ${holderWords(holder, now)}; last heartbeat ${silence} ago`;
}

async function agree(context: Context, flags: OperationFlags, environment: string): Promise<void> {
  if (!context.canAsk || flags.json) {
    throw new AstroError("usage", "no terminal to confirm on", "add --yes if that run has ended");
  }
  const { terminalAsk } = await import("../wizard/terminal-ask.ts");
  const question = `Release the lock? Two runs at once can undo each other's changes. Unlock ${environment}?`;
  if (await terminalAsk(context).confirm(question)) return;
  throw new AstroError(
    "declined",
    "the lock was kept",
    `wait for it with:  ${again("provision", environment, flags)} --wait`,
  );
}
