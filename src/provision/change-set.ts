import type { DeployedStack } from "../plan/deployed.ts";
import { NESTED_STACK } from "../plan/stateful.ts";
import type { Stack } from "../synth/assembly.ts";
import { imageParameterOf } from "../template/image-parameter.ts";
import type { ChangeSet, ChangeSetInput, StackRef } from "./cloud.ts";
import type { Engine } from "./engine.ts";

/** The largest template CloudFormation takes in a request, in bytes (CloudFormation quotas). */
const INLINE_BYTES = 51_200;

/** CloudFormation's words for a change set that changes nothing. */
const NOTHING_CHANGES = /didn't contain changes|No updates are to be performed/i;

/** Seconds between two looks at a change set: most are computed in a few seconds, those of large stacks in a minute. */
const QUICKEST = 1;
const SLOWEST = 5;

/** True if the stack's template can be sent as it is; a larger one goes through a bucket. */
export function fitsInline(stack: Stack): boolean {
  return new TextEncoder().encode(stack.body).length <= INLINE_BYTES;
}

/** Waits until CloudFormation has computed a change set or refused it. */
export async function computed(
  { cloud, clock, signal }: Pick<Engine, "cloud" | "clock" | "signal">,
  ref: StackRef,
  name: string,
): Promise<ChangeSet> {
  for (let wait = QUICKEST; ; wait = Math.min(SLOWEST, wait * 1.2)) {
    const found = await cloud.changeSet(ref, name);
    if (!/_(IN_PROGRESS|PENDING)$/.test(found.status)) return found;
    await clock.sleep(wait * 1000, signal);
  }
}

/** True if stacks are nested in it: AWS looks into them only if asked to. */
export function hasNested({ template }: Stack): boolean {
  return Object.values(template.Resources).some(({ Type }) => Type === NESTED_STACK);
}

/**
 * Why a change set that looks into nested stacks could not be made; `undefined` if it could, or changes nothing. AWS
 * fails it where a nested template is not there yet, or takes a value apart that another nested stack is still to give
 * (cloudformation-coverage-roadmap#759): one that does not look can be made all the same.
 */
export function nestedRefusal(found: ChangeSet): string | undefined {
  if (found.status === "CREATE_COMPLETE" || isEmpty(found)) return undefined;
  return found.reason ?? found.status;
}

/** True if CloudFormation refused the change set because it changes nothing, tags and outputs included. */
export function isEmpty({ status, reason = "" }: ChangeSet): boolean {
  return status === "FAILED" && NOTHING_CHANGES.test(reason);
}

/**
 * What a change set says of the parameters of `stack`: what somebody gave, and of what has neither that nor a default that
 * the stack keeps the value it was deployed with; the image too, whatever was deployed since somebody looked. Nothing where
 * there is nothing to say.
 */
export function parametersFor(
  { template, parameters = {} }: Stack,
  deployed: Pick<DeployedStack, "parameters"> | undefined,
): Pick<ChangeSetInput, "parameters"> {
  const image = imageParameterOf(template)?.parameter;
  const carried = Object.entries(template.Parameters ?? {}).filter(([name]) =>
    Object.hasOwn(deployed?.parameters ?? {}, name),
  );
  const kept = (isKept: (one: (typeof carried)[number]) => boolean) =>
    Object.fromEntries(carried.filter(isKept).map(([name]) => [name, undefined] as const));
  const all = {
    ...kept(([, { Default }]) => Default === undefined),
    ...parameters,
    ...kept(([name]) => name === image),
  };
  return Object.keys(all).length === 0 ? {} : { parameters: all };
}

/** The values that `stack` gives, and every other parameter as it was deployed: what changes nothing but those. */
export function otherParameters(
  { parameters = {} }: Stack,
  deployed: Pick<DeployedStack, "parameters"> | undefined,
): Pick<ChangeSetInput, "parameters"> {
  const kept = Object.keys(deployed?.parameters ?? {}).map((name) => [name, undefined] as const);
  return { parameters: { ...Object.fromEntries(kept), ...parameters } };
}
