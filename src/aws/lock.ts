import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { LOCK_TABLE } from "../plan/bootstrap.ts";
import type { Cloud, Lock } from "../provision/cloud.ts";
import { ask, codeOf } from "./errors.ts";
import type { Session } from "./session.ts";

type Part = Pick<Cloud, "lock" | "takeLock" | "keepLock" | "dropLock">;
type Item = { readonly [name: string]: AttributeValue };

/** A table that is being made or deleted answers like one that is not there. */
const isMissing = (error: unknown) => codeOf(error) === "ResourceNotFoundException";

/** Locks as conditional writes (Amazon DynamoDB Developer Guide, "Condition expressions"). */
export function locks(session: Session): Part {
  const at = session.dynamodb;
  return {
    lock: (region, id) => ask("dynamodb:GetItem", () => read(at(region), id), isMissing),
    takeLock: (region, lock, over) => ask("dynamodb:PutItem", () => take(at(region), lock, over), isMissing),
    keepLock: async (region, { id, run, heartbeat }) => {
      const command = new UpdateItemCommand({
        TableName: LOCK_TABLE,
        Key: { id: { S: id } },
        UpdateExpression: "SET heartbeat = :now",
        ConditionExpression: "#run = :run",
        ExpressionAttributeNames: { "#run": "run" },
        ExpressionAttributeValues: { ":run": { S: run }, ":now": { S: heartbeat } },
      });
      // Without a table nobody else can have the lock either: a removal of everything ends so.
      return (await ask("dynamodb:UpdateItem", () => granted(at(region).send(command)), isMissing)) ?? true;
    },
    dropLock: async (region, { id, run }) => {
      const command = new DeleteItemCommand({
        TableName: LOCK_TABLE,
        Key: { id: { S: id } },
        ConditionExpression: "#run = :run",
        ExpressionAttributeNames: { "#run": "run" },
        ExpressionAttributeValues: { ":run": { S: run } },
      });
      return (await ask("dynamodb:DeleteItem", () => granted(at(region).send(command)), isMissing)) ?? false;
    },
  };
}

async function read(client: DynamoDBClient, id: string): Promise<Lock | undefined> {
  const command = new GetItemCommand({ TableName: LOCK_TABLE, Key: { id: { S: id } }, ConsistentRead: true });
  const { Item } = await client.send(command);
  return Item && asLock(Item);
}

async function take(client: DynamoDBClient, lock: Lock, over: Lock | undefined): Promise<Lock> {
  // Its own run: the answer to an earlier try may have been lost.
  const free = "attribute_not_exists(id) OR #run = :run";
  const command = new PutItemCommand({
    TableName: LOCK_TABLE,
    Item: Object.fromEntries(Object.entries(lock).map(([name, value]) => [name, { S: value }])),
    ConditionExpression: over === undefined ? free : `${free} OR (#run = :other AND heartbeat = :silent)`,
    ExpressionAttributeNames: { "#run": "run" },
    ExpressionAttributeValues: {
      ":run": { S: lock.run },
      ...(over && { ":other": { S: over.run }, ":silent": { S: over.heartbeat } }),
    },
  });
  while (true) {
    if (await granted(client.send(command))) return lock;
    const holder = await read(client, lock.id);
    // Given up between the two calls.
    if (holder) return holder;
  }
}

async function granted(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function asLock(item: Item): Lock {
  const text = (name: string) => item[name]?.S ?? "";
  return {
    id: text("id"),
    run: text("run"),
    who: text("who"),
    host: text("host"),
    process: text("process"),
    operation: text("operation"),
    since: text("since"),
    heartbeat: text("heartbeat"),
  };
}
