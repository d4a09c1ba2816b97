import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { unlock } from "../src/operation/unlock.ts";

export default class Unlock extends AstroCommand {
  static override summary = "Release a stale lock, after showing who holds it.";
  static override description = "Rarely needed: the next run takes over a lock that had no heartbeat for 90 seconds.";
  static override examples = ["<%= config.bin %> unlock --env dev", "<%= config.bin %> unlock --env dev --yes"];
  static override flags = {
    ...OPERATION_FLAGS,
    ...PLACE_FLAGS,
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Unlock);
    const { value, render } = await unlock(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
