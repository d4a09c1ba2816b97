import { Flags } from "@oclif/core";
import {
  AstroCommand,
  ENVIRONMENT_FLAG,
  inputOf,
  PLACE_FLAGS,
  REHEARSAL_FLAGS,
  REHEARSE_FLAG,
} from "../src/command.ts";
import { unlock } from "../src/operation/unlock.ts";

export default class Unlock extends AstroCommand {
  static override summary = "Release a stale lock, after showing who holds it.";
  static override description = "Rarely needed: the next run takes over a lock that had no heartbeat for 90 seconds.";
  static override examples = ["<%= config.bin %> unlock --env dev", "<%= config.bin %> unlock --env dev --yes"];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    ...PLACE_FLAGS,
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    ...REHEARSE_FLAG,
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Unlock);
    const { value, render } = await unlock(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
