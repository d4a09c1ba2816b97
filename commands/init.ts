import { Args, Flags } from "@oclif/core";
import { AstroCommand, PROFILE_FLAG } from "../src/command.ts";
import { PRESET_NAMES } from "../src/config/presets.ts";
import { AstroError } from "../src/errors.ts";
import { init } from "../src/operation/init.ts";
import { QUESTIONS } from "../src/wizard/questions.ts";

/** One flag a question; its value is checked by the schema of astro.yaml and nowhere else. */
const VALUES = Object.fromEntries(
  QUESTIONS.map(({ flag, kind, message, placeholder = "" }) => [
    flag,
    kind === "boolean"
      ? Flags.boolean({ description: message, allowNo: true, helpGroup: "VALUE" })
      : Flags.string({ description: message, helpValue: placeholder, helpGroup: "VALUE" }),
  ]),
);

export default class Init extends AstroCommand {
  static override summary = "Choose an environment, see its price, and generate a CDK app that is yours.";
  static override description =
    "Asks for what is not given: by flag, else by the file of --answers, else by ASTRO_NAME, ASTRO_AZS and so on. In an existing project it adds an environment or changes one; files you edited are left unchanged.";
  static override examples = [
    "<%= config.bin %> init",
    "<%= config.bin %> init infra --yes --name shop --env dev --preset dev --region eu-west-1",
    "<%= config.bin %> init --env dev --db-class db.t4g.micro",
    "<%= config.bin %> init --answers answers.yaml --yes",
  ];
  static override args = { dir: Args.string({ description: "folder of the app (default: ./infra)" }) };
  static override flags = {
    name: Flags.string({ description: "project name, the prefix of every resource's name", helpValue: "NAME" }),
    env: Flags.string({ description: "environment to add or change", helpValue: "NAME" }),
    preset: Flags.string({ description: "preset of a new environment", helpValue: PRESET_NAMES.join("|") }),
    region: Flags.string({ description: "AWS region", helpValue: "REGION" }),
    ...VALUES,
    ...PROFILE_FLAG,
    answers: Flags.string({ description: "values by flag name, from a file (YAML or JSON)", helpValue: "FILE" }),
    "save-answers": Flags.string({ description: "write what was chosen to a file for --answers", helpValue: "FILE" }),
    yes: Flags.boolean({ char: "y", description: "do not ask; use defaults for what is not given" }),
  };

  async run(): Promise<void> {
    const { args, flags } = await this.parse(Init);
    if (args.dir !== undefined && flags.dir !== undefined && args.dir !== flags.dir) {
      throw new AstroError("usage", `two folders: ${args.dir} and --dir ${flags.dir}`, "give one of them");
    }
    const { value, render } = await init(this.context, args.dir ?? flags.dir, flags);
    await this.print(value, flags.json, render);
  }
}
