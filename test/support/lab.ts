import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { astro, run } from "./cli.ts";
import { type Emulator, LACKING, startMinistack } from "./ministack.ts";
import { pythonTools } from "./python.ts";
import { assemblyWithout } from "./without.ts";

export const ACCOUNT = "111122223333";

/** A folder, an emulated AWS, and two clients of it: astro and AWS's own. */
export type Lab = {
  readonly folder: string;
  readonly emulator: Emulator;
  /** Runs astro; it must end as `want`. Returns its stdout. */
  readonly ours: (args: readonly string[], want?: number) => Promise<string>;
  /** Runs the unmodified `aws` client; returns its JSON. */
  readonly aws: (...args: readonly string[]) => Promise<unknown>;
  /** Synthesises an environment and takes out what the emulator lacks; the copy's folder, and what was taken out. */
  readonly assembly: (
    environment: string,
    name: string,
  ) => Promise<{ readonly copy: string; readonly left: readonly string[] }>;
  readonly close: () => Promise<void>;
};

export async function openLab(): Promise<Lab> {
  // Apart, because they cannot agree on a version of PyYAML.
  const client = join(pythonTools(["awscli==1.45.11"]), "aws");
  const emulator = await startMinistack(pythonTools(["ministack==1.5.33"]), ACCOUNT);
  const folder = mkdtempSync(join(tmpdir(), "astro-lab-"));
  const place = { cwd: folder, env: emulator.environment };
  const ours: Lab["ours"] = async (args, want = 0) => {
    const done = await astro(args, place);
    expect(done.code, done.stderr).toBe(want);
    return done.stdout;
  };
  return {
    folder,
    emulator,
    ours,
    aws: async (...args) => {
      const done = await run(client, [...args, "--endpoint-url", emulator.endpoint, "--output", "json"], place);
      expect(done.code, done.stderr).toBe(0);
      return done.stdout.trim() === "" ? undefined : JSON.parse(done.stdout);
    },
    assembly: async (environment, name) => {
      const { assembly } = JSON.parse(await ours(["synth", "--env", environment, "--json"])) as { assembly: string };
      const copy = join(folder, name);
      return { copy, left: assemblyWithout(assembly, copy, LACKING) };
    },
    close: async () => {
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
