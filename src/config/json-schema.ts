import { z } from "zod";
import { config } from "./schema.ts";
import { isValues, type Values } from "./values.ts";

/** The JSON Schema of astro.yaml (draft 7, which every editor's YAML support reads). */
export function jsonSchema(): Values {
  return jsonSchemaOf(config);
}

/** The JSON Schema of what a person writes for `schema`. */
export function jsonSchemaOf(schema: z.ZodType): Values {
  return z.toJSONSchema(schema, { io: "input", target: "draft-7" });
}

/** The part of a JSON Schema that describes the value at `path`; undefined for a key it does not know. */
export function schemaAt(schema: Values, path: readonly PropertyKey[]): Values | undefined {
  return path.reduce<Values | undefined>((at, key) => {
    const properties = at?.properties;
    const named = isValues(properties) ? properties[String(key)] : undefined;
    const found = named ?? at?.additionalProperties;
    return isValues(found) ? found : undefined;
  }, schema);
}
