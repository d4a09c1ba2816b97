import { substitute } from "./dockerfile.ts";
import { shellWords, split } from "./repository.ts";

/** A server of Python's that a command line starts. */
export type Started = {
  readonly program: string;
  /** Words before its own: `uv run --no-sync`, `python -m`. */
  readonly before: readonly string[];
  /** The program as it is called, with its folder. */
  readonly called: string;
  /** The port that it listens on; undefined where the line leaves that to what is not known. */
  readonly port?: number;
  /** The address that it listens on: `0.0.0.0` for all. */
  readonly host?: string;
  /** What it serves: `shop.main:app`, or a file. */
  readonly serves?: string;
  /** The file of Gunicorn's in which its bind may be said, where the line does not say it. */
  readonly settings?: string;
  /** Folder that modules are looked for in, where it is not the one that it is started in. */
  readonly folder?: string;
};

type Program = {
  readonly port: readonly string[];
  readonly host: readonly string[];
  /** Options that take both: HOST:PORT. */
  readonly bind: readonly string[];
  readonly folder: readonly string[];
  readonly usual: { readonly port?: number; readonly host?: string };
  /** Variables that say the same, in the order of the above. */
  readonly variables?: { readonly port?: string; readonly host?: string; readonly bind?: string };
};

const NONE: Program = { port: [], host: [], bind: [], folder: [], usual: {} };
const LOCAL = "127.0.0.1";

/**
 * Options and defaults, as their documents have them: Uvicorn "Settings", Gunicorn "Settings" (bind), FastAPI "FastAPI CLI",
 * Hypercorn "Configuring", Daphne "Running", Granian's README, Flask "Development Server", Django "runserver", Waitress
 * "waitress-serve".
 */
const PROGRAMS: { readonly [name: string]: Program } = {
  uvicorn: {
    ...NONE,
    port: ["--port"],
    host: ["--host"],
    folder: ["--app-dir"],
    usual: { port: 8000, host: LOCAL },
    variables: { port: "UVICORN_PORT", host: "UVICORN_HOST" },
  },
  // Without a bind it takes PORT, which the tasks have, at all addresses.
  gunicorn: { ...NONE, bind: ["--bind", "-b"], folder: ["--chdir"], usual: { port: 8000, host: "0.0.0.0" } },
  fastapi: { ...NONE, port: ["--port"], host: ["--host"], usual: { port: 8000, host: "0.0.0.0" } },
  hypercorn: { ...NONE, bind: ["--bind", "-b"], usual: { port: 8000, host: LOCAL } },
  daphne: { ...NONE, port: ["--port", "-p"], host: ["--bind", "-b"], usual: { port: 8000, host: LOCAL } },
  granian: {
    ...NONE,
    port: ["--port"],
    host: ["--host"],
    usual: { port: 8000, host: LOCAL },
    variables: { port: "GRANIAN_PORT", host: "GRANIAN_HOST" },
  },
  flask: {
    ...NONE,
    port: ["--port", "-p"],
    host: ["--host", "-h"],
    usual: { port: 5000, host: LOCAL },
    variables: { port: "FLASK_RUN_PORT", host: "FLASK_RUN_HOST" },
  },
  "manage.py": { ...NONE, usual: { port: 8000, host: LOCAL } },
  "waitress-serve": {
    ...NONE,
    port: ["--port"],
    host: ["--host"],
    bind: ["--listen"],
    usual: { port: 8080, host: "0.0.0.0" },
  },
};

/** Words that may stand before a server's. */
const MOST_BEFORE = 8;

/** The server that a command line starts last; undefined where it starts none that is known. `environment` is the container's. */
export function serverIn(words: readonly string[], environment: ReadonlyMap<string, string>): Started | undefined {
  return commandsIn(words)
    .flatMap((command) => startedBy(command, environment) ?? [])
    .at(-1);
}

/** A command line in its single commands: those of `sh -c`, and those between && and ; alike. */
function commandsIn(words: readonly string[]): readonly (readonly string[])[] {
  const shell = words.findIndex(
    (word, at) => /^(?:.*\/)?(?:ba|da|z)?sh$/.test(word) && /^-\w*c$/.test(words[at + 1] ?? ""),
  );
  const inner = shell < 0 ? undefined : words[shell + 2];
  const all = inner === undefined ? words : shellWords(inner.replace(/\s*\\\n\s*/g, " ").replace(/\n/g, " ; "));
  const commands: string[][] = [[]];
  for (const word of all) {
    if (/^(?:&&|\|\||;|\||&)$/.test(word)) commands.push([]);
    else if (word.endsWith(";")) commands.push([...(commands.pop() ?? []), word.slice(0, -1)], []);
    else commands.at(-1)?.push(word);
  }
  return commands.map(withoutSettings).filter((command) => command.length > 0);
}

/** Without `exec`, and without the variables that are set for it alone. */
function withoutSettings(command: readonly string[]): readonly string[] {
  const first = command.findIndex((word) => word !== "exec" && !/^\w+=/.test(word));
  return first < 0 ? [] : command.slice(first);
}

function startedBy(command: readonly string[], environment: ReadonlyMap<string, string>): Started | undefined {
  const at = command.slice(0, MOST_BEFORE).findIndex((word) => Object.hasOwn(PROGRAMS, split(word).name));
  const called = command[at];
  if (called === undefined) return undefined;
  const name = split(called).name;
  const options = command.slice(at + 1);
  const runs = options[0];
  if ((name === "flask" && !options.includes("run")) || (name === "manage.py" && runs !== "runserver"))
    return undefined;
  if (name === "fastapi" && runs !== "run") return undefined;
  const program = PROGRAMS[name] ?? NONE;
  const serves = servedBy(name, options);
  const [folder] = valuesOf(program.folder, options);
  const said = addressOf(name, program, options, environment);
  const before = command.slice(0, at);
  return { program: name, before, called, ...said, ...(serves && { serves }), ...(folder && { folder }) };
}

function valuesOf(names: readonly string[], options: readonly string[]): readonly string[] {
  return options.flatMap((option, at) => {
    const name = names.find((one) => option === one || option.startsWith(`${one}=`));
    const glued = names.find((one) => /^-\w$/.test(one) && option.startsWith(one) && option.length > 2);
    if (name !== undefined) return option === name ? (options[at + 1] ?? []) : option.slice(name.length + 1);
    return glued === undefined ? [] : option.slice(2);
  });
}

type Address = Pick<Started, "port" | "host" | "settings">;

/** Where it listens. What is said in a way that cannot be read is not guessed by the default. */
function addressOf(
  name: string,
  program: Program,
  options: readonly string[],
  environment: ReadonlyMap<string, string>,
): Address {
  const filled = options.map((option) => substitute(option, (variable) => environment.get(variable)));
  const of = (variable: string | undefined) => (variable === undefined ? undefined : environment.get(variable));
  const more = name === "gunicorn" ? shellWords(of("GUNICORN_CMD_ARGS") ?? "") : [];
  const usual = hasSettings(name, options) ? {} : program.usual;
  const bound = [...valuesOf(program.bind, filled), ...valuesOf(program.bind, more)];
  const bind = name === "manage.py" ? filled.slice(1).filter((word) => !word.startsWith("-")) : bound;
  if (bind.length > 0) {
    const addresses = bind.map((one) => /^(.*?):?(\d+)$/.exec(one));
    const [, host = "", port] = addresses.length === 1 ? (addresses[0] ?? []) : [];
    if (port === undefined) return {};
    return { port: Number(port), host: host === "" && name === "manage.py" ? LOCAL : host || "0.0.0.0" };
  }
  // Gunicorn, "Configuration Overview": this file is read where nobody names another.
  const settings = name === "gunicorn" ? (valuesOf(["-c", "--config"], options)[0] ?? "gunicorn.conf.py") : undefined;
  const port =
    valuesOf(program.port, filled)[0] ?? of(program.variables?.port) ?? (name === "gunicorn" ? of("PORT") : undefined);
  const host = valuesOf(program.host, filled)[0] ?? of(program.variables?.host) ?? usual.host;
  const number = port === undefined ? usual.port : /^\d+$/.test(port) ? Number(port) : undefined;
  return {
    ...(number !== undefined && { port: number }),
    ...(host !== undefined && { host }),
    ...(settings !== undefined && { settings }),
  };
}

/** Whether it is given a file that says more, or listens on no port. */
function hasSettings(name: string, options: readonly string[]): boolean {
  const given = name === "gunicorn" || name === "hypercorn" ? ["-c", "--config"] : ["--uds", "--fd", "-u"];
  return valuesOf(given, options).length > 0;
}

/** The module and its attribute, or the file, that is served. */
function servedBy(name: string, options: readonly string[]): string | undefined {
  if (name === "manage.py") return undefined;
  if (name === "flask") return valuesOf(["--app", "-A"], options)[0];
  if (name === "fastapi") return options.slice(1).find((word) => word.endsWith(".py"));
  return options.find(
    (word) => /^[\w.]+:[\w.]+(?:\(\))?$/.test(word) && !/^[\d.]+:/.test(word) && !/^localhost:/.test(word),
  );
}
