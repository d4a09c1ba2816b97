import { repositoryPath } from "./copied.ts";
import { startingWords } from "./dockerfile.ts";
import type { Chosen } from "./dockerfiles.ts";
import { beginningOf, runsCommands, type Server } from "./image.ts";
import { neededIn } from "./needs.ts";
import { foldersIn, hasPath, onlyOf, type Place, type Shown, split } from "./repository.ts";

/** Runners of Python's projects, and what may stand between them and the program without changing what is run. */
const RUNNERS = /^(?:uv|poetry|pipenv|pdm|hatch|rye)$/;
const HARMLESS = /^--(?:no-sync|frozen|locked|no-dev|offline|no-cache|quiet)$/;
/** Words that only stand before the server itself. */
const AROUND = /^(?:(?:.*\/)?(?:tini|dumb-init)|--|opentelemetry-instrument|ddtrace-run|newrelic-admin|run-program)$/;

/**
 * A program of Python's as the image runs it, called as its server is: `uv run alembic`. Undefined where the image would not run
 * what a task is given, or nobody can tell how.
 */
export function calledAs(chosen: Chosen, server: Server | undefined, program: string): readonly string[] | undefined {
  if (!runsCommands(chosen)) return undefined;
  const words = (server ? [...server.before, server.called] : (startingWords(chosen.stage, "CMD")?.value ?? [])).filter(
    (word) => !AROUND.test(word),
  );
  const [first = "", second] = words;
  if (RUNNERS.test(first) && second === "run") {
    const rest = words.slice(2);
    const at = rest.findIndex((word) => !HARMLESS.test(word));
    const flags = at < 0 ? rest : rest.slice(0, at);
    return rest[at]?.startsWith("-") ? undefined : [first, second, ...flags, program];
  }
  if (server === undefined) return [program];
  if (words.length === 1) return [besideOf(first, program)];
  const isPython = /(?:^|\/)python[\d.]*$/.test(first);
  if (isPython && second === "-m") return [first, second, program];
  // A file of Python's, as `manage.py`, is run by Python itself.
  return isPython && words.length === 2 ? [besideOf(first, program)] : undefined;
}

const besideOf = (called: string, program: string) =>
  called.includes("/") && !called.endsWith(".py") ? `${split(called).folder}/${program}` : program;

/** Where the repository says that the image has a package of Python's. */
export function packageOf(
  { files, context, path }: Chosen,
  name: string,
  more: readonly string[] = [],
): Place | undefined {
  const folders = [split(path).folder, context, ...more, ...foldersIn(files, context)];
  for (const folder of new Set(folders)) {
    const found = neededIn(files, folder, name);
    if (found) return found;
  }
  return undefined;
}

/** The command that migrates the database, by what lies in the folder that the image's commands run in. */
export function migrationOf(chosen: Chosen, server: Server | undefined): Shown<readonly string[]> | undefined {
  const { workdir, environment } = beginningOf(chosen);
  const at = (name: string) => repositoryPath(chosen, `${workdir}/${name}`);
  const has = (name: string, file: string | undefined) =>
    file !== undefined && packageOf(chosen, name, [split(file).folder]) !== undefined;
  const shown = (file: string | undefined, program: string, ...words: readonly string[]) => {
    const called = calledAs(chosen, server, program);
    return file === undefined || called === undefined ? [] : [{ value: [...called, ...words], file, line: 1 }];
  };
  const alembic = at("alembic.ini");
  const manage = at("manage.py");
  const flask = at("migrations/alembic.ini");
  const isFlask =
    environment.has("FLASK_APP") || hasPath(chosen.files, at("app.py")) || hasPath(chosen.files, at("wsgi.py"));
  return onlyOf([
    ...(has("alembic", alembic) ? shown(alembic, "alembic", "upgrade", "head") : []),
    ...(has("django", manage) ? shown(manage, "python", "manage.py", "migrate", "--noinput") : []),
    ...(has("flask-migrate", flask) && isFlask ? shown(flask, "flask", "db", "upgrade") : []),
  ]);
}
