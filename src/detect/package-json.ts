import { readJson } from "../reading/json.ts";
import { below, lineOf, type Place, type RepositoryFiles } from "./repository.ts";
import { type Tree, treeOf } from "./tree.ts";

/** A package of Node's that has a build. */
export type FrontendPackage = Place & {
  readonly files: RepositoryFiles;
  readonly folder: string;
  /** Its build script. */
  readonly script: string;
  /** The packages that it needs, for work too. */
  readonly names: readonly string[];
  /** The address that it says it is served at. */
  readonly homepage?: string;
  /** The package manager that it names. */
  readonly manager?: string;
};

/** The package of a folder; undefined where there is none with a build, or none that can be read. */
export function packageIn(files: RepositoryFiles, folder: string): FrontendPackage | undefined {
  const file = below(folder, "package.json") ?? "package.json";
  const text = files.read(file);
  if (text === undefined) return undefined;
  const { scripts, dependencies, devDependencies, homepage, packageManager } = jsonIn(text);
  const { build } = treeOf(scripts);
  if (typeof build !== "string") return undefined;
  const names = [dependencies, devDependencies].flatMap((list) => Object.keys(treeOf(list)));
  const manager = /^(npm|pnpm|yarn|bun)@/.exec(String(packageManager))?.[1];
  return {
    files,
    folder,
    script: build,
    names,
    ...(typeof homepage === "string" && { homepage }),
    ...(manager !== undefined && { manager }),
    file,
    line: lineOf(text, /"build"\s*:/),
  };
}

/** The object in a text of JSON; an empty one where it is none. */
export function jsonIn(text: string): Tree {
  try {
    return treeOf(readJson(text));
  } catch {
    return {};
  }
}
