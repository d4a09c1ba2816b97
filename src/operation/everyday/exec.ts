import { type CommandLine, shellLine } from "../../command-line.ts";
import type { Context } from "../../context.ts";
import { shortId } from "../../everyday/choose-task.ts";
import { pluginRun } from "../../everyday/plugin.ts";
import { sessionRefused } from "../../everyday/session-refused.ts";
import { placeWords } from "../../view/header.ts";
import { themeOf } from "../../view/theme.ts";
import type { OperationOptions } from "../flags.ts";
import { inOperation } from "../open.ts";
import { targetOf, wayIn } from "./entrance.ts";

export type ExecOptions = OperationOptions & {
  readonly service?: string | undefined;
  readonly task?: string | undefined;
};

/** `astro exec`: a command, a shell without one, in a running task; its exit code is the plugin's. Throws AstroError. */
export async function exec(context: Context, given: CommandLine, flags: ExecOptions): Promise<number> {
  return inOperation(context, "exec", flags, async (operation) => {
    const { target, site, header } = operation;
    const way = await wayIn(context, operation, flags, flags);
    const app = await target.app();
    const line = given.length === 0 ? "sh" : shellLine(given);
    const { cluster, task, container } = way;
    const session = await app
      .executeCommand(site.region, { cluster, task, container, line })
      .catch((error: unknown) => Promise.reject(sessionRefused(error)));
    const { say } = themeOf(context.stderr);
    context.stderr.write(` ${say(`${container} ${shortId(task)} · ${placeWords(header)}: ${line}`)}\n`);
    const { words, env } = pluginRun(session, site.region, { Target: targetOf(way) });
    return context.attend(words, { cwd: context.cwd, env });
  });
}
