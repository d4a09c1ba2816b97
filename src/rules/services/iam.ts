import type { Values } from "../../template/evaluate.ts";
import { constrained, constraint, fits } from "../checks.ts";
import type { Rule, RuleCheck, Violation } from "../rule.ts";
import { asObject, asTexts } from "../values.ts";
import { eachStatement } from "./policies.ts";

const ROLE = "AWS::IAM::Role";
export const MANAGED = "AWS::IAM::ManagedPolicy";
export const HOLDERS = [ROLE, "AWS::IAM::User", "AWS::IAM::Group"];

export const QUOTAS = "IAM User Guide, IAM and AWS STS quotas";
export const ELEMENTS = "IAM User Guide, IAM JSON policy elements reference";

/** Maximum lengths of names (QUOTAS): the property, its type, IAM's name of it, the characters. */
const NAMES = {
  "AWS::IAM::Role": ["RoleName", "roleName", 64],
  "AWS::IAM::User": ["UserName", "userName", 64],
  "AWS::IAM::Group": ["GroupName", "groupName", 128],
  "AWS::IAM::InstanceProfile": ["InstanceProfileName", "instanceProfileName", 128],
  "AWS::IAM::ManagedPolicy": ["ManagedPolicyName", "policyName", 128],
  "AWS::IAM::Policy": ["PolicyName", "policyName", 128],
} as const;

/** Names of roles, users and groups, and who may take a role. */
export const IAM_RULES: readonly Rule[] = [
  {
    id: "iam-name",
    types: Object.keys(NAMES),
    document: QUOTAS,
    check: (subject) => {
      const [property, member, most] = NAMES[subject.type as keyof typeof NAMES];
      return fits(
        property,
        (name) => name.length <= most && /^[\w+=,.@-]+$/.test(name),
        (name) =>
          constraint(
            name,
            member,
            name.length > most
              ? `have length less than or equal to ${most}`
              : "satisfy regular expression pattern: [\\w+=,.@-]+",
          ),
      )(subject);
    },
  },
  {
    id: "iam-path",
    types: [...HOLDERS, MANAGED, "AWS::IAM::InstanceProfile"],
    document: "IAM User Guide, IAM identifiers",
    check: fits(
      "Path",
      /^\/([!-~]*\/)?$/,
      () =>
        "The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.",
    ),
  },
  {
    id: "role-session",
    types: [ROLE],
    document: "IAM API Reference, CreateRole (MaxSessionDuration)",
    check: constrained("MaxSessionDuration", 3600, 43_200, "maxSessionDuration"),
  },
  {
    id: "role-trust-resource",
    types: [ROLE],
    document: `${ELEMENTS}: Resource`,
    check: onTrust(({ Resource, NotResource }, path) =>
      Resource === undefined && NotResource === undefined
        ? undefined
        : { property: `${path}/Resource`, message: "Has prohibited field Resource" },
    ),
  },
  {
    id: "role-trust-principal",
    types: [ROLE],
    document: `${ELEMENTS}: Principal`,
    check: onTrust(({ Principal, NotPrincipal }, path) =>
      Principal === undefined && NotPrincipal === undefined
        ? { property: `${path}/Principal`, message: "Missing required field Principal" }
        : undefined,
    ),
  },
  {
    id: "role-trust-action",
    types: [ROLE],
    document: "IAM User Guide, IAM roles: role trust policy",
    check: onTrust(({ Action }, path) => {
      const wrong = asTexts(Action).find((action) => action !== "*" && !/^sts:/i.test(action));
      const message = "AssumeRole policy may only specify STS AssumeRole actions.";
      return wrong === undefined ? undefined : { property: `${path}/Action`, value: wrong, message };
    }),
  },
  {
    id: "role-trust-service",
    types: [ROLE],
    document: `${ELEMENTS}: Principal, AWS service principals`,
    check: onTrust(({ Principal }, path) => {
      const wrong = asTexts(asObject(Principal).Service).find(
        (service) => service !== "*" && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(service),
      );
      const message = `Invalid principal in policy: "SERVICE":"${wrong}"`;
      return wrong === undefined ? undefined : { property: `${path}/Principal/Service`, value: wrong, message };
    }),
  },
];

function onTrust(check: (statement: Values, path: string) => Violation | undefined): RuleCheck {
  return ({ properties }) => eachStatement(properties.AssumeRolePolicyDocument, "AssumeRolePolicyDocument", check);
}
