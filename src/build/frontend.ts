import { resolve } from "node:path";
import { type CommandLine, shellLine } from "../command-line.ts";
import { AstroError } from "../errors.ts";
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
 * Runs the frontend's build with `release` in its environment, each line of its output handed to `line`, and reads what it
 * wrote. Throws AstroError("failed") for a build that fails, with its last 20 lines, and ("config") for an output that
 * cannot be served.
 */
export async function buildFrontend(
  context: Runs,
  source: FrontendSource,
  { release, line }: { readonly release: string; readonly line: (text: string) => void },
): Promise<BuiltFrontend> {
  const { directory, build, output } = source;
  if (build !== undefined && build.length > 0) await runBuild(context, build, directory, release, line);
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
  // A shell's codes for what it cannot run, and cannot find (POSIX, "Exit Status for Commands").
  const missing = exitCode === 126 || exitCode === 127;
  throw new AstroError("failed", `the frontend's build ended with exit code ${exitCode} (${shellLine(build)})${why}`, [
    {
      text: missing
        ? `install ${build[0]}, or set frontend.build in astro.yaml to the command that builds it, then run the same command again`
        : `fix it in ${directory}, then run the same command again: it goes on from here`,
    },
    ...(/node_modules|Cannot find module|command not found|not found/.test(said.join("\n"))
      ? [{ text: "if its packages are not installed yet", command: ["npm", "ci", "--prefix", directory] }]
      : []),
  ]);
}
