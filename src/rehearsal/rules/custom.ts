import type { Making } from "../resources/kind.ts";
import { textOf } from "../resources/properties.ts";
import { known, notThere, type RuleRefusal } from "./rule.ts";

/** Whether a resource of this type is made by a function or by whoever reads a topic. */
export function isMadeByOthers(type: string): boolean {
  return type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource";
}

/**
 * What CloudFormation meets as it hands a custom resource on (Template Reference, "AWS::CloudFormation::CustomResource":
 * ServiceToken): no token, or nobody there of this account and region.
 */
export function unheard(making: Making): RuleRefusal | undefined {
  if (!isMadeByOthers(making.type)) return undefined;
  const token = textOf(making.properties, "ServiceToken");
  const [, , service, region, account, kind, name = ""] = token.split(":");
  const { scope } = making;
  if (account !== scope.account || region !== scope.region) return undefined;
  if (service === "lambda" && kind === "function" && !known(making, "AWS::Lambda::Function", name))
    return notThere(`Function not found: ${token}`);
  return service === "sns" && !known(making, "AWS::SNS::Topic", token) ? notThere("Topic does not exist") : undefined;
}
