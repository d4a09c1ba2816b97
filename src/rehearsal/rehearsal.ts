import { randomInt } from "node:crypto";
import type { Clock } from "../clock.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { advance, nextDue } from "./engine/advance.ts";
import { hex } from "./hash.ts";
import { loadModel } from "./model/load.ts";
import { idlingPace, jumpingPace, type Pace, steadyPace } from "./pace.ts";
import { answerer } from "./requests.ts";
import { type Listening, listen } from "./server.ts";
import type { Fault, Stage } from "./stage.ts";
import { diskStore, memoryStore, type Store } from "./store.ts";

export type { Fault } from "./stage.ts";

export type RehearsalOptions = {
  /** Folder in which the state is kept between runs; absent: in memory. */
  readonly directory?: string;
  /** 0 or absent: any free port. */
  readonly port?: number;
  /** Virtual seconds in a real one, or `max`: time jumps to the next thing that happens. */
  readonly speed: number | "max";
  /** The region announced to clients. */
  readonly region: string;
  readonly account?: string;
  /** For this run only, never kept. */
  readonly faults?: readonly Fault[];
  /** What all that looks random comes from; kept with the state. Absent: chosen at random for a new state. */
  readonly seed?: number;
  /** `inside`: the CLI's own engine, which sleeps on `clock`; `outside`: any client. */
  readonly clients: "inside" | "outside";
  /** Virtual time at which a new state begins; absent: the real time. */
  readonly start?: Date;
};

export type Rehearsal = {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly clock: Clock;
  /** Marks a client as busy until the returned function is called: a jumping clock stands still meanwhile. */
  readonly busy: () => () => void;
  /** Requests answered so far, by `service:Operation`. */
  readonly requests: ReadonlyMap<string, number>;
  readonly close: () => Promise<void>;
};

/** Starts an AWS that is not there. Throws an AstroError if its state cannot be used or its port is taken. */
export async function startRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const account = options.account ?? "123456789012";
  const begin = options.start?.getTime() ?? Date.now();
  const fresh = { account, now: begin, seed: options.seed ?? randomInt(2 ** 31) };
  const store = options.directory === undefined ? memoryStore(fresh) : diskStore(options.directory, fresh);
  const stage: Stage = {
    world: store.world,
    blobs: store.blobs,
    model: await loadModel(),
    faults: [...(options.faults ?? [])],
  };
  const pace = paceOf(options, stage, Math.max(store.reached, begin));
  const requests = new Map<string, number>();
  const listening = await open(options, stage, store, pace, requests);
  return {
    endpoint: `http://127.0.0.1:${listening.port}`,
    account: store.world.account,
    region: options.region,
    credentials: { accessKeyId: store.world.account, secretAccessKey: hex(40, "secret", store.world.account) },
    clock: pace.clock,
    busy: pace.enter,
    requests,
    close: async () => {
      pace.close();
      await listening.close();
      store.save();
    },
  };
}

function paceOf({ speed, clients }: RehearsalOptions, stage: Stage, start: number): Pace {
  if (speed !== "max") return steadyPace(start, speed);
  if (clients === "inside") return jumpingPace(start);
  return idlingPace(
    start,
    () => nextDue(stage),
    (time) => void advance(stage, time),
  );
}

async function open(
  options: RehearsalOptions,
  stage: Stage,
  store: Store,
  pace: Pace,
  requests: Map<string, number>,
): Promise<Listening> {
  const port = options.port ?? 0;
  try {
    return await listen(port, pace.enter, answerer(stage, store, pace, requests));
  } catch (error) {
    throw new AstroError(
      "failed",
      `cannot serve a rehearsal on 127.0.0.1:${port}: ${reasonOf(error)}`,
      "choose another port, or leave --port out for a free one",
      error,
    );
  }
}
