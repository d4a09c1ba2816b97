import { resolve } from "node:path";
import type { CommandLine } from "../command-line.ts";
import type { Context } from "../context.ts";
import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { readYaml, valuesOf } from "../reading/yaml.ts";
import type { NamedTemplate } from "../template/linked.ts";
import type { Parameter } from "../template/types.ts";

/** Flags that give a template's parameters their values. */
export type ParameterOptions = {
  /** `KEY=VALUE`, or `STACK:KEY=VALUE` where several stacks have the key. */
  readonly parameter?: readonly string[] | undefined;
  /** A file of them, as `aws` or `cdk` take it. */
  readonly parameters?: string | undefined;
};

/** A value that was given, for one stack or for every one that has the parameter. */
type Given = { readonly stack?: string; readonly key: string; readonly value: string; readonly from: string };

/**
 * The stacks with the values that the flags give their parameters. Throws AstroError("usage") for a parameter that no stack
 * has, a value that its template does not allow, and a file that holds something else.
 */
export function withParameters<T extends NamedTemplate>(
  context: Context,
  flags: ParameterOptions,
  stacks: readonly T[],
): readonly T[] {
  const given = [...fromFile(context, flags.parameters), ...(flags.parameter ?? []).map(fromFlag)];
  if (given.length === 0) return stacks;
  for (const one of given) check(one, stacks);
  return stacks.map((stack) => {
    const own = given.filter((one) => isFor(one, stack));
    if (own.length === 0) return stack;
    return {
      ...stack,
      parameters: { ...stack.parameters, ...Object.fromEntries(own.map((one) => [one.key, one.value])) },
    };
  });
}

/** Parameters of a stack that have no value: neither a default, nor a given one, nor one that is deployed. */
export function withoutValue(
  { template: { Parameters = {} }, parameters = {} }: Pick<NamedTemplate, "template" | "parameters">,
  deployed: { readonly [name: string]: string } = {},
): readonly string[] {
  return Object.entries(Parameters)
    .filter(([name, { Default }]) => Default === undefined && !Object.hasOwn(parameters, name))
    .map(([name]) => name)
    .filter((name) => !Object.hasOwn(deployed, name));
}

/** The error for parameters without a value; `way` is the command that gives what it is handed. */
export function missing(
  stack: string,
  names: readonly string[],
  way: (given: readonly string[]) => CommandLine,
): AstroError {
  const [one, have] = names.length === 1 ? ["parameter", "has"] : ["parameters", "have"];
  const hint = { text: "give it a value", command: way(names.map((name) => `${stack}:${name}=VALUE`)) };
  return new AstroError("usage", `${stack}: the ${one} ${names.join(", ")} ${have} no value`, hint);
}

function isFor({ stack, key }: Given, { name, template: { Parameters = {} } }: NamedTemplate): boolean {
  return (stack === undefined || stack === name) && Object.hasOwn(Parameters, key);
}

function check(one: Given, stacks: readonly NamedTemplate[]): void {
  const { stack, key, value, from } = one;
  const owners = stacks.filter((other) => isFor(one, other));
  if (stack !== undefined && !stacks.some(({ name }) => name === stack)) {
    throw refused(`${from}: there is no stack ${stack}`, `the stacks are ${stacks.map(({ name }) => name).join(", ")}`);
  }
  if (owners.length === 0) {
    const known = stacks.flatMap(({ template: { Parameters = {} } }) => Object.keys(Parameters));
    const where = stack === undefined ? "no template has" : `${stack} has no`;
    const words = stack === undefined ? `${where} a parameter ${key}` : `${where} parameter ${key}`;
    const hint =
      known.length === 0 ? "there are no parameters" : `the parameters are ${[...new Set(known)].join(", ")}`;
    throw refused(`${from}: ${words}`, hint);
  }
  for (const { template } of owners) {
    const allowed = allowedBy(template.Parameters?.[key]);
    if (allowed !== undefined && !allowed.includes(value)) {
      throw refused(`${from}: ${key} cannot be ${JSON.stringify(value)}`, `its template allows ${allowed.join(", ")}`);
    }
  }
}

function allowedBy(parameter: Parameter | undefined): readonly string[] | undefined {
  const values = parameter?.AllowedValues;
  return values === undefined || values.length === 0 ? undefined : values.map(String);
}

function fromFlag(text: string): Given {
  const at = text.indexOf("=");
  if (at < 1) throw refused(`--parameter ${text}: it names no value`, "write --parameter KEY=VALUE");
  return named(text.slice(0, at), text.slice(at + 1), `--parameter ${text.slice(0, at)}`);
}

/** Stack names have no colon, nor have parameters' names. */
function named(name: string, value: string, from: string): Given {
  const colon = name.lastIndexOf(":");
  const key = name.slice(colon + 1);
  return { ...(colon > 0 && { stack: name.slice(0, colon) }), key, value, from };
}

const FORMS =
  'write {"KEY": "VALUE"}, {"STACK:KEY": "VALUE"}, {"Parameters": {…}}, or aws\'s [{"ParameterKey": …, "ParameterValue": …}]';

function fromFile(context: Context, file: string | undefined): readonly Given[] {
  if (file === undefined) return [];
  const content = contentOf(context, file);
  if (Array.isArray(content)) return content.map((one: unknown) => fromEntry(one, file));
  if (typeof content !== "object" || content === null) throw refused(`${file}: it holds no parameters`, FORMS);
  const { Parameters } = content as { readonly Parameters?: unknown };
  const isWrapped = typeof Parameters === "object" && Parameters !== null && !Array.isArray(Parameters);
  return Object.entries((isWrapped ? Parameters : content) as object).map(([key, value]) =>
    named(key, textOf(value, key, file), file),
  );
}

/** One of `aws cloudformation`'s: an entry with key and value, or `KEY=VALUE` as `deploy --parameter-overrides` takes it. */
function fromEntry(entry: unknown, file: string): Given {
  if (typeof entry === "string" && entry.includes("=")) return { ...fromFlag(entry), from: file };
  if (typeof entry === "object" && entry !== null && "ParameterKey" in entry) {
    const { ParameterKey, ParameterValue } = entry as { ParameterKey: unknown; ParameterValue?: unknown };
    const key = String(ParameterKey);
    if (ParameterValue === undefined) throw refused(`${file}: ${key} has no ParameterValue`, FORMS);
    return { key, value: textOf(ParameterValue, key, file), from: file };
  }
  throw refused(`${file}: ${JSON.stringify(entry)} is no parameter`, FORMS);
}

/** As CloudFormation takes it: text; a list joined by commas. */
function textOf(value: unknown, key: string, file: string): string {
  if (Array.isArray(value)) return value.map((one) => textOf(one, key, file)).join(",");
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw refused(`${file}: ${key} has no value`, FORMS);
}

function contentOf(context: Context, file: string): unknown {
  try {
    const yaml = readYaml(readText(resolve(context.cwd, file), MOST_BYTES.usage));
    const [fault] = yaml.faults;
    if (fault !== undefined) throw fault;
    return valuesOf(yaml);
  } catch (error) {
    const words = error instanceof ReadingError ? error.in(file) : `${file} cannot be read: ${reasonOf(error)}`;
    throw new AstroError("usage", words, FORMS, error);
  }
}

const refused = (words: string, hint: string) => new AstroError("usage", words, hint);
