import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseDocument } from "yaml";
import { run } from "../test/support/cli.ts";

const ROOT = process.cwd();
const MODULES = join(ROOT, "node_modules");
const ASTRO = join(ROOT, "bin", "run.js");
const CDK = join(MODULES, "aws-cdk", "bin", "cdk");

export const ACCOUNT = "111122223333";
export const REGION = "us-east-1";

type Environment = { readonly [name: string]: string };

/** A command to be timed, and what has to be done before each time. */
export type Timed = { readonly run: () => Promise<unknown>; readonly before?: () => unknown };

/** Seconds each command takes: `rounds` of them all, one after the other within a round, so that load hits all alike. */
export async function interleaved<Name extends string>(
  rounds: number,
  commands: { readonly [name in Name]: Timed },
): Promise<{ readonly [name in Name]: number }> {
  const names = Object.keys(commands) as Name[];
  const times = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      await commands[name].before?.();
      const start = performance.now();
      await commands[name].run();
      times.get(name)?.push((performance.now() - start) / 1000);
    }
  }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as { [name in Name]: number };
}

/** The middle of `values`, or between the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}

/** Runs a program of Node, which must succeed; its stdout. */
export async function node(args: readonly string[], cwd: string, env: Environment = {}): Promise<string> {
  const done = await run(process.execPath, args, { cwd, env });
  if (done.code !== 0) throw new Error(`${args.join(" ")} ended with ${done.code}\n${done.stdout}${done.stderr}`);
  return done.stdout;
}

/** Runs the built astro. */
export function astro(args: readonly string[], cwd: string, env?: Environment): Promise<string> {
  return node([ASTRO, ...args], cwd, env);
}

/** Runs the `cdk` client as it comes, with nothing it does not need; the app's libraries are lent to it. */
export function cdk(args: readonly string[], cwd: string, env: Environment = {}): Promise<string> {
  const quiet = ["--no-notices", "--no-color", "--progress", "events"];
  return node([CDK, ...args, ...quiet], cwd, {
    ...env,
    CI: "true",
    CDK_DISABLE_CLI_TELEMETRY: "true",
    NODE_PATH: MODULES,
  });
}

export type Bench = {
  readonly folder: string;
  /** The app of the environment dev, as astro writes it. */
  readonly app: string;
  readonly edit: (path: string, value: unknown) => void;
  readonly close: () => void;
};

/** A folder with the app of the dev design. */
export async function openBench(...flags: readonly string[]): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "astro-bench-"));
  const app = join(folder, "infra");
  await astro(
    ["init", "infra", "--yes", "--name", "astro", "--env", "dev", "--preset", "dev", "--region", REGION, ...flags],
    folder,
  );
  return {
    folder,
    app,
    edit: (path, value) => {
      const file = join(app, "astro.yaml");
      const document = parseDocument(readFileSync(file, "utf8"));
      document.setIn(["environments", "dev", ...path.split(".")], value);
      writeFileSync(file, String(document));
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The folder of the assembly that `astro synth` makes. */
export async function synthesised({ folder }: Bench): Promise<string> {
  const { assembly } = JSON.parse(await astro(["synth", "--env", "dev", "--json"], folder)) as { assembly: string };
  return assembly;
}
