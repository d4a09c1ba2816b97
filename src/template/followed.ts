import { LONGEST_CHAIN } from "./evaluate.ts";
import { isObject } from "./json.ts";
import type { NamedTemplate } from "./linked.ts";
import { itemsOf, storedReads, storedWrites } from "./stored.ts";
import type { Json, JsonObject, Resource, Template } from "./types.ts";

/** Whether a resource is to be replaced. */
export type Anew = (where: Pick<NamedTemplate, "name" | "region">, logicalId: string) => boolean;

const NEVER: Anew = () => false;

/** Marks a replaced resource, so that resources that refer to it count as changed. */
const NEW = " (new)";

/**
 * The template with what it reads from other stacks, by Parameter Store or `Fn::GetStackOutput`, in its place: as these
 * write it, their resources called STACK/ID. So two ways to the same value are the same, and a value that another stack
 * will write otherwise is another. What none of `stacks` writes stays as it is.
 */
export function followed(stack: NamedTemplate, stacks: readonly NamedTemplate[], anew: Anew = NEVER): Template {
  const follow = follower(stack, stacks, anew, 0);
  const entries = Object.entries(stack.template.Resources).map(([id, resource]) => [
    id,
    isObject(resource.Properties) ? ({ ...resource, Properties: follow(resource.Properties) } as Resource) : resource,
  ]);
  return { ...stack.template, Resources: Object.fromEntries(entries) };
}

/** What a stack reads from Parameter Store under a name, as another of `stacks` writes it; `undefined` if none does. */
export function writtenUnder(
  path: string,
  region: string,
  stacks: readonly NamedTemplate[],
  anew: Anew = NEVER,
): { readonly by: string; readonly value: Json } | undefined {
  const found = writerOf(path, region, stacks);
  return found && { by: found.stack.name, value: seenFrom(found.stack, stacks, anew, 0)(found.value) };
}

function writerOf(path: string, region: string, stacks: readonly NamedTemplate[]) {
  for (const stack of stacks) {
    const found = stack.region === region && storedWrites(stack.template).find(({ name }) => name === path);
    if (found) return { stack, value: found.value };
  }
  return undefined;
}

type Follow = (value: Json) => Json;

/** Replaces each read by what is read. */
function follower(
  { region, template }: NamedTemplate,
  stacks: readonly NamedTemplate[],
  anew: Anew,
  depth: number,
): Follow {
  const reads = new Map(storedReads(template).map((read) => [read.parameter, read]));
  const follow: Follow = (value) => {
    if (Array.isArray(value)) return value.map((item: Json) => follow(item));
    if (!isObject(value)) return value;
    const read = typeof value.Ref === "string" ? reads.get(value.Ref) : undefined;
    const found = read && depth < LONGEST_CHAIN ? writerOf(read.path, region, stacks) : undefined;
    if (read && found) {
      const seen = seenFrom(found.stack, stacks, anew, depth + 1);
      return read.list ? itemsOf(found.value).map(seen) : seen(found.value);
    }
    return outputIn(value) ?? each(value, follow);
  };
  const outputIn = (value: JsonObject): Json | undefined => {
    const {
      StackName,
      OutputName,
      Region = region,
    } = isObject(value["Fn::GetStackOutput"]) ? value["Fn::GetStackOutput"] : {};
    const stack = stacks.find((one) => one.name === StackName && one.region === Region);
    const output = stack?.template.Outputs?.[String(OutputName)];
    return stack && output && depth < LONGEST_CHAIN
      ? seenFrom(stack, stacks, anew, depth + 1)(output.Value)
      : undefined;
  };
  return follow;
}

/** A value of a stack as others see it: its own resources are called by its name too. */
function seenFrom(stack: NamedTemplate, stacks: readonly NamedTemplate[], anew: Anew, depth: number): Follow {
  const follow = follower(stack, stacks, anew, depth);
  const called = (id: string) => `${stack.name}/${id}${anew(stack, id) ? NEW : ""}`;
  const isOwn = (id: Json | undefined): id is string =>
    typeof id === "string" && Object.hasOwn(stack.template.Resources, id);
  const see: Follow = (value) => {
    if (Array.isArray(value)) return value.map((item: Json) => see(item));
    if (!isObject(value)) return value;
    if (isOwn(value.Ref)) return { Ref: called(value.Ref) };
    const attribute = value["Fn::GetAtt"];
    const [id, ...rest] = Array.isArray(attribute) ? (attribute as readonly Json[]) : [];
    if (isOwn(id)) return { "Fn::GetAtt": [called(id), ...rest] };
    const [name] = Object.keys(value);
    return name === "Ref" || name === "Fn::GetStackOutput" ? follow(value) : each(value, see);
  };
  return see;
}

function each(value: JsonObject, work: Follow): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, work(inner)]));
}
