import {
  AstroCommand,
  ENVIRONMENT_FLAG,
  inputOf,
  PLACE_FLAGS,
  REHEARSAL_FLAGS,
  REHEARSE_FLAG,
} from "../src/command.ts";
import { attach } from "../src/operation/attach.ts";

export default class Attach extends AstroCommand {
  static override summary = "Look on at a run, whoever began it and wherever, from CloudFormation's events alone.";
  static override description =
    "A run under way is shown as if it were this terminal's; of one that has ended, how it went. Ends with that run's exit code. Ctrl-C only stops looking.";
  static override examples = ["<%= config.bin %> attach --env dev", "<%= config.bin %> attach --rehearse"];
  static override flags = { ...ENVIRONMENT_FLAG, ...PLACE_FLAGS, ...REHEARSE_FLAG, ...REHEARSAL_FLAGS };

  async run(): Promise<void> {
    const { flags } = await this.parse(Attach);
    this.exit(await attach(this.context, inputOf(flags)));
  }
}
