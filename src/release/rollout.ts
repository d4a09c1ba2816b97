import { phaseOf } from "../plan/deployed.ts";
import { digestOf } from "../plan/digest.ts";
import type { Plan, PlannedChange, Step } from "../plan/plan.ts";
import type { Site } from "../plan/provision-plan.ts";
import { isAtRest } from "../plan/status.ts";
import type { Stack } from "../synth/assembly.ts";
import { dependenciesOf, referencesIn } from "../template/references.ts";
import type { AppStack } from "./app-stacks.ts";

/** A roll-out as the engine carries it out. */
export type ImageRollout = { readonly plan: Plan; readonly stacks: readonly Stack[] };

/** Types that take another task definition as they are. */
const FOLLOWS = /^AWS::(ECS::Service|Scheduler::Schedule|Events::Rule)$/;

/**
 * The roll-out of one image to the stacks that do not run it yet, one after the other: each keeps its template, its tags
 * and all of its parameters but the one that names the image.
 */
export async function rolloutOf(site: Site, apps: readonly AppStack[], image: string): Promise<ImageRollout> {
  const moving = apps.filter((one) => one.pinned === undefined && (one.image !== image || !isAtRest(one.stack.status)));
  const stacks = moving.map((one) => stackWith(one, image));
  const steps = moving.map(async (one, index): Promise<Step> => {
    const { name, region, template } = one.stack;
    return {
      stack: name,
      region,
      phase: phaseOf(one.stack),
      action: "update",
      parametersOnly: true,
      changes: changesOf(one),
      resources: Object.keys(template.Resources).length,
      needs: moving.slice(0, index).map(({ stack }) => stack.name),
      digest: await digestOf(stackWith(one, image)),
    };
  });
  // In a release no price changes.
  const monthly = { before: 0, after: 0 };
  return { plan: { ...site, direction: "provision", steps: await Promise.all(steps), monthly }, stacks };
}

function stackWith({ stack, parameter }: AppStack, image: string): Stack {
  const { name, region, template, tags, terminationProtection } = stack;
  return {
    name,
    region,
    phase: phaseOf(stack),
    template,
    body: JSON.stringify(template),
    parameters: { [parameter]: image },
    needs: [],
    tags,
    terminationProtection,
    assetManifests: [],
  };
}

/** What follows from another value of the parameter: what names the image is made anew, and what runs that follows. */
function changesOf({ stack: { template }, parameter }: AppStack): readonly PlannedChange[] {
  const all = Object.entries(template.Resources);
  const naming = all.filter(([, { Properties }]) => referencesIn(Properties).some(({ name }) => name === parameter));
  const named = new Set(naming.map(([id]) => id));
  const following = all.filter(
    ([, resource]) => FOLLOWS.test(resource.Type) && dependenciesOf(template, resource).some((id) => named.has(id)),
  );
  return [...naming, ...following].map(([logicalId, { Type }]) => ({
    logicalId,
    type: Type,
    action: named.has(logicalId) ? "replace" : "change",
    causes: named.has(logicalId) ? ["ContainerDefinitions"] : ["TaskDefinition"],
  }));
}
