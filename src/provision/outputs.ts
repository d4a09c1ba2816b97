import type { DeployedStack } from "../plan/deployed.ts";
import type { Plan } from "../plan/plan.ts";
import { standingKey } from "./engine.ts";

/**
 * Outputs meant for a person: those that carry a description (the ones CDK writes for references carry none).
 * Of one name given twice, a later phase's wins: a domain's address over the load balancer's own.
 */
export function shownOutputs(
  plan: Plan,
  deployed: ReadonlyMap<string, Pick<DeployedStack, "outputs">>,
): { readonly [name: string]: string } {
  const shown: Record<string, string> = {};
  for (const { stack: name, region, source } of plan.steps) {
    const outputs = deployed.get(standingKey({ name, region }))?.outputs ?? {};
    for (const [id, output] of Object.entries(source?.template.Outputs ?? {})) {
      const value = outputs[id];
      if (output.Description !== undefined && value !== undefined) shown[id] = value;
    }
  }
  return shown;
}
