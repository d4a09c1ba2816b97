import { basename, dirname, join, relative, resolve } from "node:path";
import { command } from "./command-line.ts";
import { parseConfig } from "./config/parse.ts";
import { isReserved } from "./config/rules.ts";
import type { Config, Environment } from "./config/schema.ts";
import { AstroError, reasonOf } from "./errors.ts";
import { ownFolder, type PrivateFolder, projectFile, refuseForeign, type Trusts } from "./folder.ts";
import { readText } from "./reading/file.ts";
import { readJson } from "./reading/json.ts";
import { MOST_BYTES } from "./reading/limits.ts";
import { objectSchema, shaped, textSchema } from "./reading/shape.ts";

/** File of every choice, at the root of an infrastructure. */
export const CONFIG_FILE = "astro.yaml";

/** File beside it that records the deployed environments; committed with the app. */
export const DEPLOYED_FILE = "astro.deployed.json";

/** An infrastructure on disk: where it is, and its astro.yaml, read and valid. */
export type Project = {
  /** Absolute path of the folder that holds astro.yaml. */
  readonly directory: string;
  /** astro.yaml as messages name it: relative to the working directory. */
  readonly file: string;
  readonly text: string;
  readonly config: Config;
  /** `.astro` beside it, astro's own folder. */
  readonly own: PrivateFolder;
  /** The file beside it that records what is deployed on AWS. */
  readonly deployed: ReturnType<typeof projectFile>;
  /** True for an app by others that has no astro.yaml: `config` is what flags and its assembly say. */
  readonly foreign?: true;
};

/** Where Node finds what a program imports: beside it, and in every folder above (Node's "Loading from node_modules folders"). */
const LIBRARIES = "node_modules";

type Surroundings = { readonly cwd: string; readonly trusts: Trusts };

/** Files that astro reads or runs; the owner of the folder could replace any of them. */
const RUN = [
  ".",
  CONFIG_FILE,
  "cdk.json",
  "cdk.context.json",
  "package.json",
  "tsconfig.json",
  "bin",
  "lib",
  "stacks",
  LIBRARIES,
  ".astro",
];

/**
 * The project of `directory`, or of `cwd`, its ./infra, or a folder above. Throws AstroError("config") if there is none,
 * with `others` for an app by others.
 */
export async function openProject(surroundings: Surroundings, directory?: string, others?: string): Promise<Project> {
  const project = await findProject(surroundings, directory);
  if (project) return project;
  const where = directory === undefined ? "here, in ./infra, or above" : `in ${directory}`;
  const ways = [
    { text: "create one", command: command`astro init` },
    ...(others === undefined ? [] : [{ text: others }]),
  ];
  throw new AstroError("config", `there is no ${CONFIG_FILE} ${where}`, ways);
}

/**
 * The same, undefined if there is none. An astro.yaml that is there but wrong is an AstroError("config") all the same,
 * and so is one that another user could have put there: whoever writes it, or cdk.json, says what is run.
 */
export async function findProject({ cwd, trusts }: Surroundings, directory?: string): Promise<Project | undefined> {
  const folders = directory === undefined ? [cwd, join(cwd, "infra"), ...above(cwd)] : [resolve(cwd, directory)];
  for (const folder of folders) {
    const path = join(folder, CONFIG_FILE);
    const text = textOf(path);
    const file = relative(cwd, path);
    if (text === undefined) continue;
    const lent = above(folder).map((parent) => join(parent, LIBRARIES));
    refuseForeign([...RUN.map((name) => join(folder, name)), ...lent], trusts);
    const own = ownFolder(folder, trusts);
    own.exists();
    const deployed = projectFile(folder, DEPLOYED_FILE, trusts);
    return { directory: folder, file, text, config: parseConfig(text, file), own, deployed };
  }
  return undefined;
}

/**
 * The project of a folder without astro.yaml: the folder is `directory`, or `cwd`. Throws
 * AstroError("config") if another user could put something in the place of what astro keeps there.
 */
export function projectWithout(
  { cwd, trusts }: Surroundings,
  directory: string | undefined,
  name: string,
  environments: Config["environments"],
): Project {
  const folder = resolve(cwd, directory ?? ".");
  refuseForeign([folder, join(folder, ".astro")], trusts);
  return {
    directory: folder,
    file: relative(cwd, join(folder, CONFIG_FILE)),
    text: "",
    config: { name, environments },
    own: ownFolder(folder, trusts),
    deployed: projectFile(folder, DEPLOYED_FILE, trusts),
    foreign: true,
  };
}

/** The environment called `name`; without a name, the only one. Throws AstroError("usage") naming those there are. */
export function selectEnvironment(
  { config, file }: Project,
  name?: string,
): { readonly name: string; readonly environment: Environment } {
  const names = Object.keys(config.environments);
  const chosen = name ?? (names.length === 1 ? names[0] : undefined);
  const environment = Object.entries(config.environments).find(([each]) => each === chosen)?.[1];
  if (chosen !== undefined && environment) return { name: chosen, environment };
  throw new AstroError(
    "usage",
    chosen === undefined
      ? `--env is missing: ${file} has ${names.length} environments`
      : `--env is ${JSON.stringify(chosen)}: ${file} has no such environment`,
    `choose one: ${names.map((each) => `--env ${each}`).join(", ")}`,
  );
}

/** A project name suggested by `cwd`'s package.json, or else by the folder: valid and never empty. */
export async function suggestName({ cwd }: Pick<Surroundings, "cwd">): Promise<string> {
  return legalName(packageName(join(cwd, "package.json")) ?? basename(cwd));
}

/** The name a package.json gives its package; undefined where there is none, or no such file. */
function packageName(path: string): string | undefined {
  try {
    const { name } = shaped<{ readonly name: string }>(
      objectSchema({ name: textSchema }),
      readJson(textOf(path) ?? ""),
    );
    return name.trim() === "" ? undefined : name;
  } catch {
    // A file that npm could not read either names nothing.
    return undefined;
  }
}

/** The text as a project name: what is illegal is taken out, what is too long cut off. */
export function legalName(text: string): string {
  const words = text
    .toLowerCase()
    .replace(/^@[^/]*\//, "")
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const name = words
    .join("-")
    .replace(/^[^a-z]+/, "")
    .slice(0, 15)
    .replace(/-$/, "");
  return isReserved(name) ? legalName(words.slice(1).join("-")) : name || "app";
}

function above(folder: string): readonly string[] {
  const parent = dirname(folder);
  return parent === folder ? [] : [parent, ...above(parent)];
}

/** The file's text; undefined where there is no such file. */
function textOf(path: string): string | undefined {
  try {
    return readText(path, MOST_BYTES.config);
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR"))
      return undefined;
    throw new AstroError(
      "config",
      `${path} cannot be read: ${reasonOf(error)}`,
      "check the file and its permissions",
      error,
    );
  }
}
