import { type Compose, composeServices } from "./compose.ts";
import { imageFiles } from "./copied.ts";
import type { Chosen } from "./dockerfiles.ts";
import { beginningOf, type Server } from "./image.ts";
import { calledAs, packageOf } from "./programs.ts";
import { moduleAt, pythonCode } from "./python.ts";
import { lineAt, onlyOf, onlyValue, type Shown, shellWords, split } from "./repository.ts";

/** Modules that a Celery app lies in, by what people call them. */
const MODULES = /(?:celery|worker|tasks?|queue|background|broker)\w*\.py$|^(?:main|app|__init__|extensions|core)\.py$/i;

/**
 * The command of the image's Celery worker, where there is no doubt which Celery app it runs: as Compose or a Procfile starts it, else
 * of the only app that the source makes.
 */
export function workerOf(
  chosen: Chosen,
  server: Server | undefined,
  compose: readonly Compose[],
): Shown<readonly string[]> | undefined {
  const called = calledAs(chosen, server, "celery");
  if (called === undefined || packageOf(chosen, "celery") === undefined) return undefined;
  const apps = celeryApps(chosen);
  const started = [...startedByCompose(compose), ...startedByProcfile(chosen)].filter(({ value }) =>
    runs(chosen, value, apps),
  );
  if (started.length > 0) return onlyValue(started.map((one) => ({ ...one, value: [...called, ...one.value] })));
  const app = onlyOf(apps);
  return app && { value: [...called, "-A", app.value, "worker"], file: app.file, line: app.line };
}

/**
 * The Celery apps that modules make at their top, as `-A` takes them: MODULE, of which Celery takes `app`, else MODULE:NAME (Celery,
 * "Command Line Interface", and find_app).
 */
function celeryApps(chosen: Chosen): readonly Shown<string>[] {
  const { workdir } = beginningOf(chosen);
  return imageFiles(chosen, workdir, (name) => MODULES.test(name)).flatMap(({ path, source }) => {
    const text = chosen.files.read(source);
    if (text === undefined || !text.includes("Celery(")) return [];
    const code = pythonCode(text);
    const module = moduleOf(workdir, path);
    return [...code.matchAll(/^(\w+)(?:[ \t]*:[ \t]*[\w.]+)?[ \t]*=[ \t]*(?:celery\.)?Celery\(/gm)].flatMap(
      ({ 1: name = "", index }) => {
        const value = name === "app" ? module : `${module}:${name}`;
        return module === undefined ? [] : [{ value: value ?? "", file: source, line: lineAt(code, index) }];
      },
    );
  });
}

/** A file's module, from the folder that commands run in; undefined for one that nobody can import. */
function moduleOf(workdir: string, path: string): string | undefined {
  const below = path.slice(workdir === "/" ? 1 : workdir.length + 1).replace(/(?:\/__init__)?\.py$/, "");
  return /^[A-Za-z_]\w*(?:\/[A-Za-z_]\w*)*$/.test(below) ? below.replaceAll("/", ".") : undefined;
}

type Command = Shown<readonly string[]>;

function startedByCompose(compose: readonly Compose[]): readonly Command[] {
  return composeServices(compose).flatMap(({ command }) => (command === undefined ? [] : workersIn(command)));
}

function startedByProcfile({ files, context }: Chosen): readonly Command[] {
  const file = context === "" ? "Procfile" : `${context}/Procfile`;
  const lines = files.read(file)?.split(/\r?\n/) ?? [];
  return lines.flatMap((line, at) => {
    const [, command] = /^[\w-]+:\s*(.+)$/.exec(line) ?? [];
    return command === undefined ? [] : workersIn({ value: shellWords(command), file, line: at + 1 });
  });
}

/** What stands after `celery` in the command of a worker, where all of it can be taken as it is. */
function workersIn({ value, file, line }: Command): readonly Command[] {
  const at = value.findIndex((word) => split(word).name === "celery");
  const before = value.slice(0, Math.max(0, at));
  const words = value.slice(at + 1);
  const isPlain = before.every((word) => /^(?:exec|uv|poetry|pipenv|pdm|run|--[\w-]+)$/.test(word));
  // What goes to a file, or on its own, is not seen in a task; a broker of its own is somebody's machine, and may be a secret.
  const isSeen = !words.some((word) =>
    /^(?:-[fDb]|--(?:logfile|pidfile|detach|broker|result-backend))(?:=|$)/.test(word),
  );
  const isWorker = isSeen && words.includes("worker") && words.every((word) => /^[\w.:,=@/%+-]+$/.test(word));
  return at >= 0 && isPlain && isWorker ? [{ value: words, file, line }] : [];
}

/** Whether the app that a command names is in the image. */
function runs(chosen: Chosen, words: readonly string[], apps: readonly Shown<string>[]): boolean {
  const at = words.findIndex((word) => word === "-A" || word === "--app");
  const named = at < 0 ? words.find((word) => word.startsWith("--app="))?.slice("--app=".length) : words[at + 1];
  if (named === undefined) return false;
  const [module = "", attribute] = named.split(":");
  const parent = module.split(".").slice(0, -1).join(".");
  const { workdir } = beginningOf(chosen);
  const known = apps.map(({ value }) => value.split(":")[0] ?? "");
  if ([module, `${module}.celery`, parent].some((one) => known.includes(one))) return true;
  // A function may make it: then what the command names is a name of the module.
  const [holder, name] = attribute === undefined ? [parent, module.slice(parent.length + 1)] : [module, attribute];
  const made = moduleAt(chosen, workdir, holder)?.text.matchAll(/^(\w+)[ \t]*[:=]/gm) ?? [];
  const isNamed = [...made].some(([, one]) => one === name);
  return isNamed || (moduleAt(chosen, workdir, module)?.text.includes("Celery(") ?? false);
}
