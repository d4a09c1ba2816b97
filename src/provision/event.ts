import type { Clock } from "../clock.ts";
import type { Phase } from "../config/phases.ts";
import type { Plan } from "../plan/plan.ts";
import type { Lock } from "./cloud.ts";
import type { Diagnosis } from "./diagnosis.ts";

/** How one stack ended; `cancelled` is back where it was before the run. */
export type StackOutcome = "created" | "updated" | "unchanged" | "removed" | "cancelled";

/**
 * How a run ended: `interrupted` leaves AWS at work, `cancelled` has turned back what it had begun, `failed` names at
 * least one failed stack.
 */
export type RunOutcome = "done" | "failed" | "interrupted" | "cancelled";

/** Who has an environment's lock. */
export type LockHolder = Pick<Lock, "who" | "host" | "operation" | "since" | "heartbeat">;

type StackWords = { readonly phase: Phase; readonly stack: string };
type ResourceWords = { readonly resource: string; readonly resourceType: string };

/** A fact about a run. Words for names, no colour, no prose to match; views turn them into screens. */
export type EventBody =
  | {
      readonly type: "run.started";
      readonly plan: Plan;
      /** Seconds each phase is expected to take, where known. */
      readonly phaseSeconds?: { readonly [phase in Phase]?: number };
      /** Seconds all of it is expected to take, where phases overlap and do not add up to that. */
      readonly overlapSeconds?: number;
    }
  | { readonly type: "phase.started"; readonly phase: Phase; readonly stacks: readonly string[] }
  | { readonly type: "phase.done"; readonly phase: Phase }
  | ({
      readonly type: "stack.started";
      readonly action: "create" | "update" | "delete" | "check";
      /** Resources this operation will touch, where known. */
      readonly resources: number;
      /** Seconds it is expected to take, where known. */
      readonly expectedSeconds: number;
    } & StackWords)
  | ({
      readonly type: "resource.changed";
      /** CloudFormation's resource status, `CREATE_IN_PROGRESS` for one. */
      readonly status: string;
      readonly reason?: string;
      /** Seconds this resource is expected to take, when it begins. */
      readonly expectedSeconds?: number;
      /** Seconds since its operation began, by AWS's own clock, when it has gone well. */
      readonly elapsedSeconds?: number;
    } & StackWords &
      ResourceWords)
  /** Something the engine does to get past an earlier failure, said before it is done. */
  | ({ readonly type: "stack.noticed"; readonly message: string } & StackWords)
  | ({ readonly type: "stack.done"; readonly outcome: StackOutcome; readonly elapsedSeconds: number } & StackWords)
  /** A service of it will never work: its tasks end alike again and again. What AWS is at is turned back. */
  | ({
      readonly type: "stack.condemned";
      /** AWS's words for why its tasks end. */
      readonly reason: string;
      /** When the tasks ended that this rests on (ISO 8601). */
      readonly stops: readonly string[];
      /** The last lines that a container of theirs wrote, without what looks like a secret. */
      readonly log: readonly string[];
    } & StackWords &
      ResourceWords)
  | ({
      readonly type: "stack.failed";
      /** CloudFormation's stack status after the failure. */
      readonly status: string;
      readonly reason: string;
      readonly elapsedSeconds: number;
      /** Logical ids that keep the stack where it is. */
      readonly stuck?: readonly string[];
      /** What it means and what to do, where the engine has found out more than AWS's reason says. */
      readonly diagnosis?: Diagnosis;
      /** The last lines that a container of the failing service wrote. */
      readonly log?: readonly string[];
    } & StackWords &
      Partial<ResourceWords>)
  /** Somebody else works on the environment; this run waits. */
  | { readonly type: "lock.held"; readonly holder: LockHolder }
  /** Something the whole run waits for. */
  | { readonly type: "run.noticed"; readonly message: string }
  /** An earlier run left its lock behind; this one is about to take it over. */
  | { readonly type: "lock.left"; readonly holder: LockHolder; readonly why: "process-gone" | "no-heartbeat" }
  | {
      readonly type: "result";
      readonly outcome: RunOutcome;
      /** Stack outputs worth showing, by name. */
      readonly outputs: { readonly [name: string]: string };
      readonly elapsedSeconds: number;
      /** Seconds of the simulated clock, in a rehearsal. */
      readonly simulatedSeconds?: number;
      /** What a removal left behind on purpose, one sentence each. */
      readonly kept?: readonly string[];
    };

/** What is known of a stack that failed. */
export type FailedStack = Omit<Extract<EventBody, { readonly type: "stack.failed" }>, "type">;

/** An event as it leaves the engine: the fact, when (ISO 8601), and in which environment. */
export type Event = EventBody & { readonly at: string; readonly environment: string };

export type Emit = (event: Event) => void;

/** Who tells of a run: by which clock, to whom, of which environment. */
type Speaker = { readonly clock: Clock; readonly emit: Emit; readonly site: { readonly environment: string } };

/** Emits a fact with the clock's time and the environment's name. */
export function tell({ clock, emit, site }: Speaker, body: EventBody): void {
  emit({ ...body, at: clock.now().toISOString(), environment: site.environment });
}
