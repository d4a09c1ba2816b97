import { hex } from "../state/hash.ts";
import { resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";

/** A parameter's value in Parameter Store: the newest version, or the given one. */
type Stored = {
  readonly value: string;
  readonly type: string;
  readonly version: number;
  /** When it was first written (simulated milliseconds); each later write is a version. */
  readonly written: number;
};

/** The value of a parameter in a version (absent: the newest); `undefined` if there is no such version. */
export function storedParameter(
  simulator: Simulator,
  scope: Scope,
  name: string,
  version?: string,
): Stored | undefined {
  const resource = resourceAt(simulator.state, "AWS::SSM::Parameter", scope, name);
  if (!resource) return version === undefined || version === "1" ? publicParameter(name, scope) : undefined;
  const values = valuesOf(resource);
  const number = version === undefined ? values.length : Number(version);
  const value = values[number - 1];
  const type = String(resource.properties.Type ?? "String");
  return value === undefined ? undefined : { value, type, version: number, written: resource.created };
}

/** Every version's value, the first version's first. */
export function valuesOf({ state, properties }: ServiceResource): readonly string[] {
  // A state saved by an earlier version of astro has the newest only.
  return Array.isArray(state.values) ? state.values.map(String) : [String(properties.Value ?? "")];
}

/** Adds the current value as a version: every write is one. */
export function addVersion(resource: ServiceResource): void {
  const before = Array.isArray(resource.state.values) ? resource.state.values : [];
  resource.state.values = [...before, String(resource.properties.Value ?? "")];
}

/** AWS's own parameters that name images (Systems Manager User Guide, "Discovering public parameters"). */
function publicParameter(name: string, { region }: Scope): Stored | undefined {
  const isImage = /^\/aws\/service\/(ami-|bottlerocket\/|canonical\/|debian\/|ecs\/|eks\/|marketplace\/)/.test(name);
  return isImage
    ? { value: `ami-0${hex(16, "image", region, name)}`, type: "String", version: 1, written: 0 }
    : undefined;
}
