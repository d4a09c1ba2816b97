import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, SOURCE_FLAGS } from "../src/command.ts";
import { doctor } from "../src/operation/doctor.ts";

export default class Doctor extends AstroCommand {
  static override summary = "Check for problems that would make a deployment fail, and suggest fixes.";
  static override description =
    'Checks credentials, account and clock; the quotas, service-linked roles, engines and names that the plan needs; the domain\'s delegation and the image. What you may not read is "not checked". astro provision runs the same checks on what it is about to create. Exits with 1 if there is a problem.';
  static override examples = [
    "<%= config.bin %> doctor --env dev",
    "<%= config.bin %> doctor --env dev --yes",
    "<%= config.bin %> doctor --rehearse --json",
  ];
  static override flags = {
    ...OPERATION_FLAGS,
    yes: Flags.boolean({ char: "y", description: "apply the fixes that delete nothing, without asking" }),
    ...SOURCE_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const { value, render, exit } = await doctor(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
    this.exit(exit);
  }
}
