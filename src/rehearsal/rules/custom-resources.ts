import type { HandlerRequest } from "../resources/handler.ts";
import { textOf } from "../resources/properties.ts";
import { existingResource, notFound, type RuleRefusal } from "./rule.ts";

/** Whether the type is a custom resource's, created by a function or a topic's subscriber. */
export function isCustomResourceType(type: string): boolean {
  return type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource";
}

/**
 * Why a custom resource's service token cannot be used (Template Reference, "AWS::CloudFormation::CustomResource":
 * ServiceToken): no token, or no such function or topic in this account and region.
 */
export function missingServiceToken(request: HandlerRequest): RuleRefusal | undefined {
  if (!isCustomResourceType(request.type)) return undefined;
  const token = textOf(request.properties, "ServiceToken");
  const [, , service, region, account, kind, name = ""] = token.split(":");
  const { scope } = request;
  if (account !== scope.account || region !== scope.region) return undefined;
  if (service === "lambda" && kind === "function" && !existingResource(request, "AWS::Lambda::Function", name))
    return notFound(`Function not found: ${token}`);
  return service === "sns" && !existingResource(request, "AWS::SNS::Topic", token)
    ? notFound("Topic does not exist")
    : undefined;
}
