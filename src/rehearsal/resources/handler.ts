import { partitionOf } from "../../template/partition.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { capitals, hex, uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";

/** A request to create or update a resource, as its handler gets it. */
export type HandlerRequest = {
  readonly simulator: Simulator;
  /** Where its stack is. */
  readonly scope: Scope;
  readonly stack: { readonly id: string; readonly name: string };
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly tags: { readonly [key: string]: string };
  /** Counts the resources created under the logical id. */
  readonly incarnation: number;
  /** The current resource, in an update. */
  readonly current?: ServiceResource;
  /** The properties that the stack gave it last, in an update. */
  readonly before?: JsonObject;
};

/** How a resource type behaves, beyond what the service specification says. */
export type ResourceHandler = {
  /** Global: one for all regions of an account. */
  readonly global?: true;
  /** The property with its name, which is its id if given. */
  readonly nameProperty?: string;
  /** The same where the id is an ARN or URL with the name in it. */
  readonly nameInIdProperty?: string;
  readonly id?: (request: HandlerRequest) => string;
  /** Its unique key in its service, where the physical id is not unique. */
  readonly key?: (request: HandlerRequest) => string;
  readonly attributes?: (request: HandlerRequest, id: string) => JsonObject;
  /** An attribute that depends on other resources. */
  readonly liveAttribute?: (simulator: Simulator, scope: Scope, id: string, name: string) => Json | undefined;
  /** The properties after an update, where not all of the template's are sent to the service. */
  readonly updatedProperties?: (request: HandlerRequest, resource: ServiceResource) => JsonObject;
  /** Effects of a creation or update on other resources. */
  readonly afterWrite?: (request: HandlerRequest, resource: ServiceResource) => void;
  /** An external action without which it is not complete, and how long (milliseconds) its service waits for it. */
  readonly waitsFor?: {
    readonly isDone: (simulator: Simulator, resource: ServiceResource) => boolean;
    readonly milliseconds: number;
    readonly words: string;
    /** CloudFormation's messages about it, an event each. */
    readonly says?: (resource: ServiceResource) => readonly string[];
    /** The resource's status before, once done, and after the timeout. */
    readonly states: readonly [before: string, done: string, over: string];
  };
  /** Effects of its deletion on other resources; with `kept`, the resource itself remains. */
  readonly afterDelete?: (simulator: Simulator, resource: ServiceResource) => "kept" | undefined;
};

export type ResourceHandlers = { readonly [type: string]: ResourceHandler };

/** The scope in which the resource is created. */
export function scopeOf(handler: ResourceHandler | undefined, scope: Scope): Scope {
  return { account: scope.account, region: handler?.global ? "global" : scope.region };
}

/** `length` hex digits that depend on the resource; other `salt`, other digits. */
export function hexFor(request: HandlerRequest, length: number, salt = ""): string {
  return hex(length, ...seedOf(request), salt);
}

/** The seed of everything generated for a resource. */
export function seedOf(request: HandlerRequest): readonly [number, string, string, number] {
  return [request.simulator.state.seed, request.stack.id, request.logicalId, request.incarnation];
}

/** A UUID that depends on the resource. */
export function uuidFor(request: HandlerRequest, salt = ""): string {
  return uuid(...seedOf(request), salt);
}

/** The name that CloudFormation generates: stack, logical id, random part, `most` characters at most. */
export function generatedName(request: HandlerRequest, most = 64): string {
  const tail = capitals(12, ...seedOf(request), "name");
  const room = most - tail.length - 2;
  const logical = request.logicalId.slice(0, Math.max(room - request.stack.name.length, Math.floor(room / 2)));
  return `${request.stack.name.slice(0, room - logical.length)}-${logical}-${tail}`;
}

/** An ARN in the request's partition, region and account; `region` and `account` may be blanked. */
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

/** When the resource was, or is being created (milliseconds). */
export function createdAt(request: HandlerRequest): number {
  return request.current?.created ?? request.simulator.state.now;
}
