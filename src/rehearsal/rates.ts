import type { RequestSigner } from "./wire/authorization.ts";
import { AwsError } from "./wire/error.ts";

/** Calls of one operation in an account and region: the sustained rate a second, and the burst. */
type Rate = { readonly second: number; readonly burst: number };

/**
 * AWS says that CloudFormation throttles by operation, account and region ("Common Error Types", Throttling), but
 * publishes no rates; these are above what clients need that back off as AWS recommends.
 */
const READING: Rate = { second: 10, burst: 50 };
const CHANGING: Rate = { second: 2, burst: 20 };

type Bucket = { left: number; at: number };

/** Throttles calls of CloudFormation. */
export type Rates = (signer: RequestSigner, operation: string, isReading: boolean, now: number) => void;

/** Rates in simulated time, counted from now on. */
export function openRates(): Rates {
  const buckets = new Map<string, Bucket>();
  return ({ service, account, region }, operation, isReading, now) => {
    if (service !== "cloudformation") return;
    const { second, burst } = isReading ? READING : CHANGING;
    const key = [account, region, operation].join("/");
    const { left, at } = buckets.get(key) ?? { left: burst, at: now };
    const filled = Math.min(burst, left + ((now - at) / 1000) * second);
    buckets.set(key, { left: Math.max(0, filled - 1), at: now });
    if (filled < 1) throw new AwsError("Throttling", "Rate exceeded", 400);
  };
}

/** A jumping clock stands still while calls are made, so their rate means nothing. */
export const NO_RATES: Rates = () => undefined;
