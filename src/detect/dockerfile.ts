import { onlyOf } from "./repository.ts";

/** What a Dockerfile says of the image that it makes. */
export type DockerfileFacts = {
  /** The port that it listens on, where there is no doubt about it. */
  readonly port?: number;
  /** The path of its health check. */
  readonly healthPath?: string;
  /** All that is copied from the context, and what of it is copied into the image itself. */
  readonly copies: readonly Copied[];
  readonly kept: readonly Copied[];
  /** Folder in which its commands run. */
  readonly workdir: string;
};

/** Paths of the context that are copied, and where they go. */
export type Copied = { readonly sources: readonly string[]; readonly to: string };

type Instruction = { readonly name: string; readonly rest: string };
type Stage = { readonly name: string; readonly from: string; readonly lines: readonly Instruction[] };

/** Reads a Dockerfile (Dockerfile reference). What an image inherits from its base image is not known. */
export function readDockerfile(text: string): DockerfileFacts {
  const stages = stagesOf(instructionsOf(text));
  const lines = madeBy(stages, stages.at(-1));
  const port = portOf(lines);
  const healthPath = healthPathOf(lines, port);
  return {
    ...(port !== undefined && { port }),
    ...(healthPath !== undefined && { healthPath }),
    copies: stages.flatMap((stage) => stage.lines.flatMap(copyIn)),
    kept: lines.flatMap(copyIn),
    workdir: lines.findLast(({ name }) => name === "WORKDIR")?.rest ?? "/",
  };
}

/** A line that ends in a backslash goes on in the next one; comments between are nothing. */
function instructionsOf(text: string): readonly Instruction[] {
  const lines = text.split(/\r?\n/).filter((line) => !/^\s*(?:#|$)/.test(line));
  const whole = lines.join("\n").replace(/\\[ \t]*\n/g, " ");
  return whole.split("\n").map((line) => {
    const [, name = "", rest = ""] = /^\s*(\w+)\s*(.*)$/.exec(line) ?? [];
    return { name: name.toUpperCase(), rest: rest.trim() };
  });
}

function stagesOf(instructions: readonly Instruction[]): readonly Stage[] {
  const stages: { name: string; from: string; lines: Instruction[] }[] = [];
  for (const line of instructions) {
    const [, from = "", name = ""] = /^(?:--\S+\s+)*(\S+)(?:\s+AS\s+(\S+))?/i.exec(line.rest) ?? [];
    if (line.name === "FROM") stages.push({ name: name.toLowerCase(), from: from.toLowerCase(), lines: [] });
    else stages.at(-1)?.lines.push(line);
  }
  return stages;
}

/** The instructions that make a stage, those of the stages it begins from first. */
function madeBy(stages: readonly Stage[], stage: Stage | undefined): readonly Instruction[] {
  if (stage === undefined) return [];
  const earlier = stages.slice(0, stages.indexOf(stage));
  return [
    ...madeBy(
      earlier,
      earlier.findLast(({ name }) => name !== "" && name === stage.from),
    ),
    ...stage.lines,
  ];
}

/** The one port that is exposed or given to the server that is started, unless the two say different things. */
function portOf(lines: readonly Instruction[]): number | undefined {
  const words = lines.filter(({ name }) => name === "EXPOSE").flatMap(({ rest }) => rest.split(/\s+/));
  const exposed = words.filter((word) => !/\/udp$/i.test(word)).map((word) => word.replace(/\/tcp$/i, ""));
  const started = ["ENTRYPOINT", "CMD"]
    .map((kind) => lines.findLast(({ name }) => name === kind)?.rest ?? "")
    .join(" ");
  const given = started.matchAll(/(?:--port[\s"',=]+|(?:--bind|-b)[\s"',=]+[\d.]*:)(\d+)/g);
  const ports = new Set([...exposed, ...[...given].map(([, port = ""]) => port)]);
  const port = Number(onlyOf([...ports]));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
}

/** The path of the one address of its own that the health check asks, at the port of the app. */
function healthPathOf(lines: readonly Instruction[], port: number | undefined): string | undefined {
  const check = lines.findLast(({ name }) => name === "HEALTHCHECK")?.rest ?? "";
  const asked = check.matchAll(
    /http:\/\/(?:localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?::([^/\s"'`)]+))?([^\s"'`)\\,;|]*)/g,
  );
  const found = onlyOf([...asked]);
  if (found === undefined) return undefined;
  const [, at = "80", path] = found;
  if (port === undefined || Number(at) !== port) return undefined;
  return path !== undefined && /^(?:\/[\w./~-]*)?$/.test(path) ? path || "/" : undefined;
}

function copyIn({ name, rest }: Instruction): readonly Copied[] {
  if ((name !== "COPY" && name !== "ADD") || /--from=|<</.test(rest)) return [];
  const plain = rest.replace(/^(?:--\S+\s+)*/, "");
  const words = plain.startsWith("[")
    ? [...plain.matchAll(/"([^"]*)"/g)].map(([, word = ""]) => word)
    : plain.split(/\s+/);
  const sources = words.slice(0, -1).filter((word) => !/^[a-z]+:\/\//i.test(word));
  return sources.length === 0 ? [] : [{ sources, to: words.at(-1) ?? "" }];
}
