import { jsonSchemaOf, schemaAt } from "./json-schema.ts";
import { environment } from "./schema.ts";
import { type ConfigTree, isConfigTree } from "./values.ts";

/** The values of an environment with their keys in the order of the schema, whatever order they were decided in. */
export function inSchemaOrder(values: ConfigTree): ConfigTree {
  return ordered(values, jsonSchemaOf(environment));
}

function ordered(values: ConfigTree, schema: ConfigTree | undefined): ConfigTree {
  const known = Object.keys(isConfigTree(schema?.properties) ? schema.properties : {});
  const keys = [...known.filter((key) => Object.hasOwn(values, key)), ...Object.keys(values)];
  const below = (key: string, value: unknown) =>
    isConfigTree(value) ? ordered(value, schema && schemaAt(schema, [key])) : value;
  return Object.fromEntries([...new Set(keys)].map((key) => [key, below(key, values[key])]));
}
