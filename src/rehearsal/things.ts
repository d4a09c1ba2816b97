import type { Place, Thing, World } from "./world.ts";

const keyOf = (place: Place, id: string) => `${place.account}/${place.region}/${id}`;

/** Puts a thing into its service. */
export function putThing(world: World, thing: Thing): Thing {
  world.things[thing.type] ??= {};
  const shelf = world.things[thing.type] ?? {};
  shelf[keyOf(thing, thing.id)] = thing;
  return thing;
}

/** The thing of this type and id in this place. */
export function thingAt(world: World, type: string, place: Place, id: string): Thing | undefined {
  return world.things[type]?.[keyOf(place, id)];
}

/** All things of a type in a place, oldest first. */
export function thingsAt(world: World, type: string, place: Place): readonly Thing[] {
  return everyThing(world, type).filter(({ account, region }) => account === place.account && region === place.region);
}

/** All things of a type, of every account and region. */
export function everyThing(world: World, type: string): readonly Thing[] {
  return Object.values(world.things[type] ?? {});
}

/** Takes a thing out of its service. */
export function removeThing(world: World, thing: Thing): void {
  delete world.things[thing.type]?.[keyOf(thing, thing.id)];
}
