import { writtenUnder } from "../template/followed.ts";
import { importsOf } from "../template/imports.ts";
import { storedReads } from "../template/stored.ts";
import { type DeployedTemplate, needsOf, phaseOf } from "./deployed.ts";
import { allOf } from "./diff.ts";
import { inOrder } from "./order.ts";
import { derivedIn, type Step } from "./plan.ts";

/** Removal of every stack given, last made first: a stack goes only after those that read from it. */
export function removalSteps(stacks: readonly DeployedTemplate[]): readonly Step[] {
  const imports = importsOf(stacks);
  const made = inOrder(stacks.map((stack) => stepFor(stack, stacks, imports(stack))));
  return made.toReversed().map((step) => ({
    ...step,
    needs: made.filter((other) => other.needs.includes(step.stack)).map((other) => other.stack),
  }));
}

/** The step as if the stack were made, so that the order of making can be turned round. */
function stepFor(stack: DeployedTemplate, stacks: readonly DeployedTemplate[], imported: readonly string[]): Step {
  const names = new Set(stacks.map((other) => other.name));
  const reads = storedReads(stack.template);
  const writers = reads.flatMap(({ path }) => writtenUnder(path, stack.region, stacks)?.by ?? []);
  return {
    stack: stack.name,
    region: stack.region,
    phase: phaseOf(stack),
    action: "delete",
    changes: allOf(stack.template, "remove"),
    ...derivedIn(stack.template),
    resources: Object.keys(stack.template.Resources).length,
    needs: [...new Set([...needsOf(stack), ...writers, ...imported])].filter(
      (name) => names.has(name) && name !== stack.name,
    ),
  };
}
