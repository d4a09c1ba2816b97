import { posix } from "node:path";

/** What a build leaves out of its context. */
export type IgnoreRules = {
  /** Whether a path, its parts parted by `/`, is left out, itself or with a folder it lies in. */
  readonly ignores: (path: string) => boolean;
  /** Whether something is taken in again that an earlier line leaves out: then no folder is left out as a whole. */
  readonly hasExceptions: boolean;
};

type IgnoreLine = { readonly exception: boolean; readonly matches: (path: string) => boolean };

/**
 * The rules of a `.dockerignore` (Docker documentation, "Build context": ".dockerignore files"): a pattern a line from
 * the context's root, as Go's filepath.Match has it, and `**` for any number of folders; `!` takes in again; the last line
 * that matches decides. A line that is no pattern matches nothing: the builder itself refuses it, in its own words.
 */
export function ignoreRules(text: string): IgnoreRules {
  const lines = text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .filter((line) => !line.startsWith("#"))
    .map((line) => line.trim())
    .filter((line) => line !== "" && line !== "!")
    .map(ignoreLine);
  return {
    hasExceptions: lines.some(({ exception }) => exception),
    ignores: (path) => {
      const parts = path.split("/");
      const ways = parts.map((_, at) => parts.slice(0, at + 1).join("/"));
      let ignored = false;
      for (const { exception, matches } of lines) if (exception === ignored && ways.some(matches)) ignored = !exception;
      return ignored;
    },
  };
}

function ignoreLine(line: string): IgnoreLine {
  const exception = line.startsWith("!");
  const written = (exception ? line.slice(1) : line).trim();
  const clean = posix
    .normalize(written)
    .replace(/^\/(?=.)/, "")
    .replace(/(?<=.)\/$/, "");
  const pattern = patternOf(clean);
  return { exception, matches: (path) => pattern?.test(path) ?? false };
}

/** The longest path, in bytes (Linux man-pages, path_resolution(7): PATH_MAX): what is longer matches none. */
const LONGEST = 4096;

/** The pattern as a regular expression; undefined if it is none. */
function patternOf(text: string): RegExp | undefined {
  if (text.length > LONGEST) return undefined;
  let source = "";
  for (let rest = text; rest !== ""; ) {
    const [piece = "", , escaped] = /^(\*\*\/?|\*|\?|\[\^?\]?[^\]]*\]|\\(.)|.)/s.exec(rest) ?? [];
    rest = rest.slice(piece.length);
    if (piece.startsWith("**")) source += rest === "" ? ".*" : "(?:.*/)?";
    else if (piece === "*") source += "[^/]*";
    else if (piece === "?") source += "[^/]";
    else if (piece.length > 2 && piece.startsWith("[")) source += piece;
    else source += (escaped ?? piece).replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  }
  try {
    return new RegExp(`^${source}$`, "s");
  } catch {
    return undefined;
  }
}
