import pMap from "p-map";

/** Calls at one time: CloudFormation throttles readers that ask for more. */
const MOST = 6;

/** What `call` answers of each item, in the items' order, a few at a time. Rejects as the first of them does. */
export function sideBySide<Item, Answer>(
  items: readonly Item[],
  call: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  return pMap(items, call, { concurrency: MOST });
}
