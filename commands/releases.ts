import { AstroCommand, inputOf, OPERATION_FLAGS } from "../src/command.ts";
import { releases } from "../src/operation/release/releases.ts";

export default class Releases extends AstroCommand {
  static override summary = "List the releases of an environment, and which one runs.";
  static override examples = ["<%= config.bin %> releases --env dev", "<%= config.bin %> releases --json"];
  static override flags = { ...OPERATION_FLAGS };

  async run(): Promise<void> {
    const { flags } = await this.parse(Releases);
    const { value, render } = await releases(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
