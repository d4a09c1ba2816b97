import type { SimulatedStack, StackOperation } from "../state/stack.ts";
import { AwsError } from "../wire/error.ts";

/**
 * Whether an operation of this kind was begun with the token already: the call is then a repeated one and changes
 * nothing. Throws if the token was used for another operation (API reference, "TokenAlreadyExists").
 */
export function isRepeated(stack: SimulatedStack, token: string | undefined, kind: StackOperation["kind"]): boolean {
  const served = stack.tokens.filter((one) => one.slice(one.indexOf(" ") + 1) === token);
  if (token === undefined || served.length === 0) return false;
  if (served.includes(`${kind} ${token}`)) return true;
  throw new AwsError("TokenAlreadyExistsException", `Token ${token} already exists`);
}
