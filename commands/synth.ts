import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, inputOf } from "../src/command.ts";
import { synth } from "../src/operation/synth.ts";

export default class Synth extends AstroCommand {
  static override summary = "Synthesise the CDK app into a cloud assembly, with no AWS account.";
  static override examples = ["<%= config.bin %> synth --env dev", "<%= config.bin %> synth --all --json"];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    all: Flags.boolean({ description: "every environment of astro.yaml", exclusive: ["env"] }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Synth);
    const { value, render } = await synth(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
