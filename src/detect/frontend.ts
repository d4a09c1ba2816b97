import { below, hasPath, onlyOf, partFolders, type RepositoryFiles } from "./repository.ts";

/** A frontend that is built into a folder of files. */
export type DetectedFrontend = {
  /** From the repository's root. */
  readonly directory: string;
  readonly build: readonly string[];
  readonly output: string;
};

/** Names that a frontend goes by where several packages could be one. */
const NAMES = ["frontend", "web", "client", "ui"];

/** What serves its pages by a program of its own: its build is no folder of files. */
const SERVED =
  /^(?:next|nuxt|gatsby|astro|@sveltejs\/kit|@remix-run\/.*|@react-router\/dev|@solidjs\/start|@analogjs\/.*|vike)$/;

/** The frontend at the root or in a folder there: where several could be one, the one that is called so. */
export function detectFrontend(files: RepositoryFiles): DetectedFrontend | undefined {
  const found = partFolders(files).flatMap((folder) => frontendIn(files, folder));
  if (found.length === 0) return frontendIn(files, "")[0];
  return onlyOf(found) ?? onlyOf(found.filter(({ directory }) => NAMES.includes(directory)));
}

/** A package that Vite or React's own scripts build: into `dist` unless Vite is told otherwise, into `build`. */
function frontendIn(files: RepositoryFiles, folder: string): readonly DetectedFrontend[] {
  const { script, names } = packageIn(files.read(at(folder, "package.json"))) ?? {};
  if (script === undefined || names === undefined || names.some((name) => SERVED.test(name))) return [];
  const output = names.includes("vite") ? viteOutput(files, folder, script) : reactOutput(files, folder, script, names);
  if (output === undefined) return [];
  return [{ directory: folder, build: buildOf(files, folder), output }];
}

const at = (folder: string, name: string) => (folder === "" ? name : `${folder}/${name}`);

/** Vite, "Build Options" and "Command Line Interface": build.outDir and --outDir; a root elsewhere, or a library, is not for us. */
function viteOutput(files: RepositoryFiles, folder: string, script: string): string | undefined {
  if (!/\bvite\b.*\bbuild\b/.test(script) || /--(?:ssr|config|mode)\b|\s-c\s/.test(script)) return undefined;
  if (!hasPath(files, at(folder, "index.html"))) return undefined;
  const settings = ["ts", "js", "mts", "mjs"]
    .map((end) => files.read(at(folder, `vite.config.${end}`)) ?? "")
    .join("\n");
  if (/^\s*(?:root|lib|ssr)\s*:/m.test(settings)) return undefined;
  const [, word] = /--outDir[=\s]+["']?([\w./-]+)/.exec(script) ?? [];
  const said = word ?? (/\boutDir\b/.test(settings) ? /\boutDir:\s*["']([\w./-]+)["']/.exec(settings)?.[1] : "dist");
  return said !== undefined && below("", said) ? said.replace(/^\.\/|\/$/g, "") : undefined;
}

function reactOutput(files: RepositoryFiles, folder: string, script: string, names: readonly string[]) {
  const isBuilt = names.includes("react-scripts") && /\breact-scripts\s+build\b/.test(script);
  return isBuilt && !/BUILD_PATH/.test(script) && hasPath(files, at(folder, "public/index.html")) ? "build" : undefined;
}

const MANAGERS: readonly (readonly [lock: string, program: string])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

/** Its script, run by the package manager whose lock file lies there, or at the root. */
function buildOf(files: RepositoryFiles, folder: string): readonly string[] {
  const has = (name: string) => hasPath(files, at(folder, name));
  const isNpm = has("package-lock.json");
  const found = MANAGERS.find(([lock]) => !isNpm && (has(lock) || hasPath(files, lock)));
  return [found?.[1] ?? "npm", "run", "build"];
}

function packageIn(
  text: string | undefined,
): { readonly script?: string; readonly names?: readonly string[] } | undefined {
  try {
    const read = JSON.parse(text ?? "") as {
      readonly scripts?: { readonly build?: unknown };
      readonly dependencies?: object;
      readonly devDependencies?: object;
    };
    const script = read.scripts?.build;
    const names = [read.dependencies, read.devDependencies].flatMap((list) => Object.keys(list ?? {}));
    return typeof script === "string" ? { script, names } : undefined;
  } catch {
    return undefined;
  }
}
