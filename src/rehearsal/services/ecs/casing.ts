import { isObject } from "../../../template/json.ts";
import type { Json, JsonObject } from "../../../template/types.ts";

/** Members whose keys are the user's, not ECS's. */
const MAPS: ReadonlySet<string> = new Set(["options", "dockerLabels", "driverOpts", "labels"]);

/** ECS's own answers begin their names with a small letter where CloudFormation's properties have a capital. */
export const lower = recased((letter) => letter.toLowerCase());

/** The other way round: ECS's parameters as CloudFormation properties. */
export const upper = recased((letter) => letter.toUpperCase());

function recased(first: (letter: string) => string): (value: JsonObject) => JsonObject {
  const one = (value: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => {
        const isMap = MAPS.has(`${name[0]?.toLowerCase()}${name.slice(1)}`);
        return [`${first(name[0] ?? "")}${name.slice(1)}`, isMap ? inner : deep(inner)];
      }),
    );
  const deep = (value: Json): Json => (Array.isArray(value) ? value.map(deep) : isObject(value) ? one(value) : value);
  return one;
}
