import { Args, Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, WAIT_FLAG } from "../../src/command.ts";
import { setSecret } from "../../src/operation/everyday/secret.ts";
import { withoutGiven } from "../../src/operation/everyday/secret-value.ts";

export default class SecretSet extends AstroCommand {
  static override summary = "Set a variable of the tasks that is a secret: its value comes from a prompt or a pipe.";
  static override description =
    "The value goes into the environment's own secret in Secrets Manager, under its name, and the name into `service.secrets` of astro.yaml. Tasks read it as they start. It is never on the command line, on the screen or in a file of astro's.";
  static override examples = [
    "<%= config.bin %> secret set STRIPE_KEY --env dev",
    "pass show stripe | <%= config.bin %> secret set STRIPE_KEY --env prod --yes",
  ];
  // What is too much may be a value: it is refused without being shown.
  static override strict = false;
  static override args = { name: Args.string({ description: "name of the variable" }) };
  static override flags = {
    ...OPERATION_FLAGS,
    yes: Flags.boolean({ char: "y", description: "do not ask: replace the tasks that have the old value" }),
    ...WAIT_FLAG,
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(SecretSet).catch((error: unknown) => Promise.reject(withoutGiven(error)));
    const { value, render } = await setSecret(this.context, argv.map(String), inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
