/** Keys that JavaScript takes for something else: it makes words of nothing that has them. Nobody's file needs one. */
export const NO_KEYS: readonly string[] = ["__proto__", "toString", "valueOf"];

/** Levels that anything written by somebody else may be nested; AWS's own templates come to some thirty. */
export const DEEPEST = 100;

/** Words (names, values, signs) of a YAML file that are read: its library takes a second for every 100,000. */
export const MOST_WORDS = 300_000;

/** Maps that a YAML file merges into others: its library goes through the whole file for each, and again for one in another. */
export const MOST_MERGES = 50;

/** Things wrong with one file that are said at once. */
export const MOST_SAID = 20;

const KB = 1024;
const MB = 1024 * KB;

/** The most bytes of each kind of file that is read: many times what anybody writes, and read in a few seconds. */
export const MOST_BYTES = {
  config: 512 * KB,
  /** A file of the app that astro wrote, or its note of them. */
  source: MB,
  usage: 512 * KB,
  faults: 512 * KB,
  /** CloudFormation takes a template of 1 MB (CloudFormation User Guide, "Understand CloudFormation quotas"). */
  template: MB,
  /** Of a cloud assembly: its manifests, and templates with all the blanks that the CDK writes. */
  assembly: 16 * MB,
  /** All templates of one together. */
  templates: 64 * MB,
  plan: 32 * MB,
  note: MB,
} as const;
