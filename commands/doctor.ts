import { Flags } from "@oclif/core";
import {
  AstroCommand,
  ENVIRONMENT_FLAG,
  inputOf,
  REHEARSAL_FLAGS,
  REHEARSE_FLAG,
  SOURCE_FLAGS,
} from "../src/command.ts";
import { doctor } from "../src/operation/doctor.ts";

export default class Doctor extends AstroCommand {
  static override summary = "Look for what would keep a provisioning from succeeding, and say what helps.";
  static override description =
    'Credentials, account and clock; quotas, linked roles, engines and names that the plan needs; the domain\'s delegation, the image. What may not be looked at is "not checked". astro provision looks too, at what it is about to make. Exit code 1 if there is a problem.';
  static override examples = [
    "<%= config.bin %> doctor --env dev",
    "<%= config.bin %> doctor --env dev --yes",
    "<%= config.bin %> doctor --rehearse --json",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    yes: Flags.boolean({ char: "y", description: "do what can be done without taking anything away, do not ask" }),
    ...SOURCE_FLAGS,
    ...REHEARSE_FLAG,
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Doctor);
    const { value, render, exit } = await doctor(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
    this.exit(exit);
  }
}
