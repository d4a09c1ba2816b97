import { partitionOf } from "../../template/partition.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { capitals, hex, uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";

/** A resource about to be made or changed. */
export type Making = {
  readonly simulator: Simulator;
  /** Where its stack is. */
  readonly scope: Scope;
  readonly stack: { readonly id: string; readonly name: string };
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly tags: { readonly [key: string]: string };
  /** Tells the incarnations of one logical id apart. */
  readonly incarnation: number;
  /** The resource as it is, when it is changed. */
  readonly current?: ServiceResource;
  /** What its stack gave it last, when an update of the stack changes it. */
  readonly before?: JsonObject;
};

/** What is special about a resource type, beyond what the service specification says. */
export type Kind = {
  /** It is kept once an account, not once a region. */
  readonly global?: true;
  /** The property that names it: a value given there is its id. */
  readonly named?: string;
  /** The same where the id is not the name but an ARN or address made of it. */
  readonly titled?: string;
  readonly id?: (making: Making) => string;
  /** What tells it apart in its service, where `Ref` alone does not. */
  readonly key?: (making: Making) => string;
  readonly attributes?: (making: Making, id: string) => JsonObject;
  /** An attribute that hangs on what else there is by now. */
  readonly reads?: (simulator: Simulator, scope: Scope, id: string, name: string) => Json | undefined;
  /** What a change leaves it with, where its service is not sent all that the template gives. */
  readonly changed?: (making: Making, resource: ServiceResource) => JsonObject;
  /** What making or changing it does to other resources. */
  readonly made?: (making: Making, resource: ServiceResource) => void;
  /** What somebody else has to do before it is complete, and for how long (milliseconds) its service waits for that. */
  readonly awaits?: {
    readonly isDone: (simulator: Simulator, resource: ServiceResource) => boolean;
    readonly milliseconds: number;
    readonly words: string;
    /** What CloudFormation says of that in an event each. */
    readonly says?: (resource: ServiceResource) => readonly string[];
    /** The resource's state before, once it is done, and once it is given up. */
    readonly states: readonly [before: string, done: string, over: string];
  };
  /** What deleting it does to other resources; for `kept`, the resource itself stays behind. */
  readonly removed?: (simulator: Simulator, resource: ServiceResource) => "kept" | undefined;
};

export type Kinds = { readonly [type: string]: Kind };

/** Where the resource will be. */
export function placeOf(kind: Kind | undefined, scope: Scope): Scope {
  return { account: scope.account, region: kind?.global ? "global" : scope.region };
}

/** `length` hex digits for this very resource; `salt` makes further ones. */
export function hexFor(making: Making, length: number, salt = ""): string {
  return hex(length, ...seedOf(making), salt);
}

/** What all randomness of a resource is made from. */
export function seedOf(making: Making): readonly [number, string, string, number] {
  return [making.simulator.state.seed, making.stack.id, making.logicalId, making.incarnation];
}

/** A UUID for this very resource. */
export function uuidFor(making: Making, salt = ""): string {
  return uuid(...seedOf(making), salt);
}

/** The name that CloudFormation makes up: stack, logical id, random, within `most` characters. */
export function madeUpName(making: Making, most = 64): string {
  const tail = capitals(12, ...seedOf(making), "name");
  const room = most - tail.length - 2;
  const logical = making.logicalId.slice(0, Math.max(room - making.stack.name.length, Math.floor(room / 2)));
  return `${making.stack.name.slice(0, room - logical.length)}-${logical}-${tail}`;
}

/** An ARN in the making's partition, region and account; `region` and `account` may be blanked. */
export function arn(
  making: Pick<Making, "scope">,
  service: string,
  rest: string,
  blank: "none" | "region" | "both" = "none",
): string {
  const { account, region } = making.scope;
  const middle = blank === "both" ? ":" : blank === "region" ? `:${account}` : `${region}:${account}`;
  return `arn:${partitionOf(region)}:${service}:${middle}:${rest}`;
}

/** When the resource was made, or is being made (milliseconds). */
export function bornAt(making: Making): number {
  return making.current?.created ?? making.simulator.state.now;
}
