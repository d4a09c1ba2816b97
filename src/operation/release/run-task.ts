import type { CommandLine } from "../../command-line.ts";
import { FARGATE_CPUS, memoriesOf } from "../../config/sizes.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import type { ServiceRef } from "../../provision/workload/port.ts";
import { followTask } from "../../release/follow-task.ts";
import { jsonText } from "../../terminal.ts";
import { linesOn } from "../../view/lines.ts";
import { renderNote } from "../../view/note.ts";
import { isConfirmed } from "../confirm.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import { inOperation } from "../open.ts";
import { interruptibly } from "../session.ts";
import { deployedApp } from "./deployed-app.ts";

/** Input of `astro run`. */
export type RunFlags = OperationOptions & {
  readonly cpu?: number | undefined;
  readonly memory?: number | undefined;
};

/** Exit code of a task that never ran. */
const NOT_STARTED = 1;

/**
 * `astro run -- command`: a one-off task of the image that runs, with the API's network, roles and secrets. Its lines go to
 * stdout, and its exit code is returned. Ctrl-C asks whether to stop the task, or leaves it.
 */
export async function runOnce(context: Context, flags: RunFlags, words: CommandLine): Promise<number> {
  if (words.length === 0) {
    const command = ["astro", "run", "--", "alembic", "current"];
    throw new AstroError("usage", "no command to run", { text: "put it behind two hyphens, for example", command });
  }
  rejectSize(flags);
  return inOperation(context, "run", flags, async (operation) => {
    const { target, site } = operation;
    const { api, service } = await interruptibly(context, () => deployedApp(operation, flags));
    if (api.image === "" && api.pinned === undefined) {
      throw new AstroError("failed", `nothing of your own is deployed to ${site.environment} yet`, {
        text: "deploy it first, with",
        command: commandWith("deploy", site.environment, flags),
      });
    }
    const tasks = await target.app();
    const place = await tasks.taskPlace(service);
    if (place === undefined) throw new AstroError("failed", `${service.name} is not there`, "look at astro status");
    const token = context.token();
    const { cpu, memory } = flags;
    const id = await tasks.startTask(place, {
      definition: place.definition,
      startedBy: `astro-run-${token}`,
      token: `astro-run-${token}`,
      command: words,
      ...(cpu !== undefined && { cpu }),
      ...(memory !== undefined && { memory }),
    });
    if (id === undefined)
      throw new AstroError(
        "conflict",
        "another task was started in its place",
        "see what runs (astro status), then run it again",
      );
    if (!flags.json) context.stderr.write(` task ${id} of ${service.cluster} is starting …\n`);
    const stop = () => tasks.stopTask(place, id, "stopped by whoever ran it");
    const lines = linesOn(context.stdout);
    if (context.canAsk) {
      context.onCtrlC(async () => {
        const go = lines.hold();
        // A second Ctrl-C, or a no, leaves the task running.
        const isMeant = await isConfirmed(context, "Stop the task?").catch(() => false);
        go();
        if (!isMeant) return "leave";
        await stop();
        return "stay";
      });
    }
    const signal = context.interruptible();
    const emit = (fact: object) => context.stdout.write(`${jsonText({ task: id, ...fact })}\n`);
    const line = (said: string) => (flags.json ? emit({ line: said }) : lines.write(said));
    const status = (word: string) => {
      if (flags.json) emit({ status: word });
    };
    try {
      const { task } = await target.running(() =>
        followTask({ tasks, clock: target.clock, signal, line, status }, place, id, place.log?.prefix).finally(
          lines.close,
        ),
      );
      const { exitCode = NOT_STARTED, reason } = task;
      if (flags.json) emit({ exitCode, ...(reason !== undefined && { reason }) });
      else if (exitCode !== 0)
        context.stderr.write(
          renderNote(`the task ended with exit code ${exitCode}: ${reason ?? "no reason given"}`, context.stderr),
        );
      return exitCode;
    } catch (error) {
      if (!signal.aborted) throw error;
      // A rehearsal has no other client at hand.
      const hint = target.rehearsing
        ? { text: "see what runs", command: ["astro", "status"] }
        : { text: "to stop it, run", command: stopLine(service, id) };
      throw new AstroError("interrupted", `left; the task ${id} goes on in AWS`, hint);
    } finally {
      context.onCtrlC();
    }
  });
}

/** Throws AstroError("usage") for a size that no task of Fargate has; whether one value fits the API's other one, ECS says. */
function rejectSize({ cpu, memory }: RunFlags): void {
  const cpus = FARGATE_CPUS.filter((one) => memory === undefined || memoriesOf(one).includes(memory));
  if (cpus.length === 0)
    throw new AstroError(
      "usage",
      `--memory is ${memory}: Fargate has no such task`,
      "memory is 512, or whole GB: 1024, 2048, 3072 and so on",
    );
  if (cpu === undefined || cpus.includes(cpu)) return;
  throw new AstroError(
    "usage",
    `--cpu is ${cpu}: Fargate has no such task${memory === undefined ? "" : ` with ${memory} MB`}`,
    `legal values: ${cpus.join(", ")}`,
  );
}

/** What stops a task without astro (AWS CLI Command Reference, ecs stop-task). */
export function stopLine({ cluster, region }: Pick<ServiceRef, "cluster" | "region">, id: string): CommandLine {
  return ["aws", "ecs", "stop-task", "--cluster", cluster, "--task", id, "--region", region];
}
