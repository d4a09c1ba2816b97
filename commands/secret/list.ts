import { AstroCommand, inputOf, OPERATION_FLAGS } from "../../src/command.ts";
import { listSecrets } from "../../src/operation/everyday/secret.ts";

export default class SecretList extends AstroCommand {
  static override summary =
    "List the secrets of the tasks by name, and which of them the tasks are given; never a value.";
  static override examples = ["<%= config.bin %> secret list --env dev", "<%= config.bin %> secret list --json"];
  static override flags = { ...OPERATION_FLAGS };

  async run(): Promise<void> {
    const { flags } = await this.parse(SecretList);
    const { value, render } = await listSecrets(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
