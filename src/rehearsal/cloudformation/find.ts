import type { SimulatedChangeSet, SimulatedStack, StackOutput } from "../state/stack.ts";
import type { Scope, State } from "../state/state.ts";
import { AwsError, invalid } from "../wire/error.ts";

const here = (scope: Scope) => (stack: SimulatedStack) =>
  stack.account === scope.account && stack.region === scope.region;

/** All stacks of an account and region, the deleted ones too, oldest first. */
export function stacksAt(state: State, scope: Scope): readonly SimulatedStack[] {
  return state.stacks.filter(here(scope));
}

/** The stack with this id, or the live one of this name. */
export function stackCalled(state: State, scope: Scope, nameOrId: string): SimulatedStack | undefined {
  const stacks = stacksAt(state, scope);
  if (nameOrId.startsWith("arn:")) return stacks.find(({ id }) => id === nameOrId);
  return stacks.findLast(({ name, status }) => name === nameOrId && status !== "DELETE_COMPLETE");
}

/** The same; throws AWS's error if there is none. */
export function theStack(state: State, scope: Scope, nameOrId: string | undefined, words = missing): SimulatedStack {
  if (!nameOrId)
    throw invalid(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  const stack = stackCalled(state, scope, nameOrId);
  if (!stack) throw invalid(words(nameOrId));
  return stack;
}

const missing = (name: string) => `Stack with id ${name} does not exist`;

/** The other form of CloudFormation's message for a missing stack. */
export const missingInBrackets = (name: string) => `Stack [${name}] does not exist`;

/** A change set by its ARN, or by its name within a stack. */
export function theChangeSet(
  state: State,
  scope: Scope,
  stackName: string | undefined,
  nameOrId: string | undefined,
): { readonly stack: SimulatedStack; readonly changeSet: SimulatedChangeSet } {
  const wanted = nameOrId ?? "";
  const none = new AwsError("ChangeSetNotFound", `ChangeSet [${wanted}] does not exist`, 404);
  if (wanted.startsWith("arn:")) {
    const known = ({ changeSets, executions = [] }: SimulatedStack) =>
      [...changeSets, ...executions.map(({ changeSet }) => changeSet)].find(({ id }) => id === wanted);
    const stack = stacksAt(state, scope).find((one) => known(one) !== undefined);
    const changeSet = stack && known(stack);
    if (!stack || !changeSet) throw none;
    return { stack, changeSet };
  }
  if (!stackName) throw invalid("StackName must be specified if ChangeSetName is not specified as an ARN.");
  const stack = theStack(state, scope, stackName, missingInBrackets);
  const changeSet = stack.changeSets.find(({ name }) => name === wanted);
  if (!changeSet) throw none;
  return { stack, changeSet };
}

/** An export of a live stack, and the stack. */
export function exportNamed(
  state: State,
  scope: Scope,
  name: string,
): (StackOutput & { readonly stack: SimulatedStack }) | undefined {
  return exportsAt(state, scope).find(({ exportName }) => exportName === name);
}

/** All exports of an account and region. */
export function exportsAt(state: State, scope: Scope): readonly (StackOutput & { readonly stack: SimulatedStack })[] {
  return stacksAt(state, scope)
    .filter(({ status }) => status !== "DELETE_COMPLETE")
    .flatMap((stack) =>
      stack.outputs.filter((output) => output.exportName !== undefined).map((output) => ({ ...output, stack })),
    );
}
