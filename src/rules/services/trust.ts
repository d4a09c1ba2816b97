import { isTree, isUnresolved, type Value } from "../../template/evaluate.ts";
import type { Other } from "../rule.ts";
import { asList, asObject, asText, isKnown, objects } from "../values.ts";

/** Whether a role's trust policy lets `service` assume it; `undefined` if it is not known. */
export function trusts(role: Other, service: string): boolean | undefined {
  const statements = asObject(role.properties.AssumeRolePolicyDocument).Statement;
  if (statements === undefined || !statementsKnown(statements)) return undefined;
  return objects(statements).some(
    ({ Effect, Principal, NotPrincipal, Action }) =>
      asText(Effect)?.toLowerCase() === "allow" &&
      asList(Action).some((action) => /^(sts:(AssumeRole|\*)|\*)$/i.test(asText(action) ?? "")) &&
      (NotPrincipal !== undefined || names(Principal, service)),
  );
}

function names(principal: Value | undefined, service: string): boolean {
  if (asText(principal) === "*") return true;
  const { Service, AWS } = asObject(principal);
  // Older policies name a service by its region as well: ecs-tasks.eu-west-1.amazonaws.com.
  const [first = ""] = service.split(".");
  const regional = new RegExp(`^${first}\\.([a-z0-9-]+\\.)?amazonaws\\.com(\\.cn)?$`);
  return (
    asList(Service).some((one) => regional.test(asText(one) ?? "")) || asList(AWS).some((one) => asText(one) === "*")
  );
}

function statementsKnown(statements: Value): boolean {
  return asList(statements).every(
    (one) => isTree(one) && isKnown(one.Effect) && isKnown(one.Action) && principalKnown(one.Principal),
  );
}

function principalKnown(principal: Value | undefined): boolean {
  return !isUnresolved(principal) && isKnown(asObject(principal).Service);
}
