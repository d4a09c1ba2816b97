import { angularOutput, nextOutput, reactOutput, svelteOutput, viteOutput, vueOutput } from "./frameworks.ts";
import { type FrontendPackage, packageIn } from "./package-json.ts";
import { hasPath, type Note, onlyOf, type Place, type RepositoryFiles, split } from "./repository.ts";

/** A frontend that is built into a folder of files. */
export type DetectedFrontend = Place & {
  /** From the repository's root. */
  readonly directory: string;
  readonly build: readonly string[];
  readonly output: string;
};

/** Names that a frontend goes by where several packages could be one. */
const NAMES = ["frontend", "web", "client", "ui"];

/** What serves its pages by a program of its own, whatever it is told: its build is no folder of files. */
const SERVED = /^(?:nuxt|gatsby|astro|@remix-run\/.*|@react-router\/dev|@solidjs\/start|@analogjs\/platform|vike)$/;

/** What builds a frontend, by the package that says so, the first that is there. */
const BUILDERS: readonly (readonly [RegExp, (one: FrontendPackage) => string | undefined])[] = [
  [/^next$/, nextOutput],
  [/^@sveltejs\/kit$/, svelteOutput],
  [/^@angular\/core$/, angularOutput],
  [/^@vue\/cli-service$/, vueOutput],
  [/^vite$/, viteOutput],
  [/^react-scripts$/, reactOutput],
];

/** The frontend in one of the folders, else at the root: where several could be one, the one that is called so. */
export function detectFrontend(
  files: RepositoryFiles,
  parts: readonly string[],
): { readonly frontend?: DetectedFrontend; readonly notes: readonly Note[] } {
  const all = [...parts, ""].flatMap((folder) => packageIn(files, folder) ?? []);
  const found = all.flatMap((one) => frontendIn(one));
  const inParts = found.filter(({ directory }) => directory !== "");
  const named = inParts.filter(({ directory }) => NAMES.includes(split(directory).name));
  const frontend = inParts.length === 0 ? onlyOf(found) : (onlyOf(inParts) ?? onlyOf(named));
  return frontend ? { frontend, notes: [] } : { notes: found.length > 0 ? doubt(found) : all.flatMap(servedNote) };
}

function doubt(found: readonly DetectedFrontend[]): readonly Note[] {
  const [first] = found;
  const names = found.map(({ directory }) => directory).join(", ");
  const words = `several folders are built into files (${names}): frontend.directory of astro.yaml says which is deployed`;
  return first ? [{ file: first.file, line: first.line, words }] : [];
}

/** Next.js is the one that people expect to be files. */
function servedNote({ names, file, line }: FrontendPackage): readonly Note[] {
  const words =
    "a build of Next.js needs a server of its own; astro serves files, which output: 'export' in next.config makes";
  return names.includes("next") ? [{ file, line, words }] : [];
}

function frontendIn(one: FrontendPackage): readonly DetectedFrontend[] {
  if (one.names.some((name) => SERVED.test(name))) return [];
  const [, outputOf] = BUILDERS.find(([name]) => one.names.some((own) => name.test(own))) ?? [];
  const output = outputOf?.(one);
  if (output === undefined) return [];
  return [{ directory: one.folder, build: buildOf(one), output, file: one.file, line: one.line }];
}

const MANAGERS: readonly (readonly [lock: string, program: string])[] = [
  ["pnpm-lock.yaml", "pnpm"],
  ["yarn.lock", "yarn"],
  ["bun.lock", "bun"],
  ["bun.lockb", "bun"],
];

/** Its script, run by the package manager whose lock file lies there, that it names, or whose lock file is at the root. */
function buildOf({ files, folder, manager }: FrontendPackage): readonly string[] {
  const has = (name: string) => hasPath(files, folder === "" ? name : `${folder}/${name}`);
  const isNpm = has("package-lock.json");
  const lock = (isThere: (name: string) => boolean) => MANAGERS.find(([name]) => isThere(name))?.[1];
  const found = isNpm ? "npm" : (lock(has) ?? manager ?? lock((name) => hasPath(files, name)));
  return [found ?? "npm", "run", "build"];
}
