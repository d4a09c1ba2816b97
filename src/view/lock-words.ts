import type { LockHolder } from "../provision/cloud.ts";
import type { Event } from "../provision/event.ts";
import { duration } from "./format.ts";
import { oneLine } from "./text.ts";

type LockEvent = Extract<Event, { readonly type: "lock.held" | "lock.left" }>;

/** Who keeps a run waiting, or whose lock it takes over and why. */
export function lockWords(event: LockEvent): string {
  const { holder } = event;
  if (event.type === "lock.held") return `waiting for ${holderWords(holder, event.at)}`;
  const silence = duration(secondsSince(holder.heartbeat, event.at));
  const why = event.why === "process-gone" ? "its process is gone" : `no heartbeat for ${silence}`;
  return `taking over the lock of ${holderWords(holder, event.at)}: ${why}`;
}

/** `user/ada on laptop: astro provision since 10:02:11 UTC (4m 10s)`; `now` is ISO 8601. */
export function holderWords({ who, host, operation, since }: LockHolder, now: string): string {
  const clock = since.slice(11, 19);
  return oneLine(
    `${callerName(who)} on ${host}: astro ${operation} since ${clock} UTC (${duration(secondsSince(since, now))})`,
  );
}

/** Who an ARN is of, without what is the same for everybody in the account. */
export function callerName(arn: string): string {
  return arn.split(":").at(-1) ?? arn;
}

/** Seconds from one ISO 8601 time to another. */
export function secondsSince(since: string, now: string): number {
  return (Date.parse(now) - Date.parse(since)) / 1000;
}
