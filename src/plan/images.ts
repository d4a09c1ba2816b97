import type { Stack } from "../synth/assembly.ts";
import { deployedImageOf, imageParameterOf } from "../template/image-parameter.ts";
import type { DeployedTemplate } from "./deployed.ts";
import { isDead } from "./status.ts";

/** The image of a stack's tasks. */
export type PlannedImage = {
  /** The image that runs; left out while none was deployed. */
  readonly runs?: string;
  /** Since when, ISO 8601. */
  readonly since?: string;
  /** Set where astro.yaml pins what runs (service.image). */
  readonly pinned?: true;
  /** What the step makes of it, where that is another: `""` for none. */
  readonly becomes?: string;
};

/**
 * The stack as an update leaves it: with the image that was deployed to it, which only a deployment changes, so that whatever is
 * told of its template is told of what runs.
 */
export function withDeployedImage(stack: Stack, deployed: DeployedTemplate | undefined): Stack {
  const { parameter = "" } = imageParameterOf(stack.template) ?? {};
  const image = deployed && standingImage(deployed);
  return image === undefined || parameter === ""
    ? stack
    : { ...stack, parameters: { ...stack.parameters, [parameter]: image } };
}

function standingImage({ status, template, parameters }: DeployedTemplate): string | undefined {
  return isDead(status) ? undefined : deployedImageOf(template, parameters);
}

/** Which image runs in a stack that stands, since when, and what comes of it; undefined where the app has nothing in it. */
export function plannedImage(stack: Stack, deployed: DeployedTemplate): PlannedImage | undefined {
  const before = imageParameterOf(deployed.template);
  const after = imageParameterOf(stack.template);
  if (before === undefined || after === undefined) return undefined;
  const own = standingImage(deployed);
  const [runs, next] = [before.pinned ?? own, after.pinned ?? own];
  if (runs === undefined && next === undefined) return undefined;
  return {
    ...(runs !== undefined && { runs, since: (deployed.updatedAt ?? deployed.createdAt).toISOString() }),
    ...(before.pinned !== undefined && { pinned: true as const }),
    ...(runs !== next && { becomes: next ?? "" }),
  };
}
