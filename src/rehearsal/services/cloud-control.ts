import type { JsonObject } from "../../template/types.ts";
import { partOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import { arnOf, findResource, listResources, tagList } from "./common/resources.ts";

/** Types that Cloud Control does not read (Cloud Control API User Guide, "Resource types that support Cloud Control API"). */
const UNSUPPORTED = ["AWS::Budgets::Budget"];

function typeOf({ input }: Call, action: string): string {
  const type = text(input, "TypeName") ?? "";
  if (!/^\w+::\w+::\w+$/.test(type)) throw new AwsError("TypeNotFoundException", `The type '${type}' cannot be found.`);
  if (UNSUPPORTED.includes(type))
    throw new AwsError("UnsupportedActionException", `Resource type ${type} does not support ${action} action`);
  return type;
}

function descriptionOf(resource: ServiceResource, Identifier: string): JsonObject {
  const { properties, attributes, tags } = resource;
  const Tags = properties.Tags ?? (Object.keys(tags).length > 0 ? tagList(resource) : undefined);
  return {
    Identifier,
    Properties: JSON.stringify({ ...properties, ...attributes, ...(Tags !== undefined && { Tags }) }),
  };
}

function getResource(simulator: Simulator, call: Call): CallResult {
  const TypeName = typeOf(call, "READ");
  const identifier = text(call.input, "Identifier") ?? "";
  // A type's primary identifier is what Ref gives, or its ARN.
  const found =
    findResource(simulator, call, TypeName, identifier) ??
    listResources(simulator, call, TypeName).find((one) => identifier.startsWith("arn:") && arnOf(one) === identifier);
  if (!found) {
    const words = `Resource of type '${TypeName}' with identifier '${identifier}' was not found.`;
    throw new AwsError("ResourceNotFoundException", words);
  }
  return { TypeName, ResourceDescription: descriptionOf(found, identifier) };
}

/** What every list handler answers: identifiers alone (the same, "Discovering resources"). */
function listOfType(simulator: Simulator, call: Call): CallResult {
  const TypeName = typeOf(call, "LIST");
  const model = partOf(JSON.parse(text(call.input, "ResourceModel") ?? "{}") as JsonObject);
  const isWanted = ({ properties }: ServiceResource) =>
    Object.entries(model).every(([key, value]) => properties[key] === value);
  const found = listResources(simulator, call, TypeName).filter(isWanted);
  return { TypeName, ResourceDescriptions: found.map(({ id }) => ({ Identifier: id, Properties: "{}" })) };
}

/**
 * AWS Cloud Control API, version 2021-09-30: reads and lists any resource with the properties of its CloudFormation
 * type.
 */
export const CLOUD_CONTROL: Service = {
  protocol: jsonProtocol("1.0"),
  operations: { GetResource: getResource, ListResources: listOfType },
};
