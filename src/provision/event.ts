import type { Clock } from "../clock.ts";
import type { CommandLine } from "../command-line.ts";
import type { Phase } from "../config/phases.ts";
import type { ErrorCode, Hint } from "../errors.ts";
import type { Kept } from "../plan/kept.ts";
import type { Plan } from "../plan/plan.ts";
import type { Blocker, DnsRecord, LockHolder } from "./cloud.ts";
import type { FailureCode, TaskCode } from "./diagnosis/code.ts";
import type { AskedPart, AskedThrough, ReleaseStep, Weakness } from "./release-facts.ts";
import type { CheckCode, PreflightWarning } from "./warning.ts";

/** How one stack ended; `cancelled` is back where it was before the run. */
export type StackOutcome = "created" | "updated" | "unchanged" | "removed" | "cancelled";

/**
 * How a run ended: `interrupted` leaves the deployment running in AWS, `cancelled` has rolled back what it had begun,
 * `failed` names at least one failed stack.
 */
export type RunOutcome = "done" | "failed" | "interrupted" | "cancelled";

/** What the engine does about a stack in a state that nothing can be deployed to. */
type Recovery =
  | "delete-and-create"
  | "finish-deletion"
  | "retry-deletion"
  | "roll-back"
  | "continue-rollback"
  | "use-empty-stack";

type OfStack = { readonly phase: Phase; readonly stack: string };
type OfResource = OfStack & {
  /** Logical id; of a resource in a nested stack `NESTED/ID`. */
  readonly resource: string;
  readonly resourceType: string;
};

/**
 * What each event tells, by its type: facts under the names that AWS and command lines have for them. No colour, and no
 * sentence but what AWS says and what to do about a failure: views turn them into screens. `docs/events.md` is written from
 * this table (`node bin/events.js`), with what a line of `--json` has.
 */
export type EventFacts = {
  /** A run begins. */
  readonly "run.started": {
    readonly plan: Plan;
    /** Seconds each phase is expected to take, where known. */
    readonly phaseSeconds?: { readonly [phase in Phase]?: number };
    /** Seconds all of it is expected to take, where phases overlap and do not add up to that. */
    readonly overlapSeconds?: number;
  };
  /** A release begins. */
  readonly "release.started": {
    /** Of the roll-out. */
    readonly plan: Plan;
    readonly number: number;
    /** In the order in which they have their turn. */
    readonly steps: readonly ReleaseStep[];
    /** The image that runs now; absent where none of one's own does yet. */
    readonly from?: string;
    /** The release that this one goes back to. */
    readonly of?: number;
  };
  /** A step of a release begins. */
  readonly "step.started": {
    readonly step: ReleaseStep;
    /** What builds the image. */
    readonly builder?: string;
    /** What runs in a task, or builds the frontend. */
    readonly command?: CommandLine;
  };
  /** A line that a step's program or task wrote, without what looks like a secret. */
  readonly "step.output": { readonly step: ReleaseStep; readonly line: string };
  /** How far a step is: ECS's word for its task, `PUSHING` for an image that is built, files of the frontend. */
  readonly "step.progress": {
    readonly step: ReleaseStep;
    readonly status?: string;
    readonly done?: number;
    readonly of?: number;
  };
  /** A step of a release is done; `unchanged` if there was nothing to do. */
  readonly "step.done": {
    readonly step: ReleaseStep;
    readonly outcome: "done" | "unchanged";
    readonly elapsedSeconds: number;
    readonly tag?: string;
    readonly digest?: string;
    readonly exitCode?: number;
    /** Files that were sent, and put in place. */
    readonly sent?: number;
    readonly placed?: number;
  };
  /** A step of a release failed, and nothing after it is begun. */
  readonly "step.failed": {
    readonly step: ReleaseStep;
    readonly code: ErrorCode;
    readonly reason: string;
    readonly elapsedSeconds: number;
  };
  /** What the repository's scan found in the image that is released. */
  readonly "image.scanned": { readonly critical: number; readonly findings: readonly Weakness[] };
  /** The build's folder has no .dockerignore, and is larger than it should be. */
  readonly "context.large": { readonly bytes: number; readonly files: number };
  /** A URL of the release was asked. */
  readonly "url.asked": {
    readonly about: AskedPart;
    readonly through: AskedThrough;
    readonly url: string;
    readonly isGood: boolean;
    /** HTTP status, and milliseconds to the first byte of the answer, where one came. */
    readonly status?: number;
    readonly firstByte?: number;
  };
  /** The first stack of a phase has its turn. */
  readonly "phase.started": { readonly phase: Phase; readonly stacks: readonly string[] };
  /** Every stack of a phase is as the plan wants it. */
  readonly "phase.done": { readonly phase: Phase };
  /** An operation on a stack begins; `check` compares one that may have nothing to change. */
  readonly "stack.started": OfStack & {
    readonly action: "create" | "update" | "delete" | "check";
    /** Resources this operation will touch, where known. */
    readonly resources: number;
    /** Seconds it is expected to take, where known. */
    readonly expectedSeconds: number;
  };
  /** CloudFormation reports on a resource. */
  readonly "resource.changed": OfResource & {
    /** CloudFormation's resource status, `CREATE_IN_PROGRESS` for example. */
    readonly status: string;
    /** AWS's own words. */
    readonly reason?: string;
    /** Seconds this resource is expected to take, when it begins. */
    readonly expectedSeconds?: number;
    /** Seconds since its operation began, by AWS's own clock, when it has gone well. */
    readonly elapsedSeconds?: number;
  };
  /** The stack is in a state that nothing can be deployed to, and is about to be brought out of it. */
  readonly "stack.recovering": OfStack & {
    /** CloudFormation's stack status. */
    readonly from: string;
    readonly how: Recovery;
    /** AWS's own words, where they say what failed. */
    readonly reason?: string;
    readonly resource?: string;
    readonly resourceType?: string;
  };
  /** Another operation on the stack is under way; this run waits until it ends. */
  readonly "stack.waiting": OfStack & {
    /** CloudFormation's stack status. */
    readonly status: string;
    /** Who began it: an earlier run of astro, the AWS console, or something else. */
    readonly begunBy: "astro" | "console" | "other";
    /** The token of the call that began it, where AWS gives one. */
    readonly token?: string;
  };
  /** A change set could not be used any more, and is made again. */
  readonly "stack.retrying": OfStack & { readonly because: "parameter-changed" | "concurrent-change" };
  /** What AWS is doing to the stack is cancelled; `wait` where AWS cannot cancel it. */
  readonly "stack.cancelling": OfStack & { readonly status: string; readonly how: "delete" | "roll-back" | "wait" };
  /** The stack is updated twice, because AWS turns failover of these resources on only once replicas run. */
  readonly "stack.updating-twice": OfStack & { readonly resources: readonly string[] };
  /** Change sets that an earlier run left behind are about to be deleted. */
  readonly "changeset.discarded": OfStack & { readonly count: number };
  /** An existing resource becomes the stack's, as it is. */
  readonly "resource.adopted": OfResource;
  /** What was in it was deleted, so that it can be deleted itself. */
  readonly "resource.emptied": OfResource & { readonly count: number };
  /** It cannot be deleted and stays in the account, outside of any stack. */
  readonly "resource.retained": OfResource & { readonly physicalId: string };
  /** CloudFormation is told to count these as rolled back, as they are. */
  readonly "resource.skipped": OfStack & { readonly resources: readonly string[] };
  /** Something left from earlier, which has the name of a resource to be created, is about to be deleted. */
  readonly "leftover.deleting": OfResource & { readonly name: string };
  /** A certificate is issued once these records are in the domain's DNS: AWS waits for that. */
  readonly "dns.needed": OfStack & { readonly records: readonly DnsRecord[] };
  /** A certificate is issued once the domain is delegated to these name servers: AWS waits for that. */
  readonly "nameservers.needed": OfStack & { readonly nameServers: readonly string[] };
  /** A task of an ECS service failed for the first time; ECS starts another one. */
  readonly "task.stopped": OfResource & { readonly code: TaskCode; readonly exitCode?: number };
  /** An ECS service's load balancer does not get the answer it wants yet. */
  readonly "service.unhealthy": OfResource & {
    /** HTTP status codes that came, `502, 503` for two. */
    readonly codes?: string;
    readonly timedOut?: boolean;
  };
  /** An ECS service's tasks are not looked at any more: CloudFormation alone decides. */
  readonly "service.unwatched": OfResource & { readonly because: "denied" | "no-answer" };
  /** A service will never be stable: its tasks fail with the same error each time. The operation is cancelled. */
  readonly "stack.failing": OfResource & {
    readonly code: TaskCode;
    /** AWS's words for why its tasks stop. */
    readonly reason: string;
    /** When the tasks stopped that this rests on (ISO 8601). */
    readonly stops: readonly string[];
    /** The last lines that a container of theirs wrote, without what looks like a secret. */
    readonly log: readonly string[];
  };
  /** An operation on a stack ended well, or as the person wished. */
  readonly "stack.done": OfStack & { readonly outcome: StackOutcome; readonly elapsedSeconds: number };
  /** An operation on a stack failed. */
  readonly "stack.failed": OfStack & {
    /** CloudFormation's stack status after the failure; `UNKNOWN` where no operation on the stack ended. */
    readonly status: string;
    /** Whose words `reason` is in. */
    readonly source: "aws" | "astro";
    /** The kind of failure. */
    readonly code: FailureCode;
    readonly reason: string;
    /** The call that AWS refused, `cloudformation:CreateChangeSet` for example. */
    readonly call?: string;
    /** What it means, where known. */
    readonly cause?: string;
    /** What to do about it: text, and the command as an array of words where there is one. */
    readonly hints: readonly Hint[];
    readonly elapsedSeconds: number;
    /** The resource that failed first. */
    readonly resource?: string;
    readonly resourceType?: string;
    /** Logical ids that keep the stack where it is. */
    readonly stuck?: readonly string[];
    /** The last lines that a container of the failing service wrote. */
    readonly log?: readonly string[];
  };
  /** Somebody else works on the environment; this run waits. */
  readonly "lock.held": { readonly holder: LockHolder };
  /** An earlier run left its lock behind; this one is about to take it over. */
  readonly "lock.left": { readonly holder: LockHolder; readonly why: "process-gone" | "no-heartbeat" };
  /** AWS cannot be reached; calls are tried again for so long. */
  readonly "network.lost": { readonly reason: string; readonly retrySeconds: number };
  /** All stacks are done; the run waits until these can be reached (express mode). */
  readonly "endpoints.waiting": { readonly endpoints: readonly { readonly name: string; readonly url: string }[] };
  /** What astro remembers of its environments could not be written to this file. */
  readonly "memory.unwritable": { readonly file: string; readonly reason: string };
  /** A check before the run found something that does not stop it. */
  readonly "preflight.warned": { readonly check: CheckCode; readonly finding: PreflightWarning };
  /** A value is no longer what its stack gave it. */
  readonly "drift.found": {
    readonly stack: string;
    readonly resource: string;
    readonly resourceType: string;
    /** The property, or what is called so. */
    readonly value: string;
    readonly live: string;
    /** What it was deployed as, where known. */
    readonly deployed?: string;
    /** What the run makes of it; absent if it stays. */
    readonly becomes?: string;
    /** AWS may or may not do so. */
    readonly may?: boolean;
    /** Why AWS refuses what the plan wants. */
    readonly refused?: string;
  };
  /** Whether anything of a stack changed outside of CloudFormation could not be looked at. */
  readonly "drift.unknown": { readonly stack: string; readonly reason: string };
  /** Something that no stack of the environment made will stop its removal. */
  readonly "deletion.blocked": {
    readonly by: Blocker;
    /** What deletes it, where a command does. */
    readonly removal?: CommandLine;
  };
  /** Whether others have something in a resource, which would stop its removal, could not be looked at. */
  readonly "deletion.unknown": { readonly resource: string; readonly reason: string };
  /** The run is over: always the last event. */
  readonly result: {
    readonly outcome: RunOutcome;
    /** Stack outputs worth showing, by name. */
    readonly outputs: { readonly [name: string]: string };
    readonly elapsedSeconds: number;
    /** Seconds of the simulated clock, in a rehearsal. */
    readonly simulatedSeconds?: number;
    /** What a removal left behind on purpose. */
    readonly kept?: readonly Kept[];
  };
};

export type EventType = keyof EventFacts;

/** A fact about a run. */
export type EventBody = { [Type in EventType]: { readonly type: Type } & EventFacts[Type] }[EventType];

/** What is known of a stack that failed. */
export type FailedStack = EventFacts["stack.failed"];

/** An event as it leaves the engine: the fact, when (ISO 8601), and in which environment. */
export type Event = EventBody & { readonly at: string; readonly environment: string };

/** The event of one type, or of several. */
export type EventOf<Type extends EventType> = Extract<Event, { readonly type: Type }>;

export type Emit = (event: Event) => void;

/** Who tells of a run: by which clock, to whom, of which environment. */
type Speaker = { readonly clock: Clock; readonly emit: Emit; readonly site: { readonly environment: string } };

/** Emits a fact with the clock's time and the environment's name. */
export function tell({ clock, emit, site }: Speaker, body: EventBody): void {
  emit({ ...body, at: clock.now().toISOString(), environment: site.environment });
}
