import type { Value, Values } from "../../template/evaluate.ts";
import { firstFault } from "../checks.ts";
import type { Other, RuleSubject, Violation } from "../rule.ts";
import { asList, asObject, asText, items } from "../values.ts";

/** Where a task definition's containers are. */
export const CONTAINER_DEFINITIONS = "ContainerDefinitions";

/** Whether a task definition is written for Fargate. */
export function isForFargate({ RequiresCompatibilities }: Values): boolean {
  return asList(RequiresCompatibilities).some((one) => asText(one) === "FARGATE");
}

/** The first fault that `check` finds with a container; it is handed the path to it. */
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

/** Whether what was found is the one that is meant, or may be: what is not known may be any. */
export function mayBe(found: Other | undefined, meant: Other): boolean {
  return found === undefined || (found.id === meant.id && found.stack === meant.stack && found.region === meant.region);
}
