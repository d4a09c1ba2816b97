import { Flags } from "@oclif/core";
import { AstroCommand, ENVIRONMENT_FLAG, inputOf } from "../src/command.ts";
import { iamPolicy } from "../src/operation/iam-policy.ts";

export default class IamPolicy extends AstroCommand {
  static override summary = "Print the least-privilege IAM policies for provisioning an environment.";
  static override description =
    "Derived from the app's templates and the calls astro makes; needs no account. Split into as many documents as IAM's size limit requires. The policies name the app's resources: print them again when the app changes.";
  static override examples = [
    "<%= config.bin %> iam-policy --env dev",
    "<%= config.bin %> iam-policy --env dev --out policies",
    "<%= config.bin %> iam-policy --env dev --bootstrap --out policies",
    "<%= config.bin %> iam-policy --env dev --json",
  ];
  static override flags = {
    ...ENVIRONMENT_FLAG,
    out: Flags.string({ description: "write the documents to this folder", helpValue: "DIR" }),
    boundary: Flags.string({
      description: "permissions boundary of every role (default: from astro.yaml)",
      helpValue: "ARN",
    }),
    bootstrap: Flags.boolean({
      description: "print the policy for managing astro's own bucket and table instead",
    }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(IamPolicy);
    const { value, render } = await iamPolicy(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
