import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError } from "../errors.ts";
import { cacheFolder } from "../folder.ts";

/** Libraries the generated app needs; without an `npm install` of its own it borrows astro's. */
export const LENT = ["aws-cdk-lib", "constructs", "yaml", "tsx"];

/** What is installed for apps that have none: its package.json and lockfile, in astro's own package. */
const MANIFESTS = ["package.json", "package-lock.json"];

/** npm as it is wanted here: what the lockfile says and nothing else, and a word within seconds where there is no network. */
const INSTALL =
  "npm ci --prefix . --ignore-scripts --prefer-offline --no-audit --no-fund --loglevel=error --fetch-retries=1 --fetch-retry-mintimeout=1000";

/** Installations under way in this process, by folder: several environments are synthesised side by side. */
const underWay = new Map<string, Promise<void>>();

/**
 * The folder whose `node_modules` the app in `directory` borrows from: astro's own package where the libraries are there,
 * as in a clone, or where the app has its own CDK; else one in the user's cache, into which they are installed once (some 190 MB). Throws
 * AstroError("synthesis") where that cannot be done.
 */
export async function lenderOf(context: Context, directory: string): Promise<string> {
  const { root } = context;
  if (versionOf(directory, "aws-cdk-lib") !== undefined) return root;
  const manifests = await Promise.all(MANIFESTS.map((name) => readFile(join(root, "templates", "libraries", name))));
  const { dependencies } = JSON.parse(String(manifests[0])) as { readonly dependencies: Record<string, string> };
  const wanted = Object.entries(dependencies);
  if (wanted.every(([name, version]) => versionOf(root, name) === version)) return root;
  const name = `libraries-${createHash("sha256").update(Buffer.concat(manifests)).digest("hex").slice(0, 12)}`;
  const folder = join(context.cache, name);
  const installing =
    underWay.get(folder) ?? install(context, name, manifests, `aws-cdk-lib ${dependencies["aws-cdk-lib"]}`);
  underWay.set(folder, installing);
  try {
    await installing;
  } finally {
    underWay.delete(folder);
  }
  return folder;
}

/** The same, found at the first call and then known: a synthesis asks twice. */
export function lenderOnce(context: Context, directory: string): () => Promise<string> {
  let lender: Promise<string> | undefined;
  return () => {
    lender ??= lenderOf(context, directory);
    return lender;
  };
}

/** The `node_modules` folders that hold the lent libraries, wherever npm has put them. */
export function lentFolders(lender: string): readonly string[] {
  const require = createRequire(join(lender, "package.json"));
  const there = LENT.filter((name) => versionOf(lender, name) !== undefined);
  return [...new Set(there.map((name) => dirname(dirname(require.resolve(`${name}/package.json`)))))];
}

/** Beside its place, and moved there when it is whole: a killed installation is never taken for one. */
async function install(context: Context, name: string, manifests: readonly Buffer[], words: string): Promise<void> {
  const { cache, trusts, stderr } = context;
  const folder = cacheFolder(cache, trusts);
  if (folder.folder(name).exists()) return;
  stderr.write(`${stderr.interactive ? "\n" : ""} installing ${words} into ${cache}, once (about 190 MB) …\n`);
  const beside = `${name}.${context.token()}`;
  const unfinished = folder.folder(beside);
  unfinished.make();
  try {
    MANIFESTS.forEach((file, index) => {
      unfinished.write(file, manifests[index] ?? "");
    });
    const done = await context.run(INSTALL, { cwd: unfinished.path, env: { npm_config_global: "false" } });
    if (done.exitCode !== 0) throw notInstalled(words, done.stderr);
    folder.rename(beside, name);
  } finally {
    unfinished.drop();
  }
}

function notInstalled(words: string, stderr: string): AstroError {
  const said = stderr.split("\n").map((line) => line.replace(/^npm error\s*/, "").trim());
  const reason =
    said.find((line) => /\bfailed\b|reason:/.test(line)) ?? said.find((line) => line !== "") ?? "npm failed";
  return new AstroError("synthesis", `the CDK app needs ${words}, which cannot be installed: ${reason}`, [
    { text: "see that npm reaches its registry, then run it again", command: command`npm ping` },
    { text: "or install the app's own libraries, in its folder", command: command`npm install` },
  ]);
}

/** The version of a library as what lies in `folder` would load it; undefined where there is none. */
export function versionOf(folder: string, name: string): string | undefined {
  const require = createRequire(join(folder, "package.json"));
  try {
    return (require(`${name}/package.json`) as { readonly version?: string }).version;
  } catch {
    return undefined;
  }
}
