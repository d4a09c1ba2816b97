import { createHash } from "node:crypto";
import { createReadStream, existsSync, readlinkSync, realpathSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { isOwnName } from "../folder.ts";
import { type BuildContext, contextFiles, dockerfileOf, ignoredBy } from "./context-files.ts";

/** What an image is built from and how. */
export type ImageBuild = BuildContext & {
  readonly target?: string;
  readonly args?: { readonly [name: string]: string };
  /** `linux/amd64` for one. */
  readonly platform?: string;
};

/** What is built, by a name that is never another's. */
export type ImageSource = {
  /** The commit checked out, in full. */
  readonly commit?: string;
  /** Whether what is built is not what was committed. */
  readonly dirty: boolean;
  /** The image's tag. */
  readonly tag: string;
};

/** Hexadecimal digits in a tag: of a commit, of a sum over contents, and of one over how it is built. */
const COMMIT = 12;
const CONTENT = 10;
const SETTINGS = 6;

/** What an image is built for that does not say so. */
const USUAL_PLATFORM = "linux/amd64";

/**
 * What a build would make, by the name of the commit that is checked out in the repository around its context; where a
 * file that the build sees is not as committed, with a sum of all it sees; without git by that sum alone. The same commit
 * built in another way (`-arm64`, or a sum over Dockerfile, target and arguments) has another name.
 */
export async function sourceOf(context: Context, build: ImageBuild, signal?: AbortSignal): Promise<ImageSource> {
  const git = async (...words: readonly string[]) => {
    const done = await context.program(["git", "-C", build.context, ...words], {
      cwd: build.context,
      // Looking must not take git's own locks from somebody who commits.
      env: { GIT_OPTIONAL_LOCKS: "0" },
      ...(signal && { signal }),
    });
    return done.exitCode === 0 ? done.stdout : undefined;
  };
  const head = (await git("rev-parse", "--show-toplevel", "HEAD"))?.trim().split("\n");
  const [root, commit] = head ?? [];
  if (root === undefined || commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit))
    return { dirty: false, tag: `src-${await contentOf(build)}` };
  // What git ignores is built in all the same, unless a .dockerignore leaves it out.
  const status = await git("status", "--porcelain=v1", "-z", "--untracked-files=all", "--ignored=matching");
  const dirty = status === undefined || changedIn(status).some((path) => isSeen(build, join(root, path)));
  const name = `${commit.slice(0, COMMIT)}${settingsOf(build)}`;
  return { commit, dirty, tag: dirty ? `${name}-${await contentOf(build)}` : name };
}

/** How the tag of a commit tells its builds apart; nothing for a plain one: a `Dockerfile` without target or arguments. */
function settingsOf(build: ImageBuild): string {
  const { context, target, args = {}, platform = USUAL_PLATFORM } = build;
  const dockerfile = relative(context, dockerfileOf(build));
  const isPlain = dockerfile === "Dockerfile" && target === undefined && Object.keys(args).length === 0;
  const how = JSON.stringify([dockerfile, target, Object.entries(args).sort()]);
  const sum = isPlain ? "" : `-${createHash("sha256").update(how).digest("hex").slice(0, SETTINGS)}`;
  return platform === USUAL_PLATFORM ? sum : `-${platform.replace(/^linux\//, "").replaceAll("/", "-")}${sum}`;
}

/** The paths of `git status -z`: of something renamed both. */
function changedIn(status: string): readonly string[] {
  const fields = status.split("\0").filter((field) => field !== "");
  return fields
    .filter((field) => !(field.startsWith("!! ") && LEFTOVER.test(field)))
    .map((field, at, fields) => {
      const isOrigin = at > 0 && /^(R.|C.|.R|.C) /.test(fields[at - 1] ?? "");
      return isOrigin ? field : field.slice(3);
    });
}

/** What Python and tests leave lying beside the sources, of which they make it anew: it decides nothing about an image. */
const LEFTOVER = /(^|\/)(__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache)(\/|$)|\.pyc$/;

/** Whether a file has to do with the build, or the folder of a repository in this one. */
function isSeen(build: ImageBuild, changed: string): boolean {
  const path = changed.endsWith("/") ? changed.slice(0, -1) : changed;
  const beside = [dockerfileOf(build), `${dockerfileOf(build)}.dockerignore`];
  if (beside.map(real).some((file) => file === path || file.startsWith(`${path}${sep}`))) return true;
  const inside = relative(real(build.context), path);
  if (inside === "" || real(build.context).startsWith(`${path}${sep}`)) return true;
  if (inside.startsWith("..")) return false;
  return !ignoredBy(build).ignores(inside.split(sep).join("/"));
}

/** git names files by the way without links. */
function real(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** A sum over all that the builder sees, and how it is told to build. */
async function contentOf(build: ImageBuild): Promise<string> {
  const { context, target, args = {}, platform } = build;
  const sum = createHash("sha256");
  const add = (...facts: readonly unknown[]) => sum.update(`${JSON.stringify(facts)}\n`);
  add(target ?? "", Object.entries(args).sort(), platform ?? "");
  add(await fileSum(dockerfileOf(build)));
  for (const { path, link, run } of contextFiles(build).filter(isContent)) {
    const file = join(context, path);
    add(path, run, link ? readlinkSync(file) : await fileSum(file));
  }
  return sum.digest("hex").slice(0, CONTENT);
}

/** What git and astro keep for themselves is another after each look. */
function isContent({ path }: { readonly path: string }): boolean {
  return !path.split("/").some((part) => part === ".git" || isOwnName(part));
}

async function fileSum(file: string): Promise<string> {
  const sum = createHash("sha256");
  try {
    for await (const chunk of createReadStream(file)) sum.update(chunk as Buffer);
  } catch (error) {
    throw new AstroError(
      "config",
      `a file of the build cannot be read: ${reasonOf(error)}`,
      "see that it is there and yours, or leave it out by a line in .dockerignore; astro.yaml names the Dockerfile (build.dockerfile)",
      error,
    );
  }
  return sum.digest("hex");
}
