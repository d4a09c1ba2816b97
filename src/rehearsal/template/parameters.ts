import type { Json, Parameter, Template } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";

/** A parameter of a call. */
export type ParameterInput = { readonly key: string; readonly value?: string; readonly usePrevious?: boolean };

/** Constraints of a parameter that are not in the shared template types. */
type Constrained = Parameter & {
  readonly AllowedPattern?: string;
  readonly ConstraintDescription?: string;
  readonly MinLength?: number | string;
  readonly MaxLength?: number | string;
  readonly MinValue?: number | string;
  readonly MaxValue?: number | string;
};

/** The text of every parameter: given, from `previous`, or its default; throws AWS's errors for invalid ones. */
export function resolveParameters(
  template: Template,
  given: readonly ParameterInput[],
  previous: { readonly [key: string]: string },
): { readonly [key: string]: string } {
  const declared = (template.Parameters ?? {}) as { readonly [key: string]: Constrained };
  const unknown = given.filter(({ key }) => !Object.hasOwn(declared, key)).map(({ key }) => key);
  if (unknown.length > 0) throw invalid(`Parameters: [${unknown.join(", ")}] do not exist in the template`);
  const byKey = new Map(given.map((parameter) => [parameter.key, parameter]));
  const missing: string[] = [];
  const values: { [key: string]: string } = {};
  for (const [key, parameter] of Object.entries(declared)) {
    const value = settle(key, parameter, byKey.get(key), previous);
    if (value === undefined) missing.push(key);
    else values[key] = value;
  }
  if (missing.length > 0) throw invalid(`Parameters: [${missing.join(", ")}] must have values`);
  for (const [key, parameter] of Object.entries(declared)) check(key, parameter, values[key] ?? "");
  return values;
}

function settle(
  key: string,
  parameter: Constrained,
  given: ParameterInput | undefined,
  previous: { readonly [key: string]: string },
): string | undefined {
  if (given?.usePrevious) {
    if (given.value)
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true and non empty value for a parameter`,
      );
    if (previous[key] === undefined)
      throw invalid(
        `Invalid input for parameter key ${key}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    return previous[key];
  }
  if (given?.value !== undefined) return given.value;
  return parameter.Default === undefined || parameter.Default === null ? undefined : String(parameter.Default);
}

function check(key: string, parameter: Constrained, value: string): void {
  const words = (reason: string) =>
    invalid(
      parameter.ConstraintDescription
        ? `Parameter ${key} failed to satisfy constraint: ${parameter.ConstraintDescription}`
        : reason,
    );
  // Each member of a list ("Parameters syntax": AllowedPattern, AllowedValues).
  const members = [parameterValue(parameter, value)].flat().map(String);
  const allowed = parameter.AllowedValues?.map(String);
  if (allowed && !members.every((one) => allowed.includes(one)))
    throw words(`Parameter '${key}' must be one of AllowedValues`);
  const pattern = new RegExp(`^(?:${parameter.AllowedPattern ?? ".*"})$`);
  if (parameter.AllowedPattern && !members.every((one) => pattern.test(one)))
    throw words(`Parameter '${key}' must match pattern ${parameter.AllowedPattern}`);
  if (/^(List<)?Number>?$/.test(parameter.Type) && !members.every((one) => one !== "" && Number.isFinite(Number(one))))
    throw invalid(`Parameter '${key}' must be a number.`);
  if (value.length < Number(parameter.MinLength ?? 0))
    throw words(`Parameter '${key}' must contain at least ${parameter.MinLength} characters`);
  if (value.length > Number(parameter.MaxLength ?? 4096))
    throw words(`Parameter '${key}' must contain at most ${parameter.MaxLength ?? 4096} characters`);
  if (parameter.Type !== "Number") return;
  if (Number(value) < Number(parameter.MinValue ?? -Infinity))
    throw words(`Parameter '${key}' must be a number not less than ${parameter.MinValue}`);
  if (Number(value) > Number(parameter.MaxValue ?? Infinity))
    throw words(`Parameter '${key}' must be a number not greater than ${parameter.MaxValue}`);
}

/** Whether a parameter of this type is a list. */
export function isListType(type: string): boolean {
  return (
    type === "CommaDelimitedList" ||
    /^List</.test(type) ||
    /<List</.test(type) ||
    /Value<CommaDelimitedList>/.test(type)
  );
}

/** The value of `Ref` for a parameter's text: a list for the list types. */
export function parameterValue({ Type }: Pick<Parameter, "Type">, text: string): Json {
  return isListType(Type) ? text.split(",").map((item) => item.trim()) : text;
}

/** Whether the parameter's text is the name of an SSM parameter with its value. */
export function isFromSsm(parameter: Parameter): boolean {
  return parameter.Type.startsWith("AWS::SSM::Parameter::Value<");
}
