import { fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asText } from "../values.ts";

const PARAMETER = "AWS::SSM::Parameter";

const PUT = "AWS Systems Manager API Reference, PutParameter";

const PATH =
  "If formed as a path, it can consist of sub-paths divided by slash symbol; each sub-path can be formed as a mix of letters, numbers and the following 3 symbols .-_";

/** Characters of a value by tier (Systems Manager User Guide, "Managing parameter tiers"). */
const MOST = { Standard: 4096, Advanced: 8192, "Intelligent-Tiering": 8192 } as const;

/** Parameters of Parameter Store. */
export const PARAMETER_RULES: readonly Rule[] = [
  {
    id: "parameter-name-kept",
    types: [PARAMETER],
    document: `${PUT} (Name)`,
    code: "AccessDenied",
    check: fits(
      "Name",
      (name) => !/^\/aws/i.test(name),
      (name) => `No access to reserved parameter name: ${name.slice(1)}.`,
    ),
  },
  {
    id: "parameter-name",
    types: [PARAMETER],
    document: `${PUT} (Name)`,
    check: fits(
      "Name",
      (name) => /^[a-zA-Z0-9_.\-/]{1,1011}$/.test(name) && !/^(aws|\/?ssm)/i.test(name),
      (name) =>
        name.includes("/")
          ? `Parameter name: can't be prefixed with "ssm" (case-insensitive). ${PATH}`
          : 'Parameter name: can\'t be prefixed with "aws" or "ssm" (case-insensitive). Only a mix of letters, numbers and the following 3 symbols .-_ are allowed.',
    ),
  },
  {
    id: "parameter-name-whole",
    types: [PARAMETER],
    document: `${PUT} (Name)`,
    check: fits(
      "Name",
      (name) => name.startsWith("/") || !name.includes("/"),
      () => "Parameter name must be a fully qualified name.",
    ),
  },
  {
    id: "parameter-levels",
    types: [PARAMETER],
    document: `${PUT} (HierarchyLevelLimitExceededException)`,
    approximate: true,
    check: fits(
      "Name",
      (name) => name.split("/").filter((level) => level !== "").length <= 15,
      () => "Parameter name can have a maximum of 15 levels.",
    ),
  },
  {
    id: "parameter-size",
    types: [PARAMETER],
    document: "AWS Systems Manager User Guide, Managing parameter tiers",
    check: ({ properties: { Tier, Value } }) => {
      const tier = Tier === undefined ? "Standard" : asText(Tier);
      const most = MOST[tier as keyof typeof MOST];
      const size = asText(Value)?.length ?? 0;
      if (most === undefined || size <= most) return undefined;
      const more =
        " To create a larger parameter value, upgrade the parameter to use the advanced-parameter tier. For more information, see https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html";
      const kind = most === MOST.Standard ? "Standard" : "Advanced";
      return {
        property: "Value",
        value: size,
        message: `${kind} tier parameters support a maximum parameter value of ${most} characters.${kind === "Standard" ? more : ""}`,
      };
    },
  },
  {
    id: "parameter-pattern",
    types: [PARAMETER],
    document: `${PUT} (AllowedPattern)`,
    check: ({ properties: { AllowedPattern, Value } }) => {
      const [pattern, value] = [asText(AllowedPattern), asText(Value)];
      if (pattern === undefined || value === undefined || matches(pattern, value)) return undefined;
      return {
        property: "Value",
        value,
        message: `Parameter value, cannot be validated against allowedPattern: ${pattern}`,
      };
    },
  },
];

/** Whether the whole value matches; a pattern that JavaScript does not support counts as a match. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`).test(value);
  } catch {
    return true;
  }
}
