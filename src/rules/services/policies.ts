import { isTree, isUnresolved, type Value, type Values } from "../../template/evaluate.ts";
import { firstFault } from "../checks.ts";
import type { Violation } from "../rule.ts";
import { asList, asObject, asText, items } from "../values.ts";

/** One statement of a policy and the path to it. */
export type StatementAt = { readonly path: string; readonly statement: Values };

/** The statements of a policy document that are known. */
export function statementsOf(document: Value | undefined, path: string): readonly StatementAt[] {
  const { Statement } = asObject(document);
  return items(Statement).map(([index, statement]) => ({
    path: Array.isArray(Statement) ? `${path}/Statement/${index}` : `${path}/Statement`,
    statement,
  }));
}

/** The first fault that `check` finds in a statement. */
export function eachStatement(
  document: Value | undefined,
  path: string,
  check: (statement: Values, path: string) => Violation | undefined,
): Violation | undefined {
  return firstFault(statementsOf(document, path), ({ path: where, statement }) => check(statement, where));
}

/** Whether every statement is known. */
export function isWhole(document: Value | undefined): boolean {
  const { Statement } = asObject(document);
  return Statement !== undefined && !isUnresolved(Statement) && asList(Statement).every(isTree);
}

/** Whether a statement allows every principal, without a condition. */
export function isPublic({ Effect, Principal, Condition }: Values): boolean {
  const anyone = asText(Principal) === "*" || asList(asObject(Principal).AWS).some((one) => asText(one) === "*");
  return asText(Effect)?.toLowerCase() === "allow" && anyone && Condition === undefined;
}

/** Minimum bytes of a policy: without white space (IAM User Guide, "IAM and AWS STS quotas") and unknown values. */
export function leastSize(document: Value | undefined): number {
  if (!isTree(document)) return 0;
  const visible = JSON.stringify(document, (_, value: Value) => (isUnresolved(value) ? "" : value));
  return visible.replace(/\s/g, "").length;
}
