/** What may stand where a word is being typed: words, or what the shell itself knows how to complete. */
export type Candidates = readonly Candidate[] | "files" | "folders";

/** A word, and what it is. */
type Candidate = { readonly word: string; readonly about?: string };

/** What completion needs to know of the commands: a part of oclif's manifest. */
export type CommandTable = {
  readonly [id: string]: {
    readonly summary?: string;
    readonly description?: string;
    readonly hidden?: boolean;
    readonly args?: { readonly [name: string]: { readonly options?: readonly string[] } };
    readonly flags: { readonly [name: string]: FlagRow };
  };
};

type FlagRow = {
  readonly type: string;
  readonly description?: string;
  readonly options?: readonly string[];
  readonly helpValue?: string;
  readonly multiple?: boolean;
  readonly hidden?: boolean;
};

/** What is there to choose from on this machine; each is looked up only where it is asked for. */
export type Here = {
  /** Environments of the astro.yaml that a command would find, given what `--dir` says. */
  readonly environments: (directory: string | undefined) => readonly string[];
  readonly profiles: () => readonly string[];
  readonly regions: () => readonly Candidate[];
};

/** Candidates for the last of the words behind `astro`, whatever of it is there already. */
export function candidatesFor(words: readonly string[], commands: CommandTable, here: Here): Candidates {
  const { before, flag, typed } = lineOf(words);
  const id = commandIn(before, commands);
  const command = id === undefined ? undefined : commands[id];
  if (command === undefined || id === undefined) return startingWith(typed, subcommands(before, commands));
  if (before.includes("--")) return "files";
  const rest = before.slice(id.split(":").length);
  const row = flag === undefined ? undefined : command.flags[flag];
  if (flag !== undefined && row?.type === "option") {
    return limited(typed, valuesOf(flag, row, here, directoryIn(rest, command.flags)));
  }
  const names = Object.entries(command.args ?? {});
  const given = plain(rest, command.flags);
  const [name, argument] = names[given.length] ?? [];
  if (name !== undefined && !typed.startsWith("-")) {
    return limited(typed, argumentValues(name, argument?.options));
  }
  return startingWith(typed, flagsOf(command.flags, rest));
}

/** The words before the last one, the flag whose value the last one is, if so, and what of it is typed. */
function lineOf(words: readonly string[]): {
  readonly before: readonly string[];
  readonly flag?: string | undefined;
  readonly typed: string;
} {
  // bash takes `--env=dev` apart at the equals sign.
  const joined = words.filter((word, index) => word !== "=" || index === words.length - 1);
  const last = joined.at(-1) ?? "";
  const before = joined.slice(0, -1);
  const [, whole, value] = /^--([\w-]+)=(.*)$/.exec(last) ?? [];
  if (whole !== undefined) return { before, flag: whole, typed: value ?? "" };
  const [, flag] = /^--([\w-]+)$/.exec(before.at(-1) ?? "") ?? [];
  return { before, flag, typed: last === "=" ? "" : last };
}

/** The command that the words name, of one word or of two. */
function commandIn(words: readonly string[], commands: CommandTable): string | undefined {
  const [first = "", second = ""] = words;
  return [`${first}:${second}`, first].find((id) => Object.hasOwn(commands, id));
}

function subcommands(before: readonly string[], commands: CommandTable): readonly Candidate[] {
  const prefix = before.map((word) => `${word}:`).join("");
  const shown = Object.entries(commands).filter(([id, { hidden }]) => id.startsWith(prefix) && !hidden);
  const words = shown.map(([id, { summary, description = "" }]) => {
    const [word = "", more] = id.slice(prefix.length).split(":");
    return { word, ...(more === undefined ? { about: firstLine(summary ?? description) } : {}) };
  });
  return [...new Map(words.map((candidate) => [candidate.word, candidate])).values()];
}

/** The words that are neither flags nor their values. */
function plain(words: readonly string[], flags: { readonly [name: string]: FlagRow }): readonly string[] {
  return words.filter((word, index) => !word.startsWith("-") && !takesNext(words[index - 1] ?? "", flags));
}

function takesNext(word: string, flags: { readonly [name: string]: FlagRow }): boolean {
  return word.startsWith("--") && flags[word.slice(2)]?.type === "option";
}

function directoryIn(words: readonly string[], flags: { readonly [name: string]: FlagRow }): string | undefined {
  const at = words.findIndex((word) => word === "--dir" || word.startsWith("--dir="));
  if (at < 0 || flags.dir === undefined) return undefined;
  return words[at] === "--dir" ? words[at + 1] : words[at]?.slice("--dir=".length);
}

/** The flags that are not given yet, or may be given again. */
function flagsOf(flags: { readonly [name: string]: FlagRow }, given: readonly string[]): readonly Candidate[] {
  const isGiven = (name: string) => given.some((word) => word === `--${name}` || word.startsWith(`--${name}=`));
  return Object.entries(flags)
    .filter(([name, { multiple, hidden }]) => !hidden && (multiple || !isGiven(name)))
    .map(([name, { description = "" }]) => ({ word: `--${name}`, about: firstLine(description) }));
}

/** Values of flags that are looked up here. */
function valuesOf(flag: string, row: FlagRow, here: Here, directory: string | undefined): Candidates {
  if (flag === "env") return here.environments(directory).map((word) => ({ word }));
  if (flag === "region") return here.regions();
  if (flag === "profile") return here.profiles().map((word) => ({ word }));
  if (flag === "dir" || row.helpValue === "DIR") return "folders";
  if (row.helpValue === "FILE" || FILES.has(flag)) return "files";
  return (row.options ?? spelled(row.helpValue ?? "")).map((word) => ({ word }));
}

/** Flags for files whose help says something else of them. */
const FILES = new Set(["template", "usage"]);

/** The values that a flag's help spells out: `none|one|per-az`, `256|512|...|16384`, `0-5`; words in capitals stand for others. */
function spelled(help: string): readonly string[] {
  const [, from, to] = /^(\d)-(\d)$/.exec(help) ?? [];
  if (from !== undefined)
    return Array.from({ length: Number(to) - Number(from) + 1 }, (_, index) => `${Number(from) + index}`);
  return help.split("|").filter((word) => /^[a-z0-9-]+$/.test(word) && help.includes("|"));
}

function argumentValues(name: string, options: readonly string[] | undefined): Candidates {
  if (name === "file") return "files";
  if (name === "dir") return "folders";
  return (options ?? []).map((word) => ({ word }));
}

function limited(typed: string, candidates: Candidates): Candidates {
  return typeof candidates === "string" ? candidates : startingWith(typed, candidates);
}

function startingWith(typed: string, candidates: readonly Candidate[]): readonly Candidate[] {
  return candidates.filter(({ word }) => word.startsWith(typed));
}

/** The first sentence. */
function firstLine(text: string): string {
  return /^.*?(?=\.?(?:\n|\. |$))/s.exec(text)?.[0] ?? "";
}
