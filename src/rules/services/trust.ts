import { isUnresolved, isValues, type Value } from "../../template/evaluate.ts";
import type { Other } from "../rule.ts";
import { isKnown, list, object, objects, text } from "../values.ts";

/** Whether a role's trust policy lets `service` assume it; `undefined` if it is not known. */
export function trusts(role: Other, service: string): boolean | undefined {
  const statements = object(role.properties.AssumeRolePolicyDocument).Statement;
  if (statements === undefined || !statementsKnown(statements)) return undefined;
  return objects(statements).some(
    ({ Effect, Principal, NotPrincipal, Action }) =>
      text(Effect)?.toLowerCase() === "allow" &&
      list(Action).some((action) => /^(sts:(AssumeRole|\*)|\*)$/i.test(text(action) ?? "")) &&
      (NotPrincipal !== undefined || names(Principal, service)),
  );
}

function names(principal: Value | undefined, service: string): boolean {
  if (text(principal) === "*") return true;
  const { Service, AWS } = object(principal);
  // Older policies name a service by its region as well: ecs-tasks.eu-west-1.amazonaws.com.
  const [first = ""] = service.split(".");
  const regional = new RegExp(`^${first}\\.([a-z0-9-]+\\.)?amazonaws\\.com(\\.cn)?$`);
  return list(Service).some((one) => regional.test(text(one) ?? "")) || list(AWS).some((one) => text(one) === "*");
}

function statementsKnown(statements: Value): boolean {
  return list(statements).every(
    (one) => isValues(one) && isKnown(one.Effect) && isKnown(one.Action) && principalKnown(one.Principal),
  );
}

function principalKnown(principal: Value | undefined): boolean {
  return !isUnresolved(principal) && isKnown(object(principal).Service);
}
