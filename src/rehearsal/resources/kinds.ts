import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { isCustomResource, type Model } from "../model/model.ts";
import { unreadable } from "../model/readable.ts";
import { hex } from "../state/hash.ts";
import type { SimulatedResource } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { invalid } from "../wire/error.ts";
import { CONTAINERS } from "./containers.ts";
import { DATA } from "./data.ts";
import { EC2 } from "./ec2.ts";
import { EDGE } from "./edge.ts";
import { arn, hexFor, type Kind, type Kinds, type Making, madeUpName } from "./kind.ts";
import { OTHER } from "./other.ts";
import { textOf } from "./properties.ts";

const KINDS: Kinds = { ...EC2, ...CONTAINERS, ...DATA, ...EDGE, ...OTHER };

/** What is known of a type beyond the service specification; `undefined` for most of AWS. */
export function kindOf(type: string): Kind | undefined {
  return KINDS[type];
}

/** The physical id that `Ref` gives. */
export function physicalId(making: Making): string {
  const kind = kindOf(making.type);
  const given = kind?.named && textOf(making.properties, kind.named);
  if (given) return given;
  return kind?.id?.(making) ?? defaultId(making);
}

/** The name a template gave the resource, if its type can be named; the property it stands in. */
export function customName(making: Making): { readonly property: string; readonly value: string } | undefined {
  const kind = kindOf(making.type);
  const [only, ...others] = making.simulator.model.type(making.type)?.identifier ?? [];
  const property = kind?.named ?? (others.length === 0 ? only : undefined);
  const value = property === undefined ? "" : textOf(making.properties, property);
  return property !== undefined && value !== "" ? { property, value } : undefined;
}

function defaultId(making: Making): string {
  const model = making.simulator.model.type(making.type);
  const parts = (model?.identifier ?? []).map((name) => {
    const given = textOf(making.properties, name);
    if (given) return given;
    if (name.endsWith("Arn") || name.endsWith("ARN")) return defaultArn(making, madeUpName(making));
    return model?.properties[name] === undefined && /Id$/.test(name) ? hexFor(making, 20) : madeUpName(making);
  });
  return parts.length > 0 ? parts.join("|") : madeUpName(making);
}

function defaultArn({ scope, type }: Pick<Making, "scope" | "type">, name: string): string {
  const [, service = "", resource = ""] = type.split("::");
  return arn({ scope }, service.toLowerCase(), `${resource.toLowerCase()}/${name}`);
}

/** The attributes that a type's entry gives it; `attributeOf` finds the others. */
export function attributesOf(making: Making, id: string): JsonObject {
  return kindOf(making.type)?.attributes?.(making, id) ?? {};
}

/** A property, or a part of one: names with dots between them. */
function textAt(properties: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(properties, path)) return properties[path];
  let value: Json | undefined = properties;
  for (const name of path.split(".")) value = value !== undefined && isObject(value) ? value[name] : undefined;
  return value;
}

/**
 * The value of `Fn::GetAtt`: the type's own, or one made up in the form that the attribute's name promises. Throws for a
 * property that is no attribute, which AWS notices only now (cloudformation-coverage-roadmap#1578).
 */
export function attributeOf(
  model: Model,
  scope: Scope,
  resource: Pick<SimulatedResource, "type" | "physicalId" | "properties" | "attributes">,
  name: string,
): Json | undefined {
  const { type, physicalId: id, properties, attributes } = resource;
  if (Object.hasOwn(attributes, name)) return attributes[name];
  const why = unreadable(model, type, name);
  if (why !== undefined) throw invalid(why);
  const known = model.type(type);
  if (known?.identifier.includes(name)) return textOf(properties, name) || id;
  const given = textAt(properties, name);
  if (given !== undefined) return given;
  // A property that nobody gave is no attribute (localstack's test_parameter.py::test_getattr, recorded 2023-05-19).
  if (known && !isCustomResource(type) && !known.attributes.includes(name)) return undefined;
  const text = madeUp({ scope, type }, id, name);
  return known?.lists.includes(name) ? [text] : text;
}

function madeUp(of: { readonly scope: Scope; readonly type: string }, id: string, name: string): string {
  if (/arn$/i.test(name)) return id.startsWith("arn:") ? id : defaultArn(of, id);
  return /Id$/.test(name) ? hex(20, id, name) : id;
}
