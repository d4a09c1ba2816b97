import type { JsonObject } from "../../../template/types.ts";
import { isOn, partOf, rowsOf } from "../../resources/properties.ts";
import { uuid } from "../../state/hash.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, structures, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { createResource, deleteResource, findResource, listResources, tagList, tagsIn } from "../common/resources.ts";

const TYPE = "AWS::DynamoDB::Table";

/** The table a call names, by name or ARN. */
export function theTable(simulator: Simulator, call: Call, named = text(call.input, "TableName")): ServiceResource {
  const name = named?.split("/").at(-1) ?? "";
  const found = findResource(simulator, call, TYPE, name);
  if (!found) throw new AwsError("ResourceNotFoundException", `Requested resource not found: Table: ${name} not found`);
  return found;
}

/** The items of a table, by key. */
export function tableItems(simulator: Simulator, table: ServiceResource): { [key: string]: JsonObject } {
  const name = `${table.account}/${table.region}/${table.id}`;
  simulator.state.items[name] ??= {};
  return simulator.state.items[name];
}

type Key = { readonly AttributeName: string; readonly KeyType: "HASH" | "RANGE" };

/** Names of a table's (or one of its indexes') key attributes, the partition key first. */
export function keysOf(table: ServiceResource, index?: string): readonly string[] {
  const indexes = [
    ...rowsOf(table.properties.GlobalSecondaryIndexes),
    ...rowsOf(table.properties.LocalSecondaryIndexes),
  ];
  const owner = index === undefined ? table.properties : indexes.find(({ IndexName }) => IndexName === index);
  if (!owner) throw new AwsError("ValidationException", `The table does not have the specified index: ${index}`);
  const schema = (owner.KeySchema ?? []) as unknown as readonly Key[];
  return schema.toSorted((a, b) => (a.KeyType < b.KeyType ? -1 : 1)).map(({ AttributeName }) => AttributeName);
}

export function createTable(simulator: Simulator, call: Call): CallResult {
  const { input } = call;
  const name = text(input, "TableName") ?? "";
  if (findResource(simulator, call, TYPE, name)) {
    throw new AwsError("ResourceInUseException", `Table already exists: ${name}`);
  }
  const { Tags: _, ...properties } = input as JsonObject;
  const table = createResource(simulator, call, {
    type: TYPE,
    id: name,
    properties,
    tags: tagsIn(structures(input, "Tags")),
  });
  return { TableDescription: describe(simulator, table, "CREATING") };
}

export function deleteTable(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  if (isOn(table.properties.DeletionProtectionEnabled)) {
    throw new AwsError(
      "ValidationException",
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
  }
  const description = describe(simulator, table, "DELETING");
  deleteResource(simulator, table);
  return { TableDescription: description };
}

/** Changes a table's protection; other settings can only be changed by its stack. */
export function updateTable(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  const { DeletionProtectionEnabled } = call.input as JsonObject;
  if (DeletionProtectionEnabled === undefined)
    throw new AwsError("ValidationException", "At least one of the parameters of UpdateTable is required");
  table.properties = { ...table.properties, DeletionProtectionEnabled };
  return { TableDescription: describe(simulator, table, "UPDATING") };
}

export function describeTable(simulator: Simulator, call: Call): CallResult {
  return { Table: describe(simulator, theTable(simulator, call), "ACTIVE") };
}

export function listTables(simulator: Simulator, call: Call): CallResult {
  return {
    TableNames: listResources(simulator, call, TYPE)
      .map(({ id }) => id)
      .toSorted(),
  };
}

/** The table's stream, which has no records. */
function streamOf({ attributes, properties, created }: ServiceResource): CallResult {
  const { StreamViewType } = partOf(properties.StreamSpecification);
  if (StreamViewType === undefined) return {};
  const label = new Date(created).toISOString().slice(0, 23);
  return {
    StreamSpecification: { StreamEnabled: true, StreamViewType },
    LatestStreamArn: attributes.StreamArn,
    LatestStreamLabel: label,
  };
}

/**
 * A table's warm throughput ("Understanding DynamoDB warm throughput": 12,000 and 4,000 on demand, else what is
 * provisioned).
 */
function warmOf({ properties }: ServiceResource): CallResult {
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = partOf(properties.ProvisionedThroughput);
  const isOnDemand = properties.BillingMode === "PAY_PER_REQUEST";
  return {
    ReadUnitsPerSecond: isOnDemand ? 12_000 : Number(ReadCapacityUnits),
    WriteUnitsPerSecond: isOnDemand ? 4000 : Number(WriteCapacityUnits),
    Status: "ACTIVE",
  };
}

/** The AWS owned key if none is named (API Reference, "SSEDescription"). */
function encryptionOf({ account, region }: ServiceResource, { KMSMasterKeyId }: JsonObject): CallResult {
  const key = String(KMSMasterKeyId ?? uuid(account, region, "aws/dynamodb"));
  const arn = key.startsWith("arn:") ? key : `arn:aws:kms:${region}:${account}:key/${key}`;
  return { Status: "ENABLED", SSEType: "KMS", KMSMasterKeyArn: arn };
}

function describe(simulator: Simulator, table: ServiceResource, status: string): CallResult {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, LocalSecondaryIndexes, BillingMode } =
    table.properties;
  const { TableClass, DeletionProtectionEnabled, SSESpecification, ProvisionedThroughput } = table.properties;
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = partOf(ProvisionedThroughput);
  return {
    TableName: table.id,
    TableArn: table.attributes.Arn,
    TableId: uuid(table.account, table.region, table.id, table.created),
    TableStatus: status,
    CreationDateTime: table.created / 1000,
    KeySchema,
    AttributeDefinitions,
    ItemCount: Object.keys(tableItems(simulator, table)).length,
    TableSizeBytes: 0,
    ProvisionedThroughput: {
      NumberOfDecreasesToday: 0,
      ReadCapacityUnits: Number(ReadCapacityUnits),
      WriteCapacityUnits: Number(WriteCapacityUnits),
    },
    ...(BillingMode === "PAY_PER_REQUEST" && {
      BillingModeSummary: { BillingMode, LastUpdateToPayPerRequestDateTime: table.created / 1000 },
    }),
    WarmThroughput: warmOf(table),
    ...(rowsOf(GlobalSecondaryIndexes).length > 0 && {
      GlobalSecondaryIndexes: rowsOf(GlobalSecondaryIndexes).map((index) => ({ ...index, IndexStatus: "ACTIVE" })),
    }),
    ...(rowsOf(LocalSecondaryIndexes).length > 0 && { LocalSecondaryIndexes }),
    ...streamOf(table),
    ...(TableClass !== undefined && { TableClassSummary: { TableClass } }),
    ...(SSESpecification !== undefined && { SSEDescription: encryptionOf(table, partOf(SSESpecification)) }),
    DeletionProtectionEnabled: isOn(DeletionProtectionEnabled),
  };
}

export function listTagsOfResource(simulator: Simulator, call: Call): CallResult {
  return { Tags: tagList(theTable(simulator, call, text(call.input, "ResourceArn"))) };
}

export function describeTimeToLive(simulator: Simulator, call: Call): CallResult {
  const { Enabled, AttributeName } = partOf(theTable(simulator, call).properties.TimeToLiveSpecification);
  return {
    TimeToLiveDescription: isOn(Enabled)
      ? { TimeToLiveStatus: "ENABLED", AttributeName }
      : { TimeToLiveStatus: "DISABLED" },
  };
}

export function describeContinuousBackups(simulator: Simulator, call: Call): CallResult {
  const backups = partOf(theTable(simulator, call).properties.PointInTimeRecoverySpecification);
  const status = isOn(backups.PointInTimeRecoveryEnabled) ? "ENABLED" : "DISABLED";
  return {
    ContinuousBackupsDescription: {
      ContinuousBackupsStatus: "ENABLED",
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: status },
    },
  };
}
