/** A repository as far as its files tell what is in it; paths are from its root, with slashes, and the root itself is "". */
export type RepositoryFiles = {
  /** The text of a file; undefined if it is not there. */
  readonly read: (path: string) => string | undefined;
  /** What lies in a folder; nothing if there is no such folder. */
  readonly list: (folder: string) => readonly { readonly name: string; readonly isFolder: boolean }[];
};

/** Folders that hold nothing an app is written in. */
const SKIPPED = /^\.|^(?:node_modules|cdk\.out|dist|build|vendor|venv|docs?|tests?|examples?)$/;

/** Folders beyond which a root is no app's. */
const MOST = 60;

/** The folders in which a part of an app may be: those at the root. */
export function partFolders({ list }: RepositoryFiles): readonly string[] {
  const folders = list("").filter(({ name, isFolder }) => isFolder && !SKIPPED.test(name));
  return folders.length > MOST ? [] : folders.map(({ name }) => name).sort();
}

/** A path below a folder; undefined if it leads out of the root. */
export function below(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "" && part !== ".") parts.push(part);
  }
  return parts.join("/");
}

/** Whether there is a file, or a folder, at a path. */
export function hasPath({ list }: RepositoryFiles, path: string | undefined): boolean {
  if (path === undefined || path === "") return path === "";
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  return list(slash < 0 ? "" : path.slice(0, slash)).some((entry) => entry.name === name);
}

/** The only one of several; undefined where there is none, or no telling which. */
export function onlyOf<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}
