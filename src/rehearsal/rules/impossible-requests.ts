import { isObject } from "../../template/json.ts";
import type { JsonObject } from "../../template/types.ts";
import { type RuleRefusal, refuse } from "./rule.ts";

/** Lists of an inline policy that say whose it is. */
const OWNERS = ["Groups", "Roles", "Users"];

/**
 * What its service cannot do with a resource at all, neither make nor delete it once it was begun: an inline policy of
 * nobody's (localstack's test_blocked_stack_deletion, recorded 2023-09-06).
 */
export function impossibleRequest(type: string, properties: JsonObject): RuleRefusal | undefined {
  if (type !== "AWS::IAM::Policy") return undefined;
  const isOwned = OWNERS.some((name) => {
    const owners = properties[name];
    return Array.isArray(owners) ? owners.length > 0 : isObject(owners);
  });
  return isOwned ? undefined : refuse(`At least one of [${OWNERS.join(",")}] must be non-empty.`);
}
