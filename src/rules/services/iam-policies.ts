import type { Value, Values } from "../../template/evaluate.ts";
import { firstFault } from "../checks.ts";
import type { Rule, RuleCheck, Violation } from "../rule.ts";
import { asObject, asText, asTexts, items, objects, repeated } from "../values.ts";
import { ELEMENTS, HOLDERS, MANAGED, QUOTAS } from "./iam.ts";
import { eachStatement, leastSize } from "./policies.ts";

const INLINE = ["AWS::IAM::Policy", "AWS::IAM::RolePolicy", "AWS::IAM::UserPolicy", "AWS::IAM::GroupPolicy"];
const WITH_POLICIES = [...HOLDERS, MANAGED, ...INLINE];

const GRAMMAR = "IAM User Guide, Grammar of the IAM JSON policy language";

/** Bytes of all inline policies together (QUOTAS). */
const INLINE_SIZE: { readonly [type: string]: readonly [what: string, most: number] } = {
  "AWS::IAM::Role": ["role", 10_240],
  "AWS::IAM::User": ["user", 2048],
  "AWS::IAM::Group": ["group", 5120],
};

type Document = { readonly path: string; readonly document: Value | undefined };

/** Policies of roles, users and groups, and managed ones. */
export const IAM_POLICY_RULES: readonly Rule[] = [
  {
    id: "policy-version",
    types: WITH_POLICIES,
    document: `${ELEMENTS}: Version`,
    check: eachDocument(({ path, document }) => {
      const version = asText(asObject(document).Version);
      if (version === undefined || version === "2012-10-17" || version === "2008-10-17") return undefined;
      return { property: `${path}/Version`, value: version, message: "The policy must contain a valid version string" };
    }),
  },
  {
    id: "policy-effect",
    types: WITH_POLICIES,
    document: GRAMMAR,
    // In whatever case (localstack's test_updating_stack_with_iam_role has "ALLOW"; validated 2026-02-10).
    check: onStatements(({ Effect }, path) =>
      Effect === undefined || !/^(allow|deny)$/i.test(asText(Effect) ?? "Allow")
        ? { property: `${path}/Effect`, value: Effect, message: "Syntax errors in policy." }
        : undefined,
    ),
  },
  {
    id: "policy-sid",
    types: WITH_POLICIES,
    document: `${ELEMENTS}: Sid`,
    check: onStatements(({ Sid }, path) => {
      const sid = asText(Sid);
      if (sid === undefined || /^[0-9A-Za-z]*$/.test(sid)) return undefined;
      const message =
        "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*";
      return { property: `${path}/Sid`, value: sid, message };
    }),
  },
  {
    id: "policy-sid-once",
    types: WITH_POLICIES,
    document: `${ELEMENTS}: Sid`,
    check: eachDocument(({ path, document }) => {
      // Empty ones are none (localstack's test_firehose_stack_with_kinesis_as_source has two; validated 2022-09-14).
      const sid = repeated(objects(asObject(document).Statement).map(({ Sid }) => asText(Sid) || undefined));
      const message = "Statement IDs (SID) in a single policy must be unique.";
      return sid === undefined ? undefined : { property: `${path}/Statement`, value: sid, message };
    }),
  },
  {
    id: "policy-action",
    types: WITH_POLICIES,
    document: GRAMMAR,
    check: onStatements(({ Action, NotAction }, path) =>
      Action === undefined && NotAction === undefined
        ? { property: `${path}/Action`, message: "Policy statement must contain actions." }
        : undefined,
    ),
  },
  {
    id: "policy-action-vendor",
    types: WITH_POLICIES,
    document: `${ELEMENTS}: Action`,
    check: onStatements(({ Action, NotAction }, path) => {
      const wrong = [...asTexts(Action), ...asTexts(NotAction)].find(
        (one) => one !== "*" && !/^[^:]+:[^:]+$/.test(one),
      );
      if (wrong === undefined) return undefined;
      const message = wrong.includes(":")
        ? "Actions/Condition can contain only one colon."
        : "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.";
      return { property: `${path}/Action`, value: wrong, message };
    }),
  },
  {
    id: "policy-resource",
    types: WITH_POLICIES,
    document: GRAMMAR,
    check: onIdentity(({ Resource, NotResource }, path) =>
      Resource === undefined && NotResource === undefined
        ? { property: `${path}/Resource`, message: "Policy statement must contain resources." }
        : undefined,
    ),
  },
  {
    id: "policy-resource-form",
    types: WITH_POLICIES,
    document: `${ELEMENTS}: Resource`,
    check: onIdentity(({ Resource, NotResource }, path) => {
      const given = [...asTexts(Resource), ...asTexts(NotResource)];
      const wrong = given.find((one) => !/^(arn:|\*)/.test(one));
      const message = `Resource ${wrong} must be in ARN format or "*".`;
      return wrong === undefined ? undefined : { property: `${path}/Resource`, value: wrong, message };
    }),
  },
  {
    id: "policy-principal",
    types: WITH_POLICIES,
    document: `${ELEMENTS}: Principal`,
    check: onIdentity(({ Principal, NotPrincipal }, path) =>
      Principal === undefined && NotPrincipal === undefined
        ? undefined
        : { property: `${path}/Principal`, message: "Policy document should not specify a principal." },
    ),
  },
  {
    id: "policy-size-inline",
    types: HOLDERS,
    document: QUOTAS,
    check: ({ type, id, properties }) => {
      const [what, most] = INLINE_SIZE[type] ?? ["", 0];
      const size = objects(properties.Policies).reduce((sum, one) => sum + leastSize(one.PolicyDocument), 0);
      const name = asText(properties.RoleName ?? properties.UserName ?? properties.GroupName) ?? id;
      const message = `Maximum policy size of ${most} bytes exceeded for ${what} ${name}`;
      return size > most ? { property: "Policies", value: size, message } : undefined;
    },
  },
  {
    id: "policy-size-managed",
    types: [MANAGED],
    document: QUOTAS,
    check: ({ properties: { PolicyDocument } }) => {
      const size = leastSize(PolicyDocument);
      const message = "Cannot exceed quota for PolicySize: 6144";
      return size > 6144 ? { property: "PolicyDocument", value: size, message } : undefined;
    },
  },
  {
    id: "policy-attached",
    types: ["AWS::IAM::Policy"],
    document: "CloudFormation Template Reference, AWS::IAM::Policy",
    check: ({ properties: { Groups, Roles, Users } }) =>
      [Groups, Roles, Users].every((one) => one === undefined || (Array.isArray(one) && one.length === 0))
        ? { property: "Roles", message: "At least one of [Groups,Roles,Users] must be non-empty." }
        : undefined,
  },
];

/** Every permissions policy of the resource. */
function identityPolicies({ PolicyDocument, Policies }: Values): readonly Document[] {
  const inline = items(Policies).map(([index, one]) => ({
    path: `Policies/${index}/PolicyDocument`,
    document: one.PolicyDocument,
  }));
  return PolicyDocument === undefined ? inline : [{ path: "PolicyDocument", document: PolicyDocument }, ...inline];
}

function eachDocument(check: (one: Document) => Violation | undefined): RuleCheck {
  return ({ properties }) => {
    const trust = { path: "AssumeRolePolicyDocument", document: properties.AssumeRolePolicyDocument };
    return firstFault([trust, ...identityPolicies(properties)], check);
  };
}

type Judge = (statement: Values, path: string) => Violation | undefined;

function onStatements(check: Judge): RuleCheck {
  return eachDocument(({ path, document }) => eachStatement(document, path, check));
}

function onIdentity(check: Judge): RuleCheck {
  return eachDocument(({ path, document }) =>
    path.startsWith("Assume") ? undefined : eachStatement(document, path, check),
  );
}
