import type { PolicyDocument, Statement } from "../../src/policy/statement.ts";

/** One request as IAM judges it: the action, the ARN it is on, and what its condition keys say. */
export type Asked = {
  readonly action: string;
  readonly resource: string;
  readonly context?: { readonly [key: string]: string };
};

/** Whether policies of nothing but Allow statements allow it (IAM User Guide, "Policy evaluation logic"). */
export function allows(documents: readonly PolicyDocument[], asked: Asked): boolean {
  return documents.some(({ Statement }) => Statement.some((statement) => matches(statement, asked)));
}

function matches({ Action, Resource, Condition = {} }: Statement, { action, resource, context = {} }: Asked): boolean {
  return (
    Action.some((pattern) => fits(pattern.toLowerCase(), action.toLowerCase())) &&
    Resource.some((pattern) => fits(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, values]) => {
        const value = context[key];
        // A key that a request has not: no set has a member that is not allowed, no text equals it.
        if (value === undefined) return operator.startsWith("ForAllValues:");
        return [values].flat().includes(value);
      }),
    )
  );
}

/** `*` is any text, `?` any one character (IAM JSON policy elements, "Resource"). */
function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(text);
}
