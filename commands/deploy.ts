import { Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, WAIT_FLAG } from "../src/command.ts";
import { deploy } from "../src/operation/release/deploy.ts";
import { RELEASE_PARTS } from "../src/operation/release/flags.ts";

export default class Deploy extends AstroCommand {
  static override summary = "Build the app, push, migrate, roll out and prove it: a release.";
  static override description =
    "Builds the image and the frontend that astro.yaml names, unless they are there already; runs the migration in a task of the new image; changes the image of the deployed stacks and nothing else; puts the frontend in place; asks whether all of it answers. What fails is taken back, and the same command goes on. Ctrl-C asks whether to keep watching, detach, or cancel.";
  static override examples = [
    "<%= config.bin %> deploy --env dev",
    "<%= config.bin %> deploy --env dev --only frontend",
    "<%= config.bin %> deploy --env prod --image 3f2a9c --fail-on critical --yes --json",
  ];
  static override flags = {
    ...OPERATION_FLAGS,
    only: Flags.string({ description: "release this part alone", options: RELEASE_PARTS }),
    image: Flags.string({
      description:
        "deploy this image instead of building one: a tag or digest in the repository, or a public image's name",
      helpValue: "REF",
    }),
    builder: Flags.string({
      description: "build with this program (default: the first that is here)",
      helpValue: "NAME",
    }),
    "fail-on": Flags.string({
      description: "stop before the roll-out if the repository's scan finds a weakness this severe",
      options: ["critical"],
    }),
    yes: Flags.boolean({ char: "y", description: "do not ask" }),
    detach: Flags.boolean({ description: "end once AWS works on the roll-out of the API; astro attach follows it" }),
    ...WAIT_FLAG,
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(Deploy);
    this.exit(await deploy(this.context, inputOf(flags)));
  }
}
