import { isObject } from "../../template/json.ts";
import type { JsonObject } from "../../template/types.ts";
import { type RuleRefusal, refuse } from "./rule.ts";

/** Properties of an inline policy that name its identities. */
const OWNERS = ["Groups", "Roles", "Users"];

/**
 * The error of a resource that its service can neither create nor delete: an inline policy without identities
 * (localstack's test_blocked_stack_deletion, recorded 2023-09-06).
 */
export function impossibleRequest(type: string, properties: JsonObject): RuleRefusal | undefined {
  if (type !== "AWS::IAM::Policy") return undefined;
  const isOwned = OWNERS.some((name) => {
    const owners = properties[name];
    return Array.isArray(owners) ? owners.length > 0 : isObject(owners);
  });
  return isOwned ? undefined : refuse(`At least one of [${OWNERS.join(",")}] must be non-empty.`);
}
