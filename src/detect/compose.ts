import { placeOfKey, readYaml, valuesOf, type Yaml } from "../reading/yaml.ts";
import { substitute } from "./dockerfile.ts";
import { below, type RepositoryFiles, type Shown, shellWords } from "./repository.ts";
import { isMapping, type Tree } from "./tree.ts";

/** A file of Docker Compose: what each service is, as far as it can be read. */
export type Compose = {
  readonly file: string;
  /** Whether its name says that it is for production. */
  readonly isProduction: boolean;
  readonly services: readonly ComposeService[];
};

export type ComposeService = {
  readonly name: string;
  readonly image?: Shown<string>;
  /** The folder that is built and the Dockerfile, both from the repository's root. */
  readonly build?: { readonly context: string; readonly path: string };
  /** Ports of the container. */
  readonly ports: readonly Shown<number>[];
  readonly command?: Shown<readonly string[]>;
  /** What its health check runs. */
  readonly check?: Shown<string>;
  /** Names of the variables it is given; their values may be secrets. */
  readonly variables: readonly Shown<string>[];
};

/** Compose's own names for its file, and those that people give the one for production. */
const USUAL = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];
const PRODUCTION = /^(?:(?:docker-)?compose\.(?:prod|production)|production)\.ya?ml$/;

/** Characters of a file that people still write; YAML takes a second for some five times as much. */
const LONGEST = 200_000;

/** The files at the root, for production first. One that cannot be read is none. */
export function composeFiles(files: RepositoryFiles): readonly Compose[] {
  const names = files.list("").flatMap(({ name, isFolder }) => (isFolder ? [] : [name]));
  const usual = USUAL.find((name) => names.includes(name));
  const found = [...names.filter((name) => PRODUCTION.test(name)).sort(), ...(usual === undefined ? [] : [usual])];
  return found.flatMap((file) => composeIn(file, files.read(file)) ?? []);
}

export function composeServices(compose: readonly Compose[]): readonly ComposeService[] {
  return compose.flatMap(({ services }) => services);
}

function composeIn(file: string, text: string | undefined): Compose | undefined {
  if (text === undefined || text.length > LONGEST || !/^services\s*:/m.test(text)) return undefined;
  try {
    const yaml = readYaml(text.replace(/^\ufeff/, ""), { merge: true, lastCounts: true });
    if (yaml.faults.length > 0) return undefined;
    const values = valuesOf(yaml);
    const services = isMapping(values) && isMapping(values.services) ? values.services : {};
    const read = Object.entries(services).flatMap(([name, value]) =>
      isMapping(value) ? serviceOf(file, yaml, name, value) : [],
    );
    return { file, isProduction: PRODUCTION.test(file), services: read };
  } catch {
    return undefined;
  }
}

function serviceOf(file: string, yaml: Yaml, name: string, value: Tree): ComposeService {
  const shown = <T>(found: T, ...path: readonly (string | number)[]): Shown<T> => ({
    value: found,
    file,
    line: (placeOfKey(yaml, ["services", name, ...path]) ?? placeOfKey(yaml, ["services", name]))?.line ?? 1,
  });
  const image = textOf(value.image);
  const build = buildOf(value.build);
  const command = commandOf(value.command);
  const check = isMapping(value.healthcheck) ? commandOf(value.healthcheck.test) : undefined;
  return {
    name,
    ...(image !== undefined && { image: shown(image, "image") }),
    ...(build && { build }),
    ports: [...listOf(value.ports), ...listOf(value.expose)].flatMap((port) => {
      const number = portOf(port);
      return number === undefined ? [] : [shown(number, value.ports === undefined ? "expose" : "ports")];
    }),
    ...(command && { command: shown(command, "command") }),
    ...(check && { check: shown(check.join(" "), "healthcheck") }),
    variables: namesIn(value.environment).map((variable) => shown(variable, "environment")),
  };
}

/** A text with the defaults of its variables put in; undefined where one has none. */
function textOf(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const text = substitute(String(value), () => undefined);
  return text.includes("$") ? undefined : text;
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function buildOf(value: unknown): ComposeService["build"] {
  const context = textOf(isMapping(value) ? (value.context ?? ".") : value);
  const dockerfile = textOf((isMapping(value) ? value.dockerfile : undefined) ?? "Dockerfile");
  const folder = context === undefined || /^(?:[a-z]+:|\/|~)/.test(context) ? undefined : below("", context);
  const path = folder === undefined || dockerfile === undefined ? undefined : below(folder, dockerfile);
  return folder === undefined || path === undefined || value === undefined ? undefined : { context: folder, path };
}

/** A command in words; undefined for one with variables that only its author's machine has. */
function commandOf(value: unknown): readonly string[] | undefined {
  const words = typeof value === "string" ? shellWords(value) : listOf(value).map(String);
  const filled = words.map(textOf);
  return words.length > 0 && filled.every((word) => word !== undefined) ? filled : undefined;
}

/** Compose, "Services top-level elements" (ports): [HOST:]CONTAINER[/PROTOCOL], or `target`. Of a range nobody can tell. */
function portOf(value: unknown): number | undefined {
  const text = textOf(isMapping(value) ? value.target : value);
  const [, port] = /^(?:.*:)?(\d+)(?:\/tcp)?$/.exec(text ?? "") ?? [];
  return port === undefined || /\d-\d/.test(text ?? "") ? undefined : Number(port);
}

function namesIn(value: unknown): readonly string[] {
  const names = isMapping(value) ? Object.keys(value) : listOf(value).map((one) => String(one).split("=")[0] ?? "");
  return names.filter((name) => /^[A-Za-z_]\w*$/.test(name));
}
