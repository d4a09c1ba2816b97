import { Args, Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { logs } from "../src/operation/everyday/logs.ts";

export default class Logs extends AstroCommand {
  static override summary = "Print what the app's tasks wrote, merged by time.";
  static override description =
    "Changes nothing. Times are UTC. --follow goes on until Ctrl-C. What looks like a password, a key or a token is left out. --json prints an object a line.";
  static override examples = [
    "<%= config.bin %> logs --env dev",
    "<%= config.bin %> logs api --follow --grep ERROR",
    "<%= config.bin %> logs worker --previous",
  ];
  static override args = {
    part: Args.string({ description: "api, worker, migrate or a schedule's name (default: all of them)" }),
  };
  static override flags = {
    ...OPERATION_FLAGS,
    ...PLACE_FLAGS,
    follow: Flags.boolean({ char: "f", description: "go on with what comes, until Ctrl-C", exclusive: ["previous"] }),
    since: Flags.string({
      description: "from when on: so long ago (30s, 10m, 1h, 2d), or a time",
      default: "1h",
      helpValue: "TIME",
    }),
    grep: Flags.string({ description: "only lines with this text in them", helpValue: "TEXT" }),
    previous: Flags.boolean({ description: "the tasks that stopped last: why, and their last lines" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Logs);
    await logs(this.context, args.part, inputOf(flags));
  }
}
