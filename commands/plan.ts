import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, SOURCE_FLAGS } from "../src/command.ts";
import { plan } from "../src/operation/plan.ts";

export default class Plan extends AstroCommand {
  static override summary = "Show what astro provision would change, and what it would cost a month. Changes nothing.";
  static override examples = [
    "<%= config.bin %> plan --env dev",
    "<%= config.bin %> plan --rehearse --json",
    "<%= config.bin %> plan --env dev --out plan.json",
  ];
  static override flags = {
    ...OPERATION_FLAGS,
    ...SOURCE_FLAGS,
    out: Flags.string({ description: "save the plan to this file, for astro provision FILE", helpValue: "FILE" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Plan);
    const { value, render } = await plan(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
