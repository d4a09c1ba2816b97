import { statSync } from "node:fs";
import { dirname, join } from "node:path";
import { command } from "../command-line.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { MANIFEST_FILE, parseManifest, renderManifest } from "./manifest.ts";
import { planFiles } from "./plan-files.ts";
import { render } from "./render.ts";
import { type Files, readTemplate } from "./template.ts";
import { writeFiles } from "./write.ts";

const CONFIG_FILE = "astro.yaml";

/** An app to be written or updated. */
export type App = {
  /** Absolute path of its folder, and the folder as messages name it. */
  readonly directory: string;
  readonly shown: string;
  readonly name: string;
  /** The new text of astro.yaml, and the text as it was read; undefined if there was none. */
  readonly config: string;
  readonly read: string | undefined;
  /** Folder of the template, and the version of astro it belongs to. */
  readonly template: string;
  readonly version: string;
};

/** The changes that writing an app makes. */
export type AppPlan = {
  /** Files that will be written, astro.yaml last: with it the app is complete. */
  readonly files: Files;
  /** Files that differ from what astro would write, and are kept. */
  readonly kept: readonly string[];
};

/** Compares the app with what is on disk. Throws AstroError("usage") if a new app's folder has other files of the same names. */
export async function planApp(app: App): Promise<AppPlan> {
  const rendered = render(await readTemplate(app.template), app.name);
  refuseFiles(app, new Set([...rendered.keys()].map((path) => dirname(path))));
  const onDisk = new Map<string, string>();
  for (const path of rendered.keys()) {
    const text = textOf(join(app.directory, path));
    if (text !== undefined) onDisk.set(path, text);
  }
  const written = textOf(join(app.directory, MANIFEST_FILE));
  const last = written === undefined ? undefined : parseManifest(written, `${app.shown}/${MANIFEST_FILE}`);
  const { write, kept, manifest } = planFiles(rendered, onDisk, last, app.version);
  if (app.read === undefined && !last && kept.length > 0) throw occupied(app.shown, kept);
  const files = new Map(write);
  if (renderManifest(manifest) !== written) files.set(MANIFEST_FILE, renderManifest(manifest));
  if (app.config !== app.read) files.set(CONFIG_FILE, app.config);
  return { files, kept };
}

/** Writes the planned files. Throws AstroError("failed") if it cannot, or if astro.yaml was edited since it was read. */
export async function writeApp(app: App, { files }: AppPlan): Promise<void> {
  if (textOf(join(app.directory, CONFIG_FILE)) !== app.read) {
    throw new AstroError(
      "failed",
      `${app.shown}/${CONFIG_FILE} was changed meanwhile: nothing was written`,
      "check its content, then run it again",
    );
  }
  if (files.size > 0) await writeFiles(app.directory, files);
}

/** Throws AstroError("usage") where a file has the name of one of these folders of the app. */
function refuseFiles({ directory, shown }: App, folders: ReadonlySet<string>): void {
  // What is no folder itself holds nothing of these names.
  const files = [...folders].filter((folder) => folder !== "." && isNoFolder(join(directory, folder)));
  if (files.length > 0) throw occupied(shown, files);
}

function isNoFolder(path: string): boolean {
  try {
    return !statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function occupied(shown: string, files: readonly string[]): AstroError {
  return new AstroError("usage", `${shown} has files that astro did not write: ${files.join(", ")}`, {
    text: "choose an empty or new folder",
    command: command`astro init DIR`,
  });
}

/** The file's text; undefined where there is none. A file that cannot be read is not overwritten. */
function textOf(path: string): string | undefined {
  try {
    return readText(path, MOST_BYTES.source);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR")) {
      return undefined;
    }
    throw new AstroError(
      "failed",
      `${path} cannot be read: ${reasonOf(error)}`,
      "make it readable, or move it away",
      error,
    );
  }
}
