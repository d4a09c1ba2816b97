/**
 * What an account says of itself and of the region, as far as it has answered: a fact that is not there is not known, or
 * not known yet. A question reads the facts when it is shown; one that is open stays as it is.
 */
export type Account = {
  /** Twelve digits, and the alias that people know it by. */
  readonly id?: string;
  readonly alias?: string;
  /** Codes of the regions that are enabled. */
  readonly regions?: readonly string[];
  /** Public hosted zones; `isDelegated` where the DNS has told whether the domain's name servers are the zone's. */
  readonly hostedZones?: readonly { readonly id: string; readonly name: string; readonly isDelegated?: boolean }[];
  /** Classes that RDS offers there with the design's PostgreSQL. */
  readonly databaseClasses?: readonly string[];
  /** Node types that ElastiCache offers there. */
  readonly cacheNodes?: readonly string[];
  /** Tags in the environment's repository, the newest first. */
  readonly images?: readonly string[];
};

/** What is known of the account by now. */
export type AccountOf = () => Account;

export const NO_ACCOUNT: AccountOf = () => ({});
