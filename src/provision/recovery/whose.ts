import type { DeployedStack } from "../../plan/deployed.ts";
import { isOurs, notOurs, ownerWords } from "../../plan/ownership.ts";
import type { Step } from "../../plan/plan.ts";
import type { Run } from "../engine.ts";

/**
 * Asked of every stack right before anything is done to it, since it may have come after the plan was made. Throws
 * AstroError("not-ours") unless it is the environment's, or the one that the plan said is taken over.
 */
export function onlyOurs(
  { site }: Pick<Run, "site">,
  { takesOver }: Pick<Step, "takesOver">,
  found: DeployedStack,
): void {
  if (isOurs(found, site) || (takesOver !== undefined && takesOver === ownerWords(found))) return;
  throw notOurs([found], site, [{ text: "it was created after the plan was made: plan again" }]);
}
