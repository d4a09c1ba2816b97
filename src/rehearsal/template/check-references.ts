import { type Reference, referencesIn } from "../../template/references.ts";
import type { Json, Template } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";
import { WORDS } from "./functions.ts";

/** Pseudo parameters (Template Reference, "Pseudo parameters reference"). */
const PSEUDO = new Set([
  "AWS::AccountId",
  "AWS::NoValue",
  "AWS::NotificationARNs",
  "AWS::Partition",
  "AWS::Region",
  "AWS::StackId",
  "AWS::StackName",
  "AWS::URLSuffix",
]);

/** Throws a ValidationError for the first reference to a missing name. */
export function checkReferences(template: Template): void {
  const resources = Object.values(template.Resources);
  const inResources = resources.flatMap(({ Properties, Metadata }) => [
    ...referencesIn(Properties),
    ...referencesIn(Metadata),
  ]);
  const inOutputs = referencesIn(template.Outputs as unknown as Json);
  const depended = resources.flatMap(({ DependsOn }) => DependsOn ?? []);
  const unmet = depended.filter((id) => !Object.hasOwn(template.Resources, id));
  unresolved(template, inResources, "Resources", unmet);
  unresolved(template, inOutputs, "Outputs", []);
  for (const reference of [...inResources, ...inOutputs]) checkAttribute(template, reference);
  checkConditions(template);
}

function unresolved(
  template: Template,
  references: readonly Reference[],
  block: string,
  others: readonly string[],
): void {
  const known = (name: string) =>
    Object.hasOwn(template.Resources, name) || Object.hasOwn(template.Parameters ?? {}, name) || PSEUDO.has(name);
  const missing = references
    .filter(({ name, attribute }) => attribute === undefined && !known(name))
    .map(({ name }) => name);
  const names = [...new Set([...missing, ...others])];
  if (names.length > 0) {
    throw invalid(
      `Template format error: Unresolved resource dependencies [${names.join(", ")}] in the ${block} block of the template`,
    );
  }
}

/** The attribute's existence is checked when it is read (see `unreadable`). */
function checkAttribute(template: Template, { name, attribute }: Reference): void {
  if (attribute === undefined) return;
  if (attribute === "") throw invalid(WORDS.attribute);
  if (!Object.hasOwn(template.Resources, name))
    throw invalid(`Template error: instance of Fn::GetAtt references undefined resource ${name}`);
}

function checkConditions(template: Template): void {
  const conditions = template.Conditions ?? {};
  const used = (block: string, names: readonly (string | undefined)[]) => {
    const missing = names.find((name) => name !== undefined && !Object.hasOwn(conditions, name));
    if (missing !== undefined) {
      throw invalid(
        `Template format error: Unresolved condition dependency ${missing} in the ${block} block of the template`,
      );
    }
  };
  used(
    "Resources",
    Object.values(template.Resources).map(({ Condition }) => Condition),
  );
  for (const block of [template.Resources, template.Outputs ?? {}]) {
    const missing = namesOfIf(block as unknown as Json).find((name) => !Object.hasOwn(conditions, name));
    if (missing !== undefined) throw invalid(`Template error: unresolved condition dependency ${missing} in Fn::If`);
  }
  used(
    "Outputs",
    Object.values(template.Outputs ?? {}).map(({ Condition }) => Condition),
  );
  const wrong = referencesIn(conditions).filter(
    ({ name }) => !Object.hasOwn(template.Parameters ?? {}, name) && !PSEUDO.has(name),
  );
  if (wrong.length > 0) {
    const names = [...new Set(wrong.map(({ name }) => name))].join(", ");
    throw invalid(
      `Template format error: Unresolved dependencies [${names}]. Cannot reference resources in the Conditions block of the template`,
    );
  }
}

function namesOfIf(value: Json): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(namesOfIf);
  return Object.entries(value).flatMap(([key, inner]) => [
    ...(key === "Fn::If" && Array.isArray(inner) ? [String((inner as readonly Json[])[0])] : []),
    ...namesOfIf(inner),
  ]);
}
