import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, relative, sep } from "node:path";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { PrivateFolder } from "../folder.ts";
import { doubtAbout, isPlainCommand } from "./doubts.ts";
import { lenderOf, versionOf } from "./libraries.ts";
import type { Running } from "./run-app.ts";

/** Folders that hold nothing a template is made of, or what synthesis itself wrote. */
const SKIPPED = ["node_modules", "cdk.out", ".astro", ".git"];

/** Files and bytes beyond which reading an app would cost more than running it. */
const MOST_FILES = 2000;
const MOST_BYTES = 32 * 2 ** 20;

const SOURCES = [".ts", ".mts", ".cts", ".tsx", ".js", ".mjs", ".cjs", ".jsx"];

/** What a package manager leaves to say which versions it has installed. */
const INSTALLED = [".package-lock.json", ".yarn-integrity", ".yarn-state.yml", ".modules.yaml"];

/** Environment variables that the CDK itself reads. */
const READ_BY_CDK = /^(CDK_|JSII_|NODE_OPTIONS$|NODE_PATH$)/;

/**
 * A digest of everything the assembly is made from: the app's files, the versions it runs on, what it is asked for.
 * `undefined` where the app may depend on something else; then it has to be run each time. `libraries` are those it
 * may use, whether its own or lent.
 */
export async function digestOfInputs(
  context: Context,
  app: string,
  { directory, environment, region }: Running,
  libraries: readonly string[],
): Promise<string | undefined> {
  if (!isPlainCommand(app)) return undefined;
  const versions = await versionsOf(context, directory, libraries);
  const files = versions && (await filesOf(directory));
  if (!files || !versions) return undefined;
  const hash = createHash("sha256");
  const variables = Object.entries(context.env).filter(([name]) => READ_BY_CDK.test(name));
  hash.update(JSON.stringify([context.version, versions, environment, region, variables.sort()]));
  let bytes = 0;
  for (const path of files) {
    const content = await readFile(path);
    bytes += content.length;
    if (bytes > MOST_BYTES) return undefined;
    const name = relative(directory, path);
    if (SOURCES.includes(extname(path)) && doubtAbout(content.toString("utf8"), name.split(sep).length - 1)) {
      return undefined;
    }
    hash.update(JSON.stringify([name, content.length])).update(content);
  }
  return hash.digest("hex");
}

/** Whether the assembly called `name` in the folder is whole and was made from `inputs`. */
export async function isFresh(folder: PrivateFolder, name: string, inputs: string): Promise<boolean> {
  try {
    const note = JSON.parse(folder.read(noteOf(name))?.toString("utf8") ?? "") as {
      readonly inputs?: string;
      readonly outputs?: string;
    };
    const outputs = await digestOfOutputs(join(folder.path, name));
    return outputs !== undefined && note.inputs === inputs && note.outputs === outputs;
  } catch (error) {
    if (error instanceof AstroError) throw error;
    // No note, or no assembly: it has to be made.
    return false;
  }
}

/** Forgets what the assembly was made from, before it is made anew. */
export function forget(folder: PrivateFolder, name: string): void {
  folder.remove(noteOf(name));
}

/** Notes what the assembly was made from; last of all, so that what was cut short never counts as whole. */
export async function remember(folder: PrivateFolder, name: string, inputs: string): Promise<void> {
  const outputs = await digestOfOutputs(join(folder.path, name));
  // With links in it, what it is made of lies elsewhere too.
  if (outputs !== undefined) folder.write(noteOf(name), JSON.stringify({ inputs, outputs }));
}

function noteOf(name: string): string {
  return `${name}.digest.json`;
}

async function digestOfOutputs(output: string): Promise<string | undefined> {
  const paths = await walk(output, []);
  if (!paths) return undefined;
  const hash = createHash("sha256");
  for (const path of paths) {
    const content = await readFile(path);
    hash.update(JSON.stringify([relative(output, path), content.length])).update(content);
  }
  return hash.digest("hex");
}

/** The app's files in a fixed order; `undefined` for links, which lead elsewhere, and for more than is worth reading. */
async function filesOf(directory: string): Promise<readonly string[] | undefined> {
  return walk(directory, SKIPPED);
}

async function walk(directory: string, skipped: readonly string[]): Promise<readonly string[] | undefined> {
  const found: string[] = [];
  const folders = [directory];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (skipped.includes(entry.name)) continue;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) found.push(path);
      else return undefined;
    }
    if (found.length > MOST_FILES) return undefined;
  }
  return found.sort();
}

/** Name and version of each library as the app would load it; `undefined` for one that is linked to somewhere. */
async function versionsOf(
  context: Context,
  directory: string,
  libraries: readonly string[],
): Promise<readonly string[] | undefined> {
  const lender = await lenderOf(context, directory);
  const found = libraries.map((name) => `${name} ${versionOf(directory, name) ?? versionOf(lender, name)}`);
  const installed = await installedIn(join(directory, "node_modules"));
  return installed === undefined ? undefined : [...found, installed];
}

/** What the app's own packages are, in their package manager's words; empty if it has none of its own. */
async function installedIn(folder: string): Promise<string | undefined> {
  const there = await readdir(folder).catch(() => undefined);
  if (there === undefined) return "";
  const word = INSTALLED.find((name) => there.includes(name));
  if (word === undefined) return undefined;
  const text = await readFile(join(folder, word), "utf8");
  return /"link": true|link:|workspace:/.test(text) ? undefined : text;
}
