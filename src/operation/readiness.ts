import { type Clock, secondsBetween } from "../clock.ts";
import type { Environment } from "../config/schema.ts";
import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";

/** Seconds between two looks, and after how many seconds to give up. */
const LOOK = 5;
const PATIENCE = 30 * 60;

/** An address of the environment, and which answers mean that what stands behind it works. */
export type Probe = { readonly what: string; readonly url: string; readonly isGood: (status: number) => boolean };

/**
 * What shows that an environment works: the API's health check passes load balancer, tasks and network; the frontend's
 * address answers once the CDN is out, with a frontend or without. A domain whose DNS is elsewhere shows nothing.
 */
export function probesOf(
  outputs: { readonly [name: string]: string },
  { domain, service }: Environment,
): readonly Probe[] {
  if (domain?.zone === "elsewhere") return [];
  const { ApiUrl, AppUrl } = outputs;
  return [
    ...(ApiUrl === undefined
      ? []
      : [{ what: "the API", url: `${ApiUrl}${service.healthPath}`, isGood: (status: number) => status === 200 }]),
    ...(AppUrl === undefined
      ? []
      : [{ what: "the frontend's address", url: AppUrl, isGood: (status: number) => status < 500 }]),
  ];
}

/**
 * Waits until every probe has a good answer, and tells which it waits for. Returns an AstroError("failed") for what
 * does not answer in half an hour, `undefined` if all is well or the signal was aborted.
 */
export async function whenReady(
  { clock, get, signal }: { readonly clock: Clock; readonly get: Context["get"]; readonly signal: AbortSignal },
  probes: readonly Probe[],
  waits: (probes: readonly Probe[]) => void,
): Promise<AstroError | undefined> {
  const since = clock.now();
  let waiting = probes;
  let answers = new Map<Probe, string>();
  for (let first = true; ; first = false) {
    answers = new Map();
    for (const probe of waiting) {
      const answer = await answerOf(probe, get, signal);
      if (answer !== undefined) answers.set(probe, answer);
    }
    waiting = [...answers.keys()];
    if (waiting.length === 0 || signal.aborted) return undefined;
    if (first) waits(waiting);
    if (secondsBetween(since, clock.now()) > PATIENCE) break;
    await clock.sleep(LOOK * 1000, signal).catch(() => undefined);
  }
  const words = [...answers].map(([{ what, url }, answer]) => `${what} (${url}): ${answer}`);
  return new AstroError(
    "failed",
    `all stacks are done, but half an hour later not everything can be reached: ${words.join("; ")}`,
    "express mode skips what CloudFormation would have waited for; without it (express: false) CloudFormation says what fails",
  );
}

/** What is wrong with a probe's answer; `undefined` if nothing is. */
async function answerOf({ url, isGood }: Probe, get: Context["get"], signal: AbortSignal): Promise<string | undefined> {
  try {
    const status = await get(url, signal);
    return isGood(status) ? undefined : `it answers ${status}`;
  } catch (error) {
    return reasonOf(error);
  }
}
