import {
  type CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type DescribeChangeSetCommandOutput,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
  GetTemplateCommand,
  type Parameter,
  paginateDescribeStacks,
  paginateListStackResources,
  type ResourceChange,
  type StackEvent as SdkEvent,
  type Stack,
  UpdateTerminationProtectionCommand,
} from "@aws-sdk/client-cloudformation";
import type { DeployedStack } from "../plan/deployed.ts";
import type { ChangeSet, ChangeSetInput, Cloud, StackEvent, StackRef } from "../provision/cloud.ts";
import { call, callOptional, codeOf, isMissing } from "./errors.ts";
import type { AwsSession } from "./session.ts";

type Part = Pick<
  Cloud,
  | "stacks"
  | "stack"
  | "template"
  | "resources"
  | "events"
  | "recentEvents"
  | "createChangeSet"
  | "changeSet"
  | "executeChangeSet"
  | "deleteChangeSet"
  | "setTerminationProtection"
>;

/** The generated app names its IAM roles, so both capabilities are always given. */
const CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"] as const;

/** CloudFormation as the engine asks for it (AWS CloudFormation API Reference, 2010-05-15). */
export function cloudformation(session: AwsSession): Part {
  const at = session.cloudformation;
  return {
    stacks: (region) => call("cloudformation:DescribeStacks", () => allStacks(at(region), region)),
    stack: async (ref) =>
      await callOptional("cloudformation:DescribeStacks", () => oneStack(at(ref.region), ref), isMissing),
    template: async (ref) => {
      const command = new GetTemplateCommand({ StackName: ref.name, TemplateStage: "Original" });
      return (await call("cloudformation:GetTemplate", () => at(ref.region).send(command))).TemplateBody ?? "";
    },
    resources: async (ref) =>
      (await callOptional("cloudformation:ListStackResources", () => resourcesOf(at(ref.region), ref), isMissing)) ??
      [],
    events: async (ref, after) =>
      (await callOptional(
        "cloudformation:DescribeStackEvents",
        () => eventsAfter(at(ref.region), ref, after),
        isMissing,
      )) ?? [],
    recentEvents: async (ref) =>
      (await callOptional(
        "cloudformation:DescribeStackEvents",
        async () => (await page(at(ref.region), ref)).events,
        isMissing,
      )) ?? [],
    createChangeSet: async (input) => {
      const command = new CreateChangeSetCommand({
        StackName: input.stack.name,
        ChangeSetName: input.changeSet,
        ChangeSetType: input.kind,
        ...("body" in input.template ? { TemplateBody: input.template.body } : { TemplateURL: input.template.url }),
        Tags: Object.entries(input.tags).map(([Key, Value]) => ({ Key, Value })),
        Capabilities: [...CAPABILITIES],
        ClientToken: input.token,
        ...(input.parameters && { Parameters: parametersOf(input.parameters) }),
        ...(input.revertDrift && { DeploymentMode: "REVERT_DRIFT" }),
        ...(input.adopt && { ImportExistingResources: true }),
        ...(input.nested && { IncludeNestedStacks: true }),
        ...(input.role !== undefined && { RoleARN: input.role }),
        ...(input.express && { DeploymentConfig: { Mode: "EXPRESS", DisableRollback: false } }),
      });
      // A repeated call whose first answer was lost finds its own change set: that is success.
      await callOptional(
        "cloudformation:CreateChangeSet",
        () => at(input.stack.region).send(command),
        (error) => codeOf(error) === "AlreadyExistsException",
      );
    },
    changeSet: (stack, changeSet) =>
      call("cloudformation:DescribeChangeSet", () => wholeChangeSet(at(stack.region), stack, changeSet)),
    executeChangeSet: async (stack, changeSet, token) => {
      const command = new ExecuteChangeSetCommand({
        StackName: stack.name,
        ChangeSetName: changeSet,
        ClientRequestToken: token,
      });
      await call("cloudformation:ExecuteChangeSet", () => at(stack.region).send(command));
    },
    deleteChangeSet: async (stack, changeSet) => {
      const command = new DeleteChangeSetCommand({ StackName: stack.name, ChangeSetName: changeSet });
      await callOptional("cloudformation:DeleteChangeSet", () => at(stack.region).send(command), isMissing);
    },
    setTerminationProtection: async (stack, on) => {
      const command = new UpdateTerminationProtectionCommand({
        StackName: stack.name,
        EnableTerminationProtection: on,
      });
      await call("cloudformation:UpdateTerminationProtection", () => at(stack.region).send(command));
    },
  };
}

function parametersOf(given: NonNullable<ChangeSetInput["parameters"]>): Parameter[] {
  return Object.entries(given).map(([ParameterKey, ParameterValue]) =>
    ParameterValue === undefined ? { ParameterKey, UsePreviousValue: true } : { ParameterKey, ParameterValue },
  );
}

async function allStacks(client: CloudFormationClient, region: string): Promise<readonly DeployedStack[]> {
  const found: DeployedStack[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, {})) {
    // A nested stack has its parent's tags, but it comes, changes and goes with its parent alone.
    const own = Stacks.filter(({ StackStatus, ParentId }) => StackStatus !== "DELETE_COMPLETE" && !ParentId);
    found.push(...own.map((stack) => asDeployed(stack, region)));
  }
  return found;
}

async function oneStack(client: CloudFormationClient, ref: StackRef): Promise<DeployedStack | undefined> {
  for await (const { Stacks = [] } of paginateDescribeStacks({ client }, { StackName: ref.name })) {
    const [stack] = Stacks;
    if (stack && stack.StackStatus !== "DELETE_COMPLETE") return asDeployed(stack, ref.region);
  }
  return undefined;
}

/** What the parameters that name something in Parameter Store stood for as the stack was deployed. */
function resolvedIn({ Parameters = [] }: Stack): Pick<DeployedStack, "resolved"> {
  const entries = Parameters.flatMap(({ ParameterKey = "", ResolvedValue }) =>
    ResolvedValue === undefined ? [] : [[ParameterKey, ResolvedValue] as const],
  );
  return entries.length === 0 ? {} : { resolved: Object.fromEntries(entries) };
}

function asDeployed(stack: Stack, region: string): DeployedStack {
  return {
    name: stack.StackName ?? "",
    region,
    id: stack.StackId ?? stack.StackName ?? "",
    status: stack.StackStatus ?? "",
    ...(stack.StackStatusReason !== undefined && { reason: stack.StackStatusReason }),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map((output) => [output.OutputKey ?? "", output.OutputValue ?? ""]),
    ),
    tags: Object.fromEntries((stack.Tags ?? []).map((tag) => [tag.Key ?? "", tag.Value ?? ""])),
    parameters: Object.fromEntries(
      (stack.Parameters ?? []).map((one) => [one.ParameterKey ?? "", one.ParameterValue ?? ""]),
    ),
    ...resolvedIn(stack),
    createdAt: stack.CreationTime ?? new Date(0),
    ...(stack.LastUpdatedTime && { updatedAt: stack.LastUpdatedTime }),
    terminationProtection: stack.EnableTerminationProtection ?? false,
  };
}

async function resourcesOf(client: CloudFormationClient, ref: StackRef) {
  const found = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: ref.name })) {
    for (const summary of StackResourceSummaries) {
      found.push({
        logicalId: summary.LogicalResourceId ?? "",
        physicalId: summary.PhysicalResourceId ?? "",
        type: summary.ResourceType ?? "",
        status: summary.ResourceStatus ?? "",
        ...(summary.ResourceStatusReason !== undefined && { reason: summary.ResourceStatusReason }),
        ...(summary.LastUpdatedTimestamp && { at: summary.LastUpdatedTimestamp }),
      });
    }
  }
  return found;
}

/** Pages back from the newest event until the one already seen. */
async function eventsAfter(
  client: CloudFormationClient,
  ref: StackRef,
  after: string | undefined,
): Promise<readonly StackEvent[]> {
  let found: readonly StackEvent[] = [];
  let token: string | undefined;
  do {
    const { events, next } = await page(client, ref, token);
    const known = events.findIndex((event) => event.id === after);
    found = [...events.slice(known + 1), ...found];
    token = known >= 0 ? undefined : next;
  } while (token !== undefined);
  return found;
}

/** One page of events, oldest first. */
async function page(client: CloudFormationClient, ref: StackRef, token?: string) {
  const command = new DescribeStackEventsCommand({ StackName: ref.name, ...(token && { NextToken: token }) });
  const { StackEvents = [], NextToken } = await client.send(command);
  return { events: StackEvents.map(asEvent).reverse(), next: NextToken };
}

function asEvent(event: SdkEvent): StackEvent {
  return {
    id: event.EventId ?? "",
    at: event.Timestamp ?? new Date(0),
    logicalId: event.LogicalResourceId ?? "",
    physicalId: event.PhysicalResourceId ?? "",
    type: event.ResourceType ?? "",
    status: event.ResourceStatus ?? "",
    ...(event.ResourceStatusReason !== undefined && { reason: event.ResourceStatusReason }),
    ...(event.ClientRequestToken !== undefined && { token: event.ClientRequestToken }),
  };
}

async function wholeChangeSet(client: CloudFormationClient, stack: StackRef, changeSet: string): Promise<ChangeSet> {
  const changes: ChangeSet["changes"][number][] = [];
  let answer: DescribeChangeSetCommandOutput | undefined;
  do {
    answer = await client.send(
      new DescribeChangeSetCommand({
        StackName: stack.name,
        ChangeSetName: changeSet,
        ...(answer?.NextToken && { NextToken: answer.NextToken }),
      }),
    );
    for (const { ResourceChange: change } of answer.Changes ?? []) if (change) changes.push(asChange(change));
  } while (answer.NextToken);
  const { StackId = stack.name, Status = "", StatusReason, Tags = [] } = answer;
  const tags = Object.fromEntries(Tags.map(({ Key = "", Value = "" }) => [Key, Value]));
  return { stack: StackId, status: Status, ...(StatusReason !== undefined && { reason: StatusReason }), tags, changes };
}

function asChange(change: ResourceChange): ChangeSet["changes"][number] {
  const { Action = "Dynamic", Replacement, PolicyAction, Details = [] } = change;
  const named = Details.flatMap(({ Target }) => {
    const name = Target?.Name ?? Target?.Attribute;
    return name === undefined ? [] : [{ name, recreates: (Target?.RequiresRecreation ?? "Never") !== "Never" }];
  });
  const names = (list: typeof named) => [...new Set(list.map(({ name }) => name))];
  return {
    logicalId: change.LogicalResourceId ?? "",
    ...(change.PhysicalResourceId !== undefined && { physicalId: change.PhysicalResourceId }),
    type: change.ResourceType ?? "",
    action: Action === "SyncWithActual" ? "Modify" : Action,
    ...(Replacement && { replacement: Replacement }),
    ...(change.ResourceDriftStatus === "IN_SYNC" && { inSync: true as const }),
    causes: names(named),
    recreates: names(named.filter(({ recreates }) => recreates)),
    ...(PolicyAction && { policy: PolicyAction }),
    ...(change.ChangeSetId !== undefined && { changeSet: change.ChangeSetId }),
  };
}
