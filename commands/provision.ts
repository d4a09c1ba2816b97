import { Args, Flags } from "@oclif/core";
import { AstroCommand, CHANGING_FLAGS, inputOf, OPERATION_FLAGS, REPAIR_FLAGS, SOURCE_FLAGS } from "../src/command.ts";
import { provision } from "../src/operation/provision.ts";

export default class Provision extends AstroCommand {
  static override summary = "Deploy the environment: bootstrap, vpc, data, ecs, dns, in that order.";
  static override description =
    "Shows the plan and asks first. After a failure the finished stacks stay deployed; run it again to continue from there. Ctrl-C asks whether to keep watching, detach, or cancel.";
  static override examples = [
    "<%= config.bin %> provision --env dev --rehearse",
    "<%= config.bin %> provision --env dev",
    "<%= config.bin %> provision --env dev --yes --json",
    "<%= config.bin %> provision plan.json",
  ];
  static override args = {
    file: Args.string({ description: "plan file written by astro plan --out: deploy exactly this plan" }),
  };
  static override flags = {
    ...OPERATION_FLAGS,
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    "no-preflight": Flags.boolean({ description: "skip the preflight checks" }),
    "allow-replace": Flags.string({
      description:
        "allow this resource to be replaced or deleted although it may hold data; Inner/Users is one in a nested stack, STACK/Users one of several stacks' Users",
      helpValue: "LOGICAL_ID",
      multiple: true,
      multipleNonGreedy: true,
    }),
    "put-back": Flags.string({
      description: "return this service to its stack's task definition although another tool has deployed to it since",
      helpValue: "LOGICAL_ID",
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...SOURCE_FLAGS,
    ...CHANGING_FLAGS,
    ...REPAIR_FLAGS,
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Provision);
    this.exit(await provision(this.context, { ...inputOf(flags), file: args.file }));
  }
}
