import { Command, Flags, type Interfaces } from "@oclif/core";
import { ORDERS } from "./config/phases.ts";
import { type Context, openContext } from "./context.ts";
import { AstroError, reasonOf } from "./errors.ts";
import { jsonText } from "./terminal.ts";

/** A flag for a whole number from 0 to `most`. Throws AstroError("usage") for what is none. */
export function wholeNumber(name: string, most: number): Interfaces.FlagDefinition<number, Interfaces.CustomOptions> {
  return Flags.custom<number>({
    parse: async (given) => {
      if (/^\d+$/.test(given) && Number(given) <= most) return Number(given);
      const range = most === Number.MAX_SAFE_INTEGER ? "a whole number, 0 or more" : `a whole number, 0 to ${most}`;
      throw new AstroError("usage", `--${name} is ${JSON.stringify(given)}: it is not ${range}`, `give ${range}`);
    },
  });
}

/** Flags every command has. */
const COMMON_FLAGS = {
  json: Flags.boolean({ description: "print the result as JSON", helpGroup: "GLOBAL" }),
  dir: Flags.string({ description: "folder of astro.yaml (default: here, ./infra, or upwards)", helpGroup: "GLOBAL" }),
};

/** The flag that chooses one environment of astro.yaml. */
export const ENVIRONMENT_FLAG = {
  env: Flags.string({ description: "environment (optional if there is only one)" }),
};

/** Where an environment is, for the commands that work from what is deployed. */
export const PLACE_FLAGS = {
  region: Flags.string({
    description: "region of an environment that is no longer in astro.yaml",
    helpValue: "REGION",
  }),
  project: Flags.string({
    description: "project name it was deployed with, if astro.yaml has changed",
    helpValue: "NAME",
  }),
};

/** A finished cloud assembly. */
export const ASSEMBLY_FLAG = {
  assembly: Flags.directory({
    description: "deploy this cloud assembly (cdk.out) instead of synthesising; needs no astro.yaml",
    exists: true,
    helpValue: "DIR",
  }),
};

/** Values of templates' parameters. */
export const PARAMETER_FLAGS = {
  parameter: Flags.string({
    description: "value of a template parameter; STACK:KEY=VALUE for one stack only",
    helpValue: "KEY=VALUE",
    multiple: true,
    multipleNonGreedy: true,
  }),
  parameters: Flags.string({
    description: "file of parameter values, as the aws or cdk CLI takes it (JSON or YAML)",
    helpValue: "FILE",
  }),
};

/** Where the stacks of a plan come from, what an app without astro.yaml does not set, and the order of deployment. */
export const SOURCE_FLAGS = {
  ...PARAMETER_FLAGS,
  ...ASSEMBLY_FLAG,
  region: Flags.string({
    description: "region for an app without astro.yaml, if its assembly sets none",
    helpValue: "REGION",
  }),
  project: Flags.string({
    description: "project name for an app without astro.yaml; its stacks are tagged with it",
    helpValue: "NAME",
  }),
  order: Flags.string({
    description: "phase by phase, or each stack once its dependencies are deployed (default: from astro.yaml)",
    options: ORDERS,
  }),
  beside: Flags.string({
    description: "keep this environment, which is no longer in astro.yaml, and create another beside it",
    helpValue: "PROJECT/ENV/REGION",
    multiple: true,
    multipleNonGreedy: true,
  }),
  "adopt-stack": Flags.string({
    description: "take over this existing stack, which has one of the environment's names",
    helpValue: "STACK",
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** Options of the simulation. */
export const REHEARSAL_FLAGS = {
  speed: Flags.string({
    description: "simulation speed: simulated seconds per second, or max",
    default: "60",
    helpGroup: "REHEARSAL",
  }),
  fault: Flags.string({
    description:
      "fault to inject: TYPE=REASON, stuck:TYPE, throttled:SERVICE:CALL#1-3, crash-loop, quota:vpc, updates:STACK, @FILE",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "REHEARSAL",
  }),
  seed: wholeNumber(
    "seed",
    Number.MAX_SAFE_INTEGER,
  )({
    description: "random seed of a new simulation: the same seed and calls give the same events",
    helpGroup: "REHEARSAL",
  }),
};

/** Makes a command use the simulated AWS. */
export const REHEARSE_FLAG = {
  rehearse: Flags.boolean({
    description: "use a simulated AWS: no account, no cost",
    helpGroup: "REHEARSAL",
  }),
};

/** What to do about another run's lock, or a stuck stack. */
export const CHANGING_FLAGS = {
  wait: Flags.boolean({ description: "wait for the lock while another run holds it", helpGroup: "TROUBLE" }),
  retain: Flags.string({
    description: "retain this resource if AWS cannot delete it",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
};

/** Recovery options of `astro provision` only. */
export const REPAIR_FLAGS = {
  "skip-resource": Flags.string({
    description: "skip this resource if its rollback fails",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
  "delete-leftover": Flags.string({
    description: "delete the existing bucket, log group or secret with this resource's name, contents included",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
  adopt: Flags.string({
    description: "take over the existing resource with this resource's name, unchanged",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
  "revert-drift": Flags.boolean({
    description: "revert what was changed or deleted by hand (drift)",
    helpGroup: "TROUBLE",
  }),
};

/** Base of every command: opens the context, prints the result, turns an error into words and an exit code. */
export abstract class AstroCommand extends Command {
  static override baseFlags = COMMON_FLAGS;

  private opened: Context | undefined;

  /** The context, opened once, on first use: it listens for Ctrl-C. */
  protected get context(): Context {
    const { root, version } = this.config;
    this.opened ??= openContext({ root, version, json: this.argv.includes("--json") });
    return this.opened;
  }

  /** Prints `value` as JSON under `--json`, else the words of `render`. */
  protected async print(value: unknown, json: boolean, render: () => string | Promise<string>): Promise<void> {
    this.context.stdout.write(json ? `${jsonText(value, 2)}\n` : await render());
  }

  override async catch(thrown: Interfaces.CommandError): Promise<void> {
    // What `exit` throws is no error but the way out.
    if (isOclif(thrown) && "code" in thrown && thrown.code === "EEXIT") throw thrown;
    const error = astroErrorOf(thrown);
    await report(this.context, error, this.argv.includes("--json"));
    this.exit(error.exit);
  }
}

/** Says an error to a person on stderr, and with `json` to a program on stdout. */
export async function report({ stdout, stderr, env }: Context, error: AstroError, json: boolean): Promise<void> {
  const { renderError, renderTrace } = await import("./view/error.ts");
  const { code, message, hint } = error;
  if (json) stdout.write(`${jsonText({ error: { code, message, hint } })}\n`);
  stderr.write(renderError(error, stderr));
  if (wantsTrace(env)) stderr.write(renderTrace(error));
}

/** What is said where nobody but astro can be to blame. */
const FAULT =
  "this is a fault of astro: run it again with ASTRO_DEBUG=1, and report what that prints, the command and what astro --version says where you have astro from; what looks like a secret is left out of it";

/** Whether the variable is set by which a person asks where an error comes from. */
function wantsTrace({ ASTRO_DEBUG: wanted = "" }: Context["env"]): boolean {
  return wanted !== "" && wanted !== "0" && wanted !== "false";
}

function astroErrorOf(thrown: unknown): AstroError {
  // Around what a flag of ours has to say oclif puts words of its own.
  const [words = ""] = reasonOf(thrown)
    .replace(/^Parsing --\S+ \n\t/, "")
    .split("\nSee more help");
  if (thrown instanceof AstroError) {
    return words === thrown.message ? thrown : new AstroError(thrown.code, words, thrown.hint, thrown);
  }
  if (isOclif(thrown)) return new AstroError("usage", words, "see the command's flags with --help");
  return new AstroError("failed", reasonOf(thrown), FAULT, thrown);
}

function isOclif(thrown: unknown): thrown is Error & { readonly oclif: { readonly exit?: number } } {
  return thrown instanceof Error && "oclif" in thrown;
}
