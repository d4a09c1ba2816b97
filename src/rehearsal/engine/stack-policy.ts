import { isLike } from "../../rules/values.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import type { SimulatedResource, SimulatedStack, StackOperation } from "../state/stack.ts";

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
  stack: Pick<SimulatedStack, "policy">,
  operation: Pick<StackOperation, "policyDuringUpdate">,
  resource: Pick<SimulatedResource, "logicalId" | "type">,
  action: "Update:Modify" | "Update:Replace" | "Update:Delete",
): string | undefined {
  const body = operation.policyDuringUpdate ?? stack.policy;
  if (body === undefined || (JSON.parse(body) as JsonObject).Statement === undefined) return undefined;
  const statements = statementsOf(body);
  const denials = statements.filter(({ Effect }) => Effect === "Deny");
  const number = denials.findIndex((statement) => applies(statement, resource, action));
  const denial = denials[number];
  if (!denial && statements.some((statement) => applies(statement, resource, action))) return undefined;
  // Denials are counted by themselves, and quoted as they are written.
  const actions = denial ? texts(denial.Action ?? denial.NotAction) : [action];
  const resources = denial ? texts(denial.Resource ?? denial.NotResource) : [`LogicalResourceId/${resource.logicalId}`];
  const which = denial ? `Statement [#${number + 1}]` : "Statement";
  return `Action denied by stack policy: ${which} does not allow [${actions.join(", ")}] for resource [${resources.join(", ")}];`;
}

function statementsOf(body: string): readonly Statement[] {
  const { Statement } = JSON.parse(body) as { readonly Statement: Statement | readonly Statement[] };
  return Array.isArray(Statement) ? (Statement as readonly Statement[]) : [Statement as Statement];
}

function applies(
  statement: Statement,
  resource: Pick<SimulatedResource, "logicalId" | "type">,
  action: string,
): boolean {
  const name = `LogicalResourceId/${resource.logicalId}`;
  const actions =
    statement.Action === undefined
      ? !texts(statement.NotAction).some((one) => isLike(action, one))
      : texts(statement.Action).some((one) => isLike(action, one));
  const resources =
    statement.Resource === undefined
      ? !texts(statement.NotResource).some((one) => isLike(name, one))
      : texts(statement.Resource).some((one) => isLike(name, one));
  return actions && resources && conditionHolds(statement.Condition, resource.type);
}

function conditionHolds(condition: JsonObject | undefined, type: string): boolean {
  return Object.values(condition ?? {}).every((test) =>
    texts((test as JsonObject).ResourceType ?? "*").some((one) => isLike(type, one)),
  );
}

const texts = (value: Json | undefined): readonly string[] =>
  Array.isArray(value) ? value.map(String) : value === undefined ? [] : [String(value)];
