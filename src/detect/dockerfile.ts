import { type Shown, shellWords } from "./repository.ts";

/** An instruction of a Dockerfile, its words as they are after the variables that are known were put in. */
export type Instruction = {
  readonly name: string;
  readonly rest: string;
  /** Line that it begins in, from 1. */
  readonly line: number;
  /** Folder of the image that it is carried out in. */
  readonly workdir: string;
  /** Variables that a container begins with, as far as they are known after it. */
  readonly environment: ReadonlyMap<string, string>;
};

/** A stage of a Dockerfile, with all that it inherits from the stages it begins from. */
export type Stage = {
  /** Lower case; "" for one without a name. */
  readonly name: string;
  readonly line: number;
  /** What FROM says of the platform, variables put in. */
  readonly platform: string | undefined;
  /** Stages that it begins from or copies from, as they are called: a name, or a number from 0. */
  readonly uses: readonly string[];
  readonly instructions: readonly Instruction[];
};

type Line = Pick<Instruction, "name" | "rest" | "line">;
type Raw = { readonly from: string; readonly name: string; readonly platform?: string; readonly line: number };
type Variables = { readonly args: Map<string, string>; readonly environment: Map<string, string>; workdir: string };

/** Instructions of a Dockerfile that is read: each has all the variables before it, and a stage all that it begins from. */
const MOST = 1000;

/**
 * Reads a Dockerfile (Dockerfile reference): its stages in their order. What a base image brings is not known; of a file with
 * more instructions than anybody writes, nothing is.
 */
export function readStages(text: string): readonly Stage[] {
  const stages: (Raw & { readonly stage: Stage; readonly after: Variables })[] = [];
  const globals = new Map<string, string>();
  const lines = linesOf(text);
  if (lines.length > MOST) return [];
  const starts = lines.flatMap(({ name }, at) => (name === "FROM" ? [at] : []));
  for (const line of lines.slice(0, starts[0] ?? 0)) if (line.name === "ARG") argued(line.rest, globals, globals);
  for (const [order, start] of starts.entries()) {
    const raw = fromOf(lines[start] ?? { name: "FROM", rest: "", line: 1 }, globals);
    const base = stages.findLast(({ name }) => name !== "" && name === raw.from);
    const variables = {
      args: new Map(base?.after.args),
      environment: new Map(base?.after.environment),
      workdir: base?.after.workdir ?? "/",
    };
    const own = lines.slice(start + 1, starts[order + 1]).map((line) => carriedOut(line, variables, globals));
    const copied = own.flatMap(({ rest }) => /^(?:--\S+\s+)*?--from=(\S+)/.exec(rest)?.[1]?.toLowerCase() ?? []);
    const stage = {
      name: raw.name,
      line: raw.line,
      platform: raw.platform ?? base?.stage.platform,
      uses: [raw.from, ...copied],
      instructions: [...(base?.stage.instructions ?? []), ...own],
    };
    stages.push({ ...raw, stage, after: variables });
  }
  return stages.map(({ stage }) => stage);
}

/** The stage that others call so, before a stage. */
export function stageCalled(stages: readonly Stage[], called: string): Stage | undefined {
  return (
    stages.findLast(({ name }) => name !== "" && name === called) ??
    (/^\d+$/.test(called) ? stages[Number(called)] : undefined)
  );
}

/** The last instruction of a kind. */
export function lastOf({ instructions }: Stage, name: string): Instruction | undefined {
  return instructions.findLast((one) => one.name === name);
}

/** A line that ends in a backslash goes on in the next one; comments between, and the lines of a here-document, are nothing. */
function linesOf(text: string): readonly Line[] {
  const found: Line[] = [];
  let open: { words: string; line: number } | undefined;
  let until: RegExp | undefined;
  const rows = text.replace(/^\ufeff/, "").split(/\r?\n/);
  const last = rows.findLastIndex((row) => row.trim() !== "" && !/^\s*#/.test(row));
  for (const [at, row] of rows.entries()) {
    if (until !== undefined) {
      if (until.test(row)) until = undefined;
      continue;
    }
    if (/^\s*#/.test(row) || row.trim() === "") continue;
    const whole = row.trimEnd();
    const goesOn = whole.endsWith("\\");
    open = { words: `${open?.words ?? ""}${goesOn ? whole.slice(0, -1) : whole} `, line: open?.line ?? at + 1 };
    if (goesOn && at < last) continue;
    const [, name = "", rest = ""] = /^\s*(\w+)\s*(.*)$/.exec(open.words) ?? [];
    found.push({ name: name.toUpperCase(), rest: rest.trim(), line: open.line });
    const [, end] = /^(?:RUN|COPY|ADD)\b.*\s\d*<<-?["']?([A-Za-z_]\w*)["']?(?:\s|$)/i.exec(open.words.trim()) ?? [];
    if (end !== undefined) until = new RegExp(`^\\s*${end}\\s*$`);
    open = undefined;
  }
  return found;
}

function fromOf({ rest, line }: Line, globals: ReadonlyMap<string, string>): Raw {
  const words = shellWords(substitute(rest, (name) => globals.get(name)));
  const platform = words.find((word) => word.startsWith("--platform="))?.slice("--platform=".length);
  const [from = "", as = "", name = ""] = words
    .filter((word) => !word.startsWith("--"))
    .map((one) => one.toLowerCase());
  return { from, name: as === "as" ? name : "", line, ...(platform !== undefined && { platform }) };
}

/** Carries an instruction out as far as its words, folder and variables go. */
function carriedOut({ name, rest, line }: Line, to: Variables, globals: ReadonlyMap<string, string>): Instruction {
  const known = (variable: string) => to.environment.get(variable) ?? to.args.get(variable);
  // Only these have their variables put in as the image is built ("Environment replacement"); the others' are a container's.
  const isReplaced = /^(?:ADD|COPY|ENV|EXPOSE|WORKDIR)$/.test(name);
  const words = isReplaced ? substitute(rest, known) : rest;
  if (name === "ARG") argued(rest, to.args, globals);
  if (name === "ENV") for (const [key, value] of pairsIn(words)) to.environment.set(key, value);
  if (name === "WORKDIR") {
    const folder = shellWords(words).join(" ");
    to.workdir = folder.startsWith("/") ? folder : `${to.workdir}/${folder}`;
  }
  return { name, rest: words, line, workdir: to.workdir, environment: new Map(to.environment) };
}

function argued(rest: string, args: Map<string, string>, globals: ReadonlyMap<string, string>): void {
  for (const word of shellWords(rest)) {
    const [name = "", ...value] = word.split("=");
    const given = value.length > 0 ? substitute(value.join("="), (one) => args.get(one)) : globals.get(name);
    if (given !== undefined) args.set(name, given);
  }
}

/** NAME=VALUE ..., or the older NAME VALUE. */
function pairsIn(rest: string): readonly (readonly [string, string])[] {
  const words = shellWords(rest);
  if (words[0] !== undefined && !words[0].includes("=")) return [[words[0], words.slice(1).join(" ")]];
  return words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)] as const);
}

/** Characters that values may bring into a text: of variables that are made of one another there is no end. */
const ROOM = 10_000;

/** `$NAME`, `${NAME}` and `${NAME:-DEFAULT}` with their values; what is not known, or finds no room, stays as it is. */
export function substitute(text: string, known: (name: string) => string | undefined): string {
  let room = ROOM;
  return text.replace(
    /\$(?:(\w+)|\{(\w+)(?::?-([^}$]*))?\})/g,
    (whole, plain?: string, braced?: string, otherwise?: string) => {
      const value = known(plain ?? braced ?? "") ?? otherwise ?? whole;
      room -= value.length;
      return room < 0 ? whole : value;
    },
  );
}

/** What a container of a stage begins with: ENTRYPOINT or CMD in words, where those can be told. */
export function startingWords(
  stage: Stage,
  kind: "ENTRYPOINT" | "CMD",
): Omit<Shown<readonly string[]>, "file"> | undefined {
  const found = lastOf(stage, kind);
  if (found === undefined) return undefined;
  return { value: found.rest.startsWith("[") ? execForm(found.rest) : shellWords(found.rest), line: found.line };
}

/** The words of the form of a JSON array; none if it is no such array. */
export function execForm(text: string): readonly string[] {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : [];
  } catch {
    return [];
  }
}
