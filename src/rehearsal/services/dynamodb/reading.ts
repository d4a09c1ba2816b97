import type { JsonObject } from "../../../template/types.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, type Input, text } from "../../wire/call.ts";
import { conditionOf } from "./condition.ts";
import { keyOf, placeholdersOf, projected } from "./items.ts";
import { keysOf, tableItems, theTable } from "./tables.ts";
import { validationError } from "./tokens.ts";
import { type Item, order } from "./value.ts";

export function scan(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  return answer(call.input, table, all(simulator, table));
}

export function query(simulator: Simulator, call: Call): CallResult {
  const { input } = call;
  const table = theTable(simulator, call);
  const condition = text(input, "KeyConditionExpression");
  if (condition === undefined)
    throw validationError(
      "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
    );
  const test = conditionOf(condition, placeholdersOf(input), "KeyConditionExpression");
  const [, range] = keysOf(table, text(input, "IndexName"));
  const found = all(simulator, table).filter(test);
  const sorted = range === undefined ? found : found.toSorted((a, b) => order(a[range], b[range]) ?? 0);
  return answer(input, table, text(input, "ScanIndexForward") === "false" ? sorted.toReversed() : sorted);
}

const all = (simulator: Simulator, table: ServiceResource) =>
  Object.values(tableItems(simulator, table)) as unknown as readonly Item[];

/** One page: from the start key on, at most `Limit` items looked at, the filter applied after that. */
function answer(input: Input, table: ServiceResource, items: readonly Item[]): CallResult {
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

export function batchGetItem(simulator: Simulator, call: Call): CallResult {
  const requests = (call.input.RequestItems ?? {}) as { readonly [table: string]: JsonObject };
  const responses = Object.entries(requests).map(([name, request]) => {
    const table = theTable(simulator, call, name);
    const keys = (request.Keys ?? []) as readonly Item[];
    const found = keys.flatMap((key) => (tableItems(simulator, table)[keyOf(table, key)] as Item | undefined) ?? []);
    return [name, found.map((item) => projected(item as Item, request)) as unknown as readonly JsonObject[]];
  });
  return { Responses: Object.fromEntries(responses) as JsonObject, UnprocessedKeys: {} };
}
