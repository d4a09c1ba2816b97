import type { RepositoryFiles, Shown } from "./repository.ts";

/** The name of the repository that git's remote `origin` has it from; undefined without one. Nothing else of the address is told. */
export function remoteName({ read }: Pick<RepositoryFiles, "read">): Shown<string> | undefined {
  const file = ".git/config";
  const lines = read(file)?.split(/\r?\n/) ?? [];
  const start = lines.findIndex((line) => /^\s*\[remote "origin"\]\s*$/.test(line));
  if (start < 0) return undefined;
  const end = lines.findIndex((line, at) => at > start && /^\s*\[/.test(line));
  const at = lines.findIndex((line, row) => row > start && (end < 0 || row < end) && /^\s*url\s*=/.test(line));
  const [, value] = /^\s*url\s*=\s*\S*[/:]([^/:\s]+?)(?:\.git)?\/?\s*$/.exec(lines[at] ?? "") ?? [];
  return value === undefined ? undefined : { value, file, line: at + 1 };
}
