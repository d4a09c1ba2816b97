import { Args, Flags } from "@oclif/core";
import {
  AstroCommand,
  CHANGING_FLAGS,
  ENVIRONMENT_FLAG,
  inputOf,
  REHEARSAL_FLAGS,
  REHEARSE_FLAG,
  REPAIR_FLAGS,
  SOURCE_FLAGS,
} from "../src/command.ts";
import { provision } from "../src/operation/provision.ts";

export default class Provision extends AstroCommand {
  static override summary = "Make AWS what the app says: bootstrap, vpc, data, ecs, dns, one after another.";
  static override description =
    "Shows the plan and asks first. A failure leaves the finished stacks standing; the same command goes on from there. Ctrl-C asks whether to go on watching, leave AWS at work, or cancel.";
  static override examples = [
    "<%= config.bin %> provision --env dev --rehearse",
    "<%= config.bin %> provision --env dev",
    "<%= config.bin %> provision --env dev --yes --json",
    "<%= config.bin %> provision plan.json",
  ];
  static override args = { file: Args.string({ description: "a plan that astro plan --out kept: do exactly this" }) };
  static override flags = {
    ...ENVIRONMENT_FLAG,
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    "no-preflight": Flags.boolean({ description: "do not look first for what would keep it from succeeding" }),
    "allow-replace": Flags.string({
      description:
        "let this resource go although it may hold something; Inner/Users is one in a nested stack, STACK/Users one of several stacks' Users",
      helpValue: "LOGICAL_ID",
      multiple: true,
      multipleNonGreedy: true,
    }),
    "put-back": Flags.string({
      description: "let this service run its stack's task definition again, though another tool deployed to it since",
      helpValue: "LOGICAL_ID",
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...SOURCE_FLAGS,
    ...CHANGING_FLAGS,
    ...REPAIR_FLAGS,
    ...REHEARSE_FLAG,
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Provision);
    this.exit(await provision(this.context, { ...inputOf(flags), file: args.file }));
  }
}
