import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProgramResult } from "../../src/child-process.ts";
import type { Context } from "../../src/context.ts";
import { lenderOf, lentFolders } from "../../src/synth/libraries.ts";
import { contextWith } from "../support/context.ts";

type Manifest = { readonly dependencies: Record<string, string>; readonly devDependencies: Record<string, string> };
const manifest = (...path: readonly string[]) => JSON.parse(readFileSync(join(...path), "utf8")) as Manifest;

const PINNED = manifest("templates", "libraries", "package.json").dependencies;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-libraries-"));
  mkdirSync(join(folder, "app"));
  // astro as npm installs it: what it ships, and none of the libraries.
  const shipped = join(folder, "astro", "templates", "libraries");
  mkdirSync(shipped, { recursive: true });
  for (const name of ["package.json", "package-lock.json"])
    writeFileSync(join(shipped, name), readFileSync(join("templates", "libraries", name)));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(where: string, versions: { readonly [name: string]: string }): void {
  for (const [name, version] of Object.entries(versions)) {
    mkdirSync(join(where, "node_modules", name), { recursive: true });
    writeFileSync(join(where, "node_modules", name, "package.json"), JSON.stringify({ version }));
  }
}

/** An installed astro and an npm that installs, or ends as `how` says. */
function installed(how: Partial<ProgramResult> = {}) {
  const commands: string[] = [];
  const said: string[] = [];
  let tokens = 0;
  const base = contextWith(async (command, { cwd }) => {
    commands.push(command);
    if (how.exitCode === undefined) put(cwd, manifest(cwd, "package.json").dependencies);
    return { exitCode: 0, stdout: "", stderr: "", ...how };
  });
  const context: Context = {
    ...base,
    root: join(folder, "astro"),
    cache: join(folder, "home", ".cache", "astro"),
    stderr: { ...base.stderr, write: (text) => void said.push(text) },
    token: () => `token${++tokens}`,
  };
  return { context, commands, said, lender: () => lenderOf(context, join(folder, "app")) };
}

describe("the libraries that an app without its own borrows", () => {
  it("are those that this repository, the app's template and what is installed name: one version each", () => {
    const here = manifest("package.json");
    const all = { ...here.devDependencies, ...here.dependencies };
    const template = manifest("templates", "app", "package.json").dependencies;
    expect(template).toEqual(PINNED);
    expect(Object.keys(PINNED).map((name) => [name, all[name]])).toEqual(Object.entries(PINNED));
    const lock = JSON.parse(readFileSync(join("templates", "libraries", "package-lock.json"), "utf8")) as {
      readonly packages: { readonly "": Manifest } & Record<
        string,
        { readonly integrity?: string; readonly inBundle?: true }
      >;
    };
    const { "": top, ...packages } = lock.packages;
    expect(top.dependencies).toEqual(PINNED);
    // What another package brings in itself is in that one's digest.
    const outside = Object.entries(packages).filter(([, { inBundle }]) => inBundle !== true);
    expect(outside.length).toBeGreaterThan(4);
    expect(outside.filter(([, { integrity }]) => integrity === undefined)).toEqual([]);
  });

  it("are astro's own where it has them, as in a clone", async () => {
    const { context, commands } = installed();
    expect(await lenderOf({ ...context, root: process.cwd() }, join(folder, "app"))).toBe(process.cwd());
    expect(commands).toEqual([]);
  });

  it("are not needed where the app has a CDK of its own, of whichever version", async () => {
    put(join(folder, "app"), { "aws-cdk-lib": "2.200.0" });
    const { lender, commands } = installed();
    expect(lentFolders(await lender())).toEqual([]);
    expect(commands).toEqual([]);
  });

  it("are installed into the user's cache once, and it is said", async () => {
    const { context, lender, commands, said } = installed();
    const first = await lender();
    expect(first).toMatch(/home\/\.cache\/astro\/libraries-[0-9a-f]{12}$/);
    expect(await lender()).toBe(first);
    expect(commands).toEqual([expect.stringMatching(/^npm ci --prefix \. --ignore-scripts /)]);
    expect(said).toEqual([
      ` installing aws-cdk-lib ${PINNED["aws-cdk-lib"]} into ${context.cache}, once (about 190 MB) …\n`,
    ]);
    expect(lentFolders(first)).toEqual([join(first, "node_modules")]);
    expect(readdirSync(context.cache)).toEqual([first.slice(context.cache.length + 1)]);
  });

  it("are installed once for environments that are synthesised side by side", async () => {
    const { lender, commands } = installed();
    const [one, other] = await Promise.all([lender(), lender()]);
    expect(one).toBe(other);
    expect(commands).toHaveLength(1);
  });

  it("are not taken in another version from wherever astro happens to lie", async () => {
    put(folder, { ...PINNED, "aws-cdk-lib": "2.1.0" });
    const { context, commands } = installed();
    rmSync(join(folder, "app"), { recursive: true });
    const apart = mkdtempSync(join(tmpdir(), "astro-apart-"));
    expect(await lenderOf(context, apart)).not.toBe(context.root);
    expect(commands).toHaveLength(1);
    rmSync(apart, { recursive: true });
  });

  it("are named, with the next step, where npm cannot be reached, and nothing is left of the attempt", async () => {
    const stderr =
      "npm error code ENOTFOUND\nnpm error syscall getaddrinfo\nnpm error network request to https://registry.npmjs.org/yaml failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org\n";
    const { context, lender } = installed({ exitCode: 1, stderr });
    await expect(lender()).rejects.toMatchObject({
      code: "synthesis",
      message: `the CDK app needs aws-cdk-lib ${PINNED["aws-cdk-lib"]}, which cannot be installed: network request to https://registry.npmjs.org/yaml failed, reason: getaddrinfo ENOTFOUND registry.npmjs.org`,
      hint: expect.stringContaining("npm ping"),
    });
    expect(readdirSync(context.cache)).toEqual([]);
  });
});
