import type { Scope, ServiceResource, State } from "./state.ts";

const keyOf = (scope: Scope, id: string) => `${scope.account}/${scope.region}/${id}`;

/** Adds or replaces a resource. */
export function putResource(state: State, resource: ServiceResource): ServiceResource {
  state.resources[resource.type] ??= {};
  const store = state.resources[resource.type] ?? {};
  store[keyOf(resource, resource.id)] = resource;
  return resource;
}

/** The resource of this type and id in a scope. */
export function resourceAt(state: State, type: string, scope: Scope, id: string): ServiceResource | undefined {
  return state.resources[type]?.[keyOf(scope, id)];
}

/** All resources of a type in a scope, oldest first. */
export function resourcesAt(state: State, type: string, scope: Scope): readonly ServiceResource[] {
  return everyResource(state, type).filter(
    ({ account, region }) => account === scope.account && region === scope.region,
  );
}

/** All resources of a type, of every account and region. */
export function everyResource(state: State, type: string): readonly ServiceResource[] {
  return Object.values(state.resources[type] ?? {});
}

/** Removes a resource. */
export function removeResource(state: State, resource: ServiceResource): void {
  delete state.resources[resource.type]?.[keyOf(resource, resource.id)];
}
