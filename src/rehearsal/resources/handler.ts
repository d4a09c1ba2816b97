import { partitionOf } from "../../template/partition.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { capitals, hex, uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";

/** A resource about to be made or changed. */
export type HandlerRequest = {
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
export type ResourceHandler = {
  /** It is kept once an account, not once a region. */
  readonly global?: true;
  /** The property that names it: a value given there is its id. */
  readonly nameProperty?: string;
  /** The same where the id is not the name but an ARN or address made of it. */
  readonly nameInIdProperty?: string;
  readonly id?: (request: HandlerRequest) => string;
  /** What tells it apart in its service, where `Ref` alone does not. */
  readonly key?: (request: HandlerRequest) => string;
  readonly attributes?: (request: HandlerRequest, id: string) => JsonObject;
  /** An attribute that hangs on what else there is by now. */
  readonly liveAttribute?: (simulator: Simulator, scope: Scope, id: string, name: string) => Json | undefined;
  /** What a change leaves it with, where its service is not sent all that the template gives. */
  readonly updatedProperties?: (request: HandlerRequest, resource: ServiceResource) => JsonObject;
  /** What making or changing it does to other resources. */
  readonly afterWrite?: (request: HandlerRequest, resource: ServiceResource) => void;
  /** What somebody else has to do before it is complete, and for how long (milliseconds) its service waits for that. */
  readonly waitsFor?: {
    readonly isDone: (simulator: Simulator, resource: ServiceResource) => boolean;
    readonly milliseconds: number;
    readonly words: string;
    /** What CloudFormation says of that in an event each. */
    readonly says?: (resource: ServiceResource) => readonly string[];
    /** The resource's state before, once it is done, and once it is given up. */
    readonly states: readonly [before: string, done: string, over: string];
  };
  /** What deleting it does to other resources; for `kept`, the resource itself stays behind. */
  readonly afterDelete?: (simulator: Simulator, resource: ServiceResource) => "kept" | undefined;
};

export type ResourceHandlers = { readonly [type: string]: ResourceHandler };

/** Where the resource will be. */
export function scopeOf(handler: ResourceHandler | undefined, scope: Scope): Scope {
  return { account: scope.account, region: handler?.global ? "global" : scope.region };
}

/** `length` hex digits for this very resource; `salt` makes further ones. */
export function hexFor(request: HandlerRequest, length: number, salt = ""): string {
  return hex(length, ...seedOf(request), salt);
}

/** What all randomness of a resource is made from. */
export function seedOf(request: HandlerRequest): readonly [number, string, string, number] {
  return [request.simulator.state.seed, request.stack.id, request.logicalId, request.incarnation];
}

/** A UUID for this very resource. */
export function uuidFor(request: HandlerRequest, salt = ""): string {
  return uuid(...seedOf(request), salt);
}

/** The name that CloudFormation makes up: stack, logical id, random, within `most` characters. */
export function generatedName(request: HandlerRequest, most = 64): string {
  const tail = capitals(12, ...seedOf(request), "name");
  const room = most - tail.length - 2;
  const logical = request.logicalId.slice(0, Math.max(room - request.stack.name.length, Math.floor(room / 2)));
  return `${request.stack.name.slice(0, room - logical.length)}-${logical}-${tail}`;
}

/** An ARN in the making's partition, region and account; `region` and `account` may be blanked. */
export function arn(
  request: Pick<HandlerRequest, "scope">,
  service: string,
  rest: string,
  blank: "none" | "region" | "both" = "none",
): string {
  const { account, region } = request.scope;
  const middle = blank === "both" ? ":" : blank === "region" ? `:${account}` : `${region}:${account}`;
  return `arn:${partitionOf(region)}:${service}:${middle}:${rest}`;
}

/** When the resource was made, or is being made (milliseconds). */
export function createdAt(request: HandlerRequest): number {
  return request.current?.created ?? request.simulator.state.now;
}
