import type { Hint } from "../errors.ts";
import { commandWith, type OperationOptions } from "./flags.ts";
import type { EnvironmentOperation } from "./open.ts";

/** How an environment without a worker gains one. */
export function waysToAWorker({ project, site }: EnvironmentOperation, flags: OperationOptions): readonly Hint[] {
  return [
    {
      text: `add it under ${site.environment} in ${project.file}, for example:\nworker: {command: [celery, -A, app, worker]}`,
    },
    { text: "then create it", command: commandWith("provision", site.environment, flags) },
  ];
}
