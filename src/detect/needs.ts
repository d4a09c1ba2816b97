import { readToml } from "../reading/toml.ts";
import { below, lineOf, type Place, type RepositoryFiles } from "./repository.ts";
import { treeOf } from "./tree.ts";

/** Files of a folder in which Python's projects name what they need, and files that name all that is installed. */
const LISTS = /^(?:requirements[\w.-]*\.(?:txt|in)|base\.txt|prod(?:uction)?\.txt)$/;
const TABLES = ["pyproject.toml", "Pipfile"];
const LOCKS = ["uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"];
const FOR_WORK = /dev|test|lint|docs|local/;

/** Where a folder of a repository says that it needs a package of Python's; undefined where it does not. */
export function neededIn(files: RepositoryFiles, folder: string, name: string): Place | undefined {
  const at = (file: string) => below(folder, file) ?? file;
  const lists = [
    ...namesIn(files, folder),
    ...namesIn(files, at("requirements")).map((file) => `requirements/${file}`),
  ];
  const line = new RegExp(`^\\s*${spelled(name)}(?![\\w.-])`, "im");
  for (const file of lists) {
    const text = files.read(at(file));
    if (text !== undefined && line.test(text)) return { file: at(file), line: lineOf(text, line) };
  }
  const entry = new RegExp(`^(?!\\s*#).*?(?<![\\w.-])${spelled(name)}(?![\\w.-])`, "im");
  for (const file of TABLES) {
    const text = files.read(at(file));
    if (text !== undefined && packagesOf(text).includes(name)) return { file: at(file), line: lineOf(text, entry) };
  }
  const locked = new RegExp(`^(?:name = "${spelled(name)}"|\\s*"${spelled(name)}": \\{)`, "im");
  for (const file of LOCKS) {
    const text = files.read(at(file));
    if (text !== undefined && locked.test(text)) return { file: at(file), line: lineOf(text, locked) };
  }
  return undefined;
}

/** Whether a folder needs one of the web frameworks that a Python app is written in. */
export function webFrameworkIn(files: RepositoryFiles, folder: string): boolean {
  return ["fastapi", "django", "flask"].some((name) => neededIn(files, folder, name) !== undefined);
}

function namesIn({ list }: RepositoryFiles, folder: string): readonly string[] {
  return list(folder).flatMap(({ name, isFolder }) =>
    !isFolder && LISTS.test(name) && !FOR_WORK.test(name) ? [name] : [],
  );
}

/** Names are the same however they are written (Python packaging, "Names and normalization"). */
const spelled = (name: string) => name.replaceAll("-", "[-_.]");

/**
 * What a pyproject.toml or a Pipfile installs, but for people at work: PEP 621's lists, Poetry's and Pipenv's tables. Nothing of
 * a file that is no TOML.
 */
function packagesOf(text: string): readonly string[] {
  try {
    const { project, tool, packages } = treeOf(readToml(text));
    const { dependencies, "optional-dependencies": extras } = treeOf(project);
    const { dependencies: poetry, group } = treeOf(treeOf(tool).poetry);
    const groups = Object.entries(treeOf(group)).flatMap(([name, own]) =>
      FOR_WORK.test(name) ? [] : Object.keys(treeOf(treeOf(own).dependencies)),
    );
    const more = Object.entries(treeOf(extras)).flatMap(([name, list]) => (FOR_WORK.test(name) ? [] : list));
    const listed = [dependencies, more].flat().flatMap((one) => /^\s*([\w.-]+)/.exec(String(one))?.[1] ?? []);
    const all = [...listed, ...Object.keys(treeOf(poetry)), ...groups, ...Object.keys(treeOf(packages))];
    return all.map((name) => name.toLowerCase().replace(/[-_.]+/g, "-"));
  } catch {
    return [];
  }
}
