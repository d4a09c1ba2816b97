import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS } from "../../src/command.ts";
import { ciGitHub } from "../../src/operation/ci-github.ts";

export default class CiGithub extends AstroCommand {
  static override summary = "Let GitHub Actions plan and deploy, without stored keys.";
  static override description =
    "Writes a workflow, the policies of two roles for this repository alone (one deploys a branch, one plans pull requests), and `ci` of astro.yaml; the next `astro provision` makes the roles. Run it again when the app changes.";
  static override examples = [
    "<%= config.bin %> ci github --env dev",
    "<%= config.bin %> ci github --env prod --branch release",
    "<%= config.bin %> ci github --env dev --repository octo-org/shop --yes",
  ];
  static override flags = {
    ...OPERATION_FLAGS,
    repository: Flags.string({
      description: "the repository on GitHub (default: git's remote)",
      helpValue: "OWNER/NAME",
    }),
    branch: Flags.string({
      description: "the branch that is deployed (default: the remote's own, or main)",
      helpValue: "NAME",
    }),
    ids: Flags.string({
      description: "numbers of owner and repository, if its tokens carry them (default: as gh says)",
      helpValue: "OWNER_ID/REPOSITORY_ID",
    }),
    yes: Flags.boolean({ char: "y", description: "do not ask: a workflow that was edited is kept" }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(CiGithub);
    const { value, render } = await ciGitHub(this.context, inputOf(flags));
    await this.print(value, flags.json, render);
  }
}
