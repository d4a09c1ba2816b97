import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, WAIT_FLAG, wholeNumber } from "../src/command.ts";
import { rollback } from "../src/operation/release/rollback.ts";

export default class Rollback extends AstroCommand {
  static override summary = "Go back to an earlier release, image and frontend together, without building.";
  static override description =
    "Makes a new release of what an earlier one was made of. The database stays as it is: a migration is not taken back.";
  static override examples = ["<%= config.bin %> rollback --env dev", "<%= config.bin %> rollback --env dev --to 4"];
  static override flags = {
    ...OPERATION_FLAGS,
    to: wholeNumber(
      "to",
      999_999,
    )({ description: "number of the release (default: the one before what runs)", helpValue: "NUMBER" }),
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    ...WAIT_FLAG,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Rollback);
    this.exit(await rollback(this.context, inputOf(flags)));
  }
}
