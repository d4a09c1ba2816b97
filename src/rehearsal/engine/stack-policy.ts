import type { Json, JsonObject } from "../../template/types.ts";
import type { Operation, Stack, StackResource } from "../cloudformation/stack.ts";

type Statement = {
  readonly Effect: string;
  readonly Action?: Json;
  readonly NotAction?: Json;
  readonly Resource?: Json;
  readonly NotResource?: Json;
  readonly Condition?: JsonObject;
};

/**
 * Why the stack's policy forbids the action, or nothing ("Prevent updates to stack resources"): with a policy,
 * what no statement allows is denied, and a Deny outweighs an Allow.
 */
export function deniedByPolicy(
  stack: Pick<Stack, "policy">,
  operation: Pick<Operation, "policyDuringUpdate">,
  resource: Pick<StackResource, "logicalId" | "type">,
  action: "Update:Modify" | "Update:Replace" | "Update:Delete",
): string | undefined {
  const body = operation.policyDuringUpdate ?? stack.policy;
  if (body === undefined || (JSON.parse(body) as JsonObject).Statement === undefined) return undefined;
  const statements = statementsOf(body).filter((statement) => applies(statement, resource, action));
  const deny = statements.find(({ Effect }) => Effect === "Deny");
  if (!deny && statements.length > 0) return undefined;
  const number = deny
    ? statementsOf(body).findIndex((statement) => applies(statement, resource, action) && statement.Effect === "Deny") +
      1
    : 0;
  const because = deny ? `Statement [#${number}] does not allow [${action}]` : `Statement does not allow [${action}]`;
  return `Action denied by stack policy: ${because} for resource [LogicalResourceId/${resource.logicalId}]`;
}

function statementsOf(body: string): readonly Statement[] {
  const { Statement } = JSON.parse(body) as { readonly Statement: Statement | readonly Statement[] };
  return Array.isArray(Statement) ? (Statement as readonly Statement[]) : [Statement as Statement];
}

function applies(statement: Statement, resource: Pick<StackResource, "logicalId" | "type">, action: string): boolean {
  const name = `LogicalResourceId/${resource.logicalId}`;
  const actions =
    statement.Action === undefined
      ? !texts(statement.NotAction).some((one) => matches(one, action))
      : texts(statement.Action).some((one) => matches(one, action));
  const resources =
    statement.Resource === undefined
      ? !texts(statement.NotResource).some((one) => matches(one, name))
      : texts(statement.Resource).some((one) => matches(one, name));
  return actions && resources && conditionHolds(statement.Condition, resource.type);
}

function conditionHolds(condition: JsonObject | undefined, type: string): boolean {
  return Object.values(condition ?? {}).every((test) =>
    texts((test as JsonObject).ResourceType ?? "*").some((one) => matches(one, type)),
  );
}

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];

function matches(pattern: string, text: string): boolean {
  const expression = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${expression}$`).test(text);
}
