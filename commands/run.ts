import { AstroCommand, inputOf, OPERATION_FLAGS, wholeNumber } from "../src/command.ts";
import { runOnce } from "../src/operation/release/run-task.ts";

export default class Run extends AstroCommand {
  static override summary = "Run a command in a task of its own, with the API's image, network, roles and secrets.";
  static override description =
    "Streams what the task writes and ends with its exit code. Ctrl-C asks whether to stop the task.";
  static override examples = [
    "<%= config.bin %> run --env dev -- alembic current",
    "<%= config.bin %> run --env prod --cpu 1024 --memory 2048 -- python -m app.reindex",
  ];
  static override strict = false;
  static override flags = {
    ...OPERATION_FLAGS,
    cpu: wholeNumber("cpu", 16_384)({ description: "CPU units of the task (default: the API's)", helpValue: "UNITS" }),
    memory: wholeNumber(
      "memory",
      122_880,
    )({ description: "memory of the task in MB (default: the API's)", helpValue: "MB" }),
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Run);
    this.exit(await runOnce(this.context, inputOf(flags), argv.map(String)));
  }
}
