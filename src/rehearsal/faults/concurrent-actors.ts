import { CLOUDFORMATION } from "../cloudformation/api/operations.ts";
import { stackCalled } from "../cloudformation/find.ts";
import type { ActorFault } from "../state/faults.ts";
import type { Simulator } from "../state/simulator.ts";
import type { SimulatedStack } from "../state/stack.ts";
import type { Call, Input } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";

/** The call after which the actor acts by default. */
const AFTER: { readonly [act in ActorFault["actor"]]: string } = {
  updates: "cloudformation:CreateChangeSet",
  deletes: "cloudformation:ExecuteChangeSet",
  cancels: "cloudformation:ExecuteChangeSet",
};

/** The call that the concurrent actor makes. */
const ACT: {
  readonly [act in ActorFault["actor"]]: {
    readonly operation: string;
    readonly input: (stack: SimulatedStack) => Input;
  };
} = {
  updates: { operation: "UpdateStack", input: taggedAgain },
  deletes: { operation: "DeleteStack", input: ({ id }) => ({ StackName: id }) },
  cancels: { operation: "CancelUpdateStack", input: ({ id }) => ({ StackName: id }) },
};

/**
 * Runs the concurrent actors that act on the stack of a call. An act that AWS refuses waits for the next such call.
 * Returns a log line for each act.
 */
export function runConcurrentActors(
  simulator: Simulator,
  call: Pick<Call, "service" | "operation" | "scope" | "http" | "input">,
): string[] {
  const name = `${call.service}:${call.operation}`;
  const lines: string[] = [];
  for (const pending of simulator.faults) {
    const { fault } = pending;
    if (!("actor" in fault) || pending.left === 0 || (fault.call ?? AFTER[fault.actor]) !== name) continue;
    const stack = stackCalled(simulator.state, call.scope, String(call.input.StackName ?? ""));
    if (!stack || (fault.stack !== undefined && fault.stack !== stack.name)) continue;
    if (pending.toSkip > 0) {
      pending.toSkip -= 1;
      continue;
    }
    const { operation, input } = ACT[fault.actor];
    try {
      CLOUDFORMATION.operations[operation]?.(simulator, { ...call, operation, input: input(stack), requestId: "" });
      pending.left -= 1;
      lines.push(`a concurrent actor ${fault.actor} ${stack.name}`);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
    }
  }
  return lines;
}

/** The same template and parameters, with one more tag. */
function taggedAgain({ id, deployed }: SimulatedStack): Input {
  const tags = { ...deployed?.tags, "changed-by": "somebody-else" };
  return {
    StackName: id,
    UsePreviousTemplate: "true",
    Capabilities: ["CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
    Parameters: Object.keys(deployed?.parameters ?? {}).map((ParameterKey) => ({
      ParameterKey,
      UsePreviousValue: "true",
    })),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
  };
}
