/** Values of variables by their names: secrets, shown nowhere. */
export type SecretPairs = { readonly [name: string]: string };

/** The secret with the environment's own variables. Throws AstroError, in whose words there is no value. */
export type AppSecret = {
  /** What it holds; `undefined` if there is no such secret. */
  readonly appSecret: (region: string, secret: string) => Promise<SecretPairs | undefined>;
  /** Puts all of it anew, as a version of its own; `token` (32 to 64 characters) makes it one however often it is sent. */
  readonly putAppSecret: (region: string, secret: string, pairs: SecretPairs, token: string) => Promise<void>;
};
