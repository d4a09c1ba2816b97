import type { Compose, ComposeService } from "./compose.ts";
import { composeServices } from "./compose.ts";
import { repositoryPath } from "./copied.ts";
import { lastOf, startingWords, substitute } from "./dockerfile.ts";
import type { Chosen } from "./dockerfiles.ts";
import { pythonAt } from "./python.ts";
import {
  below,
  lineAt,
  lineOf,
  type Note,
  onlyOf,
  onlyValue,
  type Place,
  type Shown,
  shellWords,
} from "./repository.ts";
import { type Started, serverIn } from "./server.ts";

/** What starts in a container of the image, and where that is said. */
export type Server = Started & Place & { readonly workdir: string; readonly environment: ReadonlyMap<string, string> };

/** Folder that a container's commands run in, and the variables it begins with. */
export function beginningOf({ stage }: Chosen) {
  const last = stage.instructions.at(-1);
  return {
    workdir: `/${below("", last?.workdir ?? "/") ?? ""}`,
    environment: last?.environment ?? new Map<string, string>(),
  };
}

/** The server that the image starts, by its own command line or by that of the script of the repository that it runs. */
export function serverOf(chosen: Chosen): Server | undefined {
  const { workdir, environment } = beginningOf(chosen);
  const [entrypoint, command] = [startingWords(chosen.stage, "ENTRYPOINT"), startingWords(chosen.stage, "CMD")];
  const words = [...(entrypoint?.value ?? []), ...(command?.value ?? [])];
  const line = command?.line ?? entrypoint?.line ?? 1;
  const own = serverIn(words, environment);
  // What the entrypoint brings stands before whatever a task is given.
  const before = own?.before.slice(entrypoint?.value.length ?? 0) ?? [];
  if (own) return settled(chosen, { ...own, before, file: chosen.path, line, workdir, environment });
  const scripts = [command, entrypoint].flatMap(
    (start) => start?.value.flatMap((word) => scriptAt(chosen, word) ?? []) ?? [],
  );
  const found = onlyOf(scripts.flatMap(({ path, text }) => startedIn(path, text, { workdir, environment })));
  return found && settled(chosen, found);
}

/** The same by the bind in Gunicorn's own file: a port that only a program knows is none. */
function settled(chosen: Chosen, server: Server): Server {
  const module = server.settings === undefined ? undefined : pythonAt(chosen, `${server.workdir}/${server.settings}`);
  const [line, said = ""] = /^bind[ \t]*=[ \t]*(.*)$/m.exec(module?.text ?? "") ?? [];
  if (module === undefined || line === undefined) return server;
  const { port: _, host: __, ...rest } = server;
  const [, host, port] = /^["']([\w.]*):(\d+)["']\s*$/.exec(said) ?? [];
  if (port === undefined) return rest;
  return {
    ...rest,
    port: Number(port),
    host: host || "0.0.0.0",
    file: module.file,
    line: lineOf(module.text, /^bind[ \t]*=/m),
  };
}

/** A script of the repository that a word of a command is the path of. */
function scriptAt(chosen: Chosen, word: string): { readonly path: string; readonly text: string } | undefined {
  if (!/^[\w./-]+$/.test(word) || !/\/|\.sh$/.test(word)) return undefined;
  const { workdir } = beginningOf(chosen);
  const path = repositoryPath(chosen, word.startsWith("/") ? word : `${workdir}/${word}`);
  const text = path === undefined ? undefined : chosen.files.read(path);
  const isScript = path?.endsWith(".sh") || /^#!.*sh\b/.test(text ?? "");
  return path === undefined || text === undefined || !isScript ? undefined : { path, text };
}

type Surroundings = Pick<Server, "workdir" | "environment">;

/** The servers that a script starts, each in a line of its own. */
function startedIn(file: string, text: string, around: Surroundings): readonly Server[] {
  const whole = text.replace(/\\\r?\n/g, (end) => " ".repeat(end.length));
  return [...whole.matchAll(/^[ \t]*(?!#)\S.*$/gm)].flatMap((row) => {
    const server = serverIn(shellWords(row[0]), around.environment);
    return server ? [{ ...server, file, line: lineAt(text, row.index), ...around }] : [];
  });
}

/** Whether the image runs the command that a task is given: nothing stands before it, or what does hands it on. */
export function runsCommands(chosen: Chosen): boolean {
  const entrypoint = startingWords(chosen.stage, "ENTRYPOINT");
  if (entrypoint === undefined) return true;
  const words = entrypoint.value.filter((word) => word !== "--" && !/^-[gsv]$/.test(word));
  return words.every((word) => {
    if (/(?:^|\/)(?:tini|dumb-init|docker-init|catatonit|sh|bash)$/.test(word)) return true;
    return /^[ \t]*exec[ \t]+(?:\S+[ \t]+)*"?\$[@*]/m.test(scriptAt(chosen, word)?.text ?? "");
  });
}

/** The services of Compose files that run this image. */
export function servicesOf(compose: readonly Compose[], { path }: Chosen): readonly ComposeService[] {
  const all = composeServices(compose);
  const built = all.filter(({ build }) => build?.path === path);
  const images = built.flatMap(({ image }) => image?.value ?? []);
  return [...built, ...all.filter(({ build, image }) => build === undefined && image && images.includes(image.value))];
}

/**
 * The port that the app listens on: where its server is started, else what is exposed, unless the two say different things; else
 * what Compose or the health check asks.
 */
export function portOf(
  chosen: Chosen,
  server: Server | undefined,
  services: readonly ComposeService[],
): Shown<number> | undefined {
  const exposed = exposedBy(chosen);
  if (server?.port !== undefined) {
    const { port, file, line } = server;
    const same = exposed?.find(({ value }) => value === port);
    return same ?? (exposed === undefined || exposed.length === 0 ? legal({ value: port, file, line }) : undefined);
  }
  if (exposed === undefined) return undefined;
  if (exposed.length > 0) return legal(onlyValue(exposed));
  // A command of Compose's own may listen elsewhere than the image's.
  const asImage = services.filter(({ command }) => command === undefined).flatMap(({ ports }) => ports);
  const asked = checkOf(chosen);
  const check = asked === undefined ? [] : [{ value: asked.port, file: chosen.path, line: asked.line }];
  return legal(onlyValue(asImage.length > 0 ? asImage : check));
}

const legal = (port: Shown<number> | undefined) =>
  port !== undefined && port.value > 0 && port.value < 65_536 ? port : undefined;

/** The ports that are exposed, those for datagrams apart; undefined where one is not known. */
function exposedBy({ stage, path }: Chosen): readonly Shown<number>[] | undefined {
  const words = stage.instructions
    .filter(({ name }) => name === "EXPOSE")
    .flatMap(({ rest, line }) => shellWords(rest).map((word) => ({ word, line })));
  const ports = words
    .filter(({ word }) => !/\/udp$/i.test(word))
    .map(({ word, line }) => ({ value: Number(word.replace(/\/tcp$/i, "")), file: path, line }));
  return ports.every(({ value }) => Number.isInteger(value)) ? ports : undefined;
}

type Check = { readonly port: number; readonly path: string; readonly line: number };

/** The one address of its own that the image's health check asks. */
function checkOf(chosen: Chosen): Check | undefined {
  const check = lastOf(chosen.stage, "HEALTHCHECK");
  return check && askedIn(check.rest, check.line, check.environment);
}

/** An address of the container's own, by http where it says so, else with its port. */
const ASKED =
  /(?:(?<=http:\/\/)(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::([^/\s"'`)]+))?|(?<![\w./@:-])(?:localhost|127\.0\.0\.1|0\.0\.0\.0):(\d+)(?=\/))([^\s"'`)\\,;|]*)/g;

function askedIn(text: string, line: number, environment: ReadonlyMap<string, string>): Check | undefined {
  const filled = substitute(text, (name) => environment.get(name));
  const asked = filled.matchAll(ASKED);
  const found = onlyOf([...asked]);
  if (found === undefined) return undefined;
  const [, named, bare, path = ""] = found;
  const at = named ?? bare ?? "80";
  return /^\d+$/.test(at) && /^(?:\/[\w./~-]*)?$/.test(path)
    ? { port: Number(at), path: path || "/", line }
    : undefined;
}

/** The path that a health check of the image, else of Compose, asks at the app's port. */
export function checkedPath(
  chosen: Chosen,
  port: number | undefined,
  services: readonly ComposeService[],
): Shown<string> | undefined {
  const own = checkOf(chosen);
  if (own !== undefined) return own.port === port ? { value: own.path, file: chosen.path, line: own.line } : undefined;
  const asked = services.flatMap(({ check }) => {
    const found = check && askedIn(check.value, check.line, new Map());
    return check && found?.port === port && found ? [{ value: found.path, file: check.file, line: check.line }] : [];
  });
  return onlyValue(asked);
}

/** The architecture that FROM pins the image to. */
export function architectureOf({ stage, path }: Chosen): Shown<"x86_64" | "arm64"> | undefined {
  const found = /^linux\/(amd64|arm64)(?:\/v8)?$/.exec(stage.platform ?? "")?.[1];
  if (found === undefined) return undefined;
  return { value: found === "arm64" ? "arm64" : "x86_64", file: path, line: stage.line };
}

/** An image that starts nothing, where Compose has the command that it would start with. */
export function withoutCommand({ stage }: Chosen, services: readonly ComposeService[]): readonly Note[] {
  if (lastOf(stage, "CMD") !== undefined || lastOf(stage, "ENTRYPOINT") !== undefined) return [];
  const [started] = services.flatMap(({ name, command, ports }) =>
    command && ports.length > 0 ? [{ ...command, name }] : [],
  );
  if (started === undefined) return [];
  const { file, line, name } = started;
  return [
    { file, line, words: `the Dockerfile has no CMD, and only Compose says what ${name} starts: let CMD say it` },
  ];
}

/** A server that only the container itself reaches. */
export function localOnly(server: Server | undefined): readonly Note[] {
  if (server?.host === undefined || !/^(?:127\.0\.0\.1|localhost|::1)$/.test(server.host)) return [];
  const { file, line, program, host } = server;
  return [
    {
      file,
      line,
      words: `${program} listens on ${host}, which nothing outside of the container reaches: let it listen on 0.0.0.0`,
    },
  ];
}
