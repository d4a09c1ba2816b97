import type { Json, JsonObject, Template } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";
import { circularNames } from "./circular-names.ts";
import { CONDITIONS } from "./function-places.ts";

/** Throws a ValidationError for conditions that are empty, or depend on a missing one or on themselves. */
export function checkConditions({ Conditions = {} }: Template): void {
  for (const definition of Object.values(Conditions)) {
    const [name, ...others] = definition !== null && typeof definition === "object" ? Object.keys(definition) : [];
    if (name === undefined || others.length > 0 || !isBoolean(name))
      throw invalid(
        "Template format error: Conditions can only be boolean operations on parameters and other conditions",
      );
  }
  const needs = new Map(
    Object.entries(Conditions).map(([name, definition]) => [name, new Set(conditionsIn(definition))]),
  );
  const missing = [...needs.values()].flatMap((names) => [...names]).filter((name) => !needs.has(name));
  if (missing.length > 0) {
    const names = [...new Set(missing)].join(", ");
    throw invalid(
      `Template format error: Unresolved condition dependencies [${names}] in the Conditions block of the template`,
    );
  }
  const circle = circularNames(needs);
  if (circle.length > 0) throw invalid(`Template error: Found circular condition dependency: [${circle.join(", ")}]`);
}

const isBoolean = (name: string) => CONDITIONS.has(name) || name === "Fn::Transform";

function conditionsIn(value: Json): readonly string[] {
  if (value === null || typeof value !== "object") return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(conditionsIn);
  return Object.entries(value as JsonObject).flatMap(([name, inner]) =>
    name === "Condition" && typeof inner === "string" ? [inner] : conditionsIn(inner),
  );
}
