import type { Value, Values } from "../../template/evaluate.ts";
import { firstFault } from "../checks.ts";
import type { Rule, RuleCheck, Violation } from "../rule.ts";
import { asObject, asText, items, objects, valuesAt, whole } from "../values.ts";
import { CONFIG, onConfig } from "./distributions.ts";

const DISTRIBUTION = "AWS::CloudFront::Distribution";
const API = "Amazon CloudFront API Reference";

/** The three sets of methods (CloudFront API Reference, AllowedMethods). */
const METHODS = ["GET HEAD", "GET HEAD OPTIONS", "DELETE GET HEAD OPTIONS PATCH POST PUT"];

const BEHAVIOURS = ["DefaultCacheBehavior", "CacheBehaviors.*"];

/** Cache behaviours of distributions. */
export const BEHAVIOUR_RULES: readonly Rule[] = [
  {
    id: "distribution-origin",
    types: [DISTRIBUTION],
    document: `${API}, CreateDistribution (NoSuchOrigin)`,
    code: "NotFound",
    check: onConfig((config) => {
      const origins = whole(config.Origins);
      if (origins === undefined) return undefined;
      const ids = [...origins, ...objects(asObject(config.OriginGroups).Items)].map(({ Id }) => asText(Id));
      if (ids.includes(undefined)) return undefined;
      for (const { path, value } of behavioursOf(config)) {
        const wanted = asText(asObject(value).TargetOriginId);
        if (wanted === undefined || ids.includes(wanted)) continue;
        const message = "One or more of your origins or origin groups do not exist.";
        return { property: `${CONFIG}/${path}/TargetOriginId`, value: wanted, message };
      }
      return undefined;
    }),
  },
  {
    id: "distribution-methods",
    types: [DISTRIBUTION],
    document: `${API}, AllowedMethods`,
    approximate: true,
    check: eachBehaviour(({ AllowedMethods }, path) => {
      if (!Array.isArray(AllowedMethods)) return undefined;
      const methods = (AllowedMethods as readonly Value[]).map(asText);
      const known = methods.every((method) => method !== undefined);
      if (!known || METHODS.includes(methods.toSorted().join(" "))) return undefined;
      const message =
        "The parameter AllowedMethods must be one of: GET, HEAD; GET, HEAD, OPTIONS; or all seven methods.";
      return { property: `${path}/AllowedMethods`, value: methods.join(", "), message };
    }),
  },
  {
    id: "distribution-cache-policy",
    types: [DISTRIBUTION],
    document: `${API}, CacheBehavior`,
    approximate: true,
    check: eachBehaviour(({ CachePolicyId, ForwardedValues }, path) =>
      CachePolicyId === undefined && ForwardedValues === undefined
        ? { property: `${path}/CachePolicyId`, message: "The parameter ForwardedValues is required." }
        : undefined,
    ),
  },
  {
    id: "distribution-cache-policy-alone",
    types: [DISTRIBUTION],
    document: `${API}, CacheBehavior`,
    check: eachBehaviour((behaviour, path) => {
      if (behaviour.CachePolicyId === undefined) return undefined;
      const old = ["ForwardedValues", "MinTTL", "DefaultTTL", "MaxTTL"].find((name) => behaviour[name] !== undefined);
      const message = `The parameter ${old} cannot be used when a cache policy is associated to the cache behavior.`;
      return old === undefined ? undefined : { property: `${path}/${old}`, message };
    }),
  },
  {
    id: "distribution-function",
    types: [DISTRIBUTION],
    document: `${API}, FunctionAssociation (EventType)`,
    approximate: true,
    check: eachBehaviour(({ FunctionAssociations }, path) => {
      for (const [index, { EventType }] of items(FunctionAssociations)) {
        const event = asText(EventType);
        if (event === undefined || event === "viewer-request" || event === "viewer-response") continue;
        const message = `The function cannot be associated with the event type ${event}: it must be viewer-request or viewer-response.`;
        return { property: `${path}/FunctionAssociations/${index}/EventType`, value: event, message };
      }
      return undefined;
    }),
  },
];

function behavioursOf(config: Values) {
  return BEHAVIOURS.flatMap((path) => valuesAt(config, path));
}

function eachBehaviour(check: (behaviour: Values, path: string) => Violation | undefined): RuleCheck {
  return onConfig((config) =>
    firstFault(behavioursOf(config), ({ path, value }) => {
      const behaviour = asObject(value);
      return Object.keys(behaviour).length > 0 ? check(behaviour, `${CONFIG}/${path}`) : undefined;
    }),
  );
}
