import { dependenciesOf } from "./references.ts";
import type { Template } from "./types.ts";

/** For each resource the others of its template it must wait for: DependsOn, Ref, Fn::GetAtt and Fn::Sub. */
export function dependencies(template: Template): ReadonlyMap<string, ReadonlySet<string>> {
  const needs = Object.entries(template.Resources).map(([id, resource]) => {
    // A plan's order goes by the properties; what Metadata mentions is the rehearsal's business.
    const others = dependenciesOf(template, { ...resource, Metadata: {} }).filter((other) => other !== id);
    return [id, new Set(others)] as const;
  });
  return new Map(needs);
}
