import { Flags } from "@oclif/core";
import {
  ASSEMBLY_FLAG,
  AstroCommand,
  CHANGING_FLAGS,
  ENVIRONMENT_FLAG,
  inputOf,
  PLACE_FLAGS,
  REHEARSAL_FLAGS,
  REHEARSE_FLAG,
} from "../src/command.ts";
import { destroy } from "../src/operation/destroy.ts";

export default class Destroy extends AstroCommand {
  static override summary =
    "Take an environment away: the plan reversed; what its buckets and repositories hold goes too.";
  static override description =
    "Asks for the environment's name typed out. Works from what is deployed, so the app need not even compile.";
  static override examples = [
    "<%= config.bin %> destroy --env dev",
    "<%= config.bin %> destroy --env dev --yes --confirm dev",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    ...PLACE_FLAGS,
    ...ASSEMBLY_FLAG,
    yes: Flags.boolean({ char: "y", description: "do not ask; --confirm must name the environment" }),
    confirm: Flags.string({ description: "the environment's name, instead of typing it" }),
    bootstrap: Flags.boolean({ description: "remove astro's own bucket and table too, if nobody else uses them" }),
    "leave-stack": Flags.string({
      description: "let this stack be, which has a name of the environment's and is somebody else's",
      helpValue: "STACK",
      multiple: true,
      multipleNonGreedy: true,
    }),
    ...CHANGING_FLAGS,
    ...REHEARSE_FLAG,
    ...REHEARSAL_FLAGS,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Destroy);
    this.exit(await destroy(this.context, inputOf(flags)));
  }
}
