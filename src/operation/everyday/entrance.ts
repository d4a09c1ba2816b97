import type { Context } from "../../context.ts";
import { type Asked, type Entrance, entranceOf } from "../../everyday/choose-task.ts";
import { APP_SERVICES, clusterOf } from "../../everyday/names.ts";
import { checkPlugin, PLUGIN } from "../../everyday/plugin.ts";
import { during } from "../../view/spinner.ts";
import { commandWith, type OperationOptions } from "../flags.ts";
import type { EnvironmentOperation } from "../open.ts";
import { interruptibly } from "../session.ts";

/** The way in: a container that takes sessions, and its cluster. */
export type WayIn = Entrance & { readonly cluster: string };

/**
 * Looks, all at the same time, for the plugin and for a task that can be entered; what is missing is said before anything is
 * begun. Where no service is asked for, whichever has such a task. Throws AstroError.
 */
export async function wayIn(
  context: Context,
  { target, site }: EnvironmentOperation,
  flags: OperationOptions,
  asked: Asked,
): Promise<WayIn> {
  const app = await target.app();
  const { region } = site;
  const cluster = clusterOf(site);
  const [plugin, services, tasks] = await during(context.stderr, "looking for a running task", () =>
    interruptibly(context, () =>
      Promise.all([
        context.program([PLUGIN, "--version"], { cwd: context.cwd }),
        app.appServices(region, cluster, APP_SERVICES),
        app.appTasks(region, cluster),
      ]),
    ),
  );
  checkPlugin(plugin, context.machine());
  const provision = commandWith("provision", site.environment, flags);
  const running = { services, tasks, provision };
  const found = asked.service ?? APP_SERVICES.find((name) => hasRunning(running.tasks, name));
  return { ...entranceOf(running, { ...asked, service: found }), cluster };
}

function hasRunning(tasks: readonly { readonly group: string; readonly status: string }[], service: string): boolean {
  return tasks.some(({ group, status }) => group === `service:${service}` && status === "RUNNING");
}

/** How Session Manager calls a container (Amazon ECS Developer Guide, "Using ECS Exec"; aws/aws-cli, executecommand.py). */
export function targetOf({ cluster, task, runtimeId }: WayIn): string {
  return `ecs:${cluster}_${task}_${runtimeId}`;
}
