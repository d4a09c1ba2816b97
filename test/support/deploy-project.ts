import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { astro, type Ended, initOf, jsonLines } from "./cli.ts";

/** A project whose environment is provisioned on a rehearsal, with sources of an image and a frontend beside it. */
export type DeployProject = {
  readonly folder: string;
  /** A command on the rehearsal; `env` is what it has more. */
  readonly run: (args: readonly string[], env?: { readonly [name: string]: string }) => Promise<Ended>;
  /** Writes a file of the project. */
  readonly write: (path: string, content: string) => void;
  readonly remove: () => void;
};

const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max"];

/** Makes one; `values` are what its astro.yaml has more, by their paths. */
export async function deployProject(
  values: readonly (readonly [path: readonly string[], value: unknown])[],
  env: { readonly [name: string]: string } = {},
): Promise<DeployProject> {
  const folder = mkdtempSync(join(tmpdir(), "astro-deploy-"));
  const run: DeployProject["run"] = (args, more = {}) => {
    const end = args.includes("--") ? args.indexOf("--") : args.length;
    return astro([...args.slice(0, end), ...REHEARSE, ...args.slice(end)], { cwd: folder, env: { ...env, ...more } });
  };
  const well = ({ code, stdout, stderr }: Ended) => {
    if (code !== 0) throw new Error(`${code}: ${stdout.slice(-1500)}\n${stderr}`);
  };
  const write = (path: string, content: string) => {
    mkdirSync(join(folder, path, ".."), { recursive: true });
    writeFileSync(join(folder, path), content);
  };
  well(await astro(initOf("shop", "us-east-1"), { cwd: folder }));
  const file = join(folder, "infra", "astro.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of values) document.setIn(path, value);
  writeFileSync(file, String(document));
  well(await run(["provision", "--yes", "--no-preflight", "--json"]));
  return { folder, run, write, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** All that a run said, on one line. */
export const wordsOf = ({ stderr, stdout }: Ended) => `${stderr}${stdout}`.replaceAll(/\s+/g, " ");

/** The steps of a release that came to their end, and the stacks that were rolled out, in their order. */
export function doneIn({ stdout }: Ended): readonly string[] {
  return jsonLines(stdout).flatMap(({ type, step, stack }) => {
    if (type === "step.done") return [String(step)];
    return type === "stack.done" ? [String(stack)] : [];
  });
}
