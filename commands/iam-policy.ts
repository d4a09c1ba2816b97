import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, inputOf } from "../src/command.ts";
import { iamPolicy } from "../src/operation/iam-policy.ts";

export default class IamPolicy extends AstroCommand {
  static override summary = "The IAM policies that whoever provisions an environment needs, and no more.";
  static override description =
    "Derived from the app's templates and from the calls astro makes; needs no account. In as many documents as IAM's limit of characters asks for. They name the environment's things as the app names them now: make them anew when the app has changed.";
  static override examples = [
    "<%= config.bin %> iam-policy --env dev",
    "<%= config.bin %> iam-policy --env dev --out policies",
    "<%= config.bin %> iam-policy --env dev --bootstrap --out policies",
    "<%= config.bin %> iam-policy --env dev --json",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    out: Flags.string({ description: "write the documents into this folder", helpValue: "DIR" }),
    boundary: Flags.string({
      description: "permissions boundary that every role must carry; astro.yaml's where left out",
      helpValue: "ARN",
    }),
    bootstrap: Flags.boolean({
      description: "instead: the policy of whoever makes, changes or removes astro's own bucket and table",
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(IamPolicy);
    const { value, render } = await iamPolicy(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
