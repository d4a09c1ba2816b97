import { dirname, join, relative, sep } from "node:path";
import { isLegal } from "../config/path.ts";
import type { ConfigTree } from "../config/values.ts";
import { OWN_VARIABLES, URL_VARIABLES } from "../config/variables.ts";
import { type DetectedApp, detectApp, detectedSettings } from "../detect/detect.ts";
import { remoteName } from "../detect/name.ts";
import type { Note, Place, RepositoryFiles, Shown } from "../detect/repository.ts";
import { entriesIn, readBelow } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import type { Decision } from "../wizard/draft.ts";
import type { FoundSetting } from "../wizard/request.ts";

/** What a repository shows of an app: settings of astro.yaml, values of a new environment, and what a person should know. */
export type Detected = {
  readonly settings: readonly FoundSetting[];
  readonly values: readonly Decision[];
  readonly notes: readonly Note[];
};

/**
 * Looks around the folder of an astro.yaml that is there or is to be: in the folder that it lies in, else at the root of the git
 * repository; where it is that root itself, or the folder of whoever asks, in it alone.
 */
export function detectAround(directory: string, cwd: string): Detected {
  const top = gitRoot(directory);
  const around = directory === top || (top === undefined && directory === cwd) ? directory : dirname(directory);
  for (const root of [around, ...(top === undefined || top === around ? [] : [top])]) {
    const app = detectApp(filesOf(root), [...OWN_VARIABLES, ...URL_VARIABLES]);
    const isApp = (app.image ?? app.frontend) !== undefined;
    if (isApp || root === (top ?? around)) return detectedOf(app, relative(directory, root).split(sep).join("/"));
  }
  return { settings: [], values: [], notes: [] };
}

/** The name that the remote of a git repository has, for the folder that is its root. */
export function nameAround(folder: string): { readonly name: string; readonly from: string } | undefined {
  const found = remoteName(filesOf(folder));
  return found && { name: found.value, from: foundIn(found) };
}

/** Characters of a path that a column has room for: as many as docker-compose.yml. */
const LONGEST = 18;

function foundIn({ file, line }: Place): string {
  return `found in ${file.length > LONGEST ? file.slice(file.lastIndexOf("/") + 1) : file}:${line}`;
}

function detectedOf(app: DetectedApp, root: string): Detected {
  const { image, migrate, worker, frontend, notes } = app;
  const { build, migrate: command, frontend: served } = detectedSettings(app, root);
  // What astro.yaml could not say is as good as not found.
  const setting = (
    key: "build" | "migrate" | "frontend",
    value: ConfigTree | readonly string[],
    words: string,
    place: Place,
  ): readonly FoundSetting[] => (isLegal(key, value) ? [{ key, value, words, from: foundIn(place) }] : []);
  const target = build?.target === undefined ? "" : ` (${build.target})`;
  const decided = <T extends Decision["value"]>(
    path: Decision["path"],
    shown: Shown<T> | undefined,
  ): readonly Decision[] =>
    shown === undefined || !isLegal(path, shown.value)
      ? []
      : [{ path, value: shown.value, source: { by: "found", words: foundIn(shown) } }];
  return {
    settings: [
      ...(build && image ? setting("build", build, join(build.context, build.dockerfile) + target, image) : []),
      ...(command && migrate ? setting("migrate", command, command.join(" "), migrate) : []),
      ...(served && frontend ? setting("frontend", served, join(served.directory, served.output), frontend) : []),
    ],
    values: [
      ...decided("service.port", image?.port),
      ...decided("service.healthPath", image?.healthPath),
      ...decided("service.architecture", image?.architecture),
      ...decided("worker.command", worker),
    ],
    notes,
  };
}

/** The settings as they are written. */
export function foundTree(settings: readonly FoundSetting[]): ConfigTree {
  return Object.fromEntries(settings.map(({ key, value }) => [key, value]));
}

/** The nearest folder, it or above it, that holds a repository of git. */
function gitRoot(folder: string): string | undefined {
  if (entriesIn(folder).some(({ name }) => name === ".git")) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : gitRoot(parent);
}

/** The files below a root, as far as they can be read, and lie there. */
function filesOf(root: string): RepositoryFiles {
  return {
    list: (folder) => entriesIn(join(root, folder)),
    read: (path) => {
      try {
        return readBelow(root, path, MOST_BYTES.source);
      } catch {
        return undefined;
      }
    },
  };
}
