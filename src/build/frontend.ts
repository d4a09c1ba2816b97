import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type CommandLine, shellLine } from "../command-line.ts";
import { AstroError, type Hint } from "../errors.ts";
import { redact } from "../redact.ts";
import { readFrontend } from "./frontend-files.ts";
import type { FrontendManifest } from "./frontend-manifest.ts";

/** A frontend as astro.yaml has it; folders are absolute, or below `directory`. */
export type FrontendSource = {
  readonly directory: string;
  readonly build?: CommandLine | undefined;
  /** Folder that the build writes. */
  readonly output: string;
};

/** What a build made: what is to be served, and the folder its files are in. */
export type BuiltFrontend = { readonly manifest: FrontendManifest; readonly folder: string };

/** As much of a context as runs a build: a program by its words, with no shell between. */
type Runs = {
  readonly program: (
    words: CommandLine,
    options: {
      readonly cwd: string;
      readonly env: { readonly [name: string]: string };
      readonly line: (text: string) => void;
    },
  ) => Promise<{ readonly exitCode: number }>;
};

/** Lines of a failed build that are shown: the last ones. */
const SHOWN = 20;

/** Names under which a build learns of the release: every tool's, and the one that Vite hands on to the code (Vite, "Env Variables and Modes"). */
const RELEASE = ["RELEASE", "VITE_RELEASE"] as const;

/**
 * Installs the frontend's packages where its folder has a lockfile and none of them, runs its build with `release` in its
 * environment, each line of its output handed to `line`, and reads what it wrote. Throws AstroError("failed") for a build that
 * fails, with its last 20 lines, and ("config") for an output that cannot be served.
 */
export async function buildFrontend(
  context: Runs,
  source: FrontendSource,
  { release, line }: { readonly release: string; readonly line: (text: string) => void },
): Promise<BuiltFrontend> {
  const { directory, build, output } = source;
  if (build !== undefined && build.length > 0) {
    // A fresh clone has no packages, a CI's never has.
    const packages = isFresh(directory) ? [installation(directory)] : [];
    for (const command of [...packages, build]) await runBuild(context, command, directory, release, line);
  }
  const folder = resolve(directory, output);
  return { manifest: await readFrontend(folder), folder };
}

async function runBuild(
  context: Runs,
  build: CommandLine,
  directory: string,
  release: string,
  line: (text: string) => void,
): Promise<void> {
  const last: string[] = [];
  const heard = (text: string) => {
    const clean = redact(text);
    last.push(clean);
    if (last.length > SHOWN) last.shift();
    line(clean);
  };
  const env = Object.fromEntries(RELEASE.map((name) => [name, release]));
  const { exitCode } = await context.program(build, { cwd: directory, env, line: heard });
  if (exitCode === 0) return;
  const said = last.filter((text) => text.trim() !== "");
  const why = said.length === 0 ? ", and said nothing" : `:\n${said.map((text) => `   ${text}`).join("\n")}`;
  const words = `the frontend's build ended with exit code ${exitCode} (${shellLine(build)})${why}`;
  throw new AstroError("failed", words, hintsOf(exitCode, said.join("\n"), build, directory));
}

function hintsOf(exitCode: number, said: string, build: CommandLine, directory: string): readonly Hint[] {
  if (/node_modules|Cannot find module|command not found|not found/.test(said))
    return [
      { text: "if its packages are not installed yet", command: installation(directory) },
      { text: `otherwise fix it in ${directory}, then run the same command again: it goes on from here` },
    ];
  // A shell's codes for what it cannot run, and cannot find (POSIX, "Exit Status for Commands").
  const missing = exitCode === 126 || exitCode === 127;
  return [
    {
      text: missing
        ? `install ${build[0]}, or set frontend.build in astro.yaml to the command that builds it, then run the same command again`
        : `fix it in ${directory}, then run the same command again: it goes on from here`,
    },
  ];
}

const bun = (directory: string) => ["bun", "install", "--cwd", directory, "--frozen-lockfile"];

/** Package managers' lockfiles, and what each installs by its own as it is. */
const LOCKFILES: readonly (readonly [file: string, install: (directory: string) => CommandLine])[] = [
  ["pnpm-lock.yaml", (directory) => ["pnpm", "--dir", directory, "install", "--frozen-lockfile"]],
  ["yarn.lock", (directory) => ["yarn", "--cwd", directory, "install"]],
  ["bun.lock", bun],
  ["bun.lockb", bun],
  ["package-lock.json", (directory) => ["npm", "ci", "--prefix", directory]],
];

/** Whether there is a lockfile and nothing installed by it, not in Yarn's way either (Yarn, "Plug'n'Play"). */
function isFresh(directory: string): boolean {
  const has = (file: string) => existsSync(join(directory, file));
  return LOCKFILES.some(([file]) => has(file)) && !has("node_modules") && !has(".pnp.cjs");
}

/** What installs a frontend's packages; `npm ci` refuses to work without a lockfile (npm documentation). */
function installation(directory: string): CommandLine {
  const [, install] = LOCKFILES.find(([file]) => existsSync(join(directory, file))) ?? [];
  return install?.(directory) ?? ["npm", "install", "--prefix", directory];
}
