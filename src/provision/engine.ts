import type { Clock } from "../clock.ts";
import { type CommandLine, command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import type { Plan, PlannedChange, Step } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { StoredValues } from "../plan/stored-values.ts";
import type { Stack } from "../synth/assembly.ts";
import type { SecondsFor } from "../template/durations.ts";
import type { Cloud, StackRef } from "./cloud.ts";
import { type Emit, type EventBody, type EventFacts, type EventType, tell } from "./event.ts";
import type { EnvironmentLock } from "./lock.ts";
import type { PollInterval } from "./poll-interval.ts";

/** Everything the engine works with; all of it handed in, so that a test or a rehearsal can take the place of AWS. */
export type Engine = {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborted on Ctrl-C: the engine stops watching, and the deployment continues in AWS. */
  readonly signal: AbortSignal;
  /** A fresh word for change sets and client tokens, unique in the account. */
  readonly token: () => string;
  /** Aborted to cancel what is in progress: the engine cancels it, follows it, and starts nothing more. */
  readonly cancel?: AbortSignal;
  /** What a person allows to get a stack out of a state that CloudFormation does not leave by itself. */
  readonly recoveryOptions?: RecoveryOptions;
  /** The command that goes on from here, flags and all; the plan's own command if left out. */
  readonly again?: CommandLine;
  /** Bring what somebody changed or deleted by hand back to what the templates say. */
  readonly revertDrift?: boolean;
  /** How long resources take; AWS's usual pace if left out. */
  readonly secondsFor?: SecondsFor;
  /** Deploys in CloudFormation's express mode, all but the bootstrap: that is used right away. */
  readonly express?: boolean;
  /**
   * Throws AstroError("declined") for changes of a step that nobody has agreed to; asked right before they are made. What it
   * looks up itself it asks of `cloud`, which waits for a network that is gone.
   */
  readonly gate?: (step: Step, changes: readonly PlannedChange[], cloud: Cloud) => void | Promise<void>;
  /** Asks the person at the terminal; absent where there is none. */
  readonly ask?: (question: string) => Promise<boolean>;
  /** The environment's lock, taken after the first bootstrap at the latest. */
  readonly lock?: EnvironmentLock;
};

/** Logical ids that a person has named with the flag for each. */
export type RecoveryOptions = {
  /** Resources whose rollback fails: CloudFormation then takes them as they are. */
  readonly skip: readonly string[];
  /** Resources whose deletion fails: they stay, and no stack knows them any more. */
  readonly retain: readonly string[];
  /** Resources whose names something left from earlier has: that is deleted. */
  readonly clear?: readonly string[];
  /** The same, but what is there becomes the stack's. */
  readonly adopt?: readonly string[];
};

/** One run's engine together with where it runs and what it knows of the stacks so far. */
export type Run = Engine & {
  readonly site: Site;
  /** The assembly's stacks: what the plan's steps deploy. */
  readonly stacks: readonly Stack[];
  readonly direction: Plan["direction"];
  readonly deployed: Map<string, DeployedStack>;
  /** What was in Parameter Store when it began. */
  readonly values: StoredValues;
  /** Regions in which this run has changed something: what is read from Parameter Store there may have moved. */
  readonly touched: Set<string>;
  /** Keys of stacks whose resources may not be what their template says. */
  readonly drifted: Set<string>;
  readonly poll: PollInterval;
};

/** The key under which `Run.deployed` knows a stack. */
export function stackKey({ name, region }: StackRef): string {
  return `${region}/${name}`;
}

export function refOf(step: Pick<Step, "stack" | "region">): StackRef {
  return { name: step.stack, region: step.region };
}

/** Emits a fact about a step's stack. */
export function tellOf<Type extends StackEventType>(
  run: Run,
  { phase, stack }: Step,
  type: Type,
  facts: Omit<EventFacts[Type], "phase" | "stack">,
): void {
  // The compiler does not see that a type and its own facts make one of the union.
  tell(run, { type, phase, stack, ...facts } as unknown as EventBody);
}

/** Types of the events that are about one stack of a phase. */
type StackEventType = {
  [Type in EventType]: EventFacts[Type] extends { readonly phase: unknown; readonly stack: string } ? Type : never;
}[EventType];

/** The command that goes on from here. */
export function againOf({ again, direction, site }: Pick<Run, "again" | "direction" | "site">): CommandLine {
  return again ?? ["astro", direction, "--env", site.environment];
}

/** Thrown inside the engine when one stack was rolled back as the person wished. */
export class Cancelled extends Error {}

/** Whatever was thrown as an error a person can act on. */
export function asAstroError(error: unknown): AstroError {
  if (error instanceof AstroError) return error;
  const hints = [
    { text: "see the status of the stacks", command: command`astro status` },
    {
      text: "then run the same command: it goes on from there; if it ends the same way, that is a bug in astro, and --debug shows where",
    },
  ];
  return new AstroError("failed", reasonOf(error), hints, error);
}
