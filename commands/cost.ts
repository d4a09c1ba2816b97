import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, inputOf, PARAMETER_FLAGS } from "../src/command.ts";
import { cost } from "../src/operation/cost.ts";

export default class Cost extends AstroCommand {
  static override summary = "Estimate what an environment costs a month, from AWS list prices. Needs no account.";
  static override description =
    "Prices the synthesised templates (or, with --template, any CloudFormation template) and prints every assumption. A usage file replaces the assumptions with your own figures.";
  static override examples = [
    "<%= config.bin %> cost --env dev",
    "<%= config.bin %> cost --json",
    "<%= config.bin %> cost --template stack.yaml --region eu-west-1 --usage usage.yaml",
    "<%= config.bin %> cost --template stack.yaml --parameter Env=prod",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    template: Flags.file({ description: "price this CloudFormation template instead", exclusive: ["env"] }),
    assembly: Flags.directory({
      description: "price the stacks of this cloud assembly (cdk.out)",
      exists: true,
      helpValue: "DIR",
      exclusive: ["template"],
    }),
    region: Flags.string({
      description: "region for a template or assembly that sets none",
      relationships: [{ type: "some", flags: ["template", "assembly"] }],
    }),
    ...PARAMETER_FLAGS,
    usage: Flags.file({ description: "usage file (YAML or JSON)" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Cost);
    const report = await cost(this.context, inputOf(flags));
    await this.print(report, flags.json, async () => {
      const { renderCost, renderTemplateCost } = await import("../src/view/cost.ts");
      const render = flags.template === undefined ? renderCost : renderTemplateCost;
      return render(report, this.context.stdout);
    });
  }
}
