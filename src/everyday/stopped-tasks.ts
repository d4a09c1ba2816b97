import type { Site } from "../plan/provision-plan.ts";
import type { Cloud } from "../provision/cloud.ts";
import { sideBySide } from "../provision/side-by-side.ts";
import { DENIED, type OrDenied } from "../provision/workload/port.ts";
import { redact } from "../redact.ts";
import type { Tasks } from "../release/port-tasks.ts";
import { APP_SERVICES, clusterOf, MIGRATE } from "./names.ts";

/** A task that has stopped, and the last lines that it wrote. */
export type StoppedTask = {
  readonly part: string;
  readonly task: string;
  /** ISO 8601. */
  readonly stoppedAt: string;
  /** AWS's own word and words. */
  readonly stopCode?: string;
  readonly reason?: string;
  readonly exitCode?: number;
  /** Absent where its log cannot be read. */
  readonly lines?: readonly string[];
};

type Looks = {
  readonly cloud: Pick<Cloud, "serviceTasks" | "logTail">;
  readonly tasks: Pick<Tasks, "tasksOfFamily">;
};

type Stopped = Omit<StoppedTask, "lines" | "stoppedAt"> & {
  readonly stoppedAt: Date;
  readonly definition: string;
  readonly container: string;
};

/** Tasks that are shown, the last ones, and lines of each. */
const MOST = 5;
const LINES = 20;

/**
 * Those of the app's tasks that stopped last, of `part` or of all: ECS knows of them for an hour. `denied` where it may not
 * be asked.
 */
export async function stoppedTasks(
  { cloud, tasks }: Looks,
  site: Site,
  part: string | undefined,
  schedules: readonly string[],
): Promise<OrDenied<readonly StoppedTask[]>> {
  const wanted = [...APP_SERVICES, MIGRATE, ...schedules].filter((name) => part === undefined || name === part);
  const { region } = site;
  const cluster = clusterOf(site);
  const found = await sideBySide(wanted, async (name): Promise<OrDenied<readonly Stopped[]>> => {
    if (APP_SERVICES.some((service) => service === name)) return ofService(cloud, { region, cluster, name });
    const family = name === MIGRATE ? `${cluster}-${MIGRATE}` : `${cluster}-schedule-${name}`;
    const container = name === MIGRATE ? "api" : name;
    const ended = await tasks.tasksOfFamily({ region, cluster }, family, "STOPPED");
    return ended.flatMap(({ id, stoppedAt, ...rest }) =>
      stoppedAt === undefined ? [] : [{ ...rest, part: name, task: id, stoppedAt, container }],
    );
  });
  if (found.includes(DENIED)) return DENIED;
  const all = found.flatMap((one) => (one === DENIED ? [] : one));
  const last = all.toSorted((a, b) => a.stoppedAt.getTime() - b.stoppedAt.getTime()).slice(-MOST);
  return sideBySide(last, async ({ part: name, task, stoppedAt, definition, container, ...why }) => {
    const lines = await cloud.logTail(region, { id: task, definition }, container, LINES);
    const { stopCode, reason, exitCode } = why;
    return {
      part: name,
      task,
      stoppedAt: stoppedAt.toISOString(),
      ...(stopCode !== undefined && { stopCode }),
      ...(reason !== undefined && { reason: redact(reason) }),
      ...(exitCode !== undefined && { exitCode }),
      ...(lines !== DENIED && lines !== undefined && { lines: lines.map(redact) }),
    };
  });
}

async function ofService(
  cloud: Looks["cloud"],
  ref: { readonly region: string; readonly cluster: string; readonly name: string },
): Promise<OrDenied<readonly Stopped[]>> {
  const found = await cloud.serviceTasks(ref, "STOPPED");
  if (found === DENIED) return DENIED;
  return found.flatMap(({ id, stoppedAt, definition, containers, stopCode, reason }) => {
    if (stoppedAt === undefined) return [];
    const own = containers.find(({ name }) => name === ref.name) ?? containers[0];
    const why = own?.reason ?? reason;
    return [
      {
        part: ref.name,
        task: id,
        stoppedAt,
        definition,
        container: own?.name ?? ref.name,
        ...(stopCode !== undefined && { stopCode }),
        ...(why !== undefined && { reason: why }),
        ...(own?.exitCode !== undefined && { exitCode: own.exitCode }),
      },
    ];
  });
}
