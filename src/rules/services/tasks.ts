import type { Value, Values } from "../../template/evaluate.ts";
import { firstFault } from "../checks.ts";
import type { Other, RuleSubject, Violation } from "../rule.ts";
import { asList, asObject, asText, items } from "../values.ts";

/** The property with a task definition's containers. */
export const CONTAINER_DEFINITIONS = "ContainerDefinitions";

/** Whether a task definition is written for Fargate. */
export function isForFargate({ RequiresCompatibilities }: Values): boolean {
  return asList(RequiresCompatibilities).some((one) => asText(one) === "FARGATE");
}

/** The first fault that `check` finds in a container; it gets the container's path. */
export function eachContainer(check: (path: string, container: Values) => Violation | undefined) {
  return ({ ContainerDefinitions }: Values) =>
    firstFault(items(ContainerDefinitions), ([index, container]) =>
      check(`${CONTAINER_DEFINITIONS}/${index}`, container),
    );
}

/** The name of a log configuration's driver. */
export function driverOf(configuration: Value | undefined): string | undefined {
  return asText(asObject(configuration).LogDriver);
}

/** The task definition of a service. */
export function taskOf(subject: RuleSubject): Other | undefined {
  return subject.find(subject.properties.TaskDefinition, "AWS::ECS::TaskDefinition");
}

/** The network mode of tasks; on EC2 a definition without one gets `bridge`. */
export function modeOf(task: Other | undefined): string | undefined {
  if (task === undefined) return undefined;
  const { NetworkMode = "bridge" } = task.properties;
  return asText(NetworkMode);
}

/** Whether a found resource is, or may be, the referenced one: an unknown one may be any. */
export function mayBe(found: Other | undefined, meant: Other): boolean {
  return found === undefined || (found.id === meant.id && found.stack === meant.stack && found.region === meant.region);
}
