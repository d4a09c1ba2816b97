import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { exec } from "../src/operation/everyday/exec.ts";

export default class Exec extends AstroCommand {
  static override summary = "Open a shell, or run a command, in a running task.";
  static override description =
    "Uses ECS Exec: needs AWS's Session Manager plugin on this machine, and says how to get it. The exit code is the plugin's, not the command's: AWS does not tell that one. For a task of its own with an exit code, see astro run.";
  static override examples = [
    "<%= config.bin %> exec --env dev",
    "<%= config.bin %> exec --service worker -- celery -A app inspect active",
    "<%= config.bin %> exec --task 1a2b3c4d -- env",
  ];
  static override strict = false;
  static override flags = {
    ...OPERATION_FLAGS,
    ...PLACE_FLAGS,
    service: Flags.string({ description: "a task of this service: api or worker", helpValue: "NAME" }),
    task: Flags.string({ description: "this task, by its id or how that begins", helpValue: "ID" }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Exec);
    this.exit(await exec(this.context, argv.map(String), inputOf(flags)));
  }
}
