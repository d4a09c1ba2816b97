/** A recorded case that is answered otherwise, because AWS is another today. */
type Explained = { readonly where: string; readonly why: string; readonly source: string };

/** Cases that AWS itself would answer otherwise now. */
export const EXPLAINED: readonly Explained[] = [];

/** Recorded cases of localstack's CloudFormation tests that ask for what this AWS does not do, and why not. */
export const OUT_OF_SCOPE: readonly { readonly what: string; readonly cases: number }[] = [];
