import { randomInt, randomUUID } from "node:crypto";
import type { Clock } from "../clock.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { PrivateFolder } from "../folder.ts";
import { openEdge } from "./edge-server.ts";
import { advance, nextDue } from "./engine/advance.ts";
import { idlingClock } from "./idling-clock.ts";
import { openJournal } from "./journal.ts";
import { loadModel } from "./model/load.ts";
import { createPrerequisites, type Prerequisites } from "./prerequisites.ts";
import { NO_RATES, openRates } from "./rates.ts";
import { type RequestLog, requestHandler } from "./requests.ts";
import { type Listening, listen } from "./server.ts";
import { nextOneOff } from "./services/ecs/one-off.ts";
import { jumpingClock, type SimulatedClock, steadyClock } from "./simulated-clock.ts";
import { type Fault, pendingFaults } from "./state/faults.ts";
import { hex } from "./state/hash.ts";
import type { Simulator } from "./state/simulator.ts";
import { type Host, type LockedState, lockState, WHO } from "./storage/state-lock.ts";
import { diskStore, memoryStore, type Store } from "./storage/store.ts";
import type { HttpRequest } from "./wire/call.ts";
import type { HttpAnswer } from "./wire/protocol.ts";

export type RehearsalOptions = {
  /** Folder in which the state is kept between runs, and the machine it is on; absent: in memory. */
  readonly kept?: { readonly folder: PrivateFolder; readonly host: Host };
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Simulation speed: simulated seconds per real second, or `max`: time jumps to the next event. */
  readonly speed: number | "max";
  /** The region announced to clients. */
  readonly region: string;
  readonly account?: string;
  /** For this run only, never saved. */
  readonly faults?: readonly Fault[];
  /**
   * The random seed; saved with the state. Absent: chosen at random for a new state. With one, a new state begins at a
   * fixed time, and a jumping clock counts no real time.
   */
  readonly seed?: number;
  /** `inside`: the CLI's own engine, which sleeps on `clock`; `outside`: any client. */
  readonly clients: "inside" | "outside";
  /** Simulated time at which a new state begins; absent: the real time. */
  readonly start?: Date;
  /** Takes a line for each call that was refused or failed by a fault, and for each status of a stack. */
  readonly log?: (line: string) => void;
  /** Log every call. */
  readonly verbose?: boolean;
};

export type Rehearsal = {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  /** Marks a client as busy until the returned function is called: a jumping clock stands still meanwhile. */
  readonly busy: () => () => void;
  /** Marks what a client does as taking this machine's own time, which no speed makes longer (`SimulatedClock.local`). */
  readonly local: () => () => void;
  /** Requests answered so far, by `service:Operation`. */
  readonly requests: ReadonlyMap<string, number>;
  /** Replaces the faults that are pending. */
  readonly setFaults: (faults: readonly Fault[]) => void;
  /** Creates what the account does not have yet; returns whether anything was created. */
  readonly provide: (what: Prerequisites) => boolean;
  /** Address at which the internet's side of it answers (`edge-server.ts`), opened when it is first asked for. */
  readonly edge: () => Promise<string>;
  /** Aborts with an AstroError once another process has taken the state over; every call is refused from then on. */
  readonly lost: AbortSignal;
  readonly close: () => Promise<void>;
};

/** When a new state with a given seed begins: the same seed and calls give the same times. */
const SEEDED_START = Date.UTC(2026, 0, 1);

/** Starts a simulated AWS. Throws an AstroError if its state cannot be used or its port is taken. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const nonce = randomUUID();
  let serve: Serve = () => ({ status: 503, headers: {}, body: "" });
  let enter: SimulatedClock["busy"] = () => () => undefined;
  const listening = await open(
    options.port ?? 0,
    () => enter(),
    (request) => (request.path === WHO ? { status: 200, headers: {}, body: nonce } : serve(request)),
  );
  const endpoint = `http://127.0.0.1:${listening.port}`;
  let lock: LockedState | undefined;
  let closing: Promise<void> | undefined;
  try {
    if (options.kept) lock = await lockState(options.kept.folder, endpoint, nonce, options.kept.host);
    const { store, clock, requests, setFaults, provide, answer, openedEdge } = await begin(options, lock);
    let edge: Promise<Listening> | undefined;
    serve = answer;
    enter = clock.busy;
    // Operations that were running when the last process ended go on.
    clock.stateChanged();
    return {
      endpoint,
      account: store.state.account,
      region: options.region,
      credentials: { accessKeyId: store.state.account, secretAccessKey: hex(40, "secret", store.state.account) },
      clock: clock.clock,
      busy: clock.busy,
      local: clock.local,
      requests,
      setFaults,
      provide,
      edge: async () => {
        edge ??= openedEdge();
        return `http://127.0.0.1:${(await edge).port}`;
      },
      lost: store.lost,
      close: () => {
        closing ??= end({ store, clock, listening: edge ? [listening, edge] : [listening], lock });
        return closing;
      },
    };
  } catch (error) {
    await listening.close();
    lock?.release();
    throw error;
  }
}

async function end({ store, clock, listening, lock }: Running): Promise<void> {
  clock.close();
  for (const one of listening) await (await one).close();
  try {
    store.save();
  } catch (error) {
    // The process that took the state over saves it, with all that was answered here.
    if (!store.lost.aborted) throw error;
  } finally {
    lock?.release();
  }
}

type Running = {
  readonly store: Store;
  readonly clock: SimulatedClock;
  readonly listening: readonly (Listening | Promise<Listening>)[];
  readonly lock: LockedState | undefined;
};

type Serve = (request: HttpRequest) => HttpAnswer;

async function begin(options: RehearsalOptions, lock: LockedState | undefined) {
  const { account = "123456789012", seed = randomInt(2 ** 31) } = options;
  const exact = options.seed !== undefined;
  const start = options.start?.getTime() ?? (exact ? SEEDED_START : Date.now());
  const fresh = { account, now: start, seed };
  const store = lock ? diskStore(lock, fresh) : memoryStore(fresh);
  if (exact && store.state.seed !== seed) throw otherSeed(options.kept?.folder.path, store.state.seed, seed);
  const faults = pendingFaults(options.faults ?? []);
  const simulator: Simulator = { state: store.state, blobs: store.blobs, model: await loadModel(), faults };
  const journal = openJournal(simulator, options.log, options.verbose ?? false);
  const requests = new Map<string, number>();
  const log: RequestLog = {
    requests,
    journal,
    rates: options.speed === "max" ? NO_RATES : openRates(),
    unsaved: false,
  };
  const clock = clockFor(options, simulator, log, Math.max(store.reached, start));
  const setFaults: Rehearsal["setFaults"] = (next) => void faults.splice(0, faults.length, ...pendingFaults(next));
  const provide: Rehearsal["provide"] = (what) => {
    const given = createPrerequisites(simulator, what);
    if (given) store.save();
    return given;
  };
  const openedEdge = () => openEdge(simulator, store, clock);
  const answer = requestHandler(simulator, store, clock, log);
  return { store, clock, requests, setFaults, provide, answer, openedEdge };
}

function otherSeed(directory: string | undefined, there: number, wanted: number): AstroError {
  return new AstroError(
    "usage",
    `--seed ${wanted}: the rehearsal in ${directory ?? "memory"} has the random seed ${there}`,
    "omit --seed to continue it, or move its folder away to begin a new one",
  );
}

function clockFor(
  { speed, clients, seed }: RehearsalOptions,
  simulator: Simulator,
  log: RequestLog,
  start: number,
): SimulatedClock {
  if (speed !== "max") return steadyClock(start, speed);
  if (clients === "inside") return jumpingClock(start);
  return idlingClock(start, {
    pending: () => {
      const [next, task] = [nextDue(simulator), nextOneOff(simulator)];
      return task !== undefined && (next === undefined || task < next.due) ? { due: task, expires: false } : next;
    },
    reach: (time) => {
      advance(simulator, time);
      log.unsaved = true;
      log.journal.stacks();
    },
    exact: seed !== undefined,
  });
}

async function open(port: number, begun: () => () => void, answer: Serve): Promise<Listening> {
  try {
    return await listen(port, begun, answer);
  } catch (error) {
    throw new AstroError(
      "failed",
      `cannot serve a rehearsal on 127.0.0.1:${port}: ${reasonOf(error)}`,
      "choose another port, or omit --port for a free one",
      error,
    );
  }
}
