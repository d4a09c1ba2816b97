import { constraint, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asNumber, asObject, asText, items, objects, repeated, valuesAt } from "../values.ts";

const FUNCTION = "AWS::CloudFront::Function";
const CACHE = "AWS::CloudFront::CachePolicy";
const ACL = "AWS::WAFv2::WebACL";

const QUOTAS = "Amazon CloudFront Developer Guide, Quotas";
const WAF = "AWS WAF API Reference";

/** Functions and policies of CloudFront, and web ACLs. */
export const CLOUDFRONT_RULES: readonly Rule[] = [
  {
    id: "edge-function-name",
    types: [FUNCTION],
    document: "Amazon CloudFront API Reference, CreateFunction (Name)",
    check: fits("Name", /^[a-zA-Z0-9-_]{1,64}$/, (name) =>
      constraint(name, "name", "satisfy regular expression pattern: ^[a-zA-Z0-9-_]{1,64}$"),
    ),
  },
  {
    id: "edge-function-size",
    types: [FUNCTION],
    document: `${QUOTAS} on CloudFront Functions`,
    approximate: true,
    check: ({ properties: { FunctionCode } }) => {
      const size = new TextEncoder().encode(asText(FunctionCode) ?? "").length;
      const message = `The function code is too large: ${size} bytes. The maximum size is 10240 bytes.`;
      return size > 10_240 ? { property: "FunctionCode", message } : undefined;
    },
  },
  {
    id: "cache-policy-ttl",
    types: [CACHE],
    document: "Amazon CloudFront API Reference, CachePolicyConfig",
    approximate: true,
    check: ({ properties: { CachePolicyConfig } }) => {
      const { MinTTL, DefaultTTL, MaxTTL } = asObject(CachePolicyConfig);
      const [least, usual, most] = [asNumber(MinTTL), asNumber(DefaultTTL), asNumber(MaxTTL)];
      if (least === undefined || usual === undefined || most === undefined) return undefined;
      if (least <= usual && usual <= most) return undefined;
      const message = "The parameter DefaultTTL must be at least MinTTL and at most MaxTTL.";
      return { property: "CachePolicyConfig/DefaultTTL", value: usual, message };
    },
  },
  {
    id: "cache-policy-disabled",
    types: [CACHE],
    document: "Amazon CloudFront Developer Guide, Understand cache policies",
    check: ({ properties: { CachePolicyConfig } }) => {
      const { MinTTL, DefaultTTL, MaxTTL, ParametersInCacheKeyAndForwardedToOrigin } = asObject(CachePolicyConfig);
      if ([MinTTL, DefaultTTL, MaxTTL].some((seconds) => asNumber(seconds) !== 0)) return undefined;
      const parameters = asObject(ParametersInCacheKeyAndForwardedToOrigin);
      const name = ["EnableAcceptEncodingGzip", "EnableAcceptEncodingBrotli"].find((one) => asBoolean(parameters[one]));
      const message = `The parameter ${name} is invalid for policy with caching disabled.`;
      const property = `CachePolicyConfig/ParametersInCacheKeyAndForwardedToOrigin/${name}`;
      return name === undefined ? undefined : { property, value: true, message };
    },
  },
  {
    id: "web-acl-region",
    types: [ACL, "AWS::WAFv2::IPSet", "AWS::WAFv2::RuleGroup", "AWS::WAFv2::RegexPatternSet"],
    document: "AWS WAF Developer Guide, Using AWS WAF with Amazon CloudFront",
    check: ({ properties: { Scope }, region }) => {
      const message = "Error reason: The scope is not valid., field: SCOPE_VALUE, parameter: CLOUDFRONT";
      return asText(Scope) === "CLOUDFRONT" && region !== "us-east-1"
        ? { property: "Scope", value: "CLOUDFRONT", message }
        : undefined;
    },
  },
  {
    id: "web-acl-priority",
    types: [ACL],
    document: `${WAF}, Rule (Priority)`,
    approximate: true,
    check: ({ properties: { Rules } }) => {
      const priority = repeated(objects(Rules).map((rule) => asText(rule.Priority)));
      const message =
        "AWS WAF could not perform the operation because some resource in your request is a duplicate of an existing one: two rules have the same priority.";
      return priority === undefined ? undefined : { property: "Rules", value: priority, message };
    },
  },
  {
    id: "web-acl-action",
    types: [ACL],
    document: `${WAF}, Rule (Action, OverrideAction)`,
    check: ({ properties: { Rules } }) => {
      for (const [index, { Action, OverrideAction, Statement }] of items(Rules)) {
        const groups = ["ManagedRuleGroupStatement", "RuleGroupReferenceStatement"];
        const isGroup = groups.some(
          (name) => valuesAt({ Statement: Statement ?? null }, `Statement.${name}`).length > 0,
        );
        const [wanted, other] = isGroup ? [OverrideAction, Action] : [Action, OverrideAction];
        if (Object.keys(asObject(Statement)).length === 0 || (wanted !== undefined && other === undefined)) continue;
        const message =
          "Error reason: You have used none or multiple values for a field that requires exactly one value., field: RULE, parameter: Rule";
        return { property: `Rules/${index}/${isGroup ? "OverrideAction" : "Action"}`, message };
      }
      return undefined;
    },
  },
  {
    id: "web-acl-name",
    types: [ACL],
    document: `${WAF}, CreateWebACL (Name)`,
    check: fits("Name", /^[\w-]{1,128}$/, (name) =>
      constraint(name, "name", "satisfy regular expression pattern: ^[\\w\\-]+$"),
    ),
  },
];
