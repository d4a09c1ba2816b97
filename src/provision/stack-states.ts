import type { Phase } from "../config/phases.ts";
import { type DeployedTemplate, needsOf, phaseOf } from "../plan/deployed.ts";
import { inOrder } from "../plan/order.ts";
import { isMoving, isSound } from "../plan/status.ts";
import type { Cloud, StackEvent } from "./cloud.ts";
import { sideBySide } from "./side-by-side.ts";
import { failedOfItself, isOfStack, lastOperation } from "./stack-events.ts";

/** The state of one stack. */
export type StackState = {
  readonly stack: string;
  readonly region: string;
  readonly phase: Phase;
  /** CloudFormation's own status word, and since when (ISO 8601). */
  readonly status: string;
  readonly since: string;
  readonly resources: number;
  readonly outputs: { readonly [name: string]: string };
  /** Of an operation under way: the resources CloudFormation is at, the one begun first in front. */
  readonly doing?: readonly { readonly resource: string; readonly type: string; readonly status: string }[];
  /** Of one that failed, the resource that failed first and AWS's words for it. */
  readonly trouble?: { readonly resource?: string; readonly type?: string; readonly reason: string };
};

/** The state of each stack, in the order of their creation; events are read only for those that are not in a good state. */
export async function stackStatesOf(
  cloud: Cloud,
  deployed: readonly DeployedTemplate[],
): Promise<readonly StackState[]> {
  const placed = deployed.map((one) => ({ one, stack: one.name, phase: phaseOf(one), needs: needsOf(one) }));
  return sideBySide(inOrder(placed), async ({ one: stack, phase }) => {
    const { name, region, status, template, outputs, createdAt, updatedAt } = stack;
    const events = isSound(status) ? [] : await cloud.events({ name: stack.id, region });
    const last = events.findLast((event) => isOfStack(event) && event.status === status);
    return {
      stack: name,
      region,
      phase,
      status,
      since: (last?.at ?? updatedAt ?? createdAt).toISOString(),
      resources: Object.keys(template.Resources).length,
      outputs,
      ...details(status, stack.reason, lastOperation(events)?.events ?? []),
    };
  });
}

function details(
  status: string,
  reason: string | undefined,
  events: readonly StackEvent[],
): Pick<StackState, "doing" | "trouble"> {
  const ofResources = events.filter((event) => !isOfStack(event));
  const culprit = ofResources.find(failedOfItself);
  const why = culprit?.reason ?? reason;
  const trouble = why !== undefined &&
    /FAILED|ROLLBACK/.test(status) && {
      trouble: { reason: why, ...(culprit && { resource: culprit.logicalId, type: culprit.type }) },
    };
  if (!isMoving(status)) return { ...trouble };
  const now = new Map(ofResources.map((event) => [event.logicalId, event]));
  const doing = [...now.values()].filter((event) => event.status.endsWith("_IN_PROGRESS"));
  return {
    ...trouble,
    doing: doing.map((event) => ({ resource: event.logicalId, type: event.type, status: event.status })),
  };
}
