import { dayOf } from "../clock.ts";
import type { Context } from "../context.ts";
import { appStatusOf } from "../everyday/app-status.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { Lock } from "../provision/cloud.ts";
import { holderOf, idOf } from "../provision/lock.ts";
import { lastRun, type RunRecord } from "../provision/recorder.ts";
import { stackStatesOf } from "../provision/stack-states.ts";
import { appStacksOf } from "../release/app-stacks.ts";
import { during } from "../view/spinner.ts";
import { renderStatus, type StatusReport } from "../view/status.ts";
import { deployedAround, deployedCost } from "./deployed.ts";
import { noteElsewhere } from "./elsewhere.ts";
import type { OperationOptions } from "./flags.ts";
import { inOperation } from "./open.ts";
import { interruptibly } from "./session.ts";

/** `astro status`: the state of every stack of the environment; changes nothing. */
export async function status(
  context: Context,
  flags: OperationOptions,
): Promise<{ readonly value: StatusReport; readonly render: () => string }> {
  return inOperation(context, "status", flags, async (operation) => {
    const { site, target, header } = operation;
    const seen = await during(context.stderr, "reading what is deployed", () =>
      interruptibly(context, async () => {
        const [{ deployed, around }, record, lock] = await Promise.all([
          deployedAround(operation, flags),
          lastRun(target.cloud, site),
          target.cloud.lock(site.region, idOf(site)),
        ]);
        const [stacks, app, cost] = await Promise.all([
          stackStatesOf(target.cloud, deployed),
          appStatusOf({ cloud: target.cloud, sessions: target.app }, site, deployed),
          costOf(site, deployed, dayOf(context.clock)),
        ]);
        const at = target.clock.now().toISOString();
        return {
          value: {
            ...site,
            at,
            stacks,
            ...(app && { app }),
            ...appOf(deployed),
            ...cost,
            ...lockOf(lock),
            ...runOf(record),
          },
          around,
        };
      }),
    );
    noteElsewhere(context, operation, flags, seen.around);
    const report = seen.value;
    return { value: report, render: () => renderStatus(report, header, context.stdout) };
  });
}

function appOf(deployed: readonly DeployedTemplate[]): Pick<StatusReport, "undeployed"> {
  const api = appStacksOf(deployed).find(({ part }) => part === "api");
  return api?.image === "" && api.pinned === undefined ? { undeployed: true } : {};
}

async function costOf(
  site: Site,
  deployed: readonly DeployedTemplate[],
  today: string,
): Promise<Pick<StatusReport, "monthly" | "unpriced">> {
  if (deployed.length === 0) return {};
  const { monthlyTotal, unpriced } = await deployedCost(site, deployed, today);
  return { monthly: monthlyTotal, ...(unpriced.length > 0 && { unpriced }) };
}

function lockOf(lock: Lock | undefined): Pick<StatusReport, "lock"> {
  return lock ? { lock: holderOf(lock) } : {};
}

function runOf(record: RunRecord | undefined): Pick<StatusReport, "lastRun"> {
  if (record === undefined) return {};
  const { operation, who, host, startedAt, endedAt, outcome } = record;
  return {
    lastRun: {
      operation,
      who,
      host,
      startedAt,
      ...(endedAt !== undefined && { endedAt }),
      ...(outcome !== undefined && { outcome }),
    },
  };
}
