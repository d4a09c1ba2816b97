import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Moment, millisecondsBetween } from "../clock.ts";
import { LOCK_TABLE } from "../plan/bootstrap.ts";
import type { Cloud, Lock } from "../provision/cloud.ts";
import { lockAbandoned, lockLost } from "../provision/lock.ts";
import { callOptional, codeOf } from "./errors.ts";
import type { Confirmed } from "./fence.ts";
import type { AwsSession } from "./session.ts";

type Part = Pick<Cloud, "lock" | "takeLock" | "keepLock" | "dropLock">;
type Item = { readonly [name: string]: AttributeValue };

/** A table that is being made or deleted answers like one that is not there. */
const isMissing = (error: unknown) => codeOf(error) === "ResourceNotFoundException";

/**
 * Locks as conditional writes (Amazon DynamoDB Developer Guide, "Condition expressions"). What they answer opens and
 * shuts the session's fence: whoever holds a lock changes nothing that the table has not confirmed lately.
 */
export function locks({ locks: at, fence }: AwsSession): Part {
  const lock: Part["lock"] = (region, id) => callOptional("dynamodb:GetItem", () => read(at(region), id), isMissing);

  const holdOf = (region: string, own: Lock, sent: Moment) => {
    // A sign of life must be a new one, and by the holder's clock: that may be a rehearsal's.
    const later = () => {
      const passed = millisecondsBetween(sent, fence.now());
      const past = Number.isFinite(passed) ? Math.max(1, Math.round(passed)) : 1;
      return { ...own, heartbeat: new Date(Date.parse(own.heartbeat) + past).toISOString() };
    };
    return { at: sent, confirm: () => keep(region, later()) };
  };

  const keep = async (region: string, own: Lock): Promise<Confirmed> => {
    const sent = fence.now();
    const answer = await callOptional(
      "dynamodb:UpdateItem",
      () => granted(at(region).send(keepCommand(own))),
      isMissing,
    );
    // The table is deleted when everything is removed; during a provisioning somebody deleted it.
    if (answer === undefined && own.operation === "destroy") return "no-table";
    if (answer) {
      fence.renew(holdOf(region, own, sent));
      return "kept";
    }
    fence.shut(lockLost(own.id, await lock(region, own.id).catch(() => undefined)));
    return "lost";
  };

  /** A removal may begin where no table is; it stops as soon as there is one, which others can lock. */
  const stillWithout = async (region: string, id: string): Promise<Confirmed> => {
    const command = new GetItemCommand({ TableName: LOCK_TABLE, Key: { id: { S: id } } });
    if ((await callOptional("dynamodb:GetItem", () => at(region).send(command), isMissing)) === undefined)
      return "no-table";
    fence.shut(lockLost(id, await lock(region, id).catch(() => undefined)));
    return "lost";
  };

  return {
    lock,
    takeLock: async (region, own, over) => {
      const sent = fence.now();
      const holder = await callOptional("dynamodb:PutItem", () => take(at(region), own, over), isMissing);
      if (holder?.run === own.run) fence.hold(holdOf(region, own, sent));
      else if (holder) fence.shut(lockLost(own.id, holder));
      if (holder === undefined && own.operation === "destroy") {
        fence.hold({ confirm: () => stillWithout(region, own.id) });
      }
      return holder;
    },
    keepLock: async (region, own) => (await keep(region, own)) !== "lost",
    dropLock: async (region, { id, run }) => {
      const command = new DeleteItemCommand({
        TableName: LOCK_TABLE,
        Key: { id: { S: id } },
        ConditionExpression: "#run = :run",
        ExpressionAttributeNames: { "#run": "run" },
        ExpressionAttributeValues: { ":run": { S: run } },
      });
      fence.shut(lockAbandoned(id));
      return (await callOptional("dynamodb:DeleteItem", () => granted(at(region).send(command)), isMissing)) ?? false;
    },
  };
}

function keepCommand({ id, run, heartbeat }: Lock): UpdateItemCommand {
  return new UpdateItemCommand({
    TableName: LOCK_TABLE,
    Key: { id: { S: id } },
    UpdateExpression: "SET heartbeat = :now",
    ConditionExpression: "#run = :run",
    ExpressionAttributeNames: { "#run": "run" },
    ExpressionAttributeValues: { ":run": { S: run }, ":now": { S: heartbeat } },
  });
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
