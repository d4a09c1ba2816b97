import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { patternFor } from "../../everyday/log-pattern.ts";
import { type LogSource, logSourcesOf } from "../../everyday/log-sources.ts";
import { followLogs, type LogReading, readLogs } from "../../everyday/read-logs.ts";
import { sinceOf } from "../../everyday/since.ts";
import { stoppedTasks } from "../../everyday/stopped-tasks.ts";
import type { Site } from "../../plan/provision-plan.ts";
import { DENIED } from "../../provision/workload/port.ts";
import type { Logs } from "../../release/port-logs.ts";
import { jsonText } from "../../terminal.ts";
import { appLineWriter, renderStopped } from "../../view/app-logs.ts";
import { minute } from "../../view/format.ts";
import { renderNote } from "../../view/note.ts";
import { waysToAWorker } from "../add-worker.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import { type EnvironmentOperation, inOperation } from "../open.ts";
import { interruptibly, lockClock } from "../session.ts";

export type LogsOptions = OperationOptions & {
  readonly follow: boolean;
  readonly since: string;
  readonly grep?: string | undefined;
  readonly previous: boolean;
};

/** `astro logs`: what the app's tasks wrote, or why the last ones stopped. Throws AstroError. */
export async function logs(context: Context, part: string | undefined, flags: LogsOptions): Promise<void> {
  await inOperation(context, "logs", flags, (operation) =>
    flags.previous ? previous(context, operation, part, flags) : lines(context, operation, part, flags),
  );
}

const schedulesOf = ({ environment }: EnvironmentOperation) => (environment.schedule ?? []).map(({ name }) => name);

async function lines(
  context: Context,
  operation: EnvironmentOperation,
  part: string | undefined,
  flags: LogsOptions,
): Promise<void> {
  const { target, site, project, environment } = operation;
  const clock = lockClock(context, target);
  const app = await target.app();
  const asked = logSourcesOf(site, part, schedulesOf(operation));
  const sources = await interruptibly(context, () => existing(app, site, asked));
  if (sources.length === 0 && part === "worker" && !project.foreign && environment.worker === undefined)
    throw new AstroError("failed", `${site.environment} has no worker`, waysToAWorker(operation, flags));
  if (sources.length === 0)
    throw new AstroError("failed", `there is no log group ${asked.map(({ group }) => group).join(" or ")}`, [
      { text: "create what is missing", command: commandWith("provision", site.environment, flags) },
      { text: "or see what is deployed", command: ["astro", "status"] },
    ]);
  const reading: LogReading = {
    logs: app,
    region: site.region,
    sources,
    from: sinceOf(flags.since, clock.now()),
    ...(flags.grep !== undefined && { pattern: patternFor(flags.grep) }),
    line: appLineWriter(context.stdout, flags.json),
  };
  if (flags.follow) {
    const signal = context.interruptible();
    await target.running(() => followLogs({ ...reading, clock, signal }));
    return;
  }
  const count = await interruptibly(context, () => readLogs(reading));
  if (count === 0) {
    const what = flags.grep === undefined ? "line" : "line with that text";
    const since = minute(new Date(reading.from).toISOString());
    const further = [...commandWith("logs", site.environment, { ...flags, file: part }), "--since", "1d"];
    const grep = flags.grep === undefined ? [] : ["--grep", flags.grep];
    const words = `no ${what} since ${since}. To look further back`;
    context.stderr.write(renderNote(words, context.stderr, [...further, ...grep]));
  }
}

/** Those whose group is there: who may read the environment's own only is denied any other, be it there or not. */
async function existing(logs: Logs, site: Site, asked: readonly LogSource[]): Promise<readonly LogSource[]> {
  try {
    const there = await logs.logGroups(site.region, `/${site.project}/${site.environment}/`);
    return asked.filter(({ group }) => there.includes(group));
  } catch (error) {
    if (error instanceof AstroError && error.code === "denied") return asked;
    throw error;
  }
}

async function previous(
  context: Context,
  operation: EnvironmentOperation,
  part: string | undefined,
  flags: LogsOptions,
): Promise<void> {
  const { target, site } = operation;
  const schedules = schedulesOf(operation);
  // Refuses what is no part.
  logSourcesOf(site, part, schedules);
  const tasks = await target.app();
  const found = await interruptibly(context, () => stoppedTasks({ cloud: target.cloud, tasks }, site, part, schedules));
  if (found === DENIED)
    throw new AstroError("denied", "ECS may not be asked which tasks stopped", "ask for the permission ecs:ListTasks");
  if (flags.json) for (const task of found) context.stdout.write(`${jsonText(task)}\n`);
  else if (found.length > 0) context.stdout.write(renderStopped(found, context.stdout));
  if (found.length === 0)
    context.stderr.write(
      renderNote("no task has stopped within the last hour: ECS forgets them after that", context.stderr),
    );
}
