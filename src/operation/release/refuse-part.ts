import { AstroError } from "../../errors.ts";
import { waysToAWorker } from "../add-worker.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployedApp } from "./deployed-app.ts";
import type { DeployFlags } from "./flags.ts";

/** Throws AstroError("config") where `--only` names a part that the app does not have: nothing would happen, and be called done. */
export function refusePart(
  operation: EnvironmentOperation,
  flags: DeployFlags,
  { apps }: Pick<DeployedApp, "apps">,
): void {
  const { project, site } = operation;
  const { file, config } = project;
  const refuse = (words: string, setting: string) => {
    throw new AstroError("config", `--only ${flags.only}: ${words}`, {
      text: `add it to ${file}, for example:\n${setting}`,
    });
  };
  if (flags.only === "worker" && apps.every(({ part }) => part === "api"))
    throw new AstroError(
      "config",
      `--only worker: ${site.environment} has neither a worker nor a schedule`,
      waysToAWorker(operation, flags),
    );
  if (flags.only === "frontend" && config.frontend === undefined)
    refuse(`${file} names no frontend`, "frontend: {directory: ../frontend, build: [npm, run, build], output: dist}");
  if (flags.only === "migrate" && !config.migrate?.length)
    refuse(`${file} names no migration`, "migrate: [alembic, upgrade, head]");
}
