import type { JsonObject } from "../../../template/types.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { ServiceResource } from "../../state/state.ts";
import { type Call, type CallResult, type Input, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { conditionOf } from "./condition.ts";
import { type Placeholders, pathIn, valueAtPath, withAt } from "./path.ts";
import { keysOf, tableItems, theTable } from "./tables.ts";
import { tokensOf, validationError } from "./tokens.ts";
import { updateOf } from "./update.ts";
import { equal, type Item } from "./value.ts";

/** `#names` and `:values` of a call. */
export function placeholdersOf(input: Input): Placeholders {
  return {
    names: (input.ExpressionAttributeNames ?? {}) as { readonly [key: string]: string },
    values: (input.ExpressionAttributeValues ?? {}) as { readonly [key: string]: JsonObject },
  };
}

/** The key of an item in the state: its key attributes as text. */
export function keyOf(table: ServiceResource, item: Item): string {
  const key = keysOf(table).map((name) => {
    const value = item[name];
    if (!value) throw validationError(`One or more parameter values were invalid: Missing the key ${name} in the item`);
    return value;
  });
  return JSON.stringify(key);
}

function checkKey(table: ServiceResource, key: Item): void {
  const names = keysOf(table);
  const isExact = Object.keys(key).length === names.length && names.every((name) => key[name] !== undefined);
  if (!isExact) throw validationError("The provided key element does not match the schema");
}

/** Throws unless the call's condition holds for the item as it is. */
function checkCondition(input: Input, item: Item | undefined): void {
  const condition = text(input, "ConditionExpression");
  if (condition === undefined || conditionOf(condition, placeholdersOf(input))(item)) return;
  const shown = text(input, "ReturnValuesOnConditionCheckFailure") === "ALL_OLD" && item !== undefined;
  const details = shown ? { Item: item as JsonObject } : {};
  throw new AwsError("ConditionalCheckFailedException", "The conditional request failed", 400, details);
}

type Write = { readonly before: Item | undefined; readonly after: Item | undefined };

/** Executes a put, update or delete. */
function write(
  simulator: Simulator,
  call: Call,
  table: ServiceResource,
  key: string,
  next: (before: Item | undefined) => Item | undefined,
): Write {
  const items = tableItems(simulator, table);
  const before = items[key] as Item | undefined;
  checkCondition(call.input, before);
  const after = next(before);
  if (after === undefined) delete items[key];
  else items[key] = after as JsonObject;
  return { before, after };
}

export function putItem(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  const item = (call.input.Item ?? {}) as Item;
  const { before } = write(simulator, call, table, keyOf(table, item), () => item);
  return returned(call.input, before, undefined);
}

export function deleteItem(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  const key = (call.input.Key ?? {}) as Item;
  checkKey(table, key);
  const { before } = write(simulator, call, table, keyOf(table, key), () => undefined);
  return returned(call.input, before, undefined);
}

export function updateItem(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  const key = (call.input.Key ?? {}) as Item;
  checkKey(table, key);
  const expression = text(call.input, "UpdateExpression");
  const change = expression === undefined ? (item: Item) => item : updateOf(expression, placeholdersOf(call.input));
  const { before, after } = write(simulator, call, table, keyOf(table, key), (there) => {
    const next = change(there ?? key);
    const moved = keysOf(table).find((name) => !equal(next[name], key[name]));
    if (moved !== undefined)
      throw validationError(
        `One or more parameter values were invalid: Cannot update attribute ${moved}. This attribute is part of the key`,
      );
    return next;
  });
  return returned(call.input, before, after);
}

function returned(input: Input, before: Item | undefined, after: Item | undefined): CallResult {
  const wanted = text(input, "ReturnValues") ?? "NONE";
  const source = wanted.endsWith("OLD") ? before : after;
  if (wanted === "NONE" || source === undefined) return {};
  if (wanted.startsWith("ALL")) return { Attributes: source as JsonObject };
  const changed = Object.entries(source).filter(([name]) => !equal(before?.[name], after?.[name]));
  return { Attributes: Object.fromEntries(changed) as JsonObject };
}

export function getItem(simulator: Simulator, call: Call): CallResult {
  const table = theTable(simulator, call);
  const key = (call.input.Key ?? {}) as Item;
  checkKey(table, key);
  const item = tableItems(simulator, table)[keyOf(table, key)] as Item | undefined;
  return item === undefined ? {} : { Item: projected(item, call.input) as JsonObject };
}

/** The part of an item that a projection asks for. */
export function projected(item: Item, input: Input): Item {
  const expression = text(input, "ProjectionExpression");
  if (expression === undefined) return item;
  const tokens = tokensOf(expression, "ProjectionExpression");
  let result: Item = {};
  do {
    const path = pathIn(tokens, placeholdersOf(input));
    const value = valueAtPath(item, path);
    // A part of a document is returned inside its attribute; the attribute's other parts are left out.
    if (value !== undefined)
      result =
        path.length === 1 ? withAt(result, path, value) : { ...result, [String(path[0])]: item[String(path[0])] ?? {} };
  } while (tokens.accept(","));
  return result;
}
