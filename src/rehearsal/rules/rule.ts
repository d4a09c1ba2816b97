import type { Resource } from "../../template/types.ts";
import { type HandlerRequest, scopeOf } from "../resources/handler.ts";
import { handlerOf } from "../resources/handlers.ts";
import { resourceAt, resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { templateIn } from "../template/parsed-templates.ts";

/** A service's error: its message, and CloudFormation's code (API reference, "HandlerErrorCode"). */
export type RuleRefusal = { readonly message: string; readonly code: string };

/** A creation or update that AWS refuses because of other resources that the account has or has not. */
export type AccountRule = {
  readonly name: string;
  readonly types: readonly string[];
  /** The AWS document that says so. */
  readonly source: string;
  readonly check: (request: HandlerRequest) => RuleRefusal | undefined;
};

/** A rule that prevents the deletion of a resource. */
export type DeletionRule = {
  readonly name: string;
  readonly types: readonly string[];
  readonly source: string;
  /** Seconds for which CloudFormation retries, as the blocking resource may be being deleted itself. */
  readonly patience?: number;
  readonly check: (simulator: Simulator, resource: ServiceResource) => RuleRefusal | undefined;
};

/** An error, by default with the commonest code. */
export function refuse(message: string, code = "InvalidRequest"): RuleRefusal {
  return { message, code };
}

/** The error of a reference to a missing resource. */
export function notFound(message: string): RuleRefusal {
  return { message, code: "NotFound" };
}

/** Resources of a type in the request's scope, without the one that is updated. */
export function otherResources(request: HandlerRequest, type: string): readonly ServiceResource[] {
  return resourcesIn(request.simulator, request.scope, type).filter((resource) => resource !== request.current);
}

/** The resource of a type and id in the request's scope. */
export function existingResource(request: HandlerRequest, type: string, id: string): ServiceResource | undefined {
  return resourceAt(request.simulator.state, type, scopeOf(handlerOf(type), request.scope), id);
}

/** Resources of a type in a scope, or global ones of its account. */
export function resourcesIn(simulator: Simulator, scope: Scope, type: string): readonly ServiceResource[] {
  return resourcesAt(simulator.state, type, scopeOf(handlerOf(type), scope));
}

/** Resources that the same stack operation creates or updates and has not completed. */
export function inSameOperation({ simulator, stack }: HandlerRequest): readonly Resource[] {
  const operation = simulator.state.stacks.find(({ id }) => id === stack.id)?.operation;
  if (operation?.target === undefined) return [];
  const { Resources } = templateIn(simulator.blobs, operation.target.template);
  return Object.values(operation.tasks).flatMap(({ kind, state, logicalId }) =>
    kind === "put" && (state === "waiting" || state === "begun" || state === "initiated")
      ? (Resources[logicalId] ?? [])
      : [],
  );
}
