import { type Hint, isCallFailure } from "../errors.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import { allOf } from "../plan/diff.ts";
import { isObject } from "../template/json.ts";
import { blockerName } from "./blocker.ts";
import type { Blocker, Cloud, InTheWay, StackResource } from "./cloud.ts";
import { sideBySide } from "./side-by-side.ts";

/** What others put things into, so that it cannot go: the whole of a removal may come to nothing by it, and at its end. */
const OPEN = ["AWS::EC2::VPC", "AWS::Route53::HostedZone"];

/** Types of which stacks may have something in a network or a zone. */
const WITHIN = /^AWS::(EC2|Route53)::/;

/** Types that start instances of their own. */
const STARTING =
  /^AWS::(AutoScaling::AutoScalingGroup|EC2::(EC2Fleet|SpotFleet)|EKS::Nodegroup|Batch::ComputeEnvironment)$/;

/** A resource of which it could not be looked at whether others have something in it. */
export type NotLookedAt = { readonly resource: string; readonly reason: string };

/**
 * What keeps networks and zones of stacks that are to go, and is of none of them: seen before anything is begun. What may
 * not be looked at is said in its place.
 */
export async function foreignIn(
  cloud: Cloud,
  going: readonly DeployedTemplate[],
): Promise<readonly (InTheWay | NotLookedAt)[]> {
  const open = going.flatMap((stack) =>
    allOf(stack.template, "remove")
      .filter(({ type, kept }) => OPEN.includes(type) && kept !== true)
      .map(({ logicalId }) => ({ stack, logicalId })),
  );
  if (open.length === 0) return [];
  const within = going.filter(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => WITHIN.test(Type)),
  );
  const held = await sideBySide(within, async (stack) => ({
    stack,
    resources: await cloud.resources({ name: stack.id, region: stack.region }),
  }));
  const own = [...held.flatMap(({ resources }) => resources.map(({ physicalId }) => physicalId)), ...grouped(going)];
  const seen = await sideBySide(open, async ({ stack, logicalId }) => {
    const resources = held.find((one) => one.stack === stack)?.resources ?? [];
    const one = resources.find(
      (resource) => resource.logicalId === logicalId && !/^DELETE_(COMPLETE|SKIPPED)$/.test(resource.status),
    );
    return one === undefined || one.physicalId === "" ? [] : seenIn(cloud, stack.region, one, own);
  });
  const found = seen.flat();
  // What a group starts is of the group, and no stack lists it.
  const starts = going.some(({ template }) =>
    Object.values(template.Resources).some(({ Type }) => STARTING.test(Type)),
  );
  return starts ? found.filter((one) => !("by" in one && isStarted(one.by))) : found;
}

/** True for a machine that no stack is known to have: a group of one may have started it. */
function isStarted(by: Blocker): boolean {
  return by.resourceType === "AWS::EC2::Instance" && by.stack === undefined;
}

/** Names of records that stacks have by the group: what CloudFormation calls the group is none of them. */
function grouped(going: readonly DeployedTemplate[]): readonly string[] {
  const groups = going.flatMap(({ template }) =>
    Object.values(template.Resources).filter(({ Type }) => Type === "AWS::Route53::RecordSetGroup"),
  );
  const sets = groups.flatMap(({ Properties = {} }) =>
    Array.isArray(Properties.RecordSets) ? Properties.RecordSets : [],
  );
  return sets.flatMap((set) => (isObject(set) && typeof set.Name === "string" ? [set.Name] : []));
}

async function seenIn(
  cloud: Cloud,
  region: string,
  { logicalId, type, physicalId }: StackResource,
  own: readonly string[],
): Promise<readonly (InTheWay | NotLookedAt)[]> {
  try {
    return await cloud.inTheWay(region, type, physicalId, own);
  } catch (error) {
    if (!isCallFailure(error)) throw error;
    return [{ resource: logicalId, reason: error.message }];
  }
}

/** Why resources cannot be deleted of which AWS says only that something depends on them; `undefined` where nothing is found. */
export async function whyHeld(
  cloud: Cloud,
  region: string,
  stuck: readonly StackResource[],
  all: readonly StackResource[],
): Promise<{ readonly means: string; readonly hints: readonly Hint[] } | undefined> {
  const own = all.map(({ physicalId }) => physicalId);
  const found: InTheWay[] = [];
  for (const { type, physicalId } of stuck) {
    // A failure's words are not held up, nor replaced, by a look-up that fails.
    const more = await cloud.inTheWay(region, type, physicalId, own).catch(() => []);
    found.push(...more.filter(({ by }) => !found.some((one) => blockerName(one.by) === blockerName(by))));
  }
  if (found.length === 0) return undefined;
  const ids = stuck.map(({ logicalId }) => logicalId).join(", ");
  const words = (some: readonly InTheWay[]) => some.map(({ by }) => blockerName(by)).join(", ");
  const rest = found.filter(({ removal }) => removal === undefined);
  const removals = found.flatMap(({ removal }) => (removal === undefined ? [] : [removal]));
  return {
    means: `${ids} cannot be deleted: no stack of this environment made ${words(found)}`,
    hints: [
      ...removals.map((command, at) => ({ text: at === 0 ? "if nobody needs them, delete them" : "then", command })),
      ...(rest.length > 0
        ? [{ text: `${removals.length > 0 ? "and " : ""}remove what uses ${words(rest)}, if nobody needs it` }]
        : []),
    ],
  };
}
