import { isObject } from "./json.ts";
import { referencesIn } from "./references.ts";
import type { Json, Parameter, Template } from "./types.ts";

/** The type of what a template writes into Parameter Store. */
const STORED = "AWS::SSM::Parameter";

/** A parameter of a template whose value CloudFormation takes from Parameter Store (Template Reference, "Parameters"). */
export type StoredRead = {
  /** Its name in the template. */
  readonly parameter: string;
  /** What is read: the name in Parameter Store. */
  readonly path: string;
  readonly list: boolean;
};

/** Whether a parameter's text is the name of what is meant in Parameter Store. */
export function isStored({ Type }: Pick<Parameter, "Type">): boolean {
  return String(Type).startsWith("AWS::SSM::Parameter::Value<");
}

/** Whether such a parameter is a list. */
export function isStoredList({ Type }: Pick<Parameter, "Type">): boolean {
  return /<(List<|CommaDelimitedList)/.test(String(Type));
}

/** Every value that a template reads from Parameter Store unless it is told another name. */
export function storedReads({ Parameters = {} }: Template): readonly StoredRead[] {
  return Object.entries(Parameters).flatMap(([parameter, declared]) =>
    isStored(declared) && typeof declared.Default === "string"
      ? [{ parameter, path: declared.Default, list: isStoredList(declared) }]
      : [],
  );
}

/** `{{resolve:ssm:NAME:VERSION}}` (CloudFormation User Guide, "Get a plaintext value from Systems Manager Parameter Store"). */
const DYNAMIC = /\{\{resolve:ssm:([a-zA-Z0-9_.\-/]+)(?::\d+)?\}\}/g;

/** Names of all that a template needs of Parameter Store: what its parameters read, and what it names where it uses it. */
export function storedNames(template: Template): readonly string[] {
  const used = [...JSON.stringify(template.Resources).matchAll(DYNAMIC)].map(([, name = ""]) => name);
  return [...new Set([...storedReads(template).map(({ path }) => path), ...used])];
}

/** One value that a template writes into Parameter Store; without a name of its own AWS gives it one. */
export type StoredWrite = { readonly logicalId: string; readonly name: Json | undefined; readonly value: Json };

/** Every value that a template writes into Parameter Store. */
export function storedWrites({ Resources }: Template): readonly StoredWrite[] {
  return Object.entries(Resources).flatMap(([logicalId, resource]) => {
    const { Name, Value = null } = isObject(resource.Properties) ? resource.Properties : {};
    return resource.Type === STORED ? [{ logicalId, name: Name, value: Value }] : [];
  });
}

/** Ids of Parameter Store parameters that hold values of the template's own resources: recreated with the same value. */
export function derivedWrites(template: Template): readonly string[] {
  const isDerived = ({ value }: StoredWrite) =>
    referencesIn(value).some(({ name }) => Object.hasOwn(template.Resources, name));
  return storedWrites(template).flatMap((write) => (isDerived(write) ? [write.logicalId] : []));
}

/** The items of a list as a template writes it: joined by commas, or one alone; a text has its own commas. */
export function itemsOf(value: Json): readonly Json[] {
  if (typeof value === "string") return value.split(",").map((item) => item.trim());
  const joined = isObject(value) ? value["Fn::Join"] : undefined;
  const [separator, list] = Array.isArray(joined) ? (joined as readonly Json[]) : [];
  return separator === "," && Array.isArray(list) ? (list as readonly Json[]) : [value];
}
