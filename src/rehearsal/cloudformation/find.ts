import { AwsError, invalid } from "../wire/error.ts";
import type { Place, World } from "../world.ts";
import type { ChangeSet, Stack, StackOutput } from "./stack.ts";

const here = (place: Place) => (stack: Stack) => stack.account === place.account && stack.region === place.region;

/** All stacks of an account and region, the deleted ones too, oldest first. */
export function stacksAt(world: World, place: Place): readonly Stack[] {
  return world.stacks.filter(here(place));
}

/** The stack with this id, or the one that lives under this name. */
export function stackCalled(world: World, place: Place, nameOrId: string): Stack | undefined {
  const stacks = stacksAt(world, place);
  if (nameOrId.startsWith("arn:")) return stacks.find(({ id }) => id === nameOrId);
  return stacks.findLast(({ name, status }) => name === nameOrId && status !== "DELETE_COMPLETE");
}

/** The same, or AWS's words for its absence. */
export function theStack(world: World, place: Place, nameOrId: string | undefined, words = missing): Stack {
  if (!nameOrId)
    throw invalid(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  const stack = stackCalled(world, place, nameOrId);
  if (!stack) throw invalid(words(nameOrId));
  return stack;
}

const missing = (name: string) => `Stack with id ${name} does not exist`;

/** The other form in which CloudFormation says that a stack is not there. */
export const missingInBrackets = (name: string) => `Stack [${name}] does not exist`;

/** A change set by its ARN, or by its name within a stack. */
export function theChangeSet(
  world: World,
  place: Place,
  stackName: string | undefined,
  nameOrId: string | undefined,
): { readonly stack: Stack; readonly changeSet: ChangeSet } {
  const wanted = nameOrId ?? "";
  const none = new AwsError("ChangeSetNotFound", `ChangeSet [${wanted}] does not exist`, 404);
  if (wanted.startsWith("arn:")) {
    const known = ({ changeSets, executions = [] }: Stack) =>
      [...changeSets, ...executions.map(({ changeSet }) => changeSet)].find(({ id }) => id === wanted);
    const stack = stacksAt(world, place).find((one) => known(one) !== undefined);
    const changeSet = stack && known(stack);
    if (!stack || !changeSet) throw none;
    return { stack, changeSet };
  }
  if (!stackName) throw invalid("StackName must be specified if ChangeSetName is not specified as an ARN.");
  const stack = theStack(world, place, stackName, missingInBrackets);
  const changeSet = stack.changeSets.find(({ name }) => name === wanted);
  if (!changeSet) throw none;
  return { stack, changeSet };
}

/** An export of a live stack, and the stack. */
export function exportNamed(
  world: World,
  place: Place,
  name: string,
): (StackOutput & { readonly stack: Stack }) | undefined {
  return exportsAt(world, place).find(({ exportName }) => exportName === name);
}

/** All exports of an account and region. */
export function exportsAt(world: World, place: Place): readonly (StackOutput & { readonly stack: Stack })[] {
  return stacksAt(world, place)
    .filter(({ status }) => status !== "DELETE_COMPLETE")
    .flatMap((stack) =>
      stack.outputs.filter((output) => output.exportName !== undefined).map((output) => ({ ...output, stack })),
    );
}
