import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG } from "../src/command.ts";
import { openProject, selectEnvironment } from "../src/project.ts";
import { synthesise } from "../src/synth/synthesise.ts";

export default class Synth extends AstroCommand {
  static override summary = "Synthesise the CDK app into a cloud assembly, with no AWS account.";
  static override examples = ["<%= config.bin %> synth --env dev", "<%= config.bin %> synth --all --json"];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    all: Flags.boolean({ description: "every environment of astro.yaml", exclusive: ["env"] }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Synth);
    const project = await openProject(this.context, flags.dir);
    const one = flags.all ? undefined : selectEnvironment(project, flags.env);
    const region = one?.environment.region ?? "us-east-1";
    const { directory, stacks } = await synthesise(this.context, project, region, one?.name);
    await this.print({ assembly: directory, stacks: stacks.map((stack) => stack.name) }, flags.json, () => {
      const lines = stacks.map(({ phase, name }) => ` ${phase.padEnd(6)} ${name}`);
      return `${[...lines, ` ${stacks.length} stacks in ${directory}`, " Next:  astro plan"].join("\n")}\n`;
    });
  }
}
