import { type Tags, YAMLMap, YAMLSeq } from "yaml";
import { readJson } from "../reading/json.ts";
import { ReadingError } from "../reading/reading-error.ts";
import { readYaml, valuesOf } from "../reading/yaml.ts";
import type { Json, JsonObject, Template } from "./types.ts";

/** Functions with a short form in YAML (Template Reference, "Intrinsic functions"). */
const SHORT = [
  "And",
  "Base64",
  "Cidr",
  "Equals",
  "FindInMap",
  "GetAZs",
  "GetAtt",
  "GetStackOutput",
  "If",
  "ImportValue",
  "Join",
  "Length",
  "Not",
  "Or",
  "Select",
  "Split",
  "Sub",
  "ToJsonString",
  "Transform",
] as const;

/** What is wrong with a template's text; line and column count from 1. */
export class TemplateSyntaxError extends Error {
  override readonly name = "TemplateSyntaxError";
  /** `structure` is text that is well-formed but no template at all. */
  readonly kind: "JSON" | "YAML" | "structure";
  readonly line: number;
  readonly column: number;

  constructor(kind: TemplateSyntaxError["kind"], message: string, line = 1, column = 1) {
    super(message);
    this.kind = kind;
    this.line = line;
    this.column = column;
  }
}

/**
 * Reads a template written as JSON or YAML, short forms such as `!Ref` included. Of a duplicate key the last
 * counts, as for CloudFormation (go-to-k/cdk-real-drift#1074), which `tell` is told. Throws TemplateSyntaxError.
 */
export function parseTemplate(text: string, tell: (repeated: ReadingError) => void = () => {}): Template {
  const value = text.trimStart().startsWith("{") ? fromJson(text) : fromYaml(text, tell);
  if (value === null || typeof value !== "object" || Array.isArray(value)) {
    throw new TemplateSyntaxError("structure", "a template is an object");
  }
  return value as Template;
}

function fromJson(text: string): Json {
  try {
    return readJson(text) as Json;
  } catch (error) {
    if (!(error instanceof ReadingError)) throw error;
    const tidied = withoutLastCommas(text);
    if (tidied === text) throw asSyntax("JSON", error);
    return fromJson(tidied);
  }
}

/**
 * JSON without the commas after a last item, which CloudFormation takes (localstack's
 * test_lambda_cfn_dead_letter_config_async_invocation, validated 2024-04-09); places stay where they are.
 */
function withoutLastCommas(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|,(\s*[}\]])/g, (_, string?: string, end = "") => string ?? ` ${end}`);
}

function fromYaml(text: string, tell: (repeated: ReadingError) => void): Json {
  try {
    const yaml = readYaml(text, { customTags: shortForms, lastCounts: true });
    const [fault] = yaml.faults;
    if (fault) throw fault;
    yaml.repeated.forEach(tell);
    return JSON.parse(JSON.stringify(valuesOf(yaml) ?? null)) as Json;
  } catch (error) {
    throw error instanceof ReadingError ? asSyntax("YAML", error) : error;
  }
}

function asSyntax(kind: "JSON" | "YAML", { message, place }: ReadingError): TemplateSyntaxError {
  return new TemplateSyntaxError(kind, message, place?.line, place?.column);
}

function shortForms(tags: Tags): Tags {
  const all = ["Ref", "Condition", ...SHORT].flatMap((name) => {
    const full = name === "Ref" || name === "Condition" ? name : `Fn::${name}`;
    const wrap = (value: unknown): JsonObject => ({ [full]: argument(name, value) });
    return [
      { tag: `!${name}`, resolve: (text: string) => wrap(text) },
      { tag: `!${name}`, collection: "seq" as const, nodeClass: sequence(wrap) },
      { tag: `!${name}`, collection: "map" as const, nodeClass: mapping(wrap) },
    ];
  });
  return [...tags, ...all] as Tags;
}

function argument(name: string, value: unknown): Json {
  if (name !== "GetAtt" || typeof value !== "string") return value as Json;
  const dot = value.indexOf(".");
  return dot < 0 ? value : [value.slice(0, dot), value.slice(dot + 1)];
}

const sequence = (wrap: (value: unknown) => JsonObject) =>
  class extends YAMLSeq {
    override toJSON(_: unknown, context: Parameters<YAMLSeq["toJSON"]>[1]): unknown[] {
      return wrap(super.toJSON(_, context)) as unknown as unknown[];
    }
  };

const mapping = (wrap: (value: unknown) => JsonObject) =>
  class extends YAMLMap {
    override toJSON(_: unknown, context: Parameters<YAMLMap["toJSON"]>[1]): unknown {
      return wrap(super.toJSON(_, context));
    }
  };
