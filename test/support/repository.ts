import type { RepositoryFiles } from "../../src/detect/repository.ts";

/** A repository of these files. */
export function repositoryOf(files: { readonly [path: string]: string }): RepositoryFiles {
  return {
    read: (path) => (Object.hasOwn(files, path) ? files[path] : undefined),
    list: (folder) => {
      const start = folder === "" ? "" : `${folder}/`;
      const below = Object.keys(files).filter((path) => path.startsWith(start));
      const entries = below.map((path) => {
        const [name = "", ...more] = path.slice(start.length).split("/");
        return [name, more.length > 0] as const;
      });
      return [...new Map(entries)].map(([name, isFolder]) => ({ name, isFolder }));
    },
  };
}
