import type { CommandLine } from "../command-line.ts";
import type { RecoveryOptions } from "../provision/engine.ts";
import { redact } from "../redact.ts";
import type { ParameterOptions } from "./parameters.ts";

/** Input of the commands that work on an environment: their flags, in camelCase. */
export type OperationOptions = {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  /** The AWS profile of this run; the variables are set by it already. */
  readonly profile?: string | undefined;
  /** Region and project of an environment that astro.yaml no longer names, or names differently. */
  readonly region?: string | undefined;
  readonly project?: string | undefined;
  readonly json: boolean;
  readonly rehearse: boolean;
  readonly speed: string;
  readonly fault?: readonly string[] | undefined;
  readonly seed?: number | undefined;
};

/** Input of the commands that change an environment. */
type ChangingOptions = OperationOptions & {
  readonly wait: boolean;
  readonly skipResource?: readonly string[] | undefined;
  readonly retain?: readonly string[] | undefined;
};

/** Where the stacks come from and how they wait for each other. */
export type SourceOptions = ParameterOptions & {
  readonly assembly?: string | undefined;
  readonly order?: string | undefined;
  /** Stacks of others that are to become the environment's. */
  readonly adoptStack?: readonly string[] | undefined;
  /** Environments that astro.yaml no longer names, beside which another is made: PROJECT/ENVIRONMENT/REGION each. */
  readonly beside?: readonly string[] | undefined;
};

export type PlanOptions = OperationOptions & SourceOptions & { readonly out?: string | undefined };
export type ProvisionOptions = ChangingOptions &
  SourceOptions & {
    readonly yes: boolean;
    readonly noPreflight?: boolean | undefined;
    readonly revertDrift?: boolean | undefined;
    readonly deleteLeftover?: readonly string[] | undefined;
    readonly adopt?: readonly string[] | undefined;
    readonly allowReplace?: readonly string[] | undefined;
    /** Services whose stack's task definition is to take the place of what others deployed. */
    readonly putBack?: readonly string[] | undefined;
    /** A plan that `astro plan --out` wrote. */
    readonly file?: string | undefined;
  };
export type DestroyOptions = ChangingOptions & {
  readonly yes: boolean;
  readonly bootstrap: boolean;
  readonly confirm?: string | undefined;
  /** Stacks of others with names of the environment's, which are to stay. */
  readonly leaveStack?: readonly string[] | undefined;
  /** The cloud assembly of an app without astro.yaml: it says which environment is meant. */
  readonly assembly?: string | undefined;
};

/** What the flags allow to get a stack out of a state that CloudFormation does not leave by itself. */
export function recoveryOptionsOf(
  flags: ChangingOptions & Partial<Pick<ProvisionOptions, "deleteLeftover" | "adopt">>,
): RecoveryOptions {
  const { skipResource: skip = [], retain = [], deleteLeftover: clear = [], adopt = [] } = flags;
  return { skip, retain, clear, adopt };
}

/** As whom the commands go on that a run prints: `--profile NAME` where it was given one, and none in a rehearsal. */
export function profileWords({
  profile,
  rehearse,
}: Partial<Pick<OperationOptions, "profile" | "rehearse">>): CommandLine {
  return profile === undefined || rehearse ? [] : ["--profile", profile];
}

/**
 * A command on the same environment with the user's own flags, but for those that say how a run is agreed to or printed
 * (`--yes`, `--confirm`, `--json`), and what goes wrong in a rehearsal: a run that goes on is to go well.
 */
export function commandWith(
  command: string,
  environment: string,
  flags: OperationOptions &
    Partial<
      Pick<
        ProvisionOptions,
        | "assembly"
        | "parameter"
        | "parameters"
        | "order"
        | "adoptStack"
        | "beside"
        | "allowReplace"
        | "putBack"
        | "file"
        | "deleteLeftover"
        | "adopt"
        | "skipResource"
        | "retain"
        | "revertDrift"
        | "noPreflight"
        | "wait"
      >
    > &
    Partial<Pick<DestroyOptions, "leaveStack" | "bootstrap">>,
): CommandLine {
  const words = [
    "astro",
    ...command.split(" "),
    ...(flags.file === undefined ? [] : [flags.file]),
    "--env",
    environment,
  ];
  if (flags.region !== undefined) words.push("--region", flags.region);
  if (flags.project !== undefined) words.push("--project", flags.project);
  if (flags.assembly !== undefined) words.push("--assembly", flags.assembly);
  // A password is typed again by whoever knows it; the others are copied.
  for (const given of flags.parameter ?? []) words.push("--parameter", redact(given));
  if (flags.parameters !== undefined) words.push("--parameters", flags.parameters);
  if (flags.order !== undefined) words.push("--order", flags.order);
  for (const place of flags.beside ?? []) words.push("--beside", place);
  for (const name of flags.adoptStack ?? []) words.push("--adopt-stack", name);
  for (const name of flags.leaveStack ?? []) words.push("--leave-stack", name);
  for (const id of flags.allowReplace ?? []) words.push("--allow-replace", id);
  for (const id of flags.putBack ?? []) words.push("--put-back", id);
  // What was agreed to before is agreed to still: with two things in the way, the way past each leads past both.
  for (const id of flags.deleteLeftover ?? []) words.push("--delete-leftover", id);
  for (const id of flags.adopt ?? []) words.push("--adopt", id);
  for (const id of flags.skipResource ?? []) words.push("--skip-resource", id);
  for (const id of flags.retain ?? []) words.push("--retain", id);
  if (flags.revertDrift) words.push("--revert-drift");
  if (flags.noPreflight) words.push("--no-preflight");
  if (flags.bootstrap) words.push("--bootstrap");
  if (flags.wait) words.push("--wait");
  if (flags.dir !== undefined) words.push("--dir", flags.dir);
  words.push(...profileWords(flags));
  if (flags.rehearse) words.push("--rehearse");
  if (flags.rehearse && flags.speed !== "60") words.push("--speed", flags.speed);
  return words;
}
