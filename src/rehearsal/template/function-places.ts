import { isObject } from "../../template/json.ts";
import { referencesIn } from "../../template/references.ts";
import type { Json, Template } from "../../template/types.ts";
import { type AwsError, invalid } from "../wire/error.ts";
import { WORDS } from "./functions.ts";
import { isListType } from "./parameters.ts";

/** Functions of any template, in the order in which CloudFormation lists them. */
const SUPPORTED = [
  ...["Fn::Base64", "Fn::GetAtt", "Fn::GetAZs", "Fn::ImportValue", "Fn::Join", "Fn::Split", "Fn::FindInMap"],
  ...["Fn::Select", "Ref", "Fn::Equals", "Fn::If", "Fn::Not", "Condition", "Fn::And", "Fn::Or", "Fn::Contains"],
  ...["Fn::EachMemberEquals", "Fn::EachMemberIn", "Fn::ValueOf", "Fn::ValueOfAll", "Fn::RefAll", "Fn::Sub"],
  "Fn::Cidr",
];
// Newer ones are missing from that list.
const KNOWN: ReadonlySet<string> = new Set([...SUPPORTED, "Fn::GetStackOutput"]);

/** Functions that come with the extensions (Template Reference, "AWS::LanguageExtensions transform"). */
const EXTENSIONS: ReadonlySet<string> = new Set(["Fn::Length", "Fn::ToJsonString"]);

/** Functions that return booleans (Template Reference, "Condition functions"), and those that return lists. */
export const CONDITIONS: ReadonlySet<string> = new Set(["Condition", "Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"]);
const LISTS: ReadonlySet<string> = new Set(["Fn::Cidr", "Fn::GetAZs", "Fn::Split"]);

const OTHERS = "any resources, imported values, or Fn::GetAZs";

/** The error of an unknown function. */
export function unsupported(name: string): AwsError {
  return invalid(
    `Template Error: Encountered unsupported function: ${name} Supported functions are: [${SUPPORTED.join(", ")}]`,
  );
}

/** The error of a transform or macro that is not simulated. */
export function noTransform(name: Json | undefined): AwsError {
  return invalid(
    `Transform ${JSON.stringify(name)} is not one that a rehearsal can run: it knows AWS::LanguageExtensions only`,
  );
}

/**
 * Throws a ValidationError for a misplaced function: one of the extensions in a template without them, an import that
 * depends on the stack's resources, an output that is not text (Template Reference, "Intrinsic function reference",
 * "Fn::ImportValue", "Outputs").
 */
export function checkFunctionPlaces(template: Template, extended: boolean): void {
  for (const id of Object.keys(template.Resources)) {
    if (id.startsWith("Fn::ForEach::"))
      throw invalid(`Template format error: [/Resources/${id}] resource definition is malformed`);
  }
  if (functionsIn(template.Conditions).some(([name]) => name === "Fn::ImportValue"))
    throw invalid("Template error: Cannot use Fn::ImportValue in Conditions.");
  for (const section of [template.Conditions, template.Resources, template.Outputs]) {
    for (const [name, argument] of functionsIn(section as Json | undefined)) {
      checkFunction(template, name, argument, extended);
    }
  }
  for (const [id, { Value, Export }] of Object.entries(template.Outputs ?? {})) {
    checkOutput(template, Value);
    if (Export && hangsOnOthers(template, Export.Name)) {
      throw invalid(
        `Template format error: Output ${id} is malformed. The Name field of Export must not depend on ${OTHERS}.`,
      );
    }
  }
}

function checkFunction(template: Template, name: string, argument: Json, extended: boolean): void {
  if (name === "Fn::Transform") throw noTransform(isObject(argument) ? argument.Name : argument);
  if (!KNOWN.has(name) && !(extended && EXTENSIONS.has(name))) throw unsupported(name);
  if (name === "Fn::ImportValue" && hangsOnOthers(template, argument))
    throw invalid(`Template error: the attribute in Fn::ImportValue must not depend on ${OTHERS}`);
  // The fourth is the default value that the extensions allow.
  if (name === "Fn::FindInMap" && !extended && Array.isArray(argument) && argument.length > 3) throw invalid(WORDS.map);
}

/** Whether the value depends on resources or imports. */
function hangsOnOthers(template: Template, value: Json): boolean {
  const mentioned = referencesIn(value).some(
    ({ name, attribute }) => attribute !== undefined || Object.hasOwn(template.Resources, name),
  );
  return mentioned || functionsIn(value).some(([name]) => /^Fn::(ImportValue|GetAZs|GetStackOutput)$/.test(name));
}

function checkOutput({ Parameters }: Template, value: Json): void {
  const words = "Template format error: The Value field of every Outputs member must evaluate to a String";
  if (Array.isArray(value)) throw invalid(`${words} and not a List.`);
  if (value === null || typeof value !== "object") return;
  const [name = "", ...others] = Object.keys(value);
  const argument = (value as { readonly [name: string]: Json })[name];
  const isFunction = others.length === 0 && (name === "Ref" || name === "Condition" || name.startsWith("Fn::"));
  if (!isFunction) throw invalid(`${words} and not a Map.`);
  const parameter = name === "Ref" ? Parameters?.[String(argument)] : undefined;
  if (CONDITIONS.has(name) || LISTS.has(name) || (parameter && isListType(parameter.Type))) throw invalid(`${words}.`);
}

/** Every `Fn::…` in a value, with its argument. */
function functionsIn(value: Json | undefined): readonly (readonly [name: string, argument: Json])[] {
  if (value === null || value === undefined || typeof value !== "object") return [];
  if (Array.isArray(value)) return (value as readonly Json[]).flatMap(functionsIn);
  const entries = Object.entries(value as { readonly [name: string]: Json });
  const [only] = entries;
  const own = entries.length === 1 && only && /^fn::/i.test(only[0]) ? [only] : [];
  return [...own, ...entries.flatMap(([, inner]) => functionsIn(inner))];
}
