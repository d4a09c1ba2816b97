import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { glob } from "tinyglobby";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import type { PrivateFolder } from "../folder.ts";
import { appFiles, filesBelow } from "../scaffold/app-files.ts";
import { writtenBy } from "../scaffold/untouched.ts";
import { versionOf } from "./libraries.ts";
import type { Running } from "./run-app.ts";

/** Bytes beyond which reading an app would cost more than running it. */
const MOST_BYTES = 32 * 2 ** 20;

/** Files in which package managers record the installed versions. */
const INSTALLED = [".package-lock.json", ".yarn-integrity", ".yarn-state.yml", ".modules.yaml"];

/** Environment variables that the CDK itself reads. */
const READ_BY_CDK = /^(CDK_|JSII_|NODE_OPTIONS$|NODE_PATH$)/;

/** Options by which Node runs another program before the app. */
const LOADS_MORE = /(^|\s)(-r|--require|--import|--loader|--experimental-loader)\b/;

/**
 * A digest of everything the assembly is made from: the app's files, those that it declares (`cache`, globs from its folder),
 * the versions it runs on, what it is asked for. `undefined` where nobody can say that this is everything, so that the app has
 * to be run each time: an app that was changed since astro wrote it, and declares nothing. `libraries` are those it may use,
 * its own or astro's.
 */
export async function digestOfInputs(
  context: Context,
  { directory, environment, region, lender }: Running,
  cache: readonly string[] | undefined,
  libraries: readonly string[],
): Promise<string | undefined> {
  if (LOADS_MORE.test(context.env.NODE_OPTIONS ?? "")) return undefined;
  if (cache === undefined && (await writtenBy(directory).catch(() => undefined)) === undefined) return undefined;
  const versions = await versionsOf(directory, libraries, lender);
  const files = versions && (await inputFiles(directory, cache ?? []));
  if (!files || !versions) return undefined;
  const variables = Object.entries(context.env).filter(([name]) => READ_BY_CDK.test(name));
  const asked = [context.version, versions, environment, region, variables.sort(), cache];
  return digestOf(directory, files, JSON.stringify(asked), MOST_BYTES);
}

/** The app's own files and the declared ones, each once. */
async function inputFiles(directory: string, cache: readonly string[]): Promise<readonly string[] | undefined> {
  const own = await appFiles(directory);
  if (own === undefined || cache.length === 0) return own;
  const declared = await glob([...cache], { cwd: directory, absolute: true, dot: true });
  return [...new Set([...own, ...declared])].sort();
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
    // No record, or no assembly: it has to be made.
    return false;
  }
}

/** Deletes the record of the assembly's inputs, before it is made anew. */
export function forget(folder: PrivateFolder, name: string): void {
  folder.remove(noteOf(name));
}

/** Records the assembly's inputs; last of all, so that an interrupted synthesis never counts as complete. */
export async function remember(folder: PrivateFolder, name: string, inputs: string): Promise<void> {
  const outputs = await digestOfOutputs(join(folder.path, name));
  // An assembly with symlinks has content elsewhere too.
  if (outputs !== undefined) folder.write(noteOf(name), JSON.stringify({ inputs, outputs }));
}

function noteOf(name: string): string {
  return `${name}.digest.json`;
}

async function digestOfOutputs(output: string): Promise<string | undefined> {
  const paths = await filesBelow(output);
  return paths && digestOf(output, paths, "");
}

/** A digest of some words and of files, by their names below `directory`; `undefined` if they have more than `most` bytes. */
async function digestOf(
  directory: string,
  paths: readonly string[],
  words: string,
  most = Infinity,
): Promise<string | undefined> {
  const hash = createHash("sha256").update(words);
  let bytes = 0;
  for (const path of paths) {
    const content = await readFile(path);
    bytes += content.length;
    if (bytes > most) return undefined;
    hash.update(JSON.stringify([relative(directory, path), content.length])).update(content);
  }
  return hash.digest("hex");
}

/** Name and version of each library as the app would load it; `undefined` for a linked package. */
async function versionsOf(
  directory: string,
  libraries: readonly string[],
  lender: () => Promise<string>,
): Promise<readonly string[] | undefined> {
  const lending = await lender();
  const found = libraries.map((name) => `${name} ${versionOf(directory, name) ?? versionOf(lending, name)}`);
  const installed = await installedIn(join(directory, "node_modules"));
  return installed === undefined ? undefined : [...found, installed];
}

/** The app's installed packages, as their package manager records them; empty if it has none. */
async function installedIn(folder: string): Promise<string | undefined> {
  const there = await readdir(folder).catch(() => undefined);
  if (there === undefined) return "";
  const word = INSTALLED.find((name) => there.includes(name));
  if (word === undefined) return undefined;
  const text = await readFile(join(folder, word), "utf8");
  return /"link": true|link:|workspace:/.test(text) ? undefined : text;
}
