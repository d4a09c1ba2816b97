import type { Resource } from "../../template/types.ts";
import { type HandlerRequest, scopeOf } from "../resources/handler.ts";
import { handlerOf } from "../resources/handlers.ts";
import { resourceAt, resourcesAt } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { templateIn } from "../template/parsed-templates.ts";

/** A service's refusal: its words, and CloudFormation's class of it (API reference, "HandlerErrorCode"). */
export type RuleRefusal = { readonly message: string; readonly code: string };

/** Something that AWS does not let be made or changed because of what else there is, or is not, in the account. */
export type AccountRule = {
  readonly name: string;
  readonly types: readonly string[];
  /** The AWS document that says so. */
  readonly source: string;
  readonly check: (request: HandlerRequest) => RuleRefusal | undefined;
};

/** Something that keeps a resource from being deleted. */
export type DeletionRule = {
  readonly name: string;
  readonly types: readonly string[];
  readonly source: string;
  /** Seconds for which CloudFormation tries again, as what is in the way may be going away itself. */
  readonly patience?: number;
  readonly check: (simulator: Simulator, resource: ServiceResource) => RuleRefusal | undefined;
};

/** A refusal, of the commonest class unless it says another. */
export function refuse(message: string, code = "InvalidRequest"): RuleRefusal {
  return { message, code };
}

/** The refusal of what names something that is not there. */
export function notFound(message: string): RuleRefusal {
  return { message, code: "NotFound" };
}

/** Resources of a type that the making's service sees, but not the one that is changed. */
export function otherResources(request: HandlerRequest, type: string): readonly ServiceResource[] {
  return resourcesIn(request.simulator, request.scope, type).filter((resource) => resource !== request.current);
}

/** The resource of a type and id that the making's service sees. */
export function existingResource(request: HandlerRequest, type: string, id: string): ServiceResource | undefined {
  return resourceAt(request.simulator.state, type, scopeOf(handlerOf(type), request.scope), id);
}

/** Resources of a type in the services of a place. */
export function resourcesIn(simulator: Simulator, scope: Scope, type: string): readonly ServiceResource[] {
  return resourcesAt(simulator.state, type, scopeOf(handlerOf(type), scope));
}

/** What the operation on the making's stack makes or changes beside it and is not through with. */
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
