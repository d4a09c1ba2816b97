/**
 * What an account says of itself and of a place in it, as far as it has answered: a fact that is not there is not known, or not
 * known yet. A question reads the facts when it is shown; one that is open stays as it is.
 */
export type Account = {
  /** Twelve digits, and the alias that people know it by. */
  readonly id?: string;
  readonly alias?: string;
  /** Codes of the regions that are enabled. */
  readonly regions?: readonly string[];
  /** Public hosted zones; `isDelegated` where the DNS has told whether the domain's name servers are the zone's. */
  readonly hostedZones?: readonly HostedZone[];
  /** Classes of databases and types of cache nodes that AWS does not offer there. */
  readonly withoutDatabaseClasses?: readonly string[];
  readonly withoutCacheNodes?: readonly string[];
  /** Environments of the project that stand in the region. */
  readonly standing?: readonly string[];
  /** Tags in the environment's repository, the newest first. */
  readonly images?: readonly string[];
};

export type HostedZone = { readonly id: string; readonly name: string; readonly isDelegated?: boolean };

/** Where an environment is to be, as far as somebody has said so. */
export type AccountPlace = { readonly region: string; readonly project?: string; readonly environment?: string };

/** What is known of the account by now. */
export type AccountOf = (place: AccountPlace) => Account;

export const NO_ACCOUNT: AccountOf = () => ({});
