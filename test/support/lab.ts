import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { parseDocument } from "yaml";
import { astro, run } from "./cli.ts";
import type { Emulator } from "./emulator.ts";
import { LACKING, startMinistack } from "./ministack.ts";
import { awsTools } from "./python.ts";
import { assemblyWithout } from "./without.ts";

export const ACCOUNT = "111122223333";

/** Runs the unmodified `aws` client, which must succeed; returns its JSON. */
export type Aws = <Answer>(...args: readonly string[]) => Promise<Answer>;

/** A cloud assembly without what an emulator lacks, and what was taken out. */
export type Copy = { readonly copy: string; readonly left: readonly string[] };

/** A folder with an app in `infra`, ministack, and two clients of it: astro and AWS's own. */
export type Lab = {
  readonly folder: string;
  readonly emulator: Emulator;
  /** Runs astro; it must end as `want`. Returns its stdout. */
  readonly ours: (args: readonly string[], want?: number) => Promise<string>;
  readonly aws: Aws;
  /** Writes the app, or one more environment of it, as the flags say. */
  readonly init: (environment: string, ...flags: readonly string[]) => Promise<void>;
  /** Changes values of an environment in astro.yaml, `network.azs` for one, as its owner would. */
  readonly edit: (environment: string, values: { readonly [path: string]: unknown }) => void;
  /** Synthesises an environment and copies it to the folder `name`, without what ministack lacks. */
  readonly assembly: (environment: string, name: string) => Promise<Copy>;
  /** Provisions an environment from a copy of its assembly. Returns its events. */
  readonly provision: (environment: string, copy: string) => Promise<string>;
  /** Removes an environment; astro must end as `want`. Returns its events. */
  readonly destroy: (environment: string, want?: number) => Promise<string>;
  readonly close: () => Promise<void>;
};

export async function openLab(): Promise<Lab> {
  const emulator = await startMinistack(ACCOUNT);
  const folder = mkdtempSync(join(tmpdir(), "astro-lab-"));
  const ours: Lab["ours"] = async (args, want = 0) => {
    const done = await astro(args, { cwd: folder, env: emulator.environment });
    expect(done.code, done.stderr + done.stdout).toBe(want);
    return done.stdout;
  };
  return {
    folder,
    emulator,
    ours,
    aws: awsClient(emulator, folder),
    init: async (environment, ...flags) => {
      await ours(["init", "infra", "--yes", "--name", "astro", "--env", environment, ...flags]);
    },
    edit: (environment, values) => {
      const file = join(folder, "infra", "astro.yaml");
      const document = parseDocument(readFileSync(file, "utf8"));
      for (const [path, value] of Object.entries(values)) {
        document.setIn(["environments", environment, ...path.split(".")], value);
      }
      writeFileSync(file, String(document));
    },
    assembly: async (environment, name) => {
      const { assembly } = JSON.parse(await ours(["synth", "--env", environment, "--json"])) as { assembly: string };
      const copy = join(folder, name);
      return { copy, left: assemblyWithout(assembly, copy, LACKING) };
    },
    provision: (environment, copy) => ours(["provision", "--env", environment, "--yes", "--json", "--assembly", copy]),
    destroy: (environment, want = 0) =>
      ours(["destroy", "--env", environment, "--yes", "--confirm", environment, "--json"], want),
    close: async () => {
      await emulator.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The `aws` client of an emulator; files are named relative to `folder`. */
export function awsClient({ endpoint, environment }: Emulator, folder: string): Aws {
  const program = join(awsTools(), "aws");
  return async <Answer>(...args: readonly string[]) => {
    const words = [...args, "--endpoint-url", endpoint, "--output", "json"];
    const done = await run(program, words, { cwd: folder, env: environment });
    expect(done.code, done.stderr).toBe(0);
    return (done.stdout.trim() === "" ? undefined : JSON.parse(done.stdout)) as Answer;
  };
}
