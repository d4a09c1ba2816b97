import { composeFiles } from "./compose.ts";
import { type Chosen, chosenDockerfile } from "./dockerfiles.ts";
import { type DetectedFrontend, detectFrontend } from "./frontend.ts";
import { djangoNotes, healthIn } from "./health.ts";
import { architectureOf, checkedPath, localOnly, portOf, serverOf, servicesOf, withoutCommand } from "./image.ts";
import { composeNotes, driverNotes } from "./notes.ts";
import { migrationOf } from "./programs.ts";
import type { Note, Place, RepositoryFiles, Shown } from "./repository.ts";
import { workerOf } from "./worker.ts";
import { partFolders } from "./workspaces.ts";

/** What of an app a repository shows, as far as files tell; paths are from the repository's root, which is "". */
export type DetectedApp = {
  readonly image?: Place & {
    readonly context: string;
    /** From the context. */
    readonly dockerfile: string;
    readonly target?: string;
    readonly port?: Shown<number>;
    readonly healthPath?: Shown<string>;
    readonly architecture?: Shown<"x86_64" | "arm64">;
  };
  readonly migrate?: Shown<readonly string[]>;
  readonly worker?: Shown<readonly string[]>;
  readonly frontend?: DetectedFrontend;
  readonly notes: readonly Note[];
};

/**
 * Looks at the files that tell what an app is made of. What is doubtful is left out: a wrong guess costs more than none. `own` are the
 * variables that astro sets itself. Never throws for what a file holds.
 */
export function detectApp(given: RepositoryFiles, own: readonly string[] = []): DetectedApp {
  const files = remembered(given);
  const parts = partFolders(files);
  const compose = composeFiles(files);
  const { frontend, notes: frontendNotes } = detectFrontend(files, parts);
  const { chosen, notes } = chosenDockerfile(files, parts, compose, frontend?.directory);
  const ours = chosen === undefined ? [] : servicesOf(compose, chosen);
  const made = chosen && madeOf(chosen, compose, ours);
  return {
    ...made?.app,
    ...(frontend && { frontend }),
    notes: [...notes, ...(made?.notes ?? []), ...(chosen ? composeNotes(compose, ours, own) : []), ...frontendNotes],
  };
}

function madeOf(
  chosen: Chosen,
  compose: ReturnType<typeof composeFiles>,
  ours: ReturnType<typeof servicesOf>,
): { readonly app: Omit<DetectedApp, "notes" | "frontend">; readonly notes: readonly Note[] } {
  const { path, context, target, stage } = chosen;
  const server = serverOf(chosen);
  const port = portOf(chosen, server, ours);
  const checked = checkedPath(chosen, port?.value, ours);
  const health = checked ? { path: checked, notes: [] } : healthIn(chosen, server);
  const architecture = architectureOf(chosen);
  const migrate = migrationOf(chosen, server);
  const worker = workerOf(chosen, server, compose);
  const image = {
    context,
    dockerfile: fromFolder(context, path),
    ...(target !== undefined && { target }),
    ...(port && { port }),
    ...(health.path && { healthPath: health.path }),
    ...(architecture && { architecture }),
    file: path,
    line: stage.line,
  };
  return {
    app: { image, ...(migrate && { migrate }), ...(worker && { worker }) },
    notes: [
      ...localOnly(server),
      ...withoutCommand(chosen, ours),
      ...health.notes,
      ...djangoNotes(chosen),
      ...driverNotes(chosen),
    ],
  };
}

/** The files, each read once. */
function remembered({ read, list }: RepositoryFiles): RepositoryFiles {
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, ReturnType<typeof list>>();
  const once =
    <T>(known: Map<string, T>, look: (path: string) => T) =>
    (path: string) => {
      const found = known.get(path);
      if (found !== undefined || known.has(path)) return found as T;
      const value = look(path);
      known.set(path, value);
      return value;
    };
  return { read: once(texts, read), list: once(folders, list) };
}

/** A path of the root's as it is from a folder of it. */
function fromFolder(folder: string, path: string): string {
  if (folder === "" || path.startsWith(`${folder}/`)) return folder === "" ? path : path.slice(folder.length + 1);
  const up = folder.split("/").map(() => "..");
  return [...up, path].join("/");
}

/** What astro.yaml says of it; `root` is the repository's root from astro.yaml's folder. */
export function detectedSettings({ image, migrate, frontend }: DetectedApp, root: string) {
  const there = (path: string) => [root, path].filter((part) => part !== "" && part !== ".").join("/") || ".";
  return {
    ...(image && {
      build: {
        context: there(image.context),
        dockerfile: image.dockerfile,
        ...(image.target !== undefined && { target: image.target }),
      },
    }),
    ...(migrate && { migrate: [...migrate.value] }),
    ...(frontend && {
      frontend: { directory: there(frontend.directory), build: [...frontend.build], output: frontend.output },
    }),
  };
}
