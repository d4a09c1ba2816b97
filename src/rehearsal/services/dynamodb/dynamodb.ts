import { jsonProtocol, type Service } from "../../wire/protocol.ts";
import { batchWriteItem, transactWriteItems } from "./batches.ts";
import { deleteItem, getItem, putItem, updateItem } from "./items.ts";
import { batchGetItem, query, scan } from "./reading.ts";
import {
  createTable,
  deleteTable,
  describeContinuousBackups,
  describeTable,
  describeTimeToLive,
  listTables,
  listTagsOfResource,
  updateTable,
} from "./tables.ts";

/** Amazon DynamoDB, API version 2012-08-10. */
export const DYNAMODB: Service = {
  protocol: jsonProtocol("1.0"),
  operations: {
    BatchGetItem: batchGetItem,
    BatchWriteItem: batchWriteItem,
    CreateTable: createTable,
    DeleteItem: deleteItem,
    DeleteTable: deleteTable,
    DescribeContinuousBackups: describeContinuousBackups,
    DescribeTable: describeTable,
    DescribeTimeToLive: describeTimeToLive,
    GetItem: getItem,
    ListTables: listTables,
    ListTagsOfResource: listTagsOfResource,
    PutItem: putItem,
    Query: query,
    Scan: scan,
    TransactWriteItems: transactWriteItems,
    UpdateItem: updateItem,
    UpdateTable: updateTable,
  },
};
