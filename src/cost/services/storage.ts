import { type Billed, type Finding, line, unpriced } from "../finding.ts";

/** A bucket's contents in the Standard class and its requests (Amazon S3 pricing). */
export function* bucket(it: Billed): Iterable<Finding> {
  yield line("CloudFront + S3", "S3 storage", "s3.standard.gb_month", it.usage.get("storageGB"));
  yield line("CloudFront + S3", "S3 writes", "s3.standard.request.put_copy_post_list", it.usage.get("putRequests"));
  yield line("CloudFront + S3", "S3 reads", "s3.standard.request.get", it.usage.get("getRequests"));
}

/** A repository's images (Amazon ECR pricing). */
export function* repository(it: Billed): Iterable<Finding> {
  yield line("Other", "images", "ecr.storage.gb_month", it.usage.get("storageGB"));
}

/** An on-demand table: request units, storage, backups (Amazon DynamoDB pricing, "on-demand capacity"). */
export function* table(it: Billed): Iterable<Finding> {
  const { BillingMode, TableClass } = it.properties();
  if (TableClass === "STANDARD_INFREQUENT_ACCESS") {
    yield unpriced("no prices for the infrequent-access table class");
    return;
  }
  if (BillingMode === "PAY_PER_REQUEST") {
    yield line("Other", "table reads", "dynamodb.on_demand.rru", it.usage.get("readRequests"));
    yield line("Other", "table writes", "dynamodb.on_demand.wru", it.usage.get("writeRequests"));
  } else yield unpriced("no prices for provisioned throughput, only for on-demand tables");
  yield line("Other", "table storage", "dynamodb.storage.gb_month", it.usage.get("storageGB"));
  yield line("Other", "point-in-time recovery", "dynamodb.pitr.gb_month", it.usage.get("pitrGB"));
  yield line("Other", "table backups", "dynamodb.backup.gb_month", it.usage.get("backupGB"));
}
