import { roughly, secondsBetween } from "../../clock.ts";
import { command } from "../../command-line.ts";
import type { PreflightCheck } from "../check.ts";

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
      const words = `good for ${roughly(left)}, and this takes about ${roughly(seconds)}`;
      if (left >= seconds) return [{ outcome: "ok", words: `good for ${roughly(left)} more` }];
      if (renewed) return [{ outcome: "ok", words: `${words}; they are renewed on the way` }];
      const hints = [
        { text: "sign in again", command: command`aws sso login` },
        { text: "or get credentials that last longer" },
      ];
      return [{ outcome: "problem", words, fix: { hints } }];
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
        const text = `name it in the app: env: { account: "${site.account}", region: "${site.region}" }`;
        return [
          { outcome: "warning", warning: { type: "account-not-pinned", missingIn: "app" }, fix: { hints: [{ text }] } },
        ];
      }
      const fix = {
        hints: [{ text: `pin it: account: "${site.account}" under ${site.environment} in astro.yaml` }],
        action: { type: "pin-account", account: site.account } as const,
      };
      return [{ outcome: "warning", warning: { type: "account-not-pinned", missingIn: "astro.yaml" }, fix }];
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
      const warning = { type: "clock-off", seconds: off, clock: theirs > after ? "behind" : "ahead" } as const;
      return [{ outcome: "warning", warning, fix: { hints: [{ text: "synchronise the system clock (NTP)" }] } }];
    },
  },
];
