import type { CommandLine } from "../../command-line.ts";

/** A command with more flags, none twice: `--revert-drift`, or `--retain` with its value. */
export function withFlags(command: CommandLine, ...flags: readonly CommandLine[]): CommandLine {
  return [...command, ...flags.filter((flag) => !has(command, flag)).flat()];
}

function has(command: CommandLine, flag: CommandLine): boolean {
  return command.some((_, at) => flag.every((word, index) => command[at + index] === word));
}
