import { secondsBetween } from "../clock.ts";
import { AstroError } from "../errors.ts";
import type { Cloud } from "./cloud.ts";
import type { Engine } from "./engine.ts";

/** Seconds for which a network may be gone before a run gives up; between the first two tries meanwhile, and at most. */
const PATIENCE = 5 * 60;
const SOON = 5;
const LATER = 60;

/** What is no call, and the lock's own calls: those must know the answer at once. */
const AS_IT_IS: ReadonlySet<string> = new Set(["throttled", "ahead", "lock", "takeLock", "keepLock", "dropLock"]);

/** Repeats a call while the network is gone, until it is back. */
type Patiently = <T>(call: () => Promise<T>) => Promise<T>;

/**
 * Waits for a network that is gone to come back: a laptop changes its network in the middle of half an hour. `lost` is told
 * once each time why, and for how many seconds it tries. Rejects with the signal's reason once it is aborted.
 */
export function patience(
  { clock, signal }: Pick<Engine, "clock" | "signal">,
  lost: (reason: string, seconds: number) => void,
): Patiently {
  let gone = false;
  const wait = async (error: unknown, since: Date, tried: number) => {
    const isPassing = error instanceof AstroError && error.code === "unreachable";
    if (!isPassing || secondsBetween(since, clock.now()) > PATIENCE) throw error;
    if (!gone) lost(error.message, PATIENCE);
    gone = true;
    await clock.sleep(Math.min(LATER, SOON * 2 ** tried) * 1000, signal);
  };
  return async (call) => {
    const since = clock.now();
    for (let tried = 0; ; tried++) {
      try {
        const answer = await call();
        gone = false;
        return answer;
      } catch (error) {
        await wait(error, since, tried);
      }
    }
  };
}

/** The same AWS, every call of which waits so. */
export function patient(cloud: Cloud, patiently: Patiently): Cloud {
  const calls = Object.entries(cloud).map(([name, call]) => [
    name,
    typeof call !== "function" || AS_IT_IS.has(name)
      ? call
      : (...given: readonly unknown[]) =>
          patiently(() => (call as (...given: readonly unknown[]) => Promise<unknown>)(...given)),
  ]);
  return Object.fromEntries(calls) as Cloud;
}
