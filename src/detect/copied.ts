import { execForm, type Instruction, type Stage, stageCalled } from "./dockerfile.ts";
import { below, hasPath, isFolderAt, type RepositoryFiles, split } from "./repository.ts";

/** What a COPY or ADD takes, from the context or from another stage, and where it goes: an absolute path of the image. */
type Copied = { readonly from?: string; readonly sources: readonly string[]; readonly to: string };

/** What an instruction copies; undefined for all other instructions, and where its words do not tell. */
function copyOf({ name, rest, workdir }: Instruction): Copied | undefined {
  if ((name !== "COPY" && name !== "ADD") || /^(?:--\S+\s+)*--parents\b|<</.test(rest)) return undefined;
  const [flags = ""] = /^(?:--\S+\s+)*/.exec(rest) ?? [];
  const plain = rest.slice(flags.length);
  const words = plain.startsWith("[") ? execForm(plain) : plain.split(/\s+/);
  const sources = words.slice(0, -1).filter((word) => !/^[a-z]+:\/\//i.test(word));
  const to = words.at(-1);
  if (sources.length === 0 || to === undefined) return undefined;
  const [, from] = /--from=(\S+)/.exec(flags) ?? [];
  const absolute = to.startsWith("/") ? to : `${workdir}/${to}`;
  return { ...(from !== undefined && { from: from.toLowerCase() }), sources, to: absolute };
}

/** Paths of the context that a Dockerfile copies, but those with wildcards and unknown variables. */
export function copiedPaths(stages: readonly Stage[]): readonly string[] {
  const copies = stages.flatMap(({ instructions }) => instructions.flatMap((one) => copyOf(one) ?? []));
  return copies
    .flatMap(({ from, sources }) => (from === undefined ? sources : []))
    .filter((one) => !/[*?[$]/.test(one));
}

/** An image as its Dockerfile makes it of a repository. */
export type Made = {
  readonly files: RepositoryFiles;
  /** The folder that is built, from the repository's root. */
  readonly context: string;
  /** Whether the builder leaves a file out, by its path from there. */
  readonly ignores: (path: string) => boolean;
  readonly stages: readonly Stage[];
  readonly stage: Stage;
};

/** The repository's path of a file or folder of the image; undefined where it comes from elsewhere, or nobody can tell. */
export function repositoryPath(made: Made, path: string): string | undefined {
  const wanted = below("", path);
  if (wanted === undefined) return undefined;
  for (const instruction of made.stage.instructions.toReversed()) {
    const copied = copyOf(instruction);
    if (copied === undefined) continue;
    const found = copied.from === undefined ? fromContext(made, copied, wanted) : fromStage(made, copied, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

function fromContext(
  { files, context, ignores, stage }: Made,
  { sources, to }: Copied,
  wanted: string,
): string | undefined {
  const target = below("", to) ?? "";
  const isFolder = sources.length > 1 || /(?:^|\/)\.?$/.test(to) || isWorkdir(stage, target);
  for (const source of sources) {
    const at = below(context, source);
    if (at === undefined || (context !== "" && at !== context && !at.startsWith(`${context}/`))) continue;
    const from = candidate(files, at, target, isFolder, wanted);
    if (from === undefined || !hasPath(files, from)) continue;
    if (isFolderAt(files, from) || !ignores(context === "" ? from : from.slice(context.length + 1))) return from;
  }
  return undefined;
}

function candidate(files: RepositoryFiles, at: string, target: string, isFolder: boolean, wanted: string) {
  const { folder, name } = split(at);
  const into = split(wanted);
  if (/[*?]/.test(name)) {
    const pattern = new RegExp(
      `^${name
        .replace(/[.+^$()|[\]{}\\]/g, "\\$&")
        .replace(/\*/g, ".*")
        .replace(/\?/g, ".")}$`,
    );
    return into.folder === target && pattern.test(into.name) ? below(folder, into.name) : undefined;
  }
  if (isFolderAt(files, at)) return inside(at, target, wanted);
  return wanted === (isFolder ? below(target, name) : target) ? at : undefined;
}

/** The path below `at` of what is wanted below `target`. */
function inside(at: string, target: string, wanted: string): string | undefined {
  if (wanted === target) return at;
  return target === "" || wanted.startsWith(`${target}/`)
    ? below(at, wanted.slice(target === "" ? 0 : target.length + 1))
    : undefined;
}

function fromStage(made: Made, { from = "", sources, to }: Copied, wanted: string): string | undefined {
  const at = made.stages.indexOf(made.stage);
  const earlier = made.stages.slice(0, at);
  const stage = stageCalled(earlier, from);
  if (stage === undefined) return undefined;
  const target = below("", to) ?? "";
  for (const source of sources) {
    const path = below("", source);
    if (path === undefined) continue;
    const named = below(target, split(path).name) === wanted ? path : undefined;
    for (const one of [inside(path, target, wanted), named]) {
      const found = one === undefined ? undefined : repositoryPath({ ...made, stages: earlier, stage }, one);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function isWorkdir({ instructions }: Stage, target: string): boolean {
  return target === "" || instructions.some(({ workdir }) => below("", workdir) === target);
}

/** Files of the image below one of its folders, as far as they come from the repository: in the image, and there. */
export function imageFiles(
  made: Made,
  folder: string,
  isMeant: (name: string) => boolean,
): readonly { readonly path: string; readonly source: string }[] {
  const from = repositoryPath(made, folder);
  const starts = new Map<string, string>(from === undefined ? [] : [[folder, from]]);
  for (const { to } of copiesWithin(made.stage, made)) {
    const path = `/${below("", to) ?? ""}`;
    const source = path.startsWith(folder) ? repositoryPath(made, path) : undefined;
    if (source !== undefined) starts.set(path, source);
  }
  const found = new Map<string, string>();
  for (const [path, source] of starts)
    for (const [at, one] of walked(made.files, path, source, isMeant)) found.set(at, one);
  return [...found]
    .map(([path, source]) => ({ path, source }))
    .filter(({ path, source }) => repositoryPath(made, path) === source);
}

/** What a stage copies, with what the stages copy that it copies from. */
function copiesWithin(stage: Stage, made: Made): readonly Copied[] {
  return stage.instructions
    .flatMap((one) => copyOf(one) ?? [])
    .flatMap((copied) => {
      if (copied.from === undefined) return [copied];
      const earlier = made.stages.slice(0, made.stages.indexOf(stage));
      const other = stageCalled(earlier, copied.from);
      return [copied, ...(other === undefined ? [] : copiesWithin(other, { ...made, stages: earlier }))];
    });
}

/** Folders and files that are looked at at most: far more than an app's modules need. */
const MOST_FOLDERS = 400;
const MOST_FILES = 300;

function walked(files: RepositoryFiles, path: string, source: string, isMeant: (name: string) => boolean) {
  const found: [string, string][] = [];
  const waiting = [{ path, source }];
  for (let looked = 0; looked < MOST_FOLDERS && found.length < MOST_FILES; looked += 1) {
    const next = waiting.shift();
    if (next === undefined) break;
    for (const { name, isFolder } of files.list(next.source)) {
      const at = { path: `${next.path === "/" ? "" : next.path}/${name}`, source: below(next.source, name) ?? name };
      if (isFolder && !UNSEEN.test(name)) waiting.push(at);
      else if (!isFolder && isMeant(name)) found.push([at.path, at.source]);
    }
  }
  return found;
}

/** Folders without modules that a container is started from. */
const UNSEEN =
  /^\.|^(?:node_modules|__pycache__|venv|env|site-packages|tests?|migrations|versions|static|templates|locale|docs?|frontend)$/;
