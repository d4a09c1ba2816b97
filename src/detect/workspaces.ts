import { readJson } from "../reading/json.ts";
import { readToml } from "../reading/toml.ts";
import { readYaml, valuesOf } from "../reading/yaml.ts";
import { below, foldersIn, isFolderAt, type RepositoryFiles } from "./repository.ts";
import { type Tree, treeOf } from "./tree.ts";

/** Folders that hold an app's parts, one each, where nobody says so. */
const HOLDERS = ["apps", "packages", "projects", "services"];

/**
 * The folders in which a part of an app may be: those at the root, and one level of packages below them, where a workspace of pnpm,
 * npm, Yarn or uv says so, or the folder is called as they are.
 */
export function partFolders(files: RepositoryFiles): readonly string[] {
  const top = foldersIn(files, "");
  const patterns = declared(files);
  // What a workspace of Node leaves out may be a part in another language.
  const excluded = patterns.flatMap((pattern) => (pattern.startsWith("!") ? [pattern.slice(1)] : []));
  const named = patterns.flatMap((pattern) => matching(files, pattern)).filter((folder) => !excluded.includes(folder));
  const held = top.filter((name) => HOLDERS.includes(name)).flatMap((name) => foldersIn(files, name));
  return [...new Set([...top, ...named, ...held])].sort();
}

function matching(files: RepositoryFiles, pattern: string): readonly string[] {
  const holder = below("", pattern.replace(/(?:\/\*{1,2})+$/, ""));
  if (holder === undefined || holder === "" || /[*?[{!]/.test(holder)) return [];
  if (/\/\*{1,2}$/.test(pattern)) return foldersIn(files, holder);
  return isFolderAt(files, holder) ? [holder] : [];
}

const textsOf = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);

/** The globs of workspaces; none of a file that cannot be read. */
function declared({ read }: RepositoryFiles): readonly string[] {
  const at = (file: string, parse: (text: string) => unknown): Tree => {
    const text = read(file);
    try {
      return text === undefined ? {} : treeOf(parse(text));
    } catch {
      return {};
    }
  };
  const npm = at("package.json", readJson).workspaces;
  const pnpm = at("pnpm-workspace.yaml", (text) => valuesOf(readYaml(text))).packages;
  const uv = treeOf(treeOf(treeOf(at("pyproject.toml", readToml).tool).uv).workspace).members;
  return [...textsOf(npm), ...textsOf(treeOf(npm).packages), ...textsOf(pnpm), ...textsOf(uv)];
}
