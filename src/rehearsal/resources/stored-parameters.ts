import { hex } from "../state/hash.ts";
import { resourceAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";

/** What Parameter Store keeps under a name: the newest version, or the one asked for. */
type Stored = {
  readonly value: string;
  readonly type: string;
  readonly version: number;
  /** When it was first written (virtual milliseconds); each later writing is a version. */
  readonly written: number;
};

/** What a parameter's name and version (absent: the newest) stand for; `undefined` if there is no such version. */
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
  // A state of an earlier program knows the newest only.
  return Array.isArray(state.values) ? state.values.map(String) : [String(properties.Value ?? "")];
}

/** A parameter has been written: every write is a version. */
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
