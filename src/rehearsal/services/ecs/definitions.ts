import type { JsonObject } from "../../../template/types.ts";
import { nextRevision } from "../../resources/containers.ts";
import { arn } from "../../resources/kind.ts";
import { rowsOf } from "../../rules/rule.ts";
import type { Stage } from "../../stage.ts";
import { thingsAt } from "../../things.ts";
import { type Call, type Handler, structures, text } from "../../wire/call.ts";
import { AwsError } from "../../wire/error.ts";
import type { Place, Thing } from "../../world.ts";
import { make, tagList, tagsIn } from "../shelf.ts";
import { lower, upper } from "./casing.ts";

/** The type of what a service runs. */
export const DEFINITION = "AWS::ECS::TaskDefinition";

/**
 * The task definition that is called so: an ARN, FAMILY:REVISION, or a family, which is its newest revision that is
 * active (ECS API Reference, UpdateService: taskDefinition).
 */
function definitionCalled(stage: Stage, place: Place, name: string): Thing | undefined {
  const [family, revision] = name.split("/").at(-1)?.split(":") ?? [];
  return thingsAt(stage.world, DEFINITION, place).findLast(
    ({ id, state }) =>
      id === name ||
      (state.family === family && (revision === undefined ? state.status !== "INACTIVE" : id.endsWith(`:${revision}`))),
  );
}

/** The ARN of what a service of these properties runs from now on; as it is written if nobody knows it. */
export function definitionFor(stage: Stage, { properties, account, region }: Thing): string {
  const name = String(properties.TaskDefinition ?? "");
  return definitionCalled(stage, { account, region }, name)?.id ?? name;
}

/** What a service may be told to run. Throws ECS's refusal. */
export function runnable(stage: Stage, call: Call, name: string): Thing {
  const found = definitionCalled(stage, call.place, name);
  if (!found) throw new AwsError("ClientException", "TaskDefinition not found.");
  if (found.state.status === "INACTIVE") throw new AwsError("ClientException", "TaskDefinition is inactive");
  return found;
}

/** Registers the next revision of a family (ECS API Reference, RegisterTaskDefinition). */
export const registerTaskDefinition: Handler = (stage, call) => {
  const { tags: _, ...input } = call.input;
  const family = text(input, "family") ?? "";
  if (!/^[\w-]{1,255}$/.test(family)) throw new AwsError("ClientException", "Family contains invalid characters.");
  if (structures(input, "containerDefinitions").length === 0)
    throw new AwsError("ClientException", "Container list cannot be empty.");
  const made = make(stage, call, {
    type: DEFINITION,
    id: arn(call, "ecs", `task-definition/${family}:${nextRevision(stage, call.place, family)}`),
    properties: upper(input as JsonObject),
    tags: tagsIn(structures(call.input, "tags")),
  });
  return shown(made);
};

/** Takes a revision out of use; what runs of it goes on (ECS API Reference, DeregisterTaskDefinition). */
export const deregisterTaskDefinition: Handler = (stage, call) => {
  const name = text(call.input, "taskDefinition") ?? "";
  if (!/:\d+$/.test(name)) throw new AwsError("ClientException", "Revision is missing.");
  const found = definitionCalled(stage, call.place, name);
  if (!found) throw new AwsError("ClientException", "The specified task definition does not exist.");
  found.state.status = "INACTIVE";
  return { taskDefinition: shown(found).taskDefinition };
};

export const describeTaskDefinition: Handler = (stage, call) => {
  const found = definitionCalled(stage, call.place, text(call.input, "taskDefinition") ?? "");
  if (!found) throw new AwsError("ClientException", "Unable to describe task definition.");
  return shown(found);
};

function shown(found: Thing) {
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
