import type { JsonObject } from "../../../template/types.ts";
import type { Stage } from "../../stage.ts";
import { type Call, type Input, type Result, text } from "../../wire/call.ts";
import type { Thing } from "../../world.ts";
import { conditionOf } from "./condition.ts";
import { keyOf, placeholdersOf, projected } from "./items.ts";
import { itemsOf, keysOf, theTable } from "./tables.ts";
import { refused } from "./tokens.ts";
import { type Item, order } from "./value.ts";

export function scan(stage: Stage, call: Call): Result {
  const table = theTable(stage, call);
  return answer(call.input, table, all(stage, table));
}

export function query(stage: Stage, call: Call): Result {
  const { input } = call;
  const table = theTable(stage, call);
  const condition = text(input, "KeyConditionExpression");
  if (condition === undefined)
    throw refused("Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
  const test = conditionOf(condition, placeholdersOf(input), "KeyConditionExpression");
  const [, range] = keysOf(table, text(input, "IndexName"));
  const found = all(stage, table).filter(test);
  const sorted = range === undefined ? found : found.toSorted((a, b) => order(a[range], b[range]) ?? 0);
  return answer(input, table, text(input, "ScanIndexForward") === "false" ? sorted.toReversed() : sorted);
}

const all = (stage: Stage, table: Thing) => Object.values(itemsOf(stage, table)) as unknown as readonly Item[];

/** One page: from the start key on, at most `Limit` items looked at, the filter applied after that. */
function answer(input: Input, table: Thing, items: readonly Item[]): Result {
  const start = input.ExclusiveStartKey as Item | undefined;
  const from = start === undefined ? 0 : items.findIndex((item) => keyOf(table, item) === keyOf(table, start)) + 1;
  const limit = Number(input.Limit ?? Infinity);
  const looked = items.slice(from, from + limit);
  const filter = text(input, "FilterExpression");
  const kept =
    filter === undefined ? looked : looked.filter(conditionOf(filter, placeholdersOf(input), "FilterExpression"));
  const last = looked.at(-1);
  const more = from + looked.length < items.length && last !== undefined;
  return {
    ...(text(input, "Select") !== "COUNT" && { Items: kept.map((item) => projected(item, input) as JsonObject) }),
    Count: kept.length,
    ScannedCount: looked.length,
    ...(more && {
      LastEvaluatedKey: Object.fromEntries(keysOf(table).map((name) => [name, last[name] ?? {}])) as JsonObject,
    }),
  };
}

export function batchGetItem(stage: Stage, call: Call): Result {
  const requests = (call.input.RequestItems ?? {}) as { readonly [table: string]: JsonObject };
  const responses = Object.entries(requests).map(([name, request]) => {
    const table = theTable(stage, call, name);
    const keys = (request.Keys ?? []) as readonly Item[];
    const found = keys.flatMap((key) => (itemsOf(stage, table)[keyOf(table, key)] as Item | undefined) ?? []);
    return [name, found.map((item) => projected(item as Item, request)) as unknown as readonly JsonObject[]];
  });
  return { Responses: Object.fromEntries(responses) as JsonObject, UnprocessedKeys: {} };
}
