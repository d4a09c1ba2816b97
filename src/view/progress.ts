import type { Phase } from "../config/phases.ts";
import type { Plan } from "../plan/plan.ts";
import type { Event, RunOutcome, StackOutcome } from "../provision/event.ts";
import type { ReleaseStep } from "../provision/release-facts.ts";
import { failedOfItself, isFull } from "../provision/stack-events.ts";
import { noticeLines } from "./event-words.ts";
import { stepSaid } from "./step-words.ts";
import { oneLine } from "./text.ts";

/** One resource that CloudFormation has spoken of. */
export type ResourceRow = {
  readonly resource: string;
  readonly type: string;
  /** CloudFormation's resource status. */
  readonly status: string;
  /** Milliseconds of the run's clock at which this status began. */
  readonly since: number;
  readonly expectedSeconds?: number;
};

/** What went wrong first in a stack. */
export type Trouble = { readonly reason: string; readonly resource?: string; readonly resourceType?: string };

export type StackRow = {
  readonly stack: string;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly action: "create" | "update" | "delete" | "check";
  /** Resources the operation touches; 0 where nobody knows. */
  readonly total: number;
  readonly resources: ReadonlyMap<string, ResourceRow>;
  readonly since?: number;
  readonly expectedSeconds?: number;
  readonly elapsedSeconds?: number;
  readonly outcome?: StackOutcome;
  readonly trouble?: Trouble;
  readonly notice?: string;
};

export type PhaseRow = {
  readonly phase: Phase;
  readonly stacks: readonly StackRow[];
  readonly expectedSeconds?: number;
  readonly since?: number;
  readonly until?: number;
};

/** One step of a release but the roll-out, which is the phases'. */
export type ReleaseRow = {
  readonly step: ReleaseStep;
  readonly state: "waiting" | "running" | "done" | "failed";
  readonly since?: number;
  readonly elapsedSeconds?: number;
  /** What it says or has done, in a few words. */
  readonly said?: string;
};

/** The progress of a run: what its events so far add up to. Times are milliseconds of the run's clock. */
export type Progress = {
  readonly project: string;
  readonly environment: string;
  readonly phases: readonly PhaseRow[];
  /** Steps of a release before its roll-out, and after it. */
  readonly before?: readonly ReleaseRow[];
  readonly after?: readonly ReleaseRow[];
  readonly since?: number;
  readonly until?: number;
  /** Seconds all of it is expected to take, where phases overlap. */
  readonly overlapSeconds?: number;
  readonly outcome?: RunOutcome;
  /** What holds the whole run up, or what it does about it. */
  readonly notice?: string;
};

/** A run of which nothing is known yet. */
export const NOTHING_YET: Progress = { project: "", environment: "", phases: [] };

/** The progress after one more event. */
export function advance(progress: Progress, event: Event): Progress {
  const at = Date.parse(event.at);
  switch (event.type) {
    case "release.started": {
      const turn = event.steps.indexOf("roll-out");
      const rows = event.steps.map((step): ReleaseRow => ({ step, state: "waiting" }));
      const apart = turn < 0 ? { before: rows } : { before: rows.slice(0, turn), after: rows.slice(turn + 1) };
      return { ...beginning(event.plan, {}), ...apart, since: at };
    }
    case "step.started":
      return onRow(progress, event.step, (row) => ({ ...row, state: "running", since: at, said: stepSaid(event) }));
    case "step.output":
    case "step.progress":
      return onRow(progress, event.step, (row) => ({ ...row, said: stepSaid(event) }));
    case "step.done":
    case "step.failed": {
      const state = event.type === "step.done" ? "done" : "failed";
      const { elapsedSeconds } = event;
      return onRow(progress, event.step, (row) => ({ ...row, state, elapsedSeconds, said: stepSaid(event) }));
    }
    case "run.started":
      return {
        ...beginning(event.plan, event.phaseSeconds ?? {}),
        ...(progress.before && { before: progress.before }),
        ...(progress.after && { after: progress.after }),
        since: progress.before ? (progress.since ?? at) : at,
        ...(event.overlapSeconds === undefined ? {} : { overlapSeconds: event.overlapSeconds }),
      };
    case "phase.started":
      return onPhase(withoutNotice(progress), event.phase, (row) => ({ ...row, since: at }));
    case "phase.done":
      return onPhase(progress, event.phase, (row) => ({ ...row, until: at }));
    case "stack.started": {
      const { action, expectedSeconds, resources: total } = event;
      const begun = { state: "running", since: at, resources: new Map(), action, expectedSeconds, total } as const;
      // A second start of a stack (deleted and created again) forgets what the first one did.
      return onStack(progress, event, ({ stack, notice }) => ({ stack, ...begun, ...(notice && { notice }) }));
    }
    case "resource.changed":
      return onStack(progress, event, (row) => withResource(row, event, at));
    case "stack.failing":
      return onStack(progress, event, (row) => ({ ...row, trouble: troubleOf(event) }));
    case "stack.done": {
      const { outcome, elapsedSeconds } = event;
      return onStack(progress, event, (row) => ({ ...row, state: "done", outcome, elapsedSeconds }));
    }
    case "stack.failed": {
      const { elapsedSeconds } = event;
      return onStack(progress, event, (row) => ({
        ...row,
        state: "failed",
        elapsedSeconds,
        trouble: event.resource === undefined && row.trouble ? row.trouble : troubleOf(event),
      }));
    }
    case "result":
      // What went well needs no note of what was passed on the way.
      return { ...(event.outcome === "done" ? withoutNotice(progress) : progress), until: at, outcome: event.outcome };
    default:
      return withNotice(progress, event);
  }
}

/** What the engine does to get past something, or waits for: beside the stack it is about, else at the top. */
function withNotice(progress: Progress, event: Event): Progress {
  const lines = noticeLines(event);
  if (lines === undefined) return progress;
  if ("phase" in event && "stack" in event) {
    return onStack(progress, event, (row) => ({ ...row, notice: lines.join("\n") }));
  }
  return { ...progress, notice: lines.join(" ") };
}

function withoutNotice({ notice: _, ...progress }: Progress): Progress {
  return progress;
}

function beginning(plan: Plan, seconds: { readonly [phase in Phase]?: number }): Progress {
  const phases = [...new Set(plan.steps.map((step) => step.phase))];
  return {
    project: plan.project,
    environment: plan.environment,
    phases: phases.map((phase) => {
      const steps = plan.steps.filter((step) => step.phase === phase);
      const expectedSeconds = seconds[phase];
      return {
        phase,
        stacks: steps.map((step) => ({ ...waiting(step.stack), total: step.resources })),
        ...(expectedSeconds === undefined ? {} : { expectedSeconds }),
      };
    }),
  };
}

function onRow(progress: Progress, step: ReleaseStep, change: (row: ReleaseRow) => ReleaseRow): Progress {
  const among = (rows: readonly ReleaseRow[]) => rows.map((row) => (row.step === step ? change(row) : row));
  const { before, after } = progress;
  return { ...progress, ...(before && { before: among(before) }), ...(after && { after: among(after) }) };
}

function waiting(stack: string): StackRow {
  return { stack, state: "waiting", action: "check", total: 0, resources: new Map() };
}

function onPhase(progress: Progress, phase: Phase, change: (row: PhaseRow) => PhaseRow): Progress {
  return { ...progress, phases: progress.phases.map((row) => (row.phase === phase ? change(row) : row)) };
}

function onStack(
  progress: Progress,
  { phase, stack }: { readonly phase: Phase; readonly stack: string },
  change: (row: StackRow) => StackRow,
): Progress {
  return onPhase(progress, phase, (row) => ({
    ...row,
    stacks: row.stacks.map((one) => (one.stack === stack ? change(one) : one)),
  }));
}

type ResourceChanged = Extract<Event, { type: "resource.changed" }>;

function withResource(row: StackRow, event: ResourceChanged, at: number): StackRow {
  const { resource, resourceType: type, status } = event;
  if (type === "AWS::CloudFormation::Stack") return row;
  const before = row.resources.get(resource);
  // CloudFormation says *_IN_PROGRESS twice; the wait began with the first.
  const same = before?.status === status ? before : undefined;
  const expectedSeconds = event.expectedSeconds ?? same?.expectedSeconds;
  const after = { resource, type, status, since: same?.since ?? at };
  const resources = new Map(row.resources);
  resources.set(resource, expectedSeconds === undefined ? after : { ...after, expectedSeconds });
  return row.trouble === undefined && failedOfItself(event) && !isFull(event)
    ? { ...row, resources, trouble: troubleOf(event) }
    : { ...row, resources };
}

function troubleOf(event: {
  readonly reason?: string;
  readonly resource?: string;
  readonly resourceType?: string;
}): Trouble {
  const { resource, resourceType } = event;
  return {
    reason: oneLine(event.reason ?? "no reason given"),
    ...(resource === undefined ? {} : { resource }),
    ...(resourceType === undefined ? {} : { resourceType }),
  };
}
