import { Flags } from "@oclif/core";
import { ASSEMBLY_FLAG, AstroCommand, CHANGING_FLAGS, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { destroy } from "../src/operation/destroy.ts";

export default class Destroy extends AstroCommand {
  static override summary = "Delete an environment, including the contents of its buckets and repositories.";
  static override description =
    "Asks for the environment's name to confirm. Works from the deployed stacks, so the app need not compile.";
  static override examples = [
    "<%= config.bin %> destroy --env dev",
    "<%= config.bin %> destroy --env dev --yes --confirm dev",
  ];
  static override flags = {
    ...OPERATION_FLAGS,
    ...PLACE_FLAGS,
    ...ASSEMBLY_FLAG,
    yes: Flags.boolean({ char: "y", description: "do not ask; requires --confirm" }),
    confirm: Flags.string({ description: "the environment's name, instead of typing it" }),
    bootstrap: Flags.boolean({
      description: "also delete astro's own bucket and table, if no other environment uses them",
    }),
    "leave-stack": Flags.string({
      description: "leave this stack alone, which has one of the environment's names but belongs to somebody else",
      helpValue: "STACK",
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...CHANGING_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Destroy);
    this.exit(await destroy(this.context, inputOf(flags)));
  }
}
