import type { Simulator } from "./state/simulator.ts";

/** A call as it is logged. */
type LoggedCall = {
  /** `service:Operation`. */
  readonly name: string;
  /** The access key that signed it, and the stack it names. */
  readonly by?: string | undefined;
  readonly stack?: string | undefined;
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** The fault that was applied to it. */
  readonly effect?: string | undefined;
  /** The simulator's own failure. */
  readonly failure?: unknown;
};

/** The log of a rehearsal while it serves: a line for each event, the simulated time first. */
export type Journal = {
  /** Logs a call that was refused, unknown or failed by a fault; with `every`, any call and who made it. */
  readonly call: (call: LoggedCall) => void;
  readonly say: (words: string) => void;
  /** Logs which stacks changed their status since the last time. */
  readonly stacks: () => void;
};

const SILENT: Journal = { call: () => undefined, say: () => undefined, stacks: () => undefined };

/** Error codes of unknown operations in each protocol. */
const UNKNOWN: ReadonlySet<string> = new Set(["InvalidAction", "NotImplemented", "UnknownOperationException"]);

/** Writes what happens in a simulator to `log`. */
export function openJournal(simulator: Simulator, log: ((line: string) => void) | undefined, every: boolean): Journal {
  if (!log) return SILENT;
  const seen = new Map(simulator.state.stacks.map(({ id, events }) => [id, events.length]));
  const at = (time: number, words: string) => log(`${timeText(time)} ${words}`);
  const say = (words: string) => at(simulator.state.now, words);
  return {
    say,
    call: (call) => {
      const words = wordsOf(call);
      if (words !== undefined) say(`${call.name} ${words}`);
      else if (every) say([call.name, ...(call.stack === undefined ? [] : [call.stack]), "by", call.by].join(" "));
    },
    stacks: () => {
      for (const { id, name, region, events } of simulator.state.stacks) {
        const from = seen.get(id) ?? 0;
        if (events.length === from) continue;
        seen.set(id, events.length);
        const own = events
          .slice(from)
          .filter(({ physicalId, detailed }) => physicalId === id && detailed === undefined);
        for (const { at: time, status, reason } of own) {
          const why = reason === undefined || reason === "User Initiated" ? "" : `: ${reason.trim()}`;
          at(time, `stack ${name} (${region}) ${status}${why}`);
        }
      }
    },
  };
}

function wordsOf({ code, message, effect, failure }: LoggedCall): string | undefined {
  if (failure !== undefined)
    return `internal error of the rehearsal: ${failure instanceof Error ? failure.stack : String(failure)}`;
  if (effect !== undefined) return `fault: ${effect}`;
  if (code === undefined) return undefined;
  return UNKNOWN.has(code) ? "is not simulated" : `refused: ${code}: ${message ?? ""}`;
}

/** Simulated time in seconds, as AWS writes it. */
export function timeText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, "Z");
}
