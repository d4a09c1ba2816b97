import { describe, expect, it } from "vitest";
import { type JsonAnswer, rehearse } from "./support/driver.ts";

async function table() {
  const { json } = await rehearse();
  const call = (operation: string, input: object): Promise<JsonAnswer> =>
    json("dynamodb", `DynamoDB_20120810.${operation}`, { TableName: "locks", ...input });
  const keys = [
    { AttributeName: "id", KeyType: "HASH" },
    { AttributeName: "at", KeyType: "RANGE" },
  ];
  const AttributeDefinitions = [
    { AttributeName: "id", AttributeType: "S" },
    { AttributeName: "at", AttributeType: "N" },
  ];
  await call("CreateTable", { KeySchema: keys, AttributeDefinitions, BillingMode: "PAY_PER_REQUEST" });
  const key = (id: string, at = 1) => ({ id: { S: id }, at: { N: String(at) } });
  return { call, key };
}

describe("a table", () => {
  it("puts an item only if its condition holds, and returns the conflicting one", async () => {
    const { call, key } = await table();
    const lock = (who: string) => ({
      Item: { ...key("lock"), who: { S: who } },
      ConditionExpression: "attribute_not_exists(id) OR who = :me",
      ExpressionAttributeValues: { ":me": { S: who } },
    });
    expect(await call("PutItem", lock("a"))).toMatchObject({ status: 200 });
    expect(await call("PutItem", lock("b"))).toMatchObject({
      status: 400,
      __type: "ConditionalCheckFailedException",
      message: "The conditional request failed",
    });
    expect(await call("PutItem", { ...lock("b"), ReturnValuesOnConditionCheckFailure: "ALL_OLD" })).toMatchObject({
      Item: { who: { S: "a" } },
    });
    expect(await call("PutItem", lock("a"))).toMatchObject({ status: 200 });
    expect(await call("GetItem", { Key: key("lock") })).toMatchObject({ Item: { who: { S: "a" } } });
  });

  it("changes items by expression: numbers, lists, maps, sets", async () => {
    const { call, key } = await table();
    await call("PutItem", {
      Item: {
        ...key("k"),
        n: { N: "1" },
        list: { L: [{ S: "a" }] },
        map: { M: { x: { S: "1" }, y: { S: "2" } } },
        set: { SS: ["a", "b"] },
        old: { BOOL: true },
      },
    });
    const changed = await call("UpdateItem", {
      Key: key("k"),
      UpdateExpression:
        "SET n = n + :one, #l = list_append(#l, :more), map.x = if_not_exists(map.z, :new), fresh = if_not_exists(fresh, :new) REMOVE old, map.y ADD seen :one DELETE #s :gone",
      ExpressionAttributeNames: { "#l": "list", "#s": "set" },
      ExpressionAttributeValues: {
        ":one": { N: "1" },
        ":more": { L: [{ S: "b" }] },
        ":new": { S: "new" },
        ":gone": { SS: ["b"] },
      },
      ReturnValues: "ALL_NEW",
    });
    expect(changed.Attributes).toEqual({
      ...key("k"),
      n: { N: "2" },
      list: { L: [{ S: "a" }, { S: "b" }] },
      map: { M: { x: { S: "new" } } },
      set: { SS: ["a"] },
      fresh: { S: "new" },
      seen: { N: "1" },
    });
  });

  it("answers queries and scans in order, page by page, filtered", async () => {
    const { call, key } = await table();
    for (const at of [3, 1, 2]) await call("PutItem", { Item: { ...key("k", at), even: { BOOL: at % 2 === 0 } } });
    await call("PutItem", { Item: key("other") });
    const query = {
      KeyConditionExpression: "id = :id AND #a BETWEEN :low AND :high",
      ExpressionAttributeNames: { "#a": "at" },
      ExpressionAttributeValues: { ":id": { S: "k" }, ":low": { N: "1" }, ":high": { N: "3" } },
    };
    const ats = (answer: JsonAnswer) => (answer.Items as { at: { N: string } }[]).map(({ at }) => at.N);
    expect(ats(await call("Query", query))).toEqual(["1", "2", "3"]);
    expect(ats(await call("Query", { ...query, ScanIndexForward: false }))).toEqual(["3", "2", "1"]);
    const first = await call("Query", { ...query, Limit: 2 });
    expect([ats(first), first.LastEvaluatedKey]).toEqual([["1", "2"], key("k", 2)]);
    expect(ats(await call("Query", { ...query, ExclusiveStartKey: first.LastEvaluatedKey }))).toEqual(["3"]);
    const even = await call("Scan", {
      FilterExpression: "even = :yes",
      ExpressionAttributeValues: { ":yes": { BOOL: true } },
    });
    expect([even.Count, even.ScannedCount]).toEqual([1, 4]);
  });

  it("writes all of a transaction or nothing", async () => {
    const { call, key } = await table();
    const put = (id: string, more: object = {}) => ({ Put: { TableName: "locks", Item: key(id), ...more } });
    await call("PutItem", { Item: key("there") });
    const failed = await call("TransactWriteItems", {
      TransactItems: [put("new"), put("there", { ConditionExpression: "attribute_not_exists(id)" })],
    });
    expect(failed).toMatchObject({
      __type: "TransactionCanceledException",
      message:
        "Transaction cancelled, please refer cancellation reasons for specific reasons [None, ConditionalCheckFailed]",
    });
    expect(await call("GetItem", { Key: key("new") })).toEqual({ status: 200 });
  });

  it("refuses invalid requests", async () => {
    const { call, key } = await table();
    expect(await call("GetItem", { Key: { id: { S: "k" } } })).toMatchObject({
      __type: "ValidationException",
      message: "The provided key element does not match the schema",
    });
    expect(await call("UpdateItem", { Key: key("k"), UpdateExpression: "SET = :x" })).toMatchObject({
      __type: "ValidationException",
    });
    expect(await call("Scan", { FilterExpression: "a = :missing" })).toMatchObject({
      message: "An expression attribute value used in expression is not defined; attribute value: :missing",
    });
    expect(await call("GetItem", { TableName: "none", Key: key("k") })).toMatchObject({
      __type: "ResourceNotFoundException",
      message: "Requested resource not found: Table: none not found",
    });
  });
});
