import { type Moment, millisecondsBetween, momentNow } from "../clock.ts";
import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import { HEARTBEAT } from "../provision/lock.ts";

/** Milliseconds for which a confirmed lock lets calls through: until the next sign of life is due. */
const VALID = HEARTBEAT * 1000;

/** The same for what deletes: a virtual machine that was paused does not notice, and nothing brings data back. */
const VALID_TO_DELETE = 5000;

/** Confirmations of one call, if each comes too late to be worth anything. */
const MOST = 5;

/** How the lock table answers the holder: `no-table` is none either, and holds for the very call that asked. */
export type Confirmed = "kept" | "lost" | "no-table";

type Hold = {
  /** When the confirmation was asked for; absent if it must be asked for each time. */
  readonly at?: Moment;
  /** Asks the table anew, which tells the fence; throws AstroError where nobody answers. */
  readonly confirm: () => Promise<Confirmed>;
};

type Signer = { readonly accessKeyId: string };

/** What guards every call that changes something (see `session.ts`, which leads all of them here). */
export type Fence = {
  readonly now: () => Moment;
  /** From here on nothing passes unless the lock was confirmed lately. */
  readonly hold: (hold: Hold) => void;
  /** The same lock was confirmed again; an answer that comes when it is lost or given up opens nothing any more. */
  readonly renew: (hold: Hold) => void;
  /** From here on nothing passes at all. */
  readonly shut: (why: AstroError) => void;
  /** Learns whose credentials these are. The first account is the one to stay in. */
  readonly know: (signer: Signer, account: string) => void;
  /**
   * Throws AstroError("locked") for a call that must not be sent. A change set that this very process asked for may be taken
   * back at any time: it has changed nothing, nobody else knows its name, and nobody else would miss it.
   */
  readonly pass: (command: string, changeSet?: string) => Promise<void>;
  /** Throws AstroError("wrong-account") for credentials of another account; `whoIs` is asked once about each. */
  readonly passAccount: (signer: Signer | undefined, whoIs: () => Promise<string>) => Promise<void>;
};

/** True for an operation that changes nothing, by the verbs that AWS's APIs have for those; a role that is taken is the same after. */
export function isReading(command: string): boolean {
  return /^(Describe|Get|List|Head|BatchGet|Filter)[A-Z]|^AssumeRole$/.test(command);
}

/**
 * A fence that lets everything through until a lock is held. Kept across clients: they all write to one environment.
 * What was suspended, for minutes or between two lines, finds out here that it has lost the lock, before it writes.
 */
export function openFence(now: () => Moment = momentNow): Fence {
  let held: Hold | undefined;
  let shut: AstroError | undefined;
  let asking: Promise<Confirmed> | undefined;
  let account: string | undefined;
  const accounts = new Map<string, string>();
  /** Names of the change sets that were asked for here. */
  const own = new Set<string>();

  const isFresh = (command: string) => {
    const valid = /^(Batch)?Delete/.test(command) ? VALID_TO_DELETE : VALID;
    return held?.at !== undefined && millisecondsBetween(held.at, now()) < valid;
  };
  const ask = ({ confirm }: Hold) => {
    asking ??= confirm().finally(() => {
      asking = undefined;
    });
    return asking;
  };
  const passAccount: Fence["passAccount"] = async (signer, whoIs) => {
    if (account === undefined || signer === undefined) return;
    const theirs = accounts.get(signer.accessKeyId) ?? (await whoIs());
    accounts.set(signer.accessKeyId, theirs);
    if (theirs !== account) throw otherAccount(account, theirs);
  };
  return {
    now,
    hold: (hold) => {
      held = hold;
      shut = undefined;
    },
    renew: (hold) => {
      if (held) held = hold;
    },
    shut: (why) => {
      held = undefined;
      shut = why;
    },
    know: ({ accessKeyId }, found) => {
      account ??= found;
      accounts.set(accessKeyId, found);
    },
    passAccount,
    pass: async (command, changeSet) => {
      if (command === "DeleteChangeSet" && changeSet !== undefined && own.has(changeSet)) return;
      for (let tries = 0; ; tries++) {
        if (shut) throw shut;
        if (held === undefined || isFresh(command)) break;
        if (tries === MOST) throw unconfirmed();
        if ((await ask(held)) === "no-table") break;
      }
      if (command === "CreateChangeSet" && changeSet !== undefined) own.add(changeSet);
    },
  };
}

function otherAccount(before: string, now: string): AstroError {
  return new AstroError(
    "wrong-account",
    `the credentials changed during the run: they were of account ${before}, and are now of ${now}`,
    `choose the profile of account ${before} again, then run the same command: it goes on from here`,
  );
}

function unconfirmed(): AstroError {
  return new AstroError("locked", "the environment's lock could not be confirmed in time, so nothing more is changed", [
    { text: "check the network, and who else works on it", command: command`astro status` },
    { text: "then run the same command: it goes on from here" },
  ]);
}
