import { type Reference, referencesIn } from "../../template/references.ts";
import type { Json, Resource, Template } from "../../template/types.ts";
import { type PropertyChange, sameValue } from "../model/diff.ts";
import { isUnknown } from "../model/unknown.ts";
import type { ChangeDetail, Deployment, SimulatedStack } from "../state/stack.ts";

/** What a change does to a resource: it is new, replaced, or may be replaced; `kept` is updated in place. */
export type ChangeOutcome = "added" | "kept" | "maybe" | "replaced";

type Pair = {
  readonly id: string;
  readonly template: Template;
  readonly before: Template | undefined;
  readonly outcomes: ReadonlyMap<string, ChangeOutcome>;
};

const RECREATION = { no: "Never", maybe: "Conditionally", yes: "Always" } as const;

/** One detail for each cause of a property's change (API reference, "ResourceChangeDetail"). */
export function changeDetails(
  stack: SimulatedStack,
  target: Deployment,
  pair: Pair,
  change: PropertyChange,
): readonly ChangeDetail[] {
  const common = commonOf(change);
  const causes = causesOf(stack, target, pair, propertyOf(change.name), isUnknown(change.after));
  return causes.map((cause) => ({ ...common, ...cause }));
}

/**
 * Details that may follow from an in-place update of a resource that a property reads with `Fn::GetAtt`, whatever the
 * attribute. Where property values are requested AWS compares the attribute's current value and leaves these out.
 */
export function followingDetails(pair: Pair, change: PropertyChange): readonly ChangeDetail[] {
  const common = commonOf(change);
  const causes = propertyIn(pair.template, pair.id, change.name)
    .filter(({ name, attribute }) => attribute !== undefined && pair.outcomes.get(name) === "kept")
    .map((one): Cause => ({ ...causeOf(one, "Dynamic"), only: "names" }));
  return unique(causes).map((cause) => ({ ...common, ...cause }));
}

/**
 * A resource's metadata is reported as a property is, one detail for each cause (localstack's test_no_echo_parameter,
 * recorded 2025-08-15).
 */
export function metadataDetails(stack: SimulatedStack, target: Deployment, pair: Pair): readonly ChangeDetail[] {
  const causes = causesOf(stack, target, pair, ({ Metadata }) => Metadata);
  return causes.map((cause) => ({ attribute: "Metadata", recreation: "Never", ...cause }));
}

/** A tags property is reported like any other (the same recording). */
function commonOf(change: PropertyChange) {
  return {
    attribute: "Properties",
    name: change.name,
    path: `/Properties/${change.name}`,
    recreation: RECREATION[change.replaces],
    changeType: change.before === undefined ? "Add" : change.after === undefined ? "Remove" : "Modify",
    ...(change.before !== undefined && { before: text(change.before) }),
    ...(change.after !== undefined && { after: text(change.after) }),
  } as const;
}

const propertyIn = (template: Template, id: string, property: string) =>
  referencesIn(template.Resources[id]?.Properties?.[property]);

type Cause = Pick<ChangeDetail, "evaluation" | "source" | "cause" | "only">;

/** The property itself was edited, beside its other causes. */
const ITSELF: Cause = { evaluation: "Dynamic", source: "DirectModification" };

/** A part of a resource's definition. */
type Part = (resource: Resource) => Json | undefined;

const propertyOf =
  (name: string): Part =>
  ({ Properties }) =>
    Properties?.[name];

function causesOf(
  stack: SimulatedStack,
  target: Deployment,
  pair: Pair,
  part: Part,
  unknown = false,
): readonly Cause[] {
  const partIn = (template: Template | undefined) => {
    const resource = template?.Resources[pair.id];
    return resource && part(resource);
  };
  const references = referencesIn(partIn(pair.template));
  const parameters = references
    .filter(({ name }) => Object.hasOwn(pair.template.Parameters ?? {}, name))
    .filter(({ name }) => stack.deployed?.parameters[name] !== target.parameters[name])
    .map(({ name }): Cause => ({ evaluation: "Static", source: "ParameterReference", cause: name }));
  const resources = references.flatMap((one) => {
    const outcome = pair.outcomes.get(one.name);
    // A reference to a replaced resource changes.
    return outcome === undefined || outcome === "kept"
      ? []
      : [causeOf(one, outcome === "replaced" ? "Static" : "Dynamic")];
  });
  if (parameters.length > 0) return unique([...parameters, ...resources, ITSELF]);
  if (resources.length === 0) return [unknown ? ITSELF : { ...ITSELF, evaluation: "Static" }];
  const rewritten = !sameValue(partIn(pair.template), partIn(pair.before));
  return unique(rewritten ? resources : [...resources, { ...ITSELF, only: "values" }]);
}

function causeOf({ name, attribute }: Reference, evaluation: Cause["evaluation"]): Cause {
  return attribute === undefined
    ? { evaluation, source: "ResourceReference", cause: name }
    : { evaluation, source: "ResourceAttribute", cause: `${name}.${attribute}` };
}

function unique(causes: readonly Cause[]): readonly Cause[] {
  const seen = new Map(causes.map((cause) => [`${cause.source} ${cause.cause}`, cause]));
  return [...seen.values()];
}

const text = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
