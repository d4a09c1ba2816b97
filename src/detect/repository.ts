/** A repository as far as its files tell what is in it; paths are from its root, with slashes, and the root itself is "". */
export type RepositoryFiles = {
  /** The text of a file; undefined if it is not there, or is none that can be read. */
  readonly read: (path: string) => string | undefined;
  /** What lies in a folder; nothing if there is no such folder. */
  readonly list: (folder: string) => readonly { readonly name: string; readonly isFolder: boolean }[];
};

/** Where a repository shows something: a file's path, and a line of it, counted from 1. */
export type Place = { readonly file: string; readonly line: number };

/** What a repository shows, and where. */
export type Shown<T> = Place & { readonly value: T };

/** What a person should know of a repository, and where it shows that. */
export type Note = Place & { readonly words: string };

/** Folders that hold nothing an app is written in. */
const SKIPPED = /^\.|^(?:node_modules|cdk\.out|dist|build|vendor|venv|env|site-packages|docs?|tests?|examples?)$/;

/** Folders in one place, beyond which it is no app's. */
const MOST = 60;

/** The folders in a folder in which a part of an app may be; none where there are too many to be an app's. */
export function foldersIn({ list }: RepositoryFiles, folder: string): readonly string[] {
  const folders = list(folder).filter(({ name, isFolder }) => isFolder && !SKIPPED.test(name));
  return folders.length > MOST ? [] : folders.map(({ name }) => below(folder, name) ?? name).sort();
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

/** The folder that a path lies in, and its name there. */
export function split(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf("/");
  return { folder: path.slice(0, Math.max(0, slash)), name: path.slice(slash + 1) };
}

const entryAt = ({ list }: RepositoryFiles, path: string) => {
  const { folder, name } = split(path);
  return list(folder).find((entry) => entry.name === name);
};

/** Whether there is a file, or a folder, at a path. */
export function hasPath(files: RepositoryFiles, path: string | undefined): boolean {
  return path === "" || (path !== undefined && entryAt(files, path) !== undefined);
}

/** Whether there is a folder at a path. */
export function isFolderAt(files: RepositoryFiles, path: string): boolean {
  return path === "" || entryAt(files, path)?.isFolder === true;
}

/** The only one of several; undefined where there is none, or no telling which. */
export function onlyOf<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** The same of words or numbers, which may be said several times. */
export function onlyValue<T>(all: readonly Shown<T>[]): Shown<T> | undefined {
  return new Set(all.map(({ value }) => JSON.stringify(value))).size === 1 ? all[0] : undefined;
}

/** The line of an offset in a text, from 1. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line += 1;
  return line;
}

/** The line that a pattern is first found in; the first line where it is not. */
export function lineOf(text: string, pattern: RegExp): number {
  return lineAt(text, Math.max(0, text.search(pattern)));
}

/** A shell's or Docker's words: quotes hold one together. */
export function shellWords(text: string): readonly string[] {
  const parts = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  return parts.map((part) => part.replace(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
