import * as z from "zod";
import { config } from "./schema.ts";
import { type ConfigTree, isConfigTree } from "./values.ts";

/** The JSON Schema of astro.yaml (draft 7, which every editor's YAML support reads). */
export function jsonSchema(): ConfigTree {
  return jsonSchemaOf(config);
}

/** The JSON Schema of what a person writes for `schema`. */
export function jsonSchemaOf(schema: z.ZodType): ConfigTree {
  return z.toJSONSchema(schema, { io: "input", target: "draft-7" });
}

/** The part of a JSON Schema that describes the value at `path`; undefined for a key it does not know. */
export function schemaAt(schema: ConfigTree, path: readonly PropertyKey[]): ConfigTree | undefined {
  return path.reduce<ConfigTree | undefined>((at, key) => {
    const properties = at?.properties;
    const named = isConfigTree(properties) ? properties[String(key)] : undefined;
    const found = named ?? (typeof key === "number" ? at?.items : at?.additionalProperties);
    return isConfigTree(found) ? found : undefined;
  }, schema);
}
