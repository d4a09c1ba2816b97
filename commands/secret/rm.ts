import { Args, Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, WAIT_FLAG } from "../../src/command.ts";
import { removeSecret } from "../../src/operation/everyday/secret.ts";
import { withoutGiven } from "../../src/operation/everyday/secret-value.ts";

export default class SecretRm extends AstroCommand {
  static override summary = "Remove a secret of the tasks for good.";
  static override description =
    "Refused while tasks that are deployed are given it, since none could start without it: take it out of `service.secrets` of astro.yaml first, and provision.";
  static override examples = ["<%= config.bin %> secret rm STRIPE_KEY --env dev"];
  static override strict = false;
  static override args = { name: Args.string({ description: "name of the variable" }) };
  static override flags = {
    ...OPERATION_FLAGS,
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    ...WAIT_FLAG,
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(SecretRm).catch((error: unknown) => Promise.reject(withoutGiven(error)));
    const { value, render } = await removeSecret(this.context, argv.map(String), inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
