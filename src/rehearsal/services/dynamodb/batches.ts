import type { JsonObject } from "../../../template/types.ts";
import type { Simulator } from "../../state/simulator.ts";
import { type Call, type CallResult, structures } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { conditionOf } from "./condition.ts";
import { deleteItem, keyOf, placeholdersOf, putItem, updateItem } from "./items.ts";
import { tableItems, theTable } from "./tables.ts";
import type { Item } from "./value.ts";

const WRITES: { readonly [name: string]: (simulator: Simulator, call: Call) => CallResult } = {
  Put: putItem,
  PutRequest: putItem,
  Delete: deleteItem,
  DeleteRequest: deleteItem,
  Update: updateItem,
  ConditionCheck: conditionCheck,
};

function conditionCheck(simulator: Simulator, call: Call): CallResult {
  const { input } = call;
  const table = theTable(simulator, call);
  const item = tableItems(simulator, table)[keyOf(table, (input.Key ?? {}) as Item)] as Item | undefined;
  if (conditionOf(String(input.ConditionExpression), placeholdersOf(input))(item)) return {};
  throw new AwsError("ConditionalCheckFailedException", "The conditional request failed");
}

export function batchWriteItem(simulator: Simulator, call: Call): CallResult {
  const requests = (call.input.RequestItems ?? {}) as { readonly [table: string]: readonly JsonObject[] };
  for (const [TableName, writes] of Object.entries(requests)) {
    for (const write of writes) {
      const [name = "", request] = Object.entries(write)[0] ?? [];
      WRITES[name]?.(simulator, { ...call, input: { ...(request as JsonObject), TableName } });
    }
  }
  return { UnprocessedItems: {} };
}

/** All writes or none: earlier writes are undone if one is refused. */
export function transactWriteItems(simulator: Simulator, call: Call): CallResult {
  const before = structuredClone(simulator.state.items);
  const reasons: JsonObject[] = [];
  for (const write of structures(call.input, "TransactItems")) {
    const [name = "", request] = Object.entries(write)[0] ?? [];
    try {
      WRITES[name]?.(simulator, { ...call, input: request as JsonObject });
      reasons.push({ Code: "None" });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      reasons.push({
        Code: error.code === "ConditionalCheckFailedException" ? "ConditionalCheckFailed" : "ValidationError",
        Message: error.message,
      });
    }
  }
  if (reasons.every(({ Code }) => Code === "None")) return {};
  for (const table of Object.keys(simulator.state.items)) simulator.state.items[table] = before[table] ?? {};
  const codes = reasons.map(({ Code }) => Code).join(", ");
  throw new AwsError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    400,
    { CancellationReasons: reasons },
  );
}
