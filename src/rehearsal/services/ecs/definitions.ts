import type { JsonObject } from "../../../template/types.ts";
import { nextRevision } from "../../resources/containers.ts";
import { arn } from "../../resources/handler.ts";
import { rowsOf } from "../../resources/properties.ts";
import { resourcesAt } from "../../state/resource-store.ts";
import type { Simulator } from "../../state/simulator.ts";
import type { Scope, ServiceResource } from "../../state/state.ts";
import { type Call, type Handler, structures, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import { createResource, tagList, tagsIn } from "../common/resources.ts";
import { lower, upper } from "./casing.ts";

/** The type of task definitions. */
export const TASK_DEFINITION = "AWS::ECS::TaskDefinition";

/**
 * The task definition of this name: an ARN, FAMILY:REVISION, or a family, which is its newest revision that is active
 * (ECS API Reference, UpdateService: taskDefinition).
 */
function definitionCalled(simulator: Simulator, scope: Scope, name: string): ServiceResource | undefined {
  const [family, revision] = name.split("/").at(-1)?.split(":") ?? [];
  return resourcesAt(simulator.state, TASK_DEFINITION, scope).findLast(
    ({ id, state }) =>
      id === name ||
      (state.family === family && (revision === undefined ? state.status !== "INACTIVE" : id.endsWith(`:${revision}`))),
  );
}

/** The ARN of the task definition that a service with these properties runs; its text if it is not known. */
export function taskDefinitionArn(simulator: Simulator, { properties, account, region }: ServiceResource): string {
  const name = String(properties.TaskDefinition ?? "");
  return definitionCalled(simulator, { account, region }, name)?.id ?? name;
}

/** The task definition for a service. Throws ECS's error. */
export function checkedTaskDefinition(simulator: Simulator, call: Call, name: string): ServiceResource {
  const found = definitionCalled(simulator, call.scope, name);
  if (!found) throw new AwsError("ClientException", "TaskDefinition not found.");
  if (found.state.status === "INACTIVE") throw new AwsError("ClientException", "TaskDefinition is inactive");
  return found;
}

/** Registers the next revision of a family (ECS API Reference, RegisterTaskDefinition). */
export const registerTaskDefinition: Handler = (simulator, call) => {
  const { tags: _, ...input } = call.input;
  const family = text(input, "family") ?? "";
  if (!/^[\w-]{1,255}$/.test(family)) throw new AwsError("ClientException", "Family contains invalid characters.");
  if (structures(input, "containerDefinitions").length === 0)
    throw new AwsError("ClientException", "Container list cannot be empty.");
  const made = createResource(simulator, call, {
    type: TASK_DEFINITION,
    id: arn(call, "ecs", `task-definition/${family}:${nextRevision(simulator, call.scope, family)}`),
    properties: upper(input as JsonObject),
    tags: tagsIn(structures(call.input, "tags")),
  });
  return shown(made);
};

/** Deregisters a revision; its running tasks go on (ECS API Reference, DeregisterTaskDefinition). */
export const deregisterTaskDefinition: Handler = (simulator, call) => {
  const name = text(call.input, "taskDefinition") ?? "";
  if (!/:\d+$/.test(name)) throw new AwsError("ClientException", "Revision is missing.");
  const found = definitionCalled(simulator, call.scope, name);
  if (!found) throw new AwsError("ClientException", "The specified task definition does not exist.");
  found.state.status = "INACTIVE";
  return { taskDefinition: shown(found).taskDefinition };
};

export const describeTaskDefinition: Handler = (simulator, call) => {
  const found = definitionCalled(simulator, call.scope, text(call.input, "taskDefinition") ?? "");
  if (!found) throw new AwsError("ClientException", "Unable to describe task definition.");
  return shown(found);
};

function shown(found: ServiceResource) {
  const { ContainerDefinitions, Tags: _, ...rest } = found.properties;
  return {
    taskDefinition: {
      ...lower(rest),
      taskDefinitionArn: found.id,
      family: String(found.state.family),
      revision: Number(found.id.split(":").at(-1)),
      status: String(found.state.status ?? "ACTIVE"),
      containerDefinitions: rowsOf(ContainerDefinitions).map(lower),
    },
    tags: tagList(found).map(lower),
  };
}
