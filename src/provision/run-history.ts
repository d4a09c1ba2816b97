import { isPhase, LAST_PHASE, type Phase } from "../config/phases.ts";
import { type DeployedTemplate, needsOf, phaseOf } from "../plan/deployed.ts";
import { allOf } from "../plan/diff.ts";
import { inOrder } from "../plan/order.ts";
import { type Plan, type Step, stackFor } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import { isMoving } from "../plan/status.ts";
import type { Cloud, Lock } from "./cloud.ts";
import { stackKey } from "./engine.ts";
import type { RunRecord } from "./recorder.ts";
import { sideBySide } from "./side-by-side.ts";
import { lastOperation, type PastOperation } from "./stack-events.ts";

/** A run as what is left of it in CloudFormation tells of it. */
export type RunHistory = {
  /** What it did, or is doing; stacks it has not come to yet are there only if its record is. */
  readonly plan: Plan;
  /** The run's word; absent if it is nobody's run of astro. */
  readonly run?: string;
  /** The command that it is of, where its record or its lock says. */
  readonly operation?: string;
  readonly begun: Date;
  /** Whether its record is known, and with it the stacks it has yet to come to. */
  readonly isRecorded: boolean;
  /** When it ended, if its record says so. */
  readonly ended?: Date;
  /** The last operation of each stack of the run that has one, by `stackKey`. */
  readonly operations: ReadonlyMap<string, PastOperation>;
  /** The stacks that stand, with their templates. */
  readonly deployed: readonly DeployedTemplate[];
};

export type HistorySnapshot = {
  readonly deployed: readonly DeployedTemplate[];
  readonly record: RunRecord | undefined;
  readonly lock: Lock | undefined;
};

/** Reads the newest run from the events of the stacks that stand; `undefined` if nothing ever was done here. */
export async function readHistory(
  cloud: Cloud,
  site: Site,
  snapshot: HistorySnapshot,
): Promise<RunHistory | undefined> {
  const { deployed, record, lock } = snapshot;
  const looked = await sideBySide(deployed, async (stack) => {
    return { stack, last: lastOperation(await cloud.events({ name: stack.id, region: stack.region })) };
  });
  const done = looked.flatMap(({ stack, last }) => (last ? [{ stack, last }] : []));
  const newest = done.toSorted((a, b) => b.last.begun.getTime() - a.last.begun.getTime())[0];
  const moving = done.filter(({ stack }) => isMoving(stack.status));
  const isNewer = record && (newest === undefined || new Date(record.startedAt) > newest.last.begun);
  const run = lock?.run ?? moving[0]?.last.run ?? (isNewer ? record.run : newest?.last.run);
  if (newest === undefined && run === undefined) return undefined;
  const ofRun = done.filter(({ stack, last }) =>
    run === undefined ? isMoving(stack.status) || last === newest?.last : last.run === run,
  );
  const operations = new Map(ofRun.map(({ stack, last }) => [stackKey(stack), last]));
  const begun = [...operations.values()].map((one) => one.begun.getTime());
  const recorded = record && record.run === run ? record : undefined;
  return {
    plan: planOf(site, deployed, operations, recorded),
    ...(run !== undefined && { run }),
    ...operationOf(recorded, lock),
    isRecorded: recorded !== undefined,
    begun: new Date(recorded ? Date.parse(recorded.startedAt) : Math.min(...begun)),
    ...(recorded?.endedAt !== undefined && { ended: new Date(recorded.endedAt) }),
    operations,
    deployed,
  };
}

function operationOf(record: RunRecord | undefined, lock: Lock | undefined): Pick<RunHistory, "operation"> {
  const operation = record?.operation ?? lock?.operation;
  return operation === undefined ? {} : { operation };
}

/** The run as a plan: its record's steps, or what stands and what was done to it. */
function planOf(
  site: Site,
  deployed: readonly DeployedTemplate[],
  operations: RunHistory["operations"],
  record: RunRecord | undefined,
): Plan {
  const steps = record
    ? record.stacks.map((one) => {
        const stack = stackFor(deployed, one);
        const phase = isPhase(one.phase) ? one.phase : LAST_PHASE;
        return stack ? stepOf(stack, actionOf(one.action), phase) : absent(one, phase);
      })
    : inOrder(deployed.map((stack) => stepOf(stack, operations.get(stackKey(stack))?.action ?? "unchanged")));
  const removals = steps.filter(({ action }) => action === "delete").length;
  const goes = record ? record.operation === "destroy" : removals > 0 && removals === operations.size;
  return { ...site, direction: goes ? "destroy" : "provision", steps, monthly: { before: 0, after: 0 } };
}

function actionOf(word: string): Step["action"] {
  return (["create", "update", "delete"] as const).find((action) => action === word) ?? "unchanged";
}

function absent({ stack, region, action }: RunRecord["stacks"][number], phase: Phase): Step {
  return { stack, region, phase, action: actionOf(action), changes: [], resources: 0, needs: [] };
}

function stepOf(deployed: DeployedTemplate, action: Step["action"], phase = phaseOf(deployed)): Step {
  const { name, region, template } = deployed;
  const changes = action === "unchanged" ? [] : allOf(template, action === "delete" ? "remove" : "add");
  const resources = Object.keys(template.Resources).length;
  return { stack: name, region, phase, action, changes, resources, needs: needsOf(deployed) };
}
