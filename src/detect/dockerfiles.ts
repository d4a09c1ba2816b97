import { ignoreRules } from "../build/dockerignore.ts";
import { type Compose, composeServices } from "./compose.ts";
import { copiedPaths, type Made } from "./copied.ts";
import { readStages, type Stage } from "./dockerfile.ts";
import { webFrameworkIn } from "./needs.ts";
import { packageIn } from "./package-json.ts";
import { below, foldersIn, hasPath, type Note, onlyOf, type RepositoryFiles, split } from "./repository.ts";
import { deployedStage, isForWork } from "./stage.ts";

/** A Dockerfile that is built and deployed. */
export type Chosen = Made & {
  /** From the repository's root. */
  readonly path: string;
  /** The stage to build, where it is not the last. */
  readonly target?: string;
};

type Choice = { readonly chosen?: Chosen; readonly notes: readonly Note[] };

/** Names that the one to be deployed goes by where several could be. */
const NAMES = /^(?:api|app|backend|server|web)$/i;
/** The services of a Compose file that may be the app. */
const SERVICES = /^(?:api|app|backend|server|web|django|fastapi|flask)$/i;

/**
 * The Dockerfile that is deployed, with the stage of it: at the root before its variants there, then one a folder or two below,
 * then the one that Compose builds. Where nobody can tell, there is none, and a note says so.
 */
export function chosenDockerfile(
  files: RepositoryFiles,
  parts: readonly string[],
  compose: readonly Compose[],
  frontend: string | undefined,
): Choice {
  const all = candidates(files, parts, frontend);
  const found = onlyOf(all) ?? betterOf(files, all);
  const built =
    found === undefined ? builtBy(files, compose, frontend) : { path: found, contexts: contextsOf(compose, found) };
  if (built === undefined) return { notes: doubt(all) };
  const text = files.read(built.path);
  if (text === undefined) return { notes: [] };
  const stages = readStages(text);
  const context = contextOf(files, built.path, stages, built.contexts);
  if (context === undefined) return { notes: [] };
  const stage = deployedStage(stages);
  if (stage === undefined) return { notes: stages.length === 0 ? [] : [stageDoubt(built.path, stages)] };
  const target = stage === stages.at(-1) ? undefined : stage.name;
  const path = built.path;
  // Docker documentation, "Build context": the Dockerfile's own before that of the context.
  const ignored = files.read(`${path}.dockerignore`) ?? files.read(below(context, ".dockerignore") ?? "");
  const { ignores } = ignoreRules(ignored ?? "");
  return {
    chosen: { files, context, ignores, stages, stage, path, ...(target !== undefined && { target }) },
    notes: [],
  };
}

function doubt(all: readonly string[]): readonly Note[] {
  const [file, ...more] = all;
  if (file === undefined || more.length === 0) return [];
  const words = `there are several (${someOf(all, 3)}): build.dockerfile of astro.yaml says which is deployed`;
  return [{ file, line: 1, words }];
}

/** All of them, or the first where there are more than `most`. */
function someOf(all: readonly string[], most: number): string {
  return all.length > most ? `${all[0]} and ${all.length - 1} others` : all.join(", ");
}

function stageDoubt(file: string, stages: readonly Stage[]): Note {
  const names = stages.flatMap(({ name }) => (name === "" ? [] : [name]));
  const words = `of its stages (${someOf(names, 6)}) build.target of astro.yaml says which is deployed`;
  return { file, line: stages.at(-1)?.line ?? 1, words };
}

/** At the root, else in the folders of the app's parts; the frontend's own serves its files, which the bucket does here. */
function candidates(files: RepositoryFiles, parts: readonly string[], frontend: string | undefined): readonly string[] {
  const at = (folder: string) => {
    const names = files.list(folder).flatMap(({ name, isFolder }) => (isFolder ? [] : [name]));
    const plain = names.find((name) => name === "Dockerfile" || name === "Containerfile");
    const variants = names.filter(
      (name) => /^(?:Dockerfile\..+|.+\.dockerfile)$/i.test(name) && !isVariantForWork(name),
    );
    return (plain === undefined ? variants : [plain]).map((name) => below(folder, name) ?? name);
  };
  const root = at("");
  if (root.length > 0) return root;
  const folders = parts.length > 0 ? parts : foldersIn(files, "");
  return folders.filter((folder) => folder !== frontend).flatMap(at);
}

function isVariantForWork(name: string): boolean {
  const word = name.replace(/^Dockerfile\.|\.dockerfile$/gi, "");
  return isForWork(word) || word === "dockerignore";
}

/** The one of a web framework of Python's, then the one that is called as an app is. */
function betterOf(files: RepositoryFiles, all: readonly string[]): string | undefined {
  const served = all.filter((path) => path.includes("/") && webFrameworkIn(files, split(path).folder));
  return onlyOf(served) ?? onlyOf(served.filter((path) => NAMES.test(split(split(path).folder).name)));
}

type Built = { readonly path: string; readonly contexts: readonly string[] };

/** What draws pages: a server of its own for them is not the app beside a frontend. */
const DRAWS = /^(?:react|vue|svelte|preact|solid-js|next|nuxt|@angular\/core)$/;

const draws = (files: RepositoryFiles, path: string) =>
  packageIn(files, split(path).folder)?.names.some((name) => DRAWS.test(name)) ?? false;

/** The one that Compose builds the app from; a file for production comes first. */
function builtBy(files: RepositoryFiles, compose: readonly Compose[], frontend: string | undefined): Built | undefined {
  for (const { services } of compose) {
    const built = services.flatMap(({ name, build }) => (build === undefined ? [] : [{ name, ...build }]));
    const meant = built.filter(
      ({ context, path }) => context !== frontend && !path.split("/").some(isVariantForWork) && !draws(files, path),
    );
    const only = (some: typeof meant) => onlyOf([...new Set(some.map(({ path }) => path))]);
    const path = only(meant) ?? only(meant.filter(({ name }) => SERVICES.test(name)));
    if (path !== undefined && hasPath(files, path)) return { path, contexts: contextsOf(compose, path) };
  }
  return undefined;
}

function contextsOf(compose: readonly Compose[], path: string): readonly string[] {
  return composeServices(compose).flatMap(({ build }) => (build?.path === path ? [build.context] : []));
}

/** Where it is built: where Compose does, its own folder, or the root, the first that has all that it copies. */
function contextOf(
  files: RepositoryFiles,
  path: string,
  stages: readonly Stage[],
  contexts: readonly string[],
): string | undefined {
  const { folder } = split(path);
  const sources = copiedPaths(stages);
  const isIn = (context: string) => sources.every((source) => hasPath(files, below(context, source)));
  const found = [...contexts, folder, ""].find(isIn);
  // At the root there is no other place: what is missing there is made before the build.
  return found ?? (folder === "" ? "" : undefined);
}
