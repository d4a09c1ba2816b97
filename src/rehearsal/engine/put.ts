import { dependenciesOf } from "../../template/references.ts";
import type { Resource, Template } from "../../template/types.ts";
import {
  currentResolver,
  exists,
  maskedPropertiesIn,
  metadataIn,
  policiesIn,
  propertiesIn,
  serviceResourceOf,
} from "../cloudformation/resources.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedResource, SimulatedStack } from "../state/stack.ts";
import type { Resolver } from "../template/resolver.ts";
import { beginUpdate, reportUpdating } from "./begin-update.ts";
import { setResourceStatus } from "./events.ts";
import { endTask, failTask, reasonIn } from "./fail.ts";
import { signalsNeededBy } from "./signals.ts";
import type { TaskStep } from "./task-step.ts";
import { schedule } from "./times.ts";

/** Begins a resource of the template: creates it, updates it, or finds it unchanged. */
export function beginPut(step: TaskStep, target: Deployment): void {
  const { simulator, stack, task } = step;
  const { template, resolver } = currentResolver(simulator, stack, target);
  const definition = template.Resources[task.logicalId];
  if (!definition) {
    endTask(task, "done");
    return;
  }
  const existing = stack.resources[task.logicalId];
  const fresh = definedResource(simulator, definition, task.logicalId, dependenciesOf(template, definition), resolver);
  if (!exists(existing)) {
    beginCreate(step, fresh, definition, () => resolved(definition, template, resolver));
    return;
  }
  try {
    beginUpdate(step, {
      target,
      existing,
      wanted: { ...fresh, ...resolved(definition, template, resolver) },
    });
  } catch (error) {
    reportUpdating(step, existing);
    failTask(step, reasonIn(error));
  }
}

type ResolvedProperties = Pick<SimulatedResource, "properties" | "told">;

function resolved(definition: Resource, template: Template, resolver: Resolver): ResolvedProperties {
  const told = maskedPropertiesIn(definition, template, resolver);
  return { properties: propertiesIn(definition, resolver), ...(told && { told }) };
}

function definedResource(
  simulator: Simulator,
  definition: Resource,
  logicalId: string,
  dependsOn: readonly string[],
  resolver: Resolver,
): SimulatedResource {
  const metadata = metadataIn(definition, resolver);
  const { DeletionPolicy, UpdateReplacePolicy } = policiesIn(definition, resolver);
  return {
    logicalId,
    type: definition.Type,
    physicalId: "",
    status: "",
    at: simulator.state.now,
    properties: {},
    attributes: {},
    dependsOn,
    incarnation: 0,
    ...(DeletionPolicy !== undefined && { deletionPolicy: DeletionPolicy }),
    ...(UpdateReplacePolicy !== undefined && { updateReplacePolicy: UpdateReplacePolicy }),
    ...(metadata !== undefined && { metadata }),
  };
}

function beginCreate(
  step: TaskStep,
  fresh: SimulatedResource,
  definition: Resource,
  properties: () => ResolvedProperties,
): void {
  const { simulator, stack, operation, task } = step;
  const leftOver = stack.resources[task.logicalId];
  if (leftOver && leftOver.physicalId !== "" && serviceResourceOf(simulator, stack, leftOver))
    operation.superseded.push(leftOver);
  const resource = { ...fresh, incarnation: nextIncarnation(stack, task.logicalId) };
  stack.resources[task.logicalId] = resource;
  operation.made.push(task.logicalId);
  task.doing = "create";
  let wrong: string | undefined;
  try {
    Object.assign(resource, properties());
  } catch (error) {
    wrong = reasonIn(error);
  }
  setResourceStatus(simulator.state, stack, resource, "CREATE_IN_PROGRESS");
  if (wrong !== undefined) {
    failTask(step, wrong);
    return;
  }
  const awaits = signalsNeededBy(definition, resource.properties);
  if (awaits) task.awaits = awaits;
  const trouble = operation.troubles[task.logicalId];
  if (trouble) task.trouble = trouble;
  schedule(simulator, stack, task, resource, "create");
}

/** Counts the resources created under a logical id, so that no two have the same ids. */
export function nextIncarnation(stack: SimulatedStack, logicalId: string): number {
  const next = (stack.incarnations[logicalId] ?? -1) + 1;
  stack.incarnations[logicalId] = next;
  return next;
}
