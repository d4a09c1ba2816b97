import { dirname, join, relative, sep } from "node:path";
import type { ConfigTree } from "../config/values.ts";
import { type DetectedApp, detectApp, detectedSettings } from "../detect/detect.ts";
import type { RepositoryFiles } from "../detect/repository.ts";
import { entriesIn, readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import type { Decision } from "../wizard/draft.ts";
import type { FoundSetting } from "../wizard/request.ts";

/** What a repository shows of an app: settings of astro.yaml, and values of a new environment. */
export type Detected = { readonly settings: readonly FoundSetting[]; readonly values: readonly Decision[] };

/**
 * Looks around the folder of an astro.yaml that is there or is to be: in the folder that it lies in, else at the root of the git
 * repository; where it is that root itself, or the folder of whoever asks, in it alone.
 */
export function detectAround(directory: string, cwd: string): Detected {
  const top = gitRoot(directory);
  const around = directory === top || (top === undefined && directory === cwd) ? directory : dirname(directory);
  const roots = [around, ...(top === undefined || top === around ? [] : [top])];
  const all = roots.map((root) => ({ root, app: detectApp(filesOf(root)) }));
  const found = all.find(({ app }) => app.image ?? app.frontend);
  return found ? detectedOf(found.app, relative(directory, found.root).split(sep).join("/")) : NOTHING;
}

const NOTHING: Detected = { settings: [], values: [] };

function detectedOf(app: DetectedApp, root: string): Detected {
  const { image, migrate, frontend } = app;
  const { build, migrate: command, frontend: served } = detectedSettings(app, root);
  const setting = (key: string, value: ConfigTree | readonly string[], words: string, path: string): FoundSetting => ({
    key,
    value,
    words,
    file: path.slice(path.lastIndexOf("/") + 1),
  });
  const source = { by: "found", words: "found in Dockerfile" } as const;
  return {
    settings: [
      ...(build ? [setting("build", build, join(build.context, build.dockerfile), "Dockerfile")] : []),
      ...(command && migrate ? [setting("migrate", command, command.join(" "), migrate.from)] : []),
      ...(served && frontend
        ? [setting("frontend", served, join(served.directory, served.output), "package.json")]
        : []),
    ],
    values: [
      ...(image?.port === undefined ? [] : [{ path: "service.port", value: image.port, source } as const]),
      ...(image?.healthPath === undefined
        ? []
        : [{ path: "service.healthPath", value: image.healthPath, source } as const]),
    ],
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

/** The files below a root, as far as they can be read. */
function filesOf(root: string): RepositoryFiles {
  const listed = new Map<string, ReturnType<typeof entriesIn>>();
  return {
    list: (folder) => {
      const known = listed.get(folder) ?? entriesIn(join(root, folder));
      listed.set(folder, known);
      return known;
    },
    read: (path) => {
      try {
        return readText(join(root, path), MOST_BYTES.source);
      } catch {
        return undefined;
      }
    },
  };
}
