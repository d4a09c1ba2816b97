import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, REHEARSAL_FLAGS, REHEARSE_FLAG } from "../src/command.ts";
import { provision } from "../src/operation/provision.ts";

export default class Provision extends AstroCommand {
  static override summary = "Make AWS what the app says: bootstrap, vpc, data, ecs, dns, one after another.";
  static override description =
    "Shows the plan and asks first. A failure leaves the finished stacks standing; the same command goes on from there. Ctrl-C stops watching and leaves AWS at work.";
  static override examples = [
    "<%= config.bin %> provision --env dev --rehearse",
    "<%= config.bin %> provision --env dev",
    "<%= config.bin %> provision --env dev --yes --json",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    assembly: Flags.directory({ description: "a finished cloud assembly instead of a synthesis", exists: true }),
    ...REHEARSE_FLAG,
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Provision);
    this.exit(await provision(this.context, flags));
  }
}
