import { spawn } from "node:child_process";
import { devNull } from "node:os";
import { join } from "node:path";

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** Variables of this process that would make a run depend on whose machine it is. */
const PERSONAL = /^(AWS_|ASTRO_|CDK_|NO_COLOR|FORCE_COLOR|CI$)/;

/** The environment of a child: this process's without anything personal, and no terminal to ask at. */
export function plainEnvironment(extra: { readonly [name: string]: string } = {}): Record<string, string> {
  const kept = Object.entries(process.env).filter(([name]) => !PERSONAL.test(name));
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, value ?? ""])),
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    GIT_CONFIG_GLOBAL: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
    ...extra,
  };
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: { readonly [name: string]: string } },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: plainEnvironment(options.env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk) => (stdout += chunk));
    child.stderr.on("data", (chunk) => (stderr += chunk));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs the built `astro` as a user's script would. */
export function astro(
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: { readonly [name: string]: string } },
): Promise<Ended> {
  return run(process.execPath, [join(process.cwd(), "bin", "run.js"), ...args], options);
}

/** Writes the app of a new project into `infra`: the dev design, environment dev. */
export const INIT: readonly string[] = initOf("shop", "us-east-1");

/** The same for another project or region. */
export function initOf(name: string, region: string): readonly string[] {
  return ["init", "infra", "--yes", "--name", name, "--env", "dev", "--preset", "dev", "--region", region];
}

/** The JSON objects of a run's stdout, one a line. */
export function jsonLines(stdout: string): readonly { readonly [key: string]: unknown }[] {
  return stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as { readonly [key: string]: unknown });
}

/** What became of each stack, from the events of `--json`. */
export function outcomes(stdout: string): { readonly [stack: string]: unknown } {
  const done = jsonLines(stdout).filter((event) => event.type === "stack.done");
  return Object.fromEntries(done.map((event) => [String(event.stack), event.outcome]));
}
