import { type Copied, type DockerfileFacts, readDockerfile } from "./dockerfile.ts";
import { type DetectedFrontend, detectFrontend } from "./frontend.ts";
import { below, hasPath, onlyOf, partFolders, type RepositoryFiles } from "./repository.ts";

/** What of an app a repository shows, as far as files tell; paths are from the repository's root, which is "". */
export type DetectedApp = {
  readonly image?: {
    readonly context: string;
    readonly dockerfile: string;
    readonly port?: number;
    readonly healthPath?: string;
  };
  readonly migrate?: { readonly command: readonly string[]; readonly from: string };
  readonly frontend?: DetectedFrontend;
};

/** Looks at the files that tell what an app is made of. What is doubtful is left out: a wrong guess costs more than none. */
export function detectApp(files: RepositoryFiles): DetectedApp {
  const frontend = detectFrontend(files);
  const path = dockerfileIn(files, frontend);
  const made = path === undefined ? undefined : builtFrom(files, path);
  const migrate = made && migrationIn(files, made);
  const { port, healthPath } = made?.facts ?? {};
  return {
    ...(made && {
      image: {
        context: made.context,
        dockerfile: made.dockerfile,
        ...(port !== undefined && { port }),
        ...(healthPath !== undefined && { healthPath }),
      },
    }),
    ...(migrate && { migrate }),
    ...(frontend && { frontend }),
  };
}

/** Variants of a Dockerfile that are for people at work, or for a part of it. */
const NOT_DEPLOYED =
  /^Dockerfile\.(?:.*[.-])?(?:dev|develop|development|local|test|tests|ci|debug|base|dockerignore)$/i;

/** The Dockerfile: at the root before its variants there, and those before one a folder below. */
function dockerfileIn(files: RepositoryFiles, frontend: DetectedFrontend | undefined): string | undefined {
  const own = (folder: string) => {
    const names = files.list(folder).flatMap(({ name, isFolder }) => (isFolder ? [] : [name]));
    if (names.includes("Dockerfile")) return ["Dockerfile"];
    return names.filter((name) => /^Dockerfile\./.test(name) && !NOT_DEPLOYED.test(name));
  };
  const atRoot = own("");
  if (atRoot.length > 0) return onlyOf(atRoot);
  // The frontend's own serves its files, which the bucket does here.
  const folders = partFolders(files).filter((folder) => folder !== frontend?.directory && own(folder).length > 0);
  const folder = onlyOf(folders) ?? onlyOf(folders.filter((one) => hasFastApi(files, one)));
  const name = folder === undefined ? undefined : onlyOf(own(folder));
  return name && `${folder}/${name}`;
}

/** The files in which Python's projects name what they need. */
const NEEDS = ["pyproject.toml", "requirements.txt"];

const needs = ({ read }: RepositoryFiles, folder: string, name: RegExp) =>
  NEEDS.some((file) => name.test(read(below(folder, file) ?? "") ?? ""));

const hasFastApi = (files: RepositoryFiles, folder: string) => needs(files, folder, /^\W*["']?fastapi\b/im);

type Made = { readonly context: string; readonly dockerfile: string; readonly facts: DockerfileFacts };

/** Where a Dockerfile is built: its own folder, or the root if only there is all that it copies. */
function builtFrom(files: RepositoryFiles, path: string): Made | undefined {
  const text = files.read(path);
  if (text === undefined) return undefined;
  const facts = readDockerfile(text);
  const folder = path.slice(0, Math.max(0, path.lastIndexOf("/")));
  if (folder === "") return { context: "", dockerfile: path, facts };
  const sources = facts.copies.flatMap((copy) => copy.sources).filter((source) => !/[*?[$]/.test(source));
  const isIn = (context: string) => sources.every((source) => hasPath(files, below(context, source)));
  if (isIn(folder)) return { context: folder, dockerfile: path.slice(folder.length + 1), facts };
  return isIn("") ? { context: "", dockerfile: path, facts } : undefined;
}

/** Alembic, where its settings lie in the folder that the image's commands run in. */
function migrationIn(files: RepositoryFiles, { context, facts }: Made): DetectedApp["migrate"] {
  const folders = [context, ...partFolders(files)].filter((one, at, all) => all.indexOf(one) === at);
  const found = onlyOf(folders.filter((folder) => hasPath(files, below(folder, "alembic.ini"))));
  if (found === undefined) return undefined;
  const from = below(found, "alembic.ini") ?? "";
  const isNeeded = [found, context].some((folder) => needs(files, folder, /^\W*["']?alembic\b/im));
  const isHere = ({ sources, to }: Copied) =>
    isSame(to, facts.workdir) &&
    sources.some((source) => [found, from].some((path) => path === below(context, source)));
  return isNeeded && facts.kept.some(isHere) ? { command: ["alembic", "upgrade", "head"], from } : undefined;
}

/** Whether a COPY goes to the folder that commands run in. */
function isSame(to: string, workdir: string): boolean {
  return (to.startsWith("/") ? below("", to) : below(workdir, to)) === below("", workdir);
}

/** What astro.yaml says of it; `root` is the repository's root from astro.yaml's folder. */
export function detectedSettings({ image, migrate, frontend }: DetectedApp, root: string) {
  const there = (path: string) => [root, path].filter((part) => part !== "" && part !== ".").join("/") || ".";
  return {
    ...(image && { build: { context: there(image.context), dockerfile: image.dockerfile } }),
    ...(migrate && { migrate: [...migrate.command] }),
    ...(frontend && {
      frontend: { directory: there(frontend.directory), build: [...frontend.build], output: frontend.output },
    }),
  };
}
