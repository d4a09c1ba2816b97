import { createHash } from "node:crypto";
import type { RunProgram } from "../child-process.ts";
import type { FrontendSource } from "./frontend.ts";

/** Hexadecimal digits of a source's name. */
const DIGITS = 16;

/**
 * What a frontend is built from, by a name that is never another's: git's own sum over its folder as it is committed, and
 * how it is built. Undefined where a file of it is not as committed, or nobody keeps it: then only a build can tell.
 */
export async function frontendSourceName(
  { program }: { readonly program: RunProgram },
  { directory, build = [], output }: FrontendSource,
): Promise<string | undefined> {
  const git = async (...words: readonly string[]) => {
    const env = { GIT_OPTIONAL_LOCKS: "0" };
    const { exitCode, stdout } = await program(["git", "-C", directory, ...words], { cwd: directory, env });
    return exitCode === 0 ? stdout.trim() : undefined;
  };
  const tree = await git("rev-parse", "HEAD:./");
  if (tree === undefined || !/^[0-9a-f]{40,64}$/.test(tree)) return undefined;
  if ((await git("status", "--porcelain=v1", "--untracked-files=normal", "--", ".")) !== "") return undefined;
  return createHash("sha256")
    .update(JSON.stringify([tree, build, output]))
    .digest("hex")
    .slice(0, DIGITS);
}
