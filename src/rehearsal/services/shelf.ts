import type { JsonObject } from "../../template/types.ts";
import { placeOf } from "../resources/kind.ts";
import { kindOf } from "../resources/kinds.ts";
import { hold } from "../rules/rules.ts";
import type { Stage } from "../stage.ts";
import { putThing, removeThing, thingAt, thingsAt } from "../things.ts";
import { AwsError } from "../wire/error.ts";
import type { Place, Thing } from "../world.ts";

/** All things of a type that the caller sees, wherever the type is kept. */
export function allOf(stage: Stage, call: { readonly place: Place }, type: string): readonly Thing[] {
  return thingsAt(stage.world, type, placeOf(kindOf(type), call.place));
}

/** The thing of this id that the caller sees. */
export function oneOf(stage: Stage, call: { readonly place: Place }, type: string, id: string): Thing | undefined {
  return thingAt(stage.world, type, placeOf(kindOf(type), call.place), id);
}

/** Makes a thing by a call of its service, in the words of its CloudFormation properties. */
export function make(
  stage: Stage,
  { place }: { readonly place: Place },
  made: {
    readonly type: string;
    readonly id: string;
    readonly properties: JsonObject;
    readonly tags?: { readonly [key: string]: string };
  },
): Thing {
  const { type, id, properties, tags = {} } = made;
  const making = {
    stage,
    place,
    stack: { id: "", name: "" },
    logicalId: id,
    type,
    properties,
    tags,
    incarnation: stage.world.serial,
  };
  stage.world.serial += 1;
  const kind = kindOf(type);
  const thing = putThing(stage.world, {
    ...placeOf(kind, place),
    type,
    id,
    properties,
    attributes: kind?.attributes?.(making, id) ?? {},
    tags: { ...tags },
    created: stage.world.now,
    state: {},
  });
  kind?.made?.(making, thing);
  return thing;
}

/** Deletes a thing by a call of its service, with all that this does to others. */
export function unmake(stage: Stage, thing: Thing): void {
  if (kindOf(thing.type)?.removed?.(stage, thing) !== "kept") removeThing(stage.world, thing);
}

/** Throws the service's own refusal (`code`) if something keeps the thing from being deleted. */
export function checkFree(stage: Stage, thing: Thing, code: string): void {
  const held = hold(stage, thing);
  if (held) throw new AwsError(code, held.refusal.message);
}

/** Whether the thing works by now, not only exists. */
export function isReady(stage: Stage, { state }: Thing): boolean {
  return stage.world.now >= Number(state.ready ?? 0);
}

/** Tags as most services list them. */
export function tagList(thing: Pick<Thing, "tags">): readonly { readonly Key: string; readonly Value: string }[] {
  return Object.entries(thing.tags).map(([Key, Value]) => ({ Key, Value }));
}

/** The same from a call. */
export function tagsIn(list: readonly JsonObject[]): { readonly [key: string]: string } {
  return Object.fromEntries(
    list.map((tag) => [String(tag.Key ?? tag.key ?? tag.TagKey), String(tag.Value ?? tag.value ?? tag.TagValue ?? "")]),
  );
}

/** Gives a thing the tags of a call; those it has keep what the call does not name. */
export function tag(thing: Thing, list: readonly JsonObject[]): void {
  thing.tags = { ...thing.tags, ...tagsIn(list) };
}

/** Takes tags from a thing, by their keys. */
export function untag(thing: Thing, keys: readonly string[]): void {
  thing.tags = Object.fromEntries(Object.entries(thing.tags).filter(([key]) => !keys.includes(key)));
}

/** Seconds since 1970, as the JSON services have times. */
export function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}

/** The ARN of a thing: an attribute of it, or its id. */
export function arnOf(thing: Thing): string {
  const found = Object.entries(thing.attributes).find(
    ([name, value]) => /arn$/i.test(name) && String(value).startsWith("arn:"),
  );
  if (thing.id.startsWith("arn:")) return thing.id;
  return found ? String(found[1]) : (ec2Arn(thing) ?? thing.id);
}

/** The ARN of what EC2 keeps, of which most templates know the id only (Service Authorization Reference, "Amazon EC2"). */
function ec2Arn(thing: Thing): string | undefined {
  if (!thing.type.startsWith("AWS::EC2::")) return undefined;
  const { kind, id } = ec2Name(thing);
  return /^[a-z]+-[0-9a-f]+$/.test(id) ? `arn:aws:ec2:${thing.region}:${thing.account}:${kind}/${id}` : undefined;
}

/** What EC2 calls a thing's type, and the thing (API Reference, "TagSpecification"). */
export function ec2Name({ type, id, attributes }: Thing): { readonly kind: string; readonly id: string } {
  const name = type.split("::")[2] ?? "";
  const kind = EC2_NAMES[name] ?? name.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return { kind, id: String(attributes.AllocationId ?? id) };
}

const EC2_NAMES: { readonly [type: string]: string } = {
  EIP: "elastic-ip",
  FlowLog: "vpc-flow-log",
  NatGateway: "natgateway",
  VPC: "vpc",
  VPCEndpoint: "vpc-endpoint",
};
