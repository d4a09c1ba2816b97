import { secondsBetween } from "../../clock.ts";
import type { PreflightCheck } from "../check.ts";

/** Seconds by which a signed request may be off (AWS Identity and Access Management User Guide, "Elements of a request signature"). */
const SKEW = 300;

/** Seconds by which a machine's clock may be off without a warning. */
const NOTHING = 30;

/** Who calls, from where, and for how long yet. */
export const SESSION_CHECKS: readonly PreflightCheck[] = [
  {
    code: "credentials",
    document: "AWS SDKs and Tools Reference Guide, Temporary credentials",
    of: async ({ look, now, seconds }) => {
      const { expires, temporary, renewed } = await look.credentials();
      if (!temporary) return [{ outcome: "ok", words: "valid, without expiry" }];
      if (expires === undefined) {
        return [{ outcome: "not-checked", words: "temporary, expiry unknown: AWS_CREDENTIAL_EXPIRATION is not set" }];
      }
      const left = secondsBetween(now(), expires);
      const words = `good for ${minutes(left)}, and this takes about ${minutes(seconds)}`;
      if (left >= seconds) return [{ outcome: "ok", words: `good for ${minutes(left)} more` }];
      if (renewed) return [{ outcome: "ok", words: `${words}; they are renewed on the way` }];
      const fix = { words: "sign in again (aws sso login), or get credentials that last longer" };
      return [{ outcome: "problem", words, fix }];
    },
  },
  {
    code: "account",
    document: "AWS Well-Architected Framework, SEC01-BP01 Separate workloads using accounts",
    of: async ({ site, pinned, real, foreign }) => {
      if (pinned !== undefined) {
        const where = foreign ? "named by the app" : "pinned in astro.yaml";
        return [{ outcome: "ok", words: `it and ${site.region} are ${where}` }];
      }
      if (!real) return [{ outcome: "ok", words: `${site.region}, in no real account` }];
      if (foreign) {
        const fix = { words: `name it in the app: env: { account: "${site.account}", region: "${site.region}" }` };
        return [{ outcome: "warning", words: "the app names no account: not pinned to an account", fix }];
      }
      const fix = {
        words: `pin it: account: "${site.account}" under ${site.environment} in astro.yaml`,
        action: { type: "pin-account", account: site.account } as const,
      };
      return [{ outcome: "warning", words: "not pinned to an account", fix }];
    },
  },
  {
    code: "clock",
    document: "AWS Identity and Access Management User Guide, Elements of a request signature",
    of: async ({ site, look, now }) => {
      const before = now().getTime();
      const theirs = (await look.time(site.region)).getTime();
      const after = now().getTime();
      // Their time has whole seconds; ours is somewhere between the question and the answer.
      const off = Math.max(0, before - (theirs + 1000), theirs - after) / 1000;
      if (off < NOTHING) return [{ outcome: "ok", words: "agrees with AWS's" }];
      const how = `${minutes(off)} ${theirs > after ? "behind" : "ahead of"} AWS's`;
      const why = off < SKEW ? "" : "; past 5 minutes AWS refuses what other tools sign";
      return [{ outcome: "warning", words: how + why, fix: { words: "synchronise the system clock (NTP)" } }];
    },
  },
];

/** `40 s`, `12 min`, `2 h`: how long something lasts, no more exact than need be. */
function minutes(seconds: number): string {
  if (seconds < 100) return `${Math.round(seconds)} s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}
