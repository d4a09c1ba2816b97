import { Args, Flags } from "@oclif/core";
import { AstroCommand, inputOf, OPERATION_FLAGS, PLACE_FLAGS } from "../src/command.ts";
import { OPENABLE, openUrl } from "../src/operation/open-url.ts";

export default class Open extends AstroCommand {
  static override summary = "Open the app, the API or the AWS console in the browser.";
  static override description =
    "Prints the URL, and opens it where there is a terminal and no CI. Without a name of its own the API is at /api of the app. Changes nothing.";
  static override examples = [
    "<%= config.bin %> open --env prod",
    "<%= config.bin %> open api --print",
    "<%= config.bin %> open console --env dev",
  ];
  static override args = {
    what: Args.string({ description: "what to open (default: app)", options: [...OPENABLE] }),
  };
  static override flags = {
    ...OPERATION_FLAGS,
    ...PLACE_FLAGS,
    print: Flags.boolean({ description: "print the URL only" }),
  };

  async run(): Promise<void> {
    const { flags, args } = await this.parse(Open);
    const value = await openUrl(this.context, { ...inputOf(flags), what: args.what });
    await this.print(value, flags.json, () => `${value.url}\n`);
  }
}
