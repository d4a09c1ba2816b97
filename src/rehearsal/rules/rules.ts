import { checkResource, type ExistingResource } from "../../rules/check-resource.ts";
import { checkPassage } from "../../rules/check-transitions.ts";
import { sameValue } from "../model/diff.ts";
import { type HandlerRequest, scopeOf } from "../resources/handler.ts";
import { handlerOf } from "../resources/handlers.ts";
import { partOf, rowsOf } from "../resources/properties.ts";
import { resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { CERTIFICATE_ACCOUNT_RULES } from "./certificates.ts";
import { missingServiceToken } from "./custom-resources.ts";
import { DATABASE_RULES } from "./databases.ts";
import { DELETION_RULES } from "./deletion-rules.ts";
import { EXISTENCE_RULES } from "./existence.ts";
import { impossibleRequest } from "./impossible-requests.ts";
import { NETWORK_ACCOUNT_RULES } from "./network.ts";
import { OTHER_RULES } from "./other.ts";
import { type AccountRule, type RuleRefusal, refuse } from "./rule.ts";

/** Rules that depend on the account: its resources, its quotas, names in use. */
export const ACCOUNT_RULES: readonly AccountRule[] = [
  ...NETWORK_ACCOUNT_RULES,
  ...EXISTENCE_RULES,
  ...CERTIFICATE_ACCOUNT_RULES,
  ...DATABASE_RULES,
  ...OTHER_RULES,
];

/** Why AWS refuses the request: by the account's rules, then by those on any template. */
export function requestRefusal(request: HandlerRequest): RuleRefusal | undefined {
  // The request is accepted, and fails later.
  if (impossibleRequest(request.type, request.properties)) return undefined;
  for (const rule of ACCOUNT_RULES) {
    const found = rule.types.includes(request.type) ? rule.check(request) : undefined;
    if (found) return found;
  }
  return missingServiceToken(request) ?? tagged(request) ?? ofTransitions(request) ?? ofTemplates(request);
}

/** Tags that a resource may have beside AWS's own (AWS General Reference, "Tag naming limits and requirements"). */
const MOST_TAGS = 50;

/** Why a service refuses the tags of a template or a stack. */
function tagged({ simulator, type, properties, tags }: HandlerRequest): RuleRefusal | undefined {
  const own = Object.keys(tags).filter((key) => !key.startsWith("aws:cloudformation:"));
  if (own.length > MOST_TAGS)
    return refuse(`The number of tags exceeds the limit of ${MOST_TAGS}`, "ServiceLimitExceeded");
  const given = properties[simulator.model.type(type)?.tags?.property ?? ""];
  const keys = Array.isArray(given) ? rowsOf(given).map(({ Key }) => String(Key)) : Object.keys(partOf(given));
  return keys.some((key) => /^aws:/i.test(key))
    ? refuse("aws: prefixed tag key names are not allowed for external use.")
    : undefined;
}

/** Why a service refuses an update; properties that the stack does not change are not sent. */
function ofTransitions({ type, properties, before = {}, current }: HandlerRequest): RuleRefusal | undefined {
  if (!current) return undefined;
  const asked = Object.entries(properties).map(([name, value]) =>
    sameValue(value, before[name]) ? [name, current.properties[name] ?? value] : [name, value],
  );
  const after = Object.fromEntries(asked) as typeof properties;
  const [found] = checkPassage({ type, before: current.properties, after, replaced: false, causes: [] });
  return found && { message: found.message, code: found.code };
}

function ofTemplates(request: HandlerRequest): RuleRefusal | undefined {
  const { simulator, scope, stack, logicalId, type, properties, current } = request;
  const all = (of: string) =>
    resourcesAt(simulator.state, of, scopeOf(handlerOf(of), scope)).filter((resource) => resource !== current);
  const [found] = checkResource(
    { type, stack: stack.name, ...scope, id: logicalId, properties },
    {
      all: (of) => all(of).map(existing),
      find: (of, known) =>
        all(of)
          .filter((resource) => isKnownAs(resource, known))
          .map(existing)[0],
    },
  );
  return found && { message: found.message, code: found.code };
}

/** Whether a text refers to the resource: its id, its ARN, or another of its attributes. */
function isKnownAs(resource: ServiceResource, text: string): boolean {
  return resource.id === text || Object.values(resource.attributes).includes(text);
}

/** A resource with the defaults that AWS chose. */
function existing({ id, region, properties, attributes }: ServiceResource): ExistingResource {
  const { AvailabilityZone } = attributes;
  return { id, region, properties: { ...(AvailabilityZone !== undefined && { AvailabilityZone }), ...properties } };
}

/** Why the resource cannot be deleted, and how long (seconds) CloudFormation retries. */
export function deletionRefusal(
  simulator: Simulator,
  resource: ServiceResource,
): { readonly refusal: RuleRefusal; readonly patience: number } | undefined {
  for (const { types, check, patience = 0 } of DELETION_RULES) {
    const found = types.includes(resource.type) ? check(simulator, resource) : undefined;
    if (found) return { refusal: found, patience };
  }
  const refused = impossibleRequest(resource.type, resource.properties);
  return refused && { refusal: refused, patience: 0 };
}
