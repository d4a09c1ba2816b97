import {
  CancelUpdateStackCommand,
  type CloudFormationClient,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeEventsCommand,
  paginateListChangeSets,
  RollbackStackCommand,
} from "@aws-sdk/client-cloudformation";
import type { Cloud, StackRef } from "../provision/cloud.ts";
import { call, callOptional, isMissing } from "./errors.ts";
import type { AwsSession } from "./session.ts";

type Part = Pick<Cloud, "changeSets" | "refusals" | "deleteStack" | "cancelUpdate" | "continueRollback" | "rollBack">;

/** What brings a stack out of a state it cannot leave by itself (AWS CloudFormation API Reference, 2010-05-15). */
export function recovery(session: AwsSession): Part {
  const at = session.cloudformation;
  return {
    changeSets: async (ref) =>
      (await callOptional("cloudformation:ListChangeSets", () => namesOf(at(ref.region), ref), isMissing)) ?? [],
    refusals: async (ref, changeSet) => {
      const command = new DescribeEventsCommand({ StackName: ref.name, ChangeSetName: changeSet });
      // Only tells more of what is known to have failed: whoever may not ask, goes without.
      const answer = await at(ref.region)
        .send(command)
        .catch(() => undefined);
      return (answer?.OperationEvents ?? []).flatMap((event) => {
        const { LogicalResourceId, ResourceType, ValidationStatusReason } = event;
        if (event.ValidationStatus !== "FAILED" || LogicalResourceId === undefined) return [];
        return [{ logicalId: LogicalResourceId, type: ResourceType ?? "", reason: ValidationStatusReason ?? "" }];
      });
    },
    deleteStack: async (stack, token, retain = []) => {
      const command = new DeleteStackCommand({
        StackName: stack.name,
        ClientRequestToken: token,
        ...(retain.length > 0 && { RetainResources: [...retain] }),
      });
      await call("cloudformation:DeleteStack", () => at(stack.region).send(command));
    },
    cancelUpdate: async (stack, token) => {
      const command = new CancelUpdateStackCommand({ StackName: stack.name, ClientRequestToken: token });
      await call("cloudformation:CancelUpdateStack", () => at(stack.region).send(command));
    },
    continueRollback: async (stack, token, skip) => {
      const command = new ContinueUpdateRollbackCommand({
        StackName: stack.name,
        ClientRequestToken: token,
        ...(skip.length > 0 && { ResourcesToSkip: [...skip] }),
      });
      await call("cloudformation:ContinueUpdateRollback", () => at(stack.region).send(command));
    },
    rollBack: async (stack, token) => {
      const command = new RollbackStackCommand({ StackName: stack.name, ClientRequestToken: token });
      await call("cloudformation:RollbackStack", () => at(stack.region).send(command));
    },
  };
}

async function namesOf(client: CloudFormationClient, ref: StackRef): Promise<readonly string[]> {
  const names: string[] = [];
  for await (const { Summaries = [] } of paginateListChangeSets({ client }, { StackName: ref.name })) {
    // One that is being executed, or was, is history.
    const open = Summaries.filter((summary) => !summary.ExecutionStatus?.startsWith("EXECUTE_"));
    names.push(...open.flatMap((summary) => summary.ChangeSetName ?? []));
  }
  return names;
}
