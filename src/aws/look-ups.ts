import type { AccountLookUps } from "../preflight/account.ts";
import type { Fixes, LookUps } from "../preflight/look-ups.ts";
import { accountLookUps } from "./look-ups/account.ts";
import { accountPlan } from "./look-ups/account-plan.ts";
import { type Asking, asking, type RetryLimits } from "./look-ups/asking.ts";
import { caller } from "./look-ups/caller.ts";
import { dns } from "./look-ups/dns.ts";
import { engines } from "./look-ups/engines.ts";
import { image } from "./look-ups/image.ts";
import { names } from "./look-ups/names.ts";
import { networkLookUps } from "./look-ups/network.ts";
import { secretKeys } from "./look-ups/secrets.ts";
import { type ConnectionOptions, openSession } from "./session.ts";

/** Preflight's look-ups on the real SDK; each service's client is loaded when it is first asked. */
export function openLookUps(access: ConnectionOptions, home: string): LookUps & Fixes {
  return lookUpsBy(asking(openSession(access)), access, home);
}

function lookUpsBy(common: Asking, access: ConnectionOptions, home: string): LookUps & Fixes {
  return {
    ...caller(common, home, !access.around?.signer.once),
    ...accountPlan(common),
    ...networkLookUps(common),
    ...dns(common, home),
    ...engines(common),
    ...names(common),
    ...image(common),
    ...secretKeys(common),
  };
}

/** What is asked of an account while an environment is chosen, the look-ups of preflight among it; `end` ends what is under way. */
export function openAccount(
  access: ConnectionOptions,
  home: string,
  limits: RetryLimits,
): LookUps & AccountLookUps & Pick<Asking, "end"> {
  const common = asking(openSession(access), limits);
  return { ...lookUpsBy(common, access, home), ...accountLookUps(common, home), end: common.end };
}
