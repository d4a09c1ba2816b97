import type { DeployedStack } from "../plan/deployed.ts";
import { type Plan, stackFor } from "../plan/plan.ts";
import type { NamedTemplate } from "../template/linked.ts";
import { refOf, stackKey } from "./engine.ts";

/**
 * Outputs meant for a person: those that carry a description (the ones CDK writes for references carry none).
 * Of one name given twice, a later phase's wins: a domain's address over the load balancer's own.
 */
export function shownOutputs(
  plan: Plan,
  stacks: readonly NamedTemplate[],
  deployed: ReadonlyMap<string, Pick<DeployedStack, "outputs">>,
): { readonly [name: string]: string } {
  const shown: Record<string, string> = {};
  for (const step of plan.steps) {
    const outputs = deployed.get(stackKey(refOf(step)))?.outputs ?? {};
    for (const [id, output] of Object.entries(stackFor(stacks, step)?.template.Outputs ?? {})) {
      const value = outputs[id];
      if (output.Description !== undefined && value !== undefined) shown[id] = value;
    }
  }
  return shown;
}
