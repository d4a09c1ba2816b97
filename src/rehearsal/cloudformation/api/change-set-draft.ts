import type { JsonObject } from "../../../template/types.ts";
import { mismatches } from "../../model/check.ts";
import { isUnknown } from "../../model/unknown.ts";
import { scopeOf } from "../../resources/handler.ts";
import { customName, handlerOf } from "../../resources/handlers.ts";
import { resourceAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type {
  Deployment,
  ResourceChange,
  SimulatedChangeSet,
  SimulatedStack,
  ValidationFinding,
} from "../../state/stack.ts";
import type { ServiceResource } from "../../state/state.ts";
import { templateIn } from "../../template/parsed-templates.ts";
import { RefusedChange, Unresolvable } from "../../wire/error.ts";
import { sameTags } from "../has-changes.ts";
import { isAdoptable } from "../live-resources.ts";
import { type Preview, previewOf } from "../preview.ts";
import { policiesIn } from "../resources.ts";
import { resolverOf } from "../stack-resolver.ts";

/** A change set's changes, the findings of AWS's checks, and why it failed. */
export type ChangeSetDraft = Pick<SimulatedChangeSet, "changes" | "findings" | "failure" | "warning">;

/** AWS's message for a change set without changes. */
export const EMPTY =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

/** How a change set is created: with AWS's early validation, and compared with live resources. */
export type Drafting = { readonly validate: boolean; readonly reverts: boolean };

/**
 * A change set's content, or why it failed. Throws errors of the call itself: a mapping without this key, a reference
 * to a resource whose condition is false (localstack's test_mappings and test_conditions, recorded 2023-06-12 to
 * 2025-09-30).
 */
export function draftOf(
  simulator: Simulator,
  stack: SimulatedStack,
  deployment: Deployment,
  { validate, reverts }: Drafting,
): ChangeSetDraft {
  let preview: Preview;
  try {
    preview = previewOf(simulator, stack, deployment, { told: true, reverts });
  } catch (error) {
    if (!(error instanceof Unresolvable || error instanceof RefusedChange)) throw error;
    return { changes: [], findings: [], failure: error.message };
  }
  const { changes, outputsDiffer, warning } = preview;
  // A stack without resources can be created all the same (localstack's test_simple_condition_evaluation, 2023-06-12).
  if (stack.deployed && changes.length === 0 && !outputsDiffer && sameTags(stack, deployment))
    return { changes, findings: [], failure: EMPTY };
  const findings = validate
    ? [...propertyFindings(simulator, preview, deployment), ...nameFindings(simulator, stack, preview, deployment)]
    : [];
  const failed = [...new Set(findings.map(({ validation }) => validation))];
  if (failed.length === 0) {
    const made = { changes: withImports(simulator, stack, preview, deployment), findings };
    return { ...made, ...(warning !== undefined && { warning }) };
  }
  return {
    changes: [],
    findings,
    failure: `The following hook(s)/validation failed: [${failed.join(", ")}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`,
  };
}

/** "Validate stack deployments": properties that their schema does not allow. */
function propertyFindings(
  simulator: Simulator,
  { changes, properties }: Preview,
  deployment: Deployment,
): readonly ValidationFinding[] {
  const template = templateIn(simulator.blobs, deployment.template);
  return changes
    .filter(({ action }) => action !== "Remove")
    .flatMap(({ logicalId, type }) =>
      mismatches(simulator.model, template.Resources[logicalId]?.Type ?? type, properties.get(logicalId) ?? {}).map(
        (one) => ({
          logicalId,
          type,
          validation: "AWS::EarlyValidation::PropertyValidation",
          mode: "FAIL" as const,
          path: `/Resources/${logicalId}/Properties${one.path.slice(1)}`,
          reason: one.words,
        }),
      ),
    );
}

/** The same document: new resources under a name that is taken. */
function nameFindings(
  simulator: Simulator,
  stack: SimulatedStack,
  { changes, properties }: Preview,
  deployment: Deployment,
): readonly ValidationFinding[] {
  const template = templateIn(simulator.blobs, deployment.template);
  const { Resources } = template;
  const resolver = resolverOf(simulator, stack, template, deployment, () => undefined);
  return changes
    .filter(({ action }) => action === "Add")
    .flatMap(({ logicalId, type }): readonly ValidationFinding[] => {
      const found = existingUnderName(
        simulator,
        stack,
        deployment,
        { logicalId, type },
        properties.get(logicalId) ?? {},
      );
      const { DeletionPolicy } = policiesIn(Resources[logicalId] ?? {}, resolver);
      if (!found || isAdoptable(deployment.adopts, DeletionPolicy, found.there)) return [];
      const { named } = found;
      return [
        {
          logicalId,
          type,
          validation: "AWS::EarlyValidation::ResourceExistenceCheck",
          mode: "FAIL",
          path: `/Resources/${logicalId}/Properties/${named.property}`,
          reason: `Resource of type '${type}' with identifier '${named.value}' already exists.`,
        },
      ];
    });
}

/** An existing resource under the name of a new one, and the property with the name. */
function existingUnderName(
  simulator: Simulator,
  stack: SimulatedStack,
  { tags }: Deployment,
  { logicalId, type }: Pick<ResourceChange, "logicalId" | "type">,
  properties: JsonObject,
):
  | { readonly named: { readonly property: string; readonly value: string }; readonly there: ServiceResource }
  | undefined {
  const place = { account: stack.account, region: stack.region };
  const named = customName({ simulator, scope: place, stack, logicalId, type, properties, tags, incarnation: 0 });
  if (!named || isUnknown(named.value)) return undefined;
  const there = resourceAt(simulator.state, type, scopeOf(handlerOf(type), place), named.value);
  if (!there || there.state.status === "INACTIVE" || there.owner?.stack === stack.id) return undefined;
  return { named, there };
}

/** The changes, additions of existing resources shown as imports. */
function withImports(
  simulator: Simulator,
  stack: SimulatedStack,
  preview: Preview,
  deployment: Deployment,
): readonly ResourceChange[] {
  if (!deployment.adopts) return preview.changes;
  return preview.changes.map((change) => {
    if (change.action !== "Add") return change;
    const own = preview.properties.get(change.logicalId) ?? {};
    return existingUnderName(simulator, stack, deployment, change, own) ? { ...change, action: "Import" } : change;
  });
}
