import type { RequestSigner } from "./wire/authorization.ts";
import { AwsError } from "./wire/error.ts";

/** Calls of one operation in an account and region: how many a second for ever, and how many at once. */
type Rate = { readonly second: number; readonly burst: number };

/**
 * AWS says that CloudFormation throttles by operation, account and region ("Common Error Types", Throttling), and not
 * from which rate on; these are more than clients need that back off as AWS asks them to.
 */
const READING: Rate = { second: 10, burst: 50 };
const CHANGING: Rate = { second: 2, burst: 20 };

type Bucket = { left: number; at: number };

/** Refuses calls of CloudFormation that come too often. */
export type Rates = (signer: RequestSigner, operation: string, isReading: boolean, now: number) => void;

/** Rates in virtual time, counted from now on. */
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

/** A jumping clock stands still while calls are made: how often they come says nothing there. */
export const NO_RATES: Rates = () => undefined;
