import {
  type CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from "@aws-sdk/client-cloudformation";
import type { OwningStack } from "../preflight/look-ups.ts";

/** Statuses of what a stack has no longer: it let it go, or deleted it. */
const LET_GO = /^DELETE_(COMPLETE|SKIPPED)$/;

/** Stacks that are gone, or that hold nothing since their first creation was rolled back. */
const EMPTY = ["DELETE_COMPLETE", "ROLLBACK_COMPLETE"];

/**
 * The stack that has what is of this type and bears this physical id, which things of other types may bear too;
 * `undefined` if none has it now (CloudFormation API Reference, DescribeStackResources: it answers with all that the
 * stack has, or that there is no stack for it). Rejects as the SDK does.
 */
export async function stackThatHas(
  client: CloudFormationClient,
  type: string,
  id: string,
): Promise<OwningStack | undefined> {
  const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ PhysicalResourceId: id }));
  const own = StackResources.find(
    (one) => one.ResourceType === type && one.PhysicalResourceId === id && !LET_GO.test(one.ResourceStatus ?? ""),
  );
  if (own?.StackId === undefined) return undefined;
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: own.StackId }));
  const [stack] = Stacks;
  if (stack?.StackName === undefined || EMPTY.includes(stack.StackStatus ?? "")) return undefined;
  const tags = Object.fromEntries((stack.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
  return { stack: stack.StackName, tags, createdAt: stack.CreationTime ?? new Date(0) };
}
