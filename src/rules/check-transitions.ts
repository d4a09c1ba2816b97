import { conditionHolds, evaluateProperties, type TemplateScope } from "../template/evaluate.ts";
import { linkedScopes, type NamedTemplate } from "../template/linked.ts";
import { findingOf, type RuleFinding } from "./finding.ts";
import type { Other } from "./rule.ts";
import type { Passage, Transition } from "./transition.ts";
import { CACHE_TRANSITIONS } from "./transitions/caches.ts";
import { DATABASE_TRANSITIONS } from "./transitions/databases.ts";
import { NAME_TRANSITIONS } from "./transitions/names.ts";
import { OTHER_TRANSITIONS } from "./transitions/others.ts";
import { SET_TRANSITIONS } from "./transitions/sets.ts";

/** Every rule on updates of resources. */
export const TRANSITIONS: readonly Transition[] = [
  ...DATABASE_TRANSITIONS,
  ...CACHE_TRANSITIONS,
  ...OTHER_TRANSITIONS,
  ...NAME_TRANSITIONS,
];

/** A template to be deployed, and what is known of its changes. */
export type Moving = NamedTemplate & {
  readonly changes?: readonly {
    readonly logicalId: string;
    readonly action: string;
    readonly causes: readonly string[];
  }[];
};

/** A change that AWS would refuse, and what to do. */
export type Stopped = RuleFinding & { readonly way: string };

/**
 * All that AWS would refuse in an update from the deployed templates to the new ones, read together. Values that only
 * AWS knows are never findings. Stacks of `before` that are not in `after` are assumed to remain.
 */
export function checkTransitions(
  before: readonly NamedTemplate[],
  after: readonly Moving[],
  account?: string,
): readonly Stopped[] {
  const olds = linkedScopes(before, account);
  const news = linkedScopes(after, account);
  const own = news.flatMap((scope, index) => {
    const old = olds.find(({ stack, region }) => stack === scope.stack && region === scope.region);
    return old === undefined ? [] : stoppedIn(old, scope, after[index]?.changes ?? []);
  });
  const moved = olds.filter((old) => news.some(({ stack, region }) => stack === old.stack && region === old.region));
  const [stood, stands] = [moved.flatMap(othersIn), news.flatMap(othersIn)];
  const sets = SET_TRANSITIONS.flatMap((rule) =>
    rule.check(stood, stands).map(({ of: { stack, region, id, type }, way, ...fault }) => ({
      ...findingOf(rule, fault, { stack, region, id, type }),
      way,
    })),
  );
  return [...own, ...sets];
}

/** What AWS would refuse in one resource's update, all properties resolved. */
export function checkPassage(
  passage: Passage,
): readonly (Pick<Stopped, "rule" | "code" | "message"> & { way: string })[] {
  return TRANSITIONS.filter(({ types }) => types.includes(passage.type)).flatMap(({ id, code, check }) => {
    const found = check(passage);
    return found ? [{ rule: id, code: code ?? "InvalidRequest", message: found.message, way: found.way }] : [];
  });
}

function stoppedIn(
  old: TemplateScope,
  scope: TemplateScope,
  changes: NonNullable<Moving["changes"]>,
): readonly Stopped[] {
  const { stack, region } = scope;
  const deployed = new Map(othersIn(old).map((one) => [one.id, one]));
  return othersIn(scope).flatMap((one) => {
    const was = deployed.get(one.id);
    const rules = TRANSITIONS.filter(({ types }) => types.includes(one.type));
    if (was === undefined || was.type !== one.type || rules.length === 0) return [];
    const change = changes.find(({ logicalId }) => logicalId === one.id);
    const passage = {
      type: one.type,
      before: was.properties,
      after: one.properties,
      replaced: change?.action === "replace",
      causes: change?.causes ?? [],
    };
    return rules.flatMap((rule) => {
      const found = rule.check(passage);
      return found
        ? [{ ...findingOf(rule, found, { stack, region, id: one.id, type: one.type }), way: found.way }]
        : [];
    });
  });
}

/** The resources that a template certainly has; none if it has a macro. */
function othersIn(scope: TemplateScope): readonly Other[] {
  const { template, stack, region } = scope;
  if (template.Transform !== undefined && template.Transform !== "AWS::LanguageExtensions") return [];
  return Object.entries(template.Resources).flatMap(([id, resource]) => {
    const { Condition } = resource;
    if (typeof Condition === "string" && conditionHolds(Condition, scope) !== true) return [];
    return [{ type: resource.Type, stack, region, id, properties: evaluateProperties(resource, scope), written: {} }];
  });
}
