/** An identity provider of an account: whose tokens its roles may trust, and for whom these have to be. */
export type TokenProvider = { readonly arn: string; readonly audiences: readonly string[] };

/** What `astro ci github` asks of an account. */
export type Providers = {
  /** The account's OpenID Connect provider of this issuer, a host name; `undefined` where it has none. */
  readonly tokenProvider: (issuer: string) => Promise<TokenProvider | undefined>;
};
