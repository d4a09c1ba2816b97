import { join } from "node:path";
import { editConfig } from "../../config/edit.ts";
import { parseConfig } from "../../config/parse.ts";
import { FOUND, scalar } from "../../config/render.ts";
import type { Context } from "../../context.ts";
import { AstroError } from "../../errors.ts";
import { CONFIG_FILE } from "../../project.ts";
import { readText } from "../../reading/file.ts";
import { MOST_BYTES } from "../../reading/limits.ts";
import { writeFiles } from "../../scaffold/write.ts";
import type { Terminal } from "../../terminal.ts";
import { renderNote } from "../../view/note.ts";
import { renderFound } from "../../view/release.ts";
import { canConfirm, isConfirmed } from "../confirm.ts";
import { type Detected, detectAround } from "../detected.ts";
import type { EnvironmentOperation } from "../open.ts";
import type { DeployFlags } from "./flags.ts";

/**
 * The operation by an astro.yaml that says what is to be deployed: where it says nothing of it and the repository shows it, that
 * is written down with --yes, or once a person agrees.
 */
export async function withFound(
  context: Context,
  operation: EnvironmentOperation,
  flags: DeployFlags,
): Promise<EnvironmentOperation> {
  const { project } = operation;
  const { build, migrate, frontend } = project.config;
  if (project.foreign || flags.image !== undefined || (build ?? migrate ?? frontend) !== undefined) return operation;
  if (!flags.yes && !canConfirm(context, flags)) return operation;
  const { settings, values } = detectAround(project.directory, context.cwd);
  if (settings.length === 0) return operation;
  const lines = settings.map(({ key, value, from }) => `${key}: ${scalar(value)}  # ${from}`);
  const show = () => context.stderr.write(renderFound(project.file, lines, flags.yes, context.stderr));
  if (!flags.yes) {
    show();
    const isAgreed = await isConfirmed(context, `Write ${lines.length === 1 ? "it" : "them"} to ${project.file}?`);
    if (!isAgreed) return operation;
  }
  const edits = settings.map(({ key, value }, at) => ({ path: [key], value, ...(at === 0 && { comment: FOUND }) }));
  const text = editConfig(project.text, edits);
  const config = parseConfig(text, project.file);
  if (readText(join(project.directory, CONFIG_FILE), MOST_BYTES.config) !== project.text)
    throw new AstroError(
      "failed",
      `${project.file} was changed meanwhile: nothing was written`,
      "look at what was changed there, then run the same command again",
    );
  await writeFiles(project.directory, new Map([[CONFIG_FILE, text]]));
  if (flags.yes && !flags.json) show();
  if (!flags.json) context.stderr.write(asked(operation, values, context.stderr));
  return { ...operation, project: { ...project, text, config } };
}

/** Where the load balancer asks the app, and the flag that changes it: a release leaves it as it was provisioned. */
const ASKED = [
  { path: "service.port", flag: "--port", of: "port" },
  { path: "service.healthPath", flag: "--health-path", of: "healthPath" },
] as const;

/** A note for each of these that the repository shows to be another than the environment's. */
function asked(
  { site, environment: { service } }: EnvironmentOperation,
  values: Detected["values"],
  terminal: Terminal,
): string {
  const notes = ASKED.flatMap(({ path, flag, of }) => {
    const found = values.find((one) => one.path === path);
    if (found === undefined || found.value === service[of]) return [];
    const words = `${found.source.words}: ${path} ${found.value}, and ${site.environment} has ${service[of]}. To have the load balancer ask there, before astro provision`;
    return [renderNote(words, terminal, ["astro", "init", "--env", site.environment, flag, String(found.value)])];
  });
  return notes.join("");
}
