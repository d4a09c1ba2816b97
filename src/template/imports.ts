import { evaluate, type TemplateScope } from "./evaluate.ts";
import { isObject } from "./json.ts";
import { linkedScopes, type NamedTemplate } from "./linked.ts";
import type { Json } from "./types.ts";

/**
 * Of each stack the names of those from which it imports (`Fn::ImportValue`): CloudFormation deletes no stack while another
 * imports from it (Template Reference, "Fn::ImportValue"). Exports are known by their names in a region.
 */
export function importsOf(stacks: readonly NamedTemplate[]): (stack: NamedTemplate) => readonly string[] {
  const scopes = linkedScopes(stacks);
  const exporters = new Map<string, string>();
  for (const scope of scopes) {
    for (const { Export } of Object.values(scope.template.Outputs ?? {})) {
      const name = Export && evaluate(Export.Name, scope);
      if (typeof name === "string") exporters.set(`${scope.region}/${name}`, scope.stack ?? "");
    }
  }
  return ({ name, region, template }) => {
    const scope = scopes.find((one) => one.stack === name && one.region === region);
    if (scope === undefined) return [];
    const { Resources, Outputs = {}, Conditions = {} } = template;
    const names = importedIn([Resources, Outputs, Conditions] as unknown as Json, scope);
    return [...new Set(names.flatMap((one) => exporters.get(`${region}/${one}`) ?? []))];
  };
}

function importedIn(value: Json, scope: TemplateScope): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => importedIn(item, scope));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const name = key === "Fn::ImportValue" ? evaluate(inner, scope) : undefined;
    return typeof name === "string" ? [name] : importedIn(inner, scope);
  });
}
