/** Keys with a meaning of their own in JavaScript; no file needs one. */
export const NO_KEYS: readonly string[] = ["__proto__", "toString", "valueOf"];

/** Levels that an input file may be nested; AWS's own templates have some thirty. */
export const DEEPEST = 100;

/** Tokens of a YAML file that are read: its library takes a second for every 100,000. */
export const MOST_TOKENS = 300_000;

/** Merge keys of a YAML file: its library walks the whole file for each, and again for nested ones. */
export const MOST_MERGES = 50;

/** Problems of one file that are reported at once. */
export const MOST_SAID = 20;

const KB = 1024;
const MB = 1024 * KB;

/** The largest file of each kind that is read, in bytes: far above real files, and read within a few seconds. */
export const MOST_BYTES = {
  config: 512 * KB,
  /** A file of the app that astro wrote, or its manifest. */
  source: MB,
  usage: 512 * KB,
  faults: 512 * KB,
  /** CloudFormation takes a template of 1 MB (CloudFormation User Guide, "Understand CloudFormation quotas"). */
  template: MB,
  /** A file of a cloud assembly: manifests, and templates with the CDK's indentation. */
  assembly: 16 * MB,
  /** All templates of one assembly together. */
  templates: 64 * MB,
  plan: 32 * MB,
  note: MB,
} as const;
