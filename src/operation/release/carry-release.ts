import { secondsBetween } from "../../clock.ts";
import type { CommandLine } from "../../command-line.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import type { Plan, PlannedChange, Step } from "../../plan/plan.ts";
import { tell } from "../../provision/event.ts";
import type { ReleaseStep } from "../../provision/release-facts.ts";
import type { RunResult } from "../../provision/run.ts";
import type { AppStack } from "../../release/app-stacks.ts";
import { outputNamed } from "../../release/frontend-state.ts";
import { type ReleasedImage, type ReleaseRecord, writeRelease } from "../../release/record.ts";
import { rolloutOf } from "../../release/rollout.ts";
import { type Conducted, conduct, openView } from "../conduct.ts";
import { gateFor } from "../gate.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { LockSession } from "../session.ts";
import type { DeployedApp } from "./deployed-app.ts";
import { asResult, NOTHING_ROLLED_OUT, type StepReporter } from "./steps.ts";

/** A release as it is to be carried out, whatever it is made from. */
export type ReleaseOrder = {
  readonly number: number;
  readonly steps: readonly ReleaseStep[];
  /** Those of the app's stacks that it reaches. */
  readonly apps: readonly AppStack[];
  readonly of?: number;
  /**
   * Builds what there is to build, and puts the image where tasks find it; its image. What cannot be built stops a release
   * before anything is changed.
   */
  readonly build?: (reporter: StepReporter, conducted: Conducted) => Promise<ReleasedImage | undefined>;
  /** What has to come to a good end before the image is rolled out. */
  readonly before?: (image: ReleasedImage, reporter: StepReporter, conducted: Conducted) => Promise<void>;
  /** Serves the frontend and tells what is served then. */
  readonly frontend?: (reporter: StepReporter, conducted: Conducted) => Promise<ReleaseRecord["frontend"]>;
  /** The record of it, that of before where it came out as what is deployed; none where nothing is released. */
  readonly record?: (made: Pick<ReleaseRecord, "image" | "frontend">) => ReleaseRecord | undefined;
  readonly prove?: (reporter: StepReporter, conducted: Conducted) => Promise<unknown>;
  /** The command that goes on from here. */
  readonly again: CommandLine;
  /** Leave as soon as AWS works on the last stack. */
  readonly detach?: boolean;
};

/** Carries a release out under the lock, shows how it goes, and records it. */
export async function carryRelease(
  context: Context,
  operation: EnvironmentOperation,
  session: LockSession,
  current: DeployedApp,
  order: ReleaseOrder,
  json: boolean,
): Promise<RunResult> {
  const { target, site } = operation;
  const { apps, steps, number, of, again } = order;
  const leave = new AbortController();
  const opened = await openView(context, json, operation);
  // Which image that will be is not known yet; of which stacks is.
  const { plan, stacks } = await rolloutOf(site, apps, UNKNOWN);
  const foreseen: Plan = steps.includes("roll-out") ? plan : { ...plan, steps: [] };
  const last = foreseen.steps.at(-1)?.stack;
  // What the engine itself tells comes to the view alone.
  const view: typeof opened = {
    ...opened,
    emit: (event) => {
      opened.emit(event);
      if (order.detach && event.type === "resource.changed" && event.stack === last) leave.abort();
    },
  };
  const gate = gateFor(foreseen, stacks, { ...GATED, json });
  const engine = { again, gate: (step: Step, changes: readonly PlannedChange[]) => gate.step(step, changes) };
  const known = current.known;
  const work = (conducted: Conducted) => {
    const reporter: StepReporter = { clock: target.clock, emit: conducted.emit, site };
    const from = current.api.image;
    tell(reporter, {
      type: "release.started",
      plan: foreseen,
      number,
      steps,
      ...(from !== "" && { from }),
      ...(of !== undefined && { of }),
    });
    const start = target.clock.now();
    const ending = asResult(conducted, left, () => released(operation, current, order, reporter, conducted));
    return ending.then((result) => ({ ...result, elapsedSeconds: secondsBetween(start, target.clock.now()) }));
  };
  return conduct(context, operation, {
    session,
    plan: foreseen,
    stacks,
    known,
    view,
    engine,
    work,
    leave: leave.signal,
  });
}

/** Stands for an image that is not built yet. */
const UNKNOWN = "to be built";

/** A release replaces no more than task definitions, which hold nothing: whatever else AWS would replace is stopped at. */
const GATED = { rehearse: false, speed: "60", wait: false, yes: false } as const;

function left(): AstroError {
  return new AstroError(
    "interrupted",
    "left before everything was done; a migration that was started goes on in AWS",
    "run the same command again: it goes on from there",
  );
}

async function released(
  { target, site }: EnvironmentOperation,
  current: DeployedApp,
  order: ReleaseOrder,
  reporter: StepReporter,
  conducted: Conducted,
): Promise<RunResult> {
  const { steps, apps, record } = order;
  const image = await order.build?.(reporter, conducted);
  stopIfOver(conducted);
  if (image) await order.before?.(image, reporter, conducted);
  stopIfOver(conducted);
  let result: RunResult = NOTHING_ROLLED_OUT;
  if (image && steps.includes("roll-out")) {
    const { plan, stacks } = await rolloutOf(site, apps, image.ref);
    if (plan.steps.length > 0) result = await conducted.carry(plan, stacks);
    const isLeft = result.outcome === "interrupted" && order.detach === true;
    const begun = isLeft ? record?.({ image }) : undefined;
    if (begun) await writeRelease(target.cloud, site, begun);
    if (result.outcome !== "done") return result;
  }
  const frontend = await order.frontend?.(reporter, conducted);
  stopIfOver(conducted);
  const made = record?.({ ...(image && { image }), ...(frontend && { frontend }) });
  if (made) await writeRelease(target.cloud, site, made);
  await order.prove?.(reporter, conducted);
  return { ...result, outputs: urlsOf(current) };
}

function stopIfOver({ signal, cancel }: Conducted): void {
  signal.throwIfAborted();
  cancel.throwIfAborted();
}

/** Where people find the app. */
function urlsOf({ stacks }: DeployedApp): { readonly [name: string]: string } {
  const named = ["AppUrl", "ApiUrl"].map((name) => [name, outputNamed(stacks, name)] as const);
  return Object.fromEntries(named.flatMap(([name, url]) => (url === undefined ? [] : [[name, url] as const])));
}
