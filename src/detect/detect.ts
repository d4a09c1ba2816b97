/** Reads a file by its path from the repository's root; undefined if it is not there. */
export type FileReader = (path: string) => string | undefined;

/** What of an app a repository shows, as far as files tell; folders are from the repository's root. */
export type DetectedApp = {
  readonly dockerfile?: { readonly path: string; readonly port?: number };
  /** Set where FastAPI is among what Python is to install, and where Alembic migrates. */
  readonly fastApi?: true;
  readonly migrate?: readonly string[];
  readonly frontend?: { readonly directory: string; readonly build: readonly string[]; readonly output: string };
};

/** Folders in which an API and a frontend are looked for. */
const APIS = ["", "api/", "backend/", "server/", "app/"];
const FRONTENDS = ["frontend/", "web/", "client/", "ui/", ""];

/** Looks at the files that tell what an app is made of; reads nothing else. */
export function detectApp(read: FileReader): DetectedApp {
  const dockerfile = APIS.map((folder) => `${folder}Dockerfile`).flatMap((path) => {
    const text = read(path);
    return text === undefined ? [] : [{ path, ...portIn(text) }];
  })[0];
  const python = APIS.flatMap((folder) => ["pyproject.toml", "requirements.txt"].map((name) => read(folder + name)));
  const hasFastApi = python.some((text) => text !== undefined && /^\W*["']?fastapi\b/im.test(text));
  const hasAlembic = APIS.some((folder) => read(`${folder}alembic.ini`) !== undefined);
  const frontend = FRONTENDS.flatMap((folder) => frontendIn(folder, read(`${folder}package.json`), read))[0];
  return {
    ...(dockerfile && { dockerfile }),
    ...(hasFastApi && { fastApi: true as const }),
    ...(hasAlembic && { migrate: ["alembic", "upgrade", "head"] }),
    ...(frontend && { frontend }),
  };
}

/** The port that a Dockerfile exposes, of its last stage that says one (Dockerfile reference, EXPOSE). */
function portIn(text: string): { readonly port?: number } {
  const ports = [...text.matchAll(/^\s*EXPOSE\s+(\d+)/gim)].map(([, port]) => Number(port));
  const port = ports.at(-1);
  return port === undefined ? {} : { port };
}

/** A package that Vite or React's own scripts build: into `dist` unless Vite's settings say other, into `build`. */
function frontendIn(folder: string, text: string | undefined, read: FileReader) {
  const found = text === undefined ? undefined : packageIn(text);
  if (found?.scripts.build === undefined) return [];
  const { names } = found;
  const isVite = names.includes("vite");
  if (!isVite && !names.includes("react-scripts")) return [];
  const settings = ["ts", "js", "mts", "mjs"].map((end) => read(`${folder}vite.config.${end}`) ?? "").join("\n");
  const said = /outDir:\s*["']([^"']+)["']/.exec(settings)?.[1];
  const directory = folder === "" ? "." : folder.slice(0, -1);
  return [{ directory, build: ["npm", "run", "build"], output: isVite ? (said ?? "dist") : "build" }];
}

type Package = { readonly scripts: { readonly build?: unknown }; readonly names: readonly string[] };

function packageIn(text: string): Package | undefined {
  try {
    const read = JSON.parse(text) as {
      readonly scripts?: { readonly build?: unknown };
      readonly dependencies?: object;
      readonly devDependencies?: object;
    };
    const names = [read.dependencies, read.devDependencies].flatMap((list) => Object.keys(list ?? {}));
    return { scripts: read.scripts ?? {}, names };
  } catch {
    return undefined;
  }
}

/** What astro.yaml would say of it, a line each; `root` is the repository's root from astro.yaml's folder. */
export function detectedLines({ dockerfile, migrate, frontend }: DetectedApp, root: string): readonly string[] {
  const words = (list: readonly string[]) => `[${list.join(", ")}]`;
  return [
    ...(dockerfile ? [`build: {context: ${root}, dockerfile: ${dockerfile.path}}`] : []),
    ...(migrate ? [`migrate: ${words(migrate)}`] : []),
    ...(frontend
      ? [
          `frontend: {directory: ${frontend.directory === "." ? root : `${root}/${frontend.directory}`}, build: ${words(frontend.build)}, output: ${frontend.output}}`,
        ]
      : []),
  ];
}
