import type { CommandLine } from "../command-line.ts";
import type { Drift } from "../plan/drift.ts";
import type { Site } from "../plan/provision-plan.ts";
import type { StoredValues } from "../plan/stored-values.ts";
import type { CheckCode } from "../provision/warning.ts";
import type { Stack } from "../synth/assembly.ts";
import type { Declared } from "./declared.ts";
import type { CheckVerdict } from "./finding.ts";
import type { LookUps } from "./look-ups.ts";
import type { NamedResource } from "./named.ts";

/** Everything a check may look at. */
export type Scene = {
  readonly site: Site;
  /** Every resource of the plan, what it makes and what it leaves alone. */
  readonly resources: readonly Declared[];
  /** The stacks of the plan, those of them that it makes or changes, and what stands in Parameter Store of what they need. */
  readonly stacks?: readonly Stack[];
  readonly changing?: readonly Stack[];
  readonly values?: StoredValues;
  /** What has moved since the stacks were deployed, and why nobody could look at some of it. */
  readonly moved?: readonly (Drift & { readonly stack: string })[];
  readonly unseen?: readonly string[];
  /** The command that carries the plan out, flags and all. */
  readonly again: CommandLine;
  /** Seconds the plan is expected to take. */
  readonly seconds: number;
  /** The account that astro.yaml names, or the app where there is none. */
  readonly pinned?: string;
  /** True where there is no astro.yaml: what it would say is said by the app and by flags. */
  readonly foreign?: boolean;
  /** False in a rehearsal and on an emulator: there is no account to mistake. */
  readonly real: boolean;
  /** Name servers a domain has in the DNS everybody sees, empty if none; `undefined` where no such DNS leads. */
  readonly nameServers: (domain: string) => Promise<readonly string[] | undefined>;
  /** Names that stacks of the environment have now. */
  readonly held: readonly NamedResource[];
  /** Logical ids whose names may be taken: the run deletes or takes over what has them. */
  readonly yielding: readonly string[];
  readonly now: () => Date;
  readonly look: LookUps;
};

/** Something to look at before AWS is changed. */
export type PreflightCheck = {
  readonly code: CheckCode;
  /** The AWS document that the rule is from. */
  readonly document: string;
  /** Empty, and without any look-up, where the plan has nothing for it. */
  readonly of: (scene: Scene) => Promise<readonly CheckVerdict[]>;
};
