import type { Rule, RuleSubject, Violation } from "./rule.ts";
import { asText } from "./values.ts";

/** Something that AWS would refuse. */
export type RuleFinding = {
  /** The rule's id. */
  readonly rule: string;
  /** The AWS document that says so. */
  readonly document: string;
  /** CloudFormation's class of the refusal: InvalidRequest, AlreadyExists, … */
  readonly code: string;
  readonly stack: string;
  readonly region: string;
  /** The resource, and its type; absent for the template as a whole. */
  readonly id?: string;
  readonly type?: string;
  /** The property's path, `Rules/0/Days`, and its value if it is known. */
  readonly property: string;
  readonly value?: string;
  /** AWS's message; `approximate` if only its meaning. */
  readonly message: string;
  readonly approximate?: true;
};

/** A rule's finding on a resource. */
export function findingOf(
  rule: Pick<Rule, "id" | "document" | "code" | "approximate">,
  { property, value, message }: Violation,
  where: Pick<RuleFinding, "stack" | "region" | "id" | "type">,
): RuleFinding {
  const said = asText(value);
  return {
    rule: rule.id,
    document: rule.document,
    code: rule.code ?? "InvalidRequest",
    ...where,
    property,
    ...(said !== undefined && { value: said }),
    message,
    ...(rule.approximate && { approximate: true }),
  };
}

/** All findings of `rules` on a resource. */
export function ruleFindings(subject: RuleSubject, rules: readonly Rule[]): readonly RuleFinding[] {
  const { stack, region, id, type } = subject;
  return rules.flatMap((rule) => {
    const fault = rule.check(subject);
    return fault ? [findingOf(rule, fault, { stack, region, id, type })] : [];
  });
}
