import { evaluate, LONGEST_CHAIN, type Scope, type Value } from "./evaluate.ts";
import type { Template } from "./types.ts";

/** A stack and its template. */
export type NamedTemplate = { readonly name: string; readonly region: string; readonly template: Template };

/** The stacks' scopes, each able to read the others' outputs (`Fn::GetStackOutput`) and exports (`Fn::ImportValue`). */
export function linkedScopes(stacks: readonly NamedTemplate[], account?: string): readonly Scope[] {
  const busy = new Set<string>();
  const known = new Map<string, Value | undefined>();
  const output = (stack: string, name: string, region: string): Value | undefined => {
    const scope = scopes.find((one) => one.stack === stack && one.region === region);
    const found = scope?.template.Outputs?.[name];
    const address = `${region}/${stack}/${name}`;
    if (known.has(address)) return known.get(address);
    // Outputs that name each other in a circle have no value; they must only not loop.
    if (scope === undefined || found === undefined || busy.has(address) || busy.size > LONGEST_CHAIN) return undefined;
    busy.add(address);
    const value = evaluate(found.Value, scope);
    busy.delete(address);
    known.set(address, value);
    return value;
  };
  const exports = new Map<string, readonly [stack: string, name: string]>();
  const scopes = stacks.map(
    ({ name, region, template }): Scope => ({
      template,
      stack: name,
      region,
      output,
      imported: (exported) => {
        // Exports are a region's own.
        const found = exports.get(`${region}/${exported}`);
        return found && output(...found, region);
      },
      ...(account !== undefined && { account }),
    }),
  );
  for (const scope of scopes)
    for (const [name, { Export }] of Object.entries(scope.template.Outputs ?? {})) {
      const exported = Export === undefined ? undefined : evaluate(Export.Name, scope);
      if (typeof exported === "string") exports.set(`${scope.region}/${exported}`, [scope.stack, name]);
    }
  // What was asked for before every export was known may have another answer now.
  known.clear();
  return scopes;
}
