import { type Billed, type CostFinding, line, list, text, unpriced } from "../finding.ts";

/** A KMS key and its symmetric requests (AWS KMS pricing). */
export function* key(it: Billed): Iterable<CostFinding> {
  yield line("Other", "KMS key", "kms.key.month", 1);
  yield line("Other", "KMS requests", "kms.request.symmetric", it.usage.get("requests"));
}

/** A replica of a multi-Region key, billed as the key itself is, and its requests (AWS KMS pricing). */
export function* replicaKey(it: Billed): Iterable<CostFinding> {
  yield line("Other", "KMS replica key", "kms.key.month", 1);
  yield line("Other", "KMS requests", "kms.request.symmetric", it.usage.get("requests"));
}

/** A secret, once more for each region it is copied to, and its API calls (AWS Secrets Manager pricing). */
export function* secret(it: Billed): Iterable<CostFinding> {
  const copies = list(it.properties().ReplicaRegions)?.length ?? 0;
  yield line("Other", "secret", "secretsmanager.secret.month", 1 + copies);
  yield line("Other", "secret requests", "secretsmanager.request", it.usage.get("requests"));
}

/** A Parameter Store parameter: free in the standard tier (AWS Systems Manager pricing). */
export function* parameter(it: Billed): Iterable<CostFinding> {
  const tier = text(it.properties().Tier) ?? "Standard";
  if (tier !== "Standard") yield unpriced(`no price for a parameter of the tier ${tier}`);
}
