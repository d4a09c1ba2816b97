import type { Context } from "../context.ts";
import { AstroError, hintText } from "../errors.ts";
import type { Lock } from "../provision/cloud.ts";
import { forceRelease, holderOf, idOf } from "../provision/lock.ts";
import { duration } from "../view/format.ts";
import { placeWords } from "../view/header.ts";
import { holderWords, secondsSince } from "../view/lock-words.ts";
import { during } from "../view/spinner.ts";
import { themeOf } from "../view/theme.ts";
import { confirm } from "./confirm.ts";
import { commandWith, type OperationOptions } from "./flags.ts";
import { type EnvironmentOperation, inOperation } from "./open.ts";
import { interruptibly, lockClock } from "./session.ts";

/**
 * `astro unlock`: releases a stale lock, after showing whose it is and asking. Throws
 * AstroError("declined"), or ("usage") where there is no terminal to ask on.
 */
export async function unlock(
  context: Context,
  flags: OperationOptions & { readonly yes: boolean },
): Promise<{ readonly value: object; readonly render: () => string }> {
  return inOperation(context, "unlock", flags, async (operation) => {
    const { target, site, header } = operation;
    const { say } = themeOf(context.stdout);
    const where = placeWords(header);
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
    if (!flags.yes) await confirmed(context, flags, environment);
    const unlocked = await takenAway(context, operation, holder);
    const done = unlocked ? "is unlocked" : "was unlocked already";
    return {
      value: { environment, unlocked, holder: holderOf(holder) },
      render: () =>
        say(
          ` ${environment} ${done}\n ${hintText({ text: "Next", command: commandWith("status", environment, flags) })}\n`,
        ),
    };
  });
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
      target.running(() => forceRelease({ cloud: target.cloud, clock, signal, site, own, isGone }, holder)),
    );
  } catch (error) {
    if (!signal.aborted) throw error;
    const words = "the lock is released, but a run that is still alive may not have noticed yet";
    throw new AstroError("interrupted", words, "the next run waits until it has: at most a minute and a half");
  }
}

function words(holder: Lock, now: string): string {
  const silence = duration(secondsSince(holder.heartbeat, now));
  return `locked by ${holderWords(holder, now)}; last heartbeat ${silence} ago`;
}

function confirmed(context: Context, flags: OperationOptions, environment: string): Promise<void> {
  return confirm(context, flags, {
    question: `Two runs at the same time can undo each other's work. Unlock ${environment}?`,
    without: "add --yes if that run no longer exists",
    declined: {
      message: "the lock was not released",
      hint: { text: "wait for it with", command: commandWith("provision", environment, { ...flags, wait: true }) },
    },
  });
}
