/** What is asked of an account while an environment is chosen. Each look-up throws `NotChecked` as those of preflight do. */
export type AccountLookUps = {
  /** Twelve digits. */
  readonly accountId: () => Promise<string>;
  /** The name that people know the account by; `undefined` where it has none. */
  readonly accountAlias: () => Promise<string | undefined>;
  /** Codes of the regions that are enabled. */
  readonly enabledRegions: () => Promise<readonly string[]>;
  /** Public hosted zones, at most a hundred, without the root's dot. */
  readonly publicZones: () => Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Tags of a repository's images, the newest image's first; none where there is no such repository. */
  readonly imageTags: (region: string, repository: string) => Promise<readonly string[]>;
  /** Names of the environments that stand in the region, by the tags of their stacks. */
  readonly standing: (region: string, project: string) => Promise<readonly string[]>;
};
