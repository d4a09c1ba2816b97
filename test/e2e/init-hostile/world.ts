import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { expect } from "vitest";
import type { Context } from "../../../src/context.ts";
import { AstroError } from "../../../src/errors.ts";
import { init } from "../../../src/operation/init.ts";
import { openProject, type Project } from "../../../src/project.ts";
import { clean, jsonText, type Terminal } from "../../../src/terminal.ts";
import { renderError } from "../../../src/view/error.ts";
import type { ChoiceOptions } from "../../../src/wizard/request.ts";
import { contextWith } from "../../support/context.ts";
import { rawBytes } from "../../support/hostile.ts";

/** A folder of somebody's with other things in it, one of which is the repository where `astro init` is called. */
export type World = {
  readonly root: string;
  readonly repo: string;
  /** Writes a file of the repository, or of what is around it (`../beside/x`); a `Uint8Array` byte by byte. */
  readonly put: (path: string, content: string | Uint8Array) => void;
  readonly close: () => void;
};

/** One hostile input, and what has to become of it. */
export type Case = {
  readonly name: string;
  readonly arrange?: (world: World) => void;
  readonly flags?: ChoiceOptions & { readonly answers?: string; readonly "save-answers"?: string };
  readonly env?: { readonly [variable: string]: string };
  /** The folder that is given; `infra` unless told otherwise, and `null` for none. */
  readonly dir?: string | null;
  /** The code and the words of a refusal; without them it is to end well. */
  readonly refused?: readonly [code: AstroError["code"], words: RegExp];
  /** What else may be written, from the repository's folder: the answers that were to be saved. */
  readonly writes?: readonly string[];
  /** What has to be true of the project afterwards. */
  readonly holds?: (project: Project, world: World) => void;
};

export function openWorld(): World {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "astro-init-hostile-")));
  const repo = join(root, "shop");
  const put: World["put"] = (path, content) => {
    const at = resolve(repo, path);
    mkdirSync(dirname(at), { recursive: true });
    writeFileSync(at, content);
  };
  put("README.md", "# Shop\n");
  put("../beside/letter.txt", "Dear Ada");
  put("../beside/app/astro.yaml", "no: app of ours\n");
  return { root, repo, put, close: () => rmSync(root, { recursive: true, force: true }) };
}

/** What lies below a folder: each path with its kind and mode, a file with its time and content, a link with its target. */
export function snapshot(root: string, leftOut: readonly string[] = []): { readonly [path: string]: string } {
  const found: { [path: string]: string } = {};
  const walk = (folder: string) => {
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      if (leftOut.includes(path)) continue;
      const { mode, mtimeMs, size } = lstatSync(path);
      const kind = lstatSync(path);
      const what = kind.isSymbolicLink()
        ? readlinkSync(path)
        : kind.isFile()
          ? `${mtimeMs} ${size} ${readFileSync(path, "latin1")}`
          : "";
      found[relative(root, path).split(sep).join("/")] = `${mode.toString(8)} ${what}`;
      if (kind.isDirectory()) walk(path);
    }
  };
  walk(root);
  return found;
}

/** The paths that are not as they were, or there for the first time. */
export function changes(before: ReturnType<typeof snapshot>, after: ReturnType<typeof snapshot>): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]);
}

/** The real path of what may not be there yet. */
function realOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realOf(dirname(path)), basename(path));
}

/** Words in which something of the inside shows. */
const INSIDE = /\bundefined\b|\[object |\n +at |TypeError|ReferenceError|RangeError|this is a bug in astro/;

/** Runs one case in this process and holds it to everything that is true of all of them. */
export async function play(one: Case): Promise<void> {
  const world = openWorld();
  try {
    one.arrange?.(world);
    const dir = one.dir === undefined ? "infra" : (one.dir ?? undefined);
    const target = resolve(world.repo, dir ?? "infra");
    const home = realOf(target);
    const others = [target, home, ...(one.writes ?? []).map((path) => resolve(world.repo, path))];
    const before = snapshot(world.root);
    const outside = snapshot(world.root, others);
    const { printed, error } = await run(world, one, dir);
    expect(printed).not.toMatch(INSIDE);
    expect(rawBytes(printed)).toEqual([]);
    if (one.refused !== undefined) {
      const [code, words] = one.refused;
      expect(error ?? "ended well", printed).toMatchObject({ code });
      expect(printed).toMatch(words);
      expect(error?.hint).not.toBe("");
      // All of it: what was there is as it was, and nothing is there that was not.
      expect(changes(before, snapshot(world.root))).toEqual([]);
      return;
    }
    expect(error, printed).toBeUndefined();
    const after = snapshot(world.root, others);
    // The folders above the new one are made with it.
    const touched = changes(outside, after).filter(
      (path) => !isAbove(join(world.root, path), target) || path in outside,
    );
    expect(touched).toEqual([]);
    const project = await openProject(contextWith(none, { cwd: world.repo }), dir ?? target);
    expect(readdirSync(dirname(home)).filter((name) => name.endsWith(".new") || name.startsWith(".infra-"))).toEqual(
      [],
    );
    one.holds?.(project, world);
  } finally {
    world.close();
  }
}

const none = () => Promise.reject(new Error("there is nothing to run"));
const isAbove = (path: string, target: string) => target.startsWith(`${path}${sep}`);

/** `astro init --yes` in this process: what it printed, as a terminal would get it, and how it failed. */
async function run(world: World, { flags, env = {} }: Case, dir: string | undefined) {
  let printed = "";
  const terminal: Terminal = {
    ...contextWith(none).stderr,
    write: (text) => {
      printed += clean(text);
    },
  };
  const context: Context = contextWith(none, { cwd: world.repo, env, stdout: terminal, stderr: terminal });
  try {
    const { value, render } = await init(context, dir, { yes: true, ...flags });
    terminal.write(jsonText(value));
    terminal.write(render());
    return { printed };
  } catch (error) {
    if (!(error instanceof AstroError)) throw error;
    terminal.write(renderError(error, terminal));
    return { printed, error };
  }
}
