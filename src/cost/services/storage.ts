import { assumed, type Billed, type CostFinding, line, list, MONTH, number, unpriced, values } from "../finding.ts";

/** A bucket's contents in the Standard class and its requests (Amazon S3 pricing). */
export function* bucket(it: Billed): Iterable<CostFinding> {
  yield line("CloudFront + S3", "S3 storage", "s3.standard.gb_month", it.usage.get("storageGB"));
  yield line("CloudFront + S3", "S3 writes", "s3.standard.request.put_copy_post_list", it.usage.get("putRequests"));
  yield line("CloudFront + S3", "S3 reads", "s3.standard.request.get", it.usage.get("getRequests"));
}

/** A repository's images (Amazon ECR pricing). */
export function* repository(it: Billed): Iterable<CostFinding> {
  yield line("Other", "images", "ecr.storage.gb_month", it.usage.get("storageGB"));
}

/**
 * A table: request units on demand, or the capacity that it and its global indexes are provisioned with, all month;
 * storage, backups (Amazon DynamoDB pricing, "on-demand capacity" and "provisioned capacity").
 */
export function* table(it: Billed): Iterable<CostFinding> {
  const { BillingMode, TableClass } = it.properties();
  if (TableClass === "STANDARD_INFREQUENT_ACCESS") {
    yield unpriced("no prices for the infrequent-access table class");
    return;
  }
  if (BillingMode === "PAY_PER_REQUEST") {
    yield line("Other", "table reads", "dynamodb.on_demand.rru", it.usage.get("readRequests"));
    yield line("Other", "table writes", "dynamodb.on_demand.wru", it.usage.get("writeRequests"));
  } else yield* provisioned(it);
  yield line("Other", "table storage", "dynamodb.storage.gb_month", it.usage.get("storageGB"));
  yield line("Other", "point-in-time recovery", "dynamodb.pitr.gb_month", it.usage.get("pitrGB"));
  yield line("Other", "table backups", "dynamodb.backup.gb_month", it.usage.get("backupGB"));
}

function* provisioned(it: Billed): Iterable<CostFinding> {
  const { GlobalSecondaryIndexes, ProvisionedThroughput } = it.properties();
  const indexes = (list(GlobalSecondaryIndexes) ?? []).map((index) => values(index).ProvisionedThroughput);
  const capacities = [ProvisionedThroughput, ...indexes].map(values);
  const sum = (name: string) => capacities.reduce((total, one) => total + (number(one[name]) ?? 0), 0);
  if (capacities.some((one) => number(one.ReadCapacityUnits) === undefined))
    yield unpriced("the throughput it is provisioned with is not in the templates");
  yield line("Other", "read capacity", "dynamodb.provisioned.rcu_hour", sum("ReadCapacityUnits") * MONTH);
  yield line("Other", "write capacity", "dynamodb.provisioned.wcu_hour", sum("WriteCapacityUnits") * MONTH);
  if (it.usage.given("readRequests") !== undefined || it.usage.given("writeRequests") !== undefined)
    yield assumed(`${it.id} pays for provisioned capacity, not for requests`);
}
