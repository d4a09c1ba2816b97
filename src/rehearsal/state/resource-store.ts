import type { Scope, ServiceResource, State } from "./state.ts";

const keyOf = (scope: Scope, id: string) => `${scope.account}/${scope.region}/${id}`;

/** Puts a resource into its service. */
export function putResource(state: State, resource: ServiceResource): ServiceResource {
  state.resources[resource.type] ??= {};
  const store = state.resources[resource.type] ?? {};
  store[keyOf(resource, resource.id)] = resource;
  return resource;
}

/** The resource of this type and id in this place. */
export function resourceAt(state: State, type: string, scope: Scope, id: string): ServiceResource | undefined {
  return state.resources[type]?.[keyOf(scope, id)];
}

/** All resources of a type in a place, oldest first. */
export function resourcesAt(state: State, type: string, scope: Scope): readonly ServiceResource[] {
  return everyResource(state, type).filter(
    ({ account, region }) => account === scope.account && region === scope.region,
  );
}

/** All resources of a type, of every account and region. */
export function everyResource(state: State, type: string): readonly ServiceResource[] {
  return Object.values(state.resources[type] ?? {});
}

/** Takes a resource out of its service. */
export function removeResource(state: State, resource: ServiceResource): void {
  delete state.resources[resource.type]?.[keyOf(resource, resource.id)];
}
