import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { status } from "../src/operation/status.ts";

export default class Status extends AstroCommand {
  static override summary = "Show the status of every stack, who holds the lock, and the last run.";
  static override description =
    "Reads only from AWS, so it shows the same on every machine. Changes nothing. --json includes the stacks' outputs.";
  static override examples = ["<%= config.bin %> status --env dev", "<%= config.bin %> status --rehearse --json"];
  static override flags = { ...OPERATION_FLAGS, ...PLACE_FLAGS };

  async run(): Promise<void> {
    const { flags } = await this.parse(Status);
    const { value, render } = await status(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
