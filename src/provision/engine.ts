import type { Clock } from "../clock.ts";
import type { DeployedStack } from "../plan/deployed.ts";
import type { Step } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { ReadRecord } from "../plan/read-values.ts";
import type { Cloud, StackRef } from "./cloud.ts";
import type { Emit, EventBody } from "./event.ts";

/** Everything the engine works with; all of it handed in, so that a test or a rehearsal can stand in for AWS. */
export type Engine = {
  readonly cloud: Cloud;
  readonly clock: Clock;
  readonly emit: Emit;
  /** Aborted on Ctrl-C: the engine stops watching and leaves AWS at work. */
  readonly signal: AbortSignal;
  /** A fresh word for change sets and client tokens, unique in the account. */
  readonly token: () => string;
};

/** One run's engine together with where it runs and what it knows of the stacks so far. */
export type Run = Engine & {
  readonly site: Site;
  readonly standing: Map<string, DeployedStack>;
  readonly record: Map<string, ReadRecord[string]>;
};

/** The key under which `Run.standing` knows a stack. */
export function standingKey({ name, region }: StackRef): string {
  return `${region}/${name}`;
}

export function refOf(step: Pick<Step, "stack" | "region">): StackRef {
  return { name: step.stack, region: step.region };
}

/** Emits a fact with the clock's time and the environment's name. */
export function tell(engine: Engine & { readonly site: Pick<Site, "environment"> }, body: EventBody): void {
  engine.emit({ ...body, at: engine.clock.now().toISOString(), environment: engine.site.environment });
}

/** Thrown inside the engine when one stack ends badly; carries what the `stack.failed` event tells. */
export class StackFailure extends Error {
  readonly status: string;
  readonly resource: { readonly resource: string; readonly resourceType: string } | undefined;

  constructor(status: string, reason: string, resource?: StackFailure["resource"]) {
    super(reason);
    this.status = status;
    this.resource = resource;
  }
}
