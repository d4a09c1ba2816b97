import type { CommandLine } from "../../command-line.ts";
import { AstroError } from "../../errors.ts";
import { tell } from "../../provision/event.ts";
import { runMigration, taskFailure } from "../../release/migration.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";
import { releaseStep, type StepReporter } from "./steps.ts";

/** Who is waited for and when to stop. */
type Watching = { readonly signal: AbortSignal; readonly cancel: AbortSignal };

/**
 * Runs the migration of a release. Throws AstroError("migration-failed") with the last lines of one that did not come to a
 * good end; `again` is the command that goes on.
 */
export async function migrateStep(
  { target, site }: EnvironmentOperation,
  { service }: DeployedApp,
  wanted: { readonly image: string; readonly command: CommandLine; readonly release: number },
  again: CommandLine,
  reporter: StepReporter,
  { signal, cancel }: Watching,
): Promise<void> {
  const tasks = await target.app();
  const place = await tasks.taskPlace(service);
  if (place === undefined) {
    const words = `the service ${service.name} of the cluster ${service.cluster} does not exist`;
    throw new AstroError("failed", words, "bring it back with astro provision --revert-drift");
  }
  const tags = { Project: site.project, Environment: site.environment, ManagedBy: "astro" };
  await releaseStep(reporter, "migrate", { command: wanted.command }, async () => {
    const of = { tasks, clock: target.clock, signal, cancel };
    const line = (said: string) => tell(reporter, { type: "step.output", step: "migrate", line: said });
    const status = (word: string) => tell(reporter, { type: "step.progress", step: "migrate", status: word });
    const waiting = () => status("WAITING");
    const end = await runMigration({ ...of, line, status, waiting }, place, { ...wanted, tags });
    const why = taskFailure(end);
    const { exitCode } = end.task;
    if (why === undefined)
      return { value: undefined, done: { outcome: end.found ? "unchanged" : "done", exitCode: 0 } };
    const last = end.last.filter((said) => said.trim() !== "");
    const log = last.length === 0 ? "" : `\nIts last lines:\n${last.map((said) => `   ${said}`).join("\n")}`;
    const hint = exitCode === undefined ? "see to it that the task can start" : "fix the migration, commit it";
    throw new AstroError("migration-failed", `the migration ${why}; nothing was rolled out${log}`, {
      text: `${hint}, then run`,
      command: again,
    });
  });
}
