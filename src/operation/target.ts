import { join } from "node:path";
import { type Clock, fasterClock } from "../clock.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { Cloud } from "../provision/cloud.ts";

/** How fast a rehearsal runs, and what goes wrong in it. */
export type Rehearsing = {
  readonly speed: number | "max";
  readonly faults: readonly { readonly resourceType: string; readonly reason?: string }[];
};

/** The AWS a command works on, real or rehearsed, and the clock that runs there. */
export type Target = {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly rehearsing?: Rehearsing;
  /** True for AWS itself, false for a rehearsal and for whatever AWS_ENDPOINT_URL names. */
  readonly real: boolean;
  /** Does something that waits on the clock: a rehearsal's stands still otherwise, while a person thinks for one. */
  readonly running: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Set by `astro rehearse` for its clients: how many seconds of its clock pass in a real one. */
export const CLOCK_SPEED = "ASTRO_CLOCK_SPEED";

/** Opens AWS, or a rehearsal whose state is kept in the project's `.astro`. The only place that knows both. */
export async function openTarget(
  context: Context,
  options: {
    readonly region: string;
    readonly account?: string;
    readonly directory: string;
    readonly rehearsing?: Rehearsing;
  },
): Promise<Target> {
  const { openCloud } = await import("../aws/cloud.ts");
  const { region, account, directory, rehearsing } = options;
  if (rehearsing === undefined) {
    const endpoint = context.env.AWS_ENDPOINT_URL;
    const cloud = openCloud(endpoint ? { endpoint } : {}, region);
    const speed = Number(context.env[CLOCK_SPEED] ?? 1);
    const isServed = endpoint !== undefined && LOCAL.test(endpoint) && speed > 1;
    const clock = isServed ? fasterClock(context.clock, speed) : context.clock;
    return { cloud, clock, real: endpoint === undefined, running: (work) => work(), close: async () => undefined };
  }
  const { startRehearsal } = await import("../rehearsal/rehearsal.ts");
  const rehearsal = await startRehearsal({
    directory: rehearsalFolder(directory),
    region,
    clients: "inside",
    ...(account !== undefined && { account }),
    ...rehearsing,
  });
  const { endpoint, credentials, clock, busy, close } = rehearsal;
  const cloud = busyWhileCalling(openCloud({ endpoint, credentials }, region), busy);
  let held = busy();
  const running: Target["running"] = async (work) => {
    held();
    try {
      return await work();
    } finally {
      held = busy();
    }
  };
  return { cloud, clock, rehearsing, real: false, running, close };
}

/** AWS itself keeps real time; what is on this machine may be a rehearsal. */
const LOCAL = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/;

/** Where a project's rehearsal keeps its state between runs. */
export function rehearsalFolder(directory: string): string {
  return join(directory, ".astro", "rehearsal");
}

/** Reads `--speed` and `--fault TYPE[=REASON]`. Throws AstroError("usage"). */
export function rehearsingOf(flags: {
  readonly speed: string;
  readonly fault?: readonly string[] | undefined;
}): Rehearsing {
  const speed = flags.speed === "max" ? "max" : Number(flags.speed);
  if (speed !== "max" && !(speed > 0 && Number.isFinite(speed))) {
    throw new AstroError(
      "usage",
      `--speed ${flags.speed}: not a speed`,
      "give a number (60 is a minute a second) or max",
    );
  }
  return { speed, faults: (flags.fault ?? []).map(faultOf) };
}

function faultOf(text: string): Rehearsing["faults"][number] {
  const [resourceType = "", ...reason] = text.split("=");
  if (!/^\w+::\w+::\w+$/.test(resourceType)) {
    throw new AstroError(
      "usage",
      `--fault ${text}: not a resource type`,
      "give one such as AWS::RDS::DBInstance=REASON",
    );
  }
  return reason.length === 0 ? { resourceType } : { resourceType, reason: reason.join("=") };
}

/** Holds the rehearsal's clock while a call is under way: time stands still for whoever waits for an answer. */
export function busyWhileCalling(cloud: Cloud, busy: () => () => void): Cloud {
  const { throttled, ...calls } = cloud;
  const wrapped = Object.entries(calls).map(([name, call]) => [
    name,
    async (...given: readonly unknown[]) => {
      const done = busy();
      try {
        return await (call as (...given: readonly unknown[]) => Promise<unknown>)(...given);
      } finally {
        done();
      }
    },
  ]);
  return { ...Object.fromEntries(wrapped), ...(throttled && { throttled }) } as Cloud;
}
