import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { attach } from "../src/operation/attach.ts";

export default class Attach extends AstroCommand {
  static override summary = "Follow a running or finished deployment, from any machine.";
  static override description =
    "Reads CloudFormation's events, so it works on any machine, whoever started the run. Exits with that run's exit code. Ctrl-C only stops following.";
  static override examples = ["<%= config.bin %> attach --env dev", "<%= config.bin %> attach --rehearse"];
  static override flags = { ...OPERATION_FLAGS, ...PLACE_FLAGS };

  async run(): Promise<void> {
    const { flags } = await this.parse(Attach);
    this.exit(await attach(this.context, inputOf(flags)));
  }
}
