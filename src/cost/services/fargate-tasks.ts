import { isUnresolved } from "../../template/evaluate.ts";
import { type Billed, number } from "../finding.ts";

/**
 * How many tasks of a service run, and what was taken for granted: the usage file's average; else the desired count
 * (1 without one), or the least that its scaling allows, all month.
 */
export function taskCount(it: Billed): { readonly tasks: number; readonly says?: string } {
  const given = it.usage.given("tasks");
  if (given !== undefined) return { tasks: given };
  const { DesiredCount } = it.properties();
  const desired = number(DesiredCount) ?? 1;
  const scaling = scalingOf(it);
  if (scaling !== undefined) {
    const tasks = Math.max(desired, scaling.least);
    return { tasks, says: `${it.id} runs ${tasks} tasks all month; scaling out to ${scaling.most} is not priced` };
  }
  return isUnresolved(DesiredCount)
    ? { tasks: desired, says: `${it.id} runs 1 task: its desired count is known to AWS alone` }
    : { tasks: desired };
}

/** The Application Auto Scaling target that names this service. */
function scalingOf(it: Billed): { readonly least: number; readonly most: number } | undefined {
  const target = it.ofType("AWS::ApplicationAutoScaling::ScalableTarget").find(({ stack, resource }) => {
    const named = JSON.stringify(resource.Properties?.ResourceId ?? "");
    return stack === it.stack && (named.includes(`"${it.id}"`) || named.includes(`\${${it.id}.Name}`));
  });
  const { MinCapacity, MaxCapacity } = target?.properties() ?? {};
  const least = number(MinCapacity);
  const most = number(MaxCapacity);
  return least === undefined || most === undefined ? undefined : { least, most };
}
