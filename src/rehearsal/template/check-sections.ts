import { tooLong } from "../../rules/stack-limits.ts";
import { isObject } from "../../template/json.ts";
import type { Json, Template } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";

/** Types of parameters (Template Reference, "Parameters syntax"). */
const PARAMETER_TYPE = /^(String|Number|CommaDelimitedList|List<(String|Number)>|(List<)?AWS::[A-Za-z0-9]+::.+)$/;

const PARAMETER_KEYS = new Set([
  "AllowedPattern",
  "AllowedValues",
  "ConstraintDescription",
  "Default",
  "Description",
  "MaxLength",
  "MaxValue",
  "MinLength",
  "MinValue",
  "NoEcho",
  "Type",
]);

/** Throws a ValidationError for errors in a template's sections other than Resources. */
export function checkSections(template: Template): void {
  const { Description, AWSTemplateFormatVersion: version } = template as {
    readonly [section: string]: Json | undefined;
  };
  const { Metadata: _, ...rest } = template;
  const empty = nullIn(rest as unknown as Json, "");
  if (empty !== undefined) throw invalid(`[${empty}] 'null' values are not allowed in templates`);
  if (version !== undefined && version !== "2010-09-09")
    throw invalid(`Template format error: ${version} is not a supported value for AWSTemplateFormatVersion.`);
  if (Description !== undefined && typeof Description !== "string")
    throw invalid("Template format error: Every Description member must be a string.");
  const long = tooLong(template);
  if (long) throw invalid(long.message);
  for (const [name, parameter] of Object.entries(template.Parameters ?? {})) {
    const { Type, Default } = parameter;
    if (/\{\{resolve:ssm(-secure)?:[^:{}]+\}\}/.test(String(Default ?? "")))
      throw invalid(`Template error: parameter ${name} should not contain ssm versionless resolver`);
    if (!/^[A-Za-z0-9]+$/.test(name))
      throw invalid(`Template format error: Parameter name ${name} is non alphanumeric.`);
    if (typeof Type !== "string")
      throw invalid("Template format error: Every Parameters object must contain a Type member.");
    const unknown = Object.keys(parameter).find((key) => !PARAMETER_KEYS.has(key));
    if (unknown) throw invalid(`Invalid template parameter property '${unknown}'`);
    if (!PARAMETER_TYPE.test(Type)) throw invalid(`Template format error: Unrecognized parameter type: ${Type}`);
  }
  for (const [name, map] of Object.entries(template.Mappings ?? {})) checkMapping(name, map);
}

/** Two levels of keys, then text or a list (Template Reference, "Mappings syntax"). */
function checkMapping(name: string, map: Json): void {
  if (name.startsWith("Fn::")) return;
  if (!isObject(map)) throw invalid(`Template format error: Every Mappings member ${name} must be a map`);
  for (const [key, level] of Object.entries(map)) {
    if (key.startsWith("Fn::")) continue;
    if (!isObject(level)) throw invalid(`Template format error: Every Mappings member ${key} must be a map`);
    if (Object.values(level).some(isObject))
      throw invalid("Template format error: Every Mappings attribute must be a String or a List.");
  }
}

/** Where the first null is, as a path of keys; undefined if there is none. */
function nullIn(value: Json, path: string): string | undefined {
  if (value === null) return path;
  if (typeof value !== "object") return undefined;
  for (const [key, inner] of Object.entries(value)) {
    const found = key === "Metadata" ? undefined : nullIn(inner as Json, `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}
