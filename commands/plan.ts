import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, REHEARSAL_FLAGS, REHEARSE_FLAG } from "../src/command.ts";
import { plan } from "../src/operation/plan.ts";

export default class Plan extends AstroCommand {
  static override summary = "Show what astro provision would do, and what it would cost a month. Changes nothing.";
  static override examples = ["<%= config.bin %> plan --env dev", "<%= config.bin %> plan --rehearse --json"];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    assembly: Flags.directory({ description: "a finished cloud assembly instead of a synthesis", exists: true }),
    ...REHEARSE_FLAG,
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Plan);
    const { value, render } = await plan(this.context, flags);
    await this.print(value, flags.json, render);
  }
}
