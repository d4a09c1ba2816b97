import type { Json, Template } from "../../template/types.ts";
import { type PropertyChange, same } from "../model/diff.ts";
import type { Stage } from "../stage.ts";
import { type Reference, referencesIn } from "../template/references.ts";
import type { ChangeDetail, Deployment, Stack } from "./stack.ts";

/** What is not known of a resource before a change: all of it, or the attributes of these names. */
export type Unsure = "all" | readonly string[];

type Pair = {
  readonly id: string;
  readonly template: Template;
  readonly before: Template | undefined;
  /** Resources whose physical id is not known before the change is made. */
  readonly unsure: ReadonlyMap<string, Unsure>;
};

const RECREATION = { no: "Never", maybe: "Conditionally", yes: "Always" } as const;

/** One detail for each cause of a property's change (API reference, "ResourceChangeDetail"). */
export function changeDetails(
  stage: Stage,
  stack: Stack,
  target: Deployment,
  pair: Pair,
  change: PropertyChange,
): readonly ChangeDetail[] {
  const tags = stage.model.type(pair.template.Resources[pair.id]?.Type ?? "")?.tags?.property;
  const isTags = change.name === tags;
  const common = {
    attribute: isTags ? "Tags" : "Properties",
    ...(!isTags && { name: change.name }),
    path: `/Properties/${change.name}`,
    recreation: RECREATION[change.replaces],
    changeType: change.before === undefined ? "Add" : change.after === undefined ? "Remove" : "Modify",
    ...(change.before !== undefined && { before: text(change.before) }),
    ...(change.after !== undefined && { after: text(change.after) }),
  } as const;
  return causesOf(stack, target, pair, change.name).map((cause) => ({ ...common, ...cause }));
}

function isUnsure({ attribute }: Reference, unsure: Unsure | undefined): boolean {
  if (unsure === "all") return true;
  return attribute !== undefined && (unsure ?? []).includes(attribute);
}

type Cause = Pick<ChangeDetail, "evaluation" | "source" | "cause">;

function causesOf(stack: Stack, target: Deployment, pair: Pair, property: string): readonly Cause[] {
  const now = pair.template.Resources[pair.id]?.Properties?.[property];
  const then = pair.before?.Resources[pair.id]?.Properties?.[property];
  const references = referencesIn(now);
  const parameters = references
    .filter(({ name }) => Object.hasOwn(pair.template.Parameters ?? {}, name))
    .filter(({ name }) => stack.deployed?.parameters[name] !== target.parameters[name])
    .map(({ name }): Cause => ({ evaluation: "Static", source: "ParameterReference", cause: name }));
  const resources = references.filter((one) => isUnsure(one, pair.unsure.get(one.name))).map(dynamicCause);
  const indirect = unique([...parameters, ...resources]);
  const rewritten = !same(now, then);
  if (indirect.length > 0 && !rewritten) return indirect;
  // Rewritten to point at something that does not exist yet: the value is what decides, and it is not known.
  return resources.length > 0 ? unique(resources) : [{ evaluation: "Static", source: "DirectModification" }];
}

function dynamicCause({ name, attribute }: Reference): Cause {
  return attribute === undefined
    ? { evaluation: "Dynamic", source: "ResourceReference", cause: name }
    : { evaluation: "Dynamic", source: "ResourceAttribute", cause: `${name}.${attribute}` };
}

function unique(causes: readonly Cause[]): readonly Cause[] {
  const seen = new Map(causes.map((cause) => [`${cause.source} ${cause.cause}`, cause]));
  return [...seen.values()];
}

const text = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));
