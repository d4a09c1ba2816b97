import type { PolicyResource } from "./resources.ts";
import { allow, type Statement } from "./statement.ts";

/**
 * Running the environment's own task definitions on its own clusters, and on no other (Service Authorization Reference,
 * "Amazon ECS": RunTask, `ecs:cluster`).
 */
export function oneOffTaskRuns(resources: readonly PolicyResource[]): readonly Statement[] {
  const arns = resources.flatMap((thing) => thing.arns);
  return allow(
    "RunTasks",
    ["ecs:RunTask"],
    arns.filter((arn) => /^arn:[\w-]+:ecs:.*:task-definition\//.test(arn)),
    { ArnLike: { "ecs:cluster": arns.filter((arn) => /^arn:[\w-]+:ecs:.*:cluster\//.test(arn)) } },
  );
}
