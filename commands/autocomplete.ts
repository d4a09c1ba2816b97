import { Args } from "@oclif/core";
import { AstroCommand } from "../src/command.ts";
import { completionScript, SET_UP, SHELLS, type Shell } from "../src/completion/scripts.ts";

export default class Autocomplete extends AstroCommand {
  static override summary = "Print the script that completes astro's commands, flags and their values in your shell.";
  static override description = "Without a shell it says how to set up each.";
  static override examples = SHELLS.map((shell) => ({ description: SET_UP[shell].file, command: SET_UP[shell].line }));
  static override args = { shell: Args.string({ description: "the shell", options: [...SHELLS] }) };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Autocomplete);
    const shell = SHELLS.find((one): one is Shell => one === args.shell);
    const value = shell === undefined ? SET_UP : { shell, script: completionScript(shell) };
    await this.print(value, flags.json, () => (shell === undefined ? ways() : completionScript(shell)));
  }
}

/** How each shell is set up. */
function ways(): string {
  const lines = SHELLS.map((shell) => ` ${shell}: add to ${SET_UP[shell].file}:\n   ${SET_UP[shell].line}\n`);
  return `Completion of commands, flags, environments, regions and files:\n${lines.join("")}`;
}
