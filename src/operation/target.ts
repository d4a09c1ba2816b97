import type { Way } from "../aws/ask.ts";
import type { Agents } from "../aws/proxy.ts";
import type { ConnectionOptions } from "../aws/session.ts";
import type { AwsEnvironment } from "../aws/surroundings.ts";
import { type Clock, fasterClock } from "../clock.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { PrivateFolder } from "../folder.ts";
import { emulated } from "../preflight/emulated.ts";
import type { Fixes, LookUps } from "../preflight/look-ups.ts";
import type { Cloud } from "../provision/cloud.ts";
import type { Rehearsal, RehearsalOptions } from "../rehearsal/rehearsal.ts";
import type { Fault } from "../rehearsal/state/faults.ts";
import type { AppCloud } from "../release/port-app.ts";
import type { AskWeb } from "../release/port-web.ts";

/** Simulation speed and injected faults. */
export type Rehearsing = {
  readonly speed: number | "max";
  readonly faults: readonly Fault[];
  /** The random seed of a new rehearsal; absent: a random one. */
  readonly seed?: number;
};

/** The AWS a command works on, real or simulated, and its clock. */
export type Target = {
  readonly cloud: Cloud;
  /** What releases ask beside that, loaded when it is first asked for. */
  readonly app: () => Promise<AppCloud>;
  /** What preflight looks at, loaded when it is first asked for. */
  readonly lookUps: () => Promise<LookUps & Fixes>;
  readonly clock: Clock;
  readonly rehearsing?: Rehearsing;
  /** In a rehearsal: creates what its account does not have yet; returns whether anything was created. */
  readonly provide?: Rehearsal["provide"];
  /** Asks a URL as `Context.get` does, where there is a proxy or a CA of one's own on the way. */
  readonly get?: Context["get"];
  /** Asks what a browser would; in a rehearsal, what stands in for the internet there. */
  readonly ask: AskWeb;
  /** True for AWS itself, false for a rehearsal and for an AWS_ENDPOINT_URL that is not AWS's. */
  readonly real: boolean;
  /** Does something that waits on the clock: a simulation's clock is stopped otherwise, while a person answers. */
  readonly running: <T>(work: () => Promise<T>) => Promise<T>;
  /** Does something that takes this machine's own time: a simulation's clock does not run ahead of it meanwhile. */
  readonly still: <T>(work: () => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
};

/** Set by `astro rehearse` for its clients: how many seconds of its clock pass in a real one. */
export const CLOCK_SPEED = "ASTRO_CLOCK_SPEED";

/** Set by it as well: where what stands in for the internet answers. */
export const EDGE_URL = "ASTRO_EDGE_URL";

/** Opens AWS, or a rehearsal whose state is kept in the project's `.astro`. The only place that knows both. */
export async function openTarget(
  context: Context,
  options: {
    readonly region: string;
    readonly account?: string;
    /** The project's own folder. */
    readonly own: PrivateFolder;
    readonly rehearsing?: Rehearsing;
    /** How AWS is reached from here; of no account to a rehearsal. */
    readonly around?: AwsEnvironment | undefined;
  },
): Promise<Target> {
  const [{ openCloud }, { openFence }] = await Promise.all([import("../aws/cloud.ts"), import("../aws/fence.ts")]);
  const fence = openFence();
  const { region, account, own, rehearsing, around } = options;
  if (rehearsing === undefined) {
    const { endpoint, real } = around ?? { real: true };
    const access = { ...(endpoint !== undefined && { endpoint }), ...(around && { around }), fence };
    const cloud = openCloud(access, region);
    const speed = Number(context.env[CLOCK_SPEED] ?? 1);
    const isServed = endpoint !== undefined && LOCAL.test(endpoint) && speed > 1;
    const clock = isServed ? fasterClock(context.clock, speed) : context.clock;
    const lookUps = lookUpsOf(access, region, !real && !isServed);
    const get = around?.agents && getBy(around.agents);
    const running: Target["running"] = (work) => work();
    const app = appOf(access, region);
    const ask = askOf(async () => ({ agents: around?.agents, ...servedEdge(context, endpoint) }));
    const close = async () => undefined;
    return { cloud, app, lookUps, clock, real, running, still: running, ask, close, ...(get && { get }) };
  }
  const { startRehearsal } = await import("../rehearsal/rehearsal.ts");
  const rehearsal = await startRehearsal({
    kept: keptIn(context, own),
    region,
    clients: "inside",
    ...(account !== undefined && { account }),
    ...rehearsing,
  });
  const { endpoint, credentials, clock, busy, local, provide, edge, close } = rehearsal;
  const cloud = busyWhileCalling(openCloud({ endpoint, credentials, fence }, region), busy);
  let held = busy();
  const running: Target["running"] = async (work) => {
    held();
    try {
      return await work();
    } finally {
      held = busy();
    }
  };
  const lookUps = lookUpsOf({ endpoint, credentials, fence }, region, false);
  const app = appOf({ endpoint, credentials, fence }, region, busy);
  const ask = askOf(async () => ({ instead: await edge() }), busy);
  const still: Target["still"] = async (work) => {
    const done = local();
    try {
      return await work();
    } finally {
      done();
    }
  };
  return { cloud, app, lookUps, clock, rehearsing, provide, real: false, running, still, ask, close };
}

/** Opened once; a simulation's clock stands still while it is asked, as `busyWhileCalling` says. */
function appOf(access: ConnectionOptions, region: string, busy?: () => () => void): Target["app"] {
  let opened: Promise<AppCloud> | undefined;
  return () => {
    opened ??= import("../aws/app.ts").then(({ openAppCloud }) => {
      const app = openAppCloud(access, region);
      return busy ? stillWhileCalling(app, busy) : app;
    });
    return opened;
  };
}

/** The edge of a rehearsal that another process serves. */
function servedEdge({ env }: Pick<Context, "env">, endpoint: string | undefined) {
  const instead = endpoint !== undefined && LOCAL.test(endpoint) ? env[EDGE_URL] : undefined;
  return instead === undefined || !LOCAL.test(instead) ? {} : { instead };
}

/** Asks by a way that is found when it is first asked; a simulation's clock stands still meanwhile. */
function askOf(find: () => Promise<Way>, busy: () => () => void = () => () => undefined): AskWeb {
  let opened: Promise<AskWeb> | undefined;
  return async (url, signal) => {
    const done = busy();
    try {
      opened ??= Promise.all([find(), import("../aws/ask.ts")]).then(([way, { askWeb }]) => askWeb(way));
      return await (await opened)(url, signal);
    } finally {
      done();
    }
  };
}

/** Milliseconds a server has to answer. */
const ANSWER = 10_000;

function getBy(agents: Agents): Context["get"] {
  return async (url, signal) => {
    const { statusBy } = await import("../aws/proxy.ts");
    return statusBy(agents, url, AbortSignal.any([signal, AbortSignal.timeout(ANSWER)]));
  };
}

/** Opens look-ups once, and not before somebody looks. */
function lookUpsOf(access: ConnectionOptions, region: string, isEmulator: boolean): Target["lookUps"] {
  let opened: ReturnType<Target["lookUps"]> | undefined;
  const open = async () => {
    const { openLookUps } = await import("../aws/look-ups.ts");
    const look = openLookUps(access, region);
    return isEmulator ? emulated(look) : look;
  };
  return () => {
    opened ??= open();
    return opened;
  };
}

/** AWS itself keeps real time; what is on this machine may be a rehearsal. */
const LOCAL = /^http:\/\/(127\.0\.0\.1|localhost)[:/]/;

/** Where a project's rehearsal keeps its state between runs, and what it has to know of this machine for that. */
export function keptIn(context: Context, own: PrivateFolder): NonNullable<RehearsalOptions["kept"]> {
  const { process, isGone, isAlive, clock, stderr } = context;
  const say = (words: string) => stderr.write(` ${words}\n`);
  return { folder: own.folder("rehearsal"), host: { process, isGone, isAlive, sleep: clock.sleep, say } };
}

/** Reads `--speed`, `--fault` and `--seed`. Throws AstroError("usage"). */
export async function rehearsingOf(flags: {
  readonly speed: string;
  readonly fault?: readonly string[] | undefined;
  readonly seed?: number | undefined;
}): Promise<Rehearsing> {
  const speed = flags.speed === "max" ? "max" : Number(flags.speed);
  if (speed !== "max" && !(speed > 0 && Number.isFinite(speed))) {
    throw new AstroError(
      "usage",
      `--speed ${flags.speed}: not a speed`,
      "give a number (60: a simulated minute per second) or max",
    );
  }
  const { faultsOf } = await import("../rehearsal/faults/fault-flag.ts");
  return { speed, faults: faultsOf(flags.fault ?? []), ...(flags.seed !== undefined && { seed: flags.seed }) };
}

/** Stops the simulation's clock while a call is under way. */
export function busyWhileCalling(cloud: Cloud, busy: () => () => void): Cloud {
  const { throttled, ahead, ...calls } = cloud;
  const wrapped = stillWhileCalling(calls, busy);
  return { ...wrapped, ...(throttled && { throttled }), ...(ahead && { ahead }) } as Cloud;
}

function stillWhileCalling<Calls extends object>(calls: Calls, busy: () => () => void): Calls {
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
  return Object.fromEntries(wrapped) as Calls;
}
