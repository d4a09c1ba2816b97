import { Help } from "@oclif/core";

/** oclif's help; a command that there is none of is told as it is where somebody runs it, with the nearest. */
export default class AstroHelp extends Help {
  override async showHelp(argv: string[]): Promise<void> {
    const [id = ""] = argv;
    const { config } = this;
    if (/^[^-]/.test(id) && !config.findCommand(id) && !config.findTopic(id)) {
      await config.runHook("command_not_found", { id, argv: argv.slice(1) });
    }
    await super.showHelp(argv);
  }
}
