import { isList, isObject } from "../../template/json.ts";
import { SUB_NAMES } from "../../template/references.ts";
import type { Json, Template } from "../../template/types.ts";
import { invalid } from "../wire/error.ts";
import { attributeParts, WORDS } from "./functions.ts";

type Check = (argument: Json, template: Template) => string | undefined;

/** What is wrong with a function's argument, whatever its value will be. */
const CHECKS: { readonly [name: string]: Check } = {
  Ref: (argument) =>
    typeof argument === "string" ? undefined : "Template error: every Ref object must have a single String value.",
  "Fn::GetAtt": (argument) => {
    attributeParts(argument);
    return undefined;
  },
  "Fn::Join": (argument) => {
    const list = isList(argument) && argument.length === 2 ? argument[1] : undefined;
    const isGood = isObject(list) || (isList(list) && list.every((one) => !isList(one)));
    return isGood ? undefined : WORDS.join;
  },
  "Fn::Select": (argument) => {
    const [index, list] = isList(argument) && argument.length === 2 ? argument : [];
    const isGood = (isObject(index) || /^\d+$/.test(String(index))) && (isObject(list) || isList(list));
    return isGood ? undefined : WORDS.select;
  },
  "Fn::Split": (argument) => {
    const [delimiter, source] = isList(argument) && argument.length === 2 ? argument : [];
    return typeof delimiter === "string" && (isObject(source) || typeof source === "string") ? undefined : WORDS.split;
  },
  "Fn::Base64": (argument) =>
    isList(argument) ? "Template error: every Fn::Base64 object must have a String-typed value." : undefined,
  "Fn::GetAZs": (argument) =>
    isList(argument) ? "Template error: every Fn::GetAZs object must have a String-typed value." : undefined,
  "Fn::FindInMap": findInMap,
  "Fn::Sub": substitution,
  "Fn::If": (argument) =>
    isList(argument) && argument.length === 3
      ? undefined
      : "Template error: Fn::If requires a list argument with three elements",
  "Fn::Equals": (argument) => (isList(argument) && argument.length === 2 ? undefined : WORDS.equals),
  "Fn::And": (argument) => operands("Fn::And", argument),
  "Fn::Or": (argument) => operands("Fn::Or", argument),
  "Fn::Not": (argument) =>
    isList(argument) && argument.length === 1
      ? undefined
      : "Template error: Fn::Not requires a list argument with one element",
};

/** Throws a ValidationError for the first malformed function of a template. */
export function checkFunctions(template: Template): void {
  for (const { Properties, Metadata } of Object.values(template.Resources)) {
    check(Properties, template);
    check(Metadata, template);
  }
  for (const { Value, Export } of Object.values(template.Outputs ?? {})) {
    check(Value, template);
    check(Export as Json | undefined, template);
  }
  check(template.Conditions as Json | undefined, template);
}

function check(value: Json | undefined, template: Template): void {
  if (isList(value)) {
    for (const item of value) check(item, template);
    return;
  }
  if (!isObject(value)) return;
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0) checkOne(name, value[name] ?? null, template);
  for (const inner of Object.values(value)) check(inner, template);
}

function checkOne(name: string, argument: Json, template: Template): void {
  const wrong = CHECKS[name]?.(argument, template);
  if (wrong !== undefined) throw invalid(wrong);
}

function findInMap(argument: Json, { Mappings }: Template): string | undefined {
  // The fourth is the default value that the language extensions allow.
  if (!isList(argument) || argument.length < 3 || argument.length > 4) return WORDS.map;
  const [name] = argument;
  const isOpen = Object.keys(Mappings ?? {}).some((key) => key.startsWith("Fn::"));
  if (typeof name !== "string" || argument.length === 4 || isOpen || Object.hasOwn(Mappings ?? {}, name))
    return undefined;
  return `Template error: Mapping named '${name}' is not present in the 'Mappings' section of template.`;
}

function substitution(argument: Json): string | undefined {
  const [text, names, ...more] = isList(argument) ? argument : [argument];
  const isGood = isList(argument) ? isObject(names) && more.length === 0 : true;
  if (typeof text !== "string" || !isGood) return WORDS.sub;
  const isWrong = [...text.matchAll(SUB_NAMES)].some(([, name]) => !/^[A-Za-z0-9_.:]+$/.test((name ?? "").trim()));
  if (!isWrong) return undefined;
  return "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons";
}

function operands(name: string, argument: Json): string | undefined {
  return isList(argument) && argument.length >= 2 && argument.length <= 10 ? undefined : WORDS.operands(name);
}
