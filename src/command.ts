import { Command, Flags, type Interfaces } from "@oclif/core";
import { ORDERS } from "./config/phases.ts";
import { type Context, openContext } from "./context.ts";
import { AstroError, reasonOf } from "./errors.ts";
import { jsonText } from "./terminal.ts";

/** A flag for a whole number from `least` to `most`. Throws AstroError("usage") for what is none. */
export function wholeNumber(
  name: string,
  most: number,
  least = 0,
): Interfaces.FlagDefinition<number, Interfaces.CustomOptions> {
  return Flags.custom<number>({
    parse: async (given) => {
      if (/^\d+$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
      const range =
        most === Number.MAX_SAFE_INTEGER ? `a whole number, ${least} or more` : `a whole number, ${least} to ${most}`;
      throw new AstroError("usage", `--${name} is ${JSON.stringify(given)}: it is not ${range}`, `give ${range}`);
    },
  });
}

type CamelCase<K extends string> = K extends `${infer Word}-${infer Rest}`
  ? `${Word}${Capitalize<CamelCase<Rest>>}`
  : K;

/** A command's flags as the input of its operation: `--skip-resource` is `skipResource`. */
export function inputOf<T extends object>(flags: T): { [K in keyof T & string as CamelCase<K>]: T[K] } {
  const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const named = Object.entries(flags).map(([name, value]) => [camelCase(name), value]);
  return Object.fromEntries(named) as { [K in keyof T & string as CamelCase<K>]: T[K] };
}

/** Flags every command has. */
const COMMON_FLAGS = {
  json: Flags.boolean({ description: "print the result as JSON", helpGroup: "GLOBAL" }),
  debug: Flags.boolean({ description: "print an error's cause and stack trace", helpGroup: "GLOBAL" }),
  plain: Flags.boolean({
    description: "plain lines for screen readers: nothing drawn over, no colour, numbered choices (or ASTRO_PLAIN=1)",
    helpGroup: "GLOBAL",
  }),
  dir: Flags.string({ description: "folder of astro.yaml (default: here, ./infra, or upwards)", helpGroup: "GLOBAL" }),
};

/** The flag that chooses one environment of astro.yaml. */
export const ENVIRONMENT_FLAG = {
  env: Flags.string({ description: "environment (optional if there is only one)" }),
};

/** Where an environment is, for the commands that work from what is deployed. */
export const PLACE_FLAGS = {
  region: Flags.string({
    description: "region of an environment that astro.yaml no longer names",
    helpValue: "REGION",
  }),
  project: Flags.string({ description: "the name that astro.yaml had when it was created", helpValue: "NAME" }),
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
    description: "a file of parameter values, in the format of aws or cdk (JSON or YAML)",
    helpValue: "FILE",
  }),
};

/** Where the stacks of a plan come from, what an app without astro.yaml does not set, and the order of deployment. */
export const SOURCE_FLAGS = {
  ...PARAMETER_FLAGS,
  ...ASSEMBLY_FLAG,
  region: Flags.string({
    description: "region of an app without astro.yaml, if its assembly does not say",
    helpValue: "REGION",
  }),
  project: Flags.string({
    description: "project name of an app without astro.yaml: its stacks are tagged with it",
    helpValue: "NAME",
  }),
  order: Flags.string({
    description:
      "deploy phase after phase, or each stack as soon as those it needs are deployed (default: astro.yaml's)",
    options: ORDERS,
  }),
  beside: Flags.string({
    description: "keep this environment, which astro.yaml no longer names, and create another beside it",
    helpValue: "PROJECT/ENV/REGION",
    multiple: true,
    multipleNonGreedy: true,
  }),
  "adopt-stack": Flags.string({
    description: "take over this stack of somebody else's, which has a name that the environment needs",
    helpValue: "STACK",
    multiple: true,
    multipleNonGreedy: true,
  }),
};

/** Options of the simulation. */
export const REHEARSAL_FLAGS = {
  speed: Flags.string({
    description: "simulation speed: simulated seconds per real second, or max to jump to the next event",
    default: "60",
    helpGroup: "REHEARSAL",
  }),
  fault: Flags.string({
    description:
      "fault to inject: TYPE=REASON, stuck:TYPE, throttled:SERVICE:CALL#1-3, crash-loop, migration-fails, quota:vpc, updates:STACK, @FILE",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "REHEARSAL",
  }),
  seed: wholeNumber(
    "seed",
    Number.MAX_SAFE_INTEGER,
  )({
    description: "random seed of a new rehearsal: the same seed and calls give the same events",
    helpGroup: "REHEARSAL",
  }),
};

/** Makes a command that works on AWS work on a simulated one. */
const REHEARSE_FLAG = {
  rehearse: Flags.boolean({
    description: "work on a simulated AWS: no account, no cost",
    helpGroup: "REHEARSAL",
  }),
};

/** The flag that says as whom AWS is reached. */
export const PROFILE_FLAG = {
  profile: Flags.string({
    description: "AWS profile; comes before AWS_PROFILE and access keys in the environment, not used with --rehearse",
    helpValue: "NAME",
  }),
};

/** Flags of every command on an environment: which one, as whom, and whether it is simulated. */
export const OPERATION_FLAGS = { ...ENVIRONMENT_FLAG, ...PROFILE_FLAG, ...REHEARSE_FLAG, ...REHEARSAL_FLAGS };

/** What to do where another run holds the lock. */
export const WAIT_FLAG = {
  wait: Flags.boolean({ description: "wait while another run holds the environment's lock", helpGroup: "TROUBLE" }),
};

/** What to do where another run holds the lock, or a stack is stuck. */
export const CHANGING_FLAGS = {
  ...WAIT_FLAG,
  retain: Flags.string({
    description: "retain this resource if AWS cannot delete it",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
};

/** Recovery options that only a provisioning has. */
export const REPAIR_FLAGS = {
  "skip-resource": Flags.string({
    description: "skip this resource if its rollback fails: it stays as it is",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
  "delete-leftover": Flags.string({
    description: "delete what already has this resource's name, with its contents (buckets, log groups, secrets)",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
  adopt: Flags.string({
    description: "take over what already has this resource's name, as it is",
    helpValue: "LOGICAL_ID",
    multiple: true,
    multipleNonGreedy: true,
    helpGroup: "TROUBLE",
  }),
  "revert-drift": Flags.boolean({
    description: "revert what was changed or deleted by hand",
    helpGroup: "TROUBLE",
  }),
};

/** What oclif takes flags or arguments apart into, by name. */
type Parsed = { readonly [name: string]: unknown };

/** Base of every command: opens the context, prints the result, turns an error into words and an exit code. */
export abstract class AstroCommand extends Command {
  static override baseFlags = COMMON_FLAGS;

  private opened: Context | undefined;

  /** The AWS profile of this run, if `--profile` names one. */
  private profile: string | undefined;

  /** The context, opened when it is first asked for and only once: it listens for Ctrl-C. */
  protected get context(): Context {
    const { root, version, cacheDir: cache } = this.config;
    const [json, debug, plain] = [this.isGiven("--json"), this.isGiven("--debug"), this.isGiven("--plain")];
    this.opened ??= openContext({
      root,
      version,
      cache,
      json,
      debug,
      plain,
      ...(this.profile !== undefined && { profile: this.profile }),
    });
    return this.opened;
  }

  /** Takes the flags apart, and has the profile that they name chosen. Throws AstroError("credentials") if there is none such. */
  protected override async parse<F extends Parsed, B extends Parsed, A extends Parsed>(
    options?: Interfaces.Input<F, B, A>,
    argv?: string[],
  ): Promise<Interfaces.ParserOutput<F, B, A>> {
    const parsed = await super.parse(options, argv);
    const { profile, rehearse } = parsed.flags;
    // The simulation has an account of its own.
    if (typeof profile === "string" && rehearse !== true) {
      this.profile = profile;
      const { refuseUnknownProfile } = await import("./operation/profile.ts");
      await refuseUnknownProfile(this.context, profile);
    }
    return parsed;
  }

  /** Prints `value` as JSON under `--json`, else the words of `render`. */
  protected async print(value: unknown, json: boolean, render: () => string | Promise<string>): Promise<void> {
    this.context.stdout.write(json ? `${jsonText(value, 2)}\n` : await render());
  }

  override async catch(thrown: Interfaces.CommandError): Promise<void> {
    // What `exit` throws is no error: it ends the command.
    if (isOclif(thrown) && "code" in thrown && thrown.code === "EEXIT") throw thrown;
    const error = await this.told(astroErrorOf(thrown));
    await reportError(this.context, error, this.isGiven("--json"));
    this.exit(error.exit);
  }

  /** The error as it is told: the commands of its hints have the profile of this run. */
  private async told(error: AstroError): Promise<AstroError> {
    if (this.profile === undefined) return error;
    const { withProfile } = await import("./operation/profile.ts");
    return withProfile(error, this.profile);
  }

  /** Whether a flag was given to astro: what follows `--` is another program's. */
  private isGiven(flag: string): boolean {
    const end = this.argv.indexOf("--");
    return this.argv.slice(0, end < 0 ? undefined : end).includes(flag);
  }
}

/** Says an error to a person on stderr, and with `json` to a program on stdout; with `--debug` its causes and stack traces too. */
export async function reportError({ stdout, stderr, debug }: Context, error: AstroError, json: boolean): Promise<void> {
  const { renderError, renderTrace } = await import("./view/error.ts");
  const { code, message, hint, hints, refusal } = error;
  // `hint` is what a person reads; `hints` has its commands as arrays of words.
  if (json) stdout.write(`${jsonText({ error: { code, message, hint, hints, ...(refusal && { refusal }) } })}\n`);
  stderr.write(renderError(error, stderr));
  if (debug) stderr.write(renderTrace(error));
}

/** The hint of an error that only a bug can cause. */
const BUG =
  "this is a bug in astro: run it again with --debug and report what that prints, the command and astro --version where you got astro; secrets are redacted";

function astroErrorOf(thrown: unknown): AstroError {
  // Around what a flag of ours has to say oclif puts words of its own.
  const [words = ""] = reasonOf(thrown)
    .replace(/^Parsing --\S+ \n\t/, "")
    .split("\nSee more help");
  if (thrown instanceof AstroError) {
    return words === thrown.message ? thrown : new AstroError(thrown.code, words, thrown.hints, thrown);
  }
  if (isOclif(thrown)) return new AstroError("usage", words, "see the command's flags with --help");
  return new AstroError("failed", reasonOf(thrown), BUG, thrown);
}

function isOclif(thrown: unknown): thrown is Error & { readonly oclif: { readonly exit?: number } } {
  return thrown instanceof Error && "oclif" in thrown;
}
