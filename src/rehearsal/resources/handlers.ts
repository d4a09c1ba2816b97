import { isObject } from "../../template/json.ts";
import type { Json, JsonObject } from "../../template/types.ts";
import { isCustomResource, type Model } from "../model/model.ts";
import { unreadable } from "../model/readable.ts";
import { hex } from "../state/hash.ts";
import type { SimulatedResource } from "../state/stack.ts";
import type { Scope } from "../state/state.ts";
import { invalid } from "../wire/error.ts";
import { CONTAINER_HANDLERS } from "./containers.ts";
import { DATA_HANDLERS } from "./data.ts";
import { EC2_HANDLERS } from "./ec2.ts";
import { EDGE_HANDLERS } from "./edge.ts";
import {
  arn,
  generatedName,
  type HandlerRequest,
  hexFor,
  type ResourceHandler,
  type ResourceHandlers,
} from "./handler.ts";
import { OTHER_HANDLERS } from "./other.ts";
import { textOf } from "./properties.ts";

const HANDLERS: ResourceHandlers = {
  ...EC2_HANDLERS,
  ...CONTAINER_HANDLERS,
  ...DATA_HANDLERS,
  ...EDGE_HANDLERS,
  ...OTHER_HANDLERS,
};

/** The handler of a resource type; `undefined` for types that follow the service specification alone. */
export function handlerOf(type: string): ResourceHandler | undefined {
  return HANDLERS[type];
}

/** The physical id that `Ref` gives. */
export function physicalId(request: HandlerRequest): string {
  const handler = handlerOf(request.type);
  const given = handler?.nameProperty && textOf(request.properties, handler.nameProperty);
  if (given) return given;
  return handler?.id?.(request) ?? defaultId(request);
}

/** The custom name of a resource, and the property it is in. */
export function customName(request: HandlerRequest): { readonly property: string; readonly value: string } | undefined {
  const handler = handlerOf(request.type);
  const [only, ...others] = request.simulator.model.type(request.type)?.identifier ?? [];
  const property = handler?.nameProperty ?? (others.length === 0 ? only : undefined);
  const value = property === undefined ? "" : textOf(request.properties, property);
  return property !== undefined && value !== "" ? { property, value } : undefined;
}

function defaultId(request: HandlerRequest): string {
  const model = request.simulator.model.type(request.type);
  const parts = (model?.identifier ?? []).map((name) => {
    const given = textOf(request.properties, name);
    if (given) return given;
    if (name.endsWith("Arn") || name.endsWith("ARN")) return defaultArn(request, generatedName(request));
    return model?.properties[name] === undefined && /Id$/.test(name) ? hexFor(request, 20) : generatedName(request);
  });
  return parts.length > 0 ? parts.join("|") : generatedName(request);
}

function defaultArn({ scope, type }: Pick<HandlerRequest, "scope" | "type">, name: string): string {
  const [, service = "", resource = ""] = type.split("::");
  return arn({ scope }, service.toLowerCase(), `${resource.toLowerCase()}/${name}`);
}

/** The attributes that the type's handler gives; `attributeOf` finds the others. */
export function attributesOf(request: HandlerRequest, id: string): JsonObject {
  return handlerOf(request.type)?.attributes?.(request, id) ?? {};
}

/** A property, or a part of one: names joined with dots. */
function textAt(properties: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(properties, path)) return properties[path];
  let value: Json | undefined = properties;
  for (const name of path.split(".")) value = value !== undefined && isObject(value) ? value[name] : undefined;
  return value;
}

/**
 * The value of `Fn::GetAtt`: the handler's, or one generated in the form that the attribute's name implies. Throws for
 * a property that is not an attribute, which AWS notices only now (cloudformation-coverage-roadmap#1578).
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
  // A property that is not set is not an attribute (localstack's test_parameter.py::test_getattr, recorded 2023-05-19).
  if (known && !isCustomResource(type) && !known.attributes.includes(name)) return undefined;
  const text = generatedAttribute({ scope, type }, id, name);
  return known?.lists.includes(name) ? [text] : text;
}

function generatedAttribute(of: { readonly scope: Scope; readonly type: string }, id: string, name: string): string {
  if (/arn$/i.test(name)) return id.startsWith("arn:") ? id : defaultArn(of, id);
  return /Id$/.test(name) ? hex(20, id, name) : id;
}
