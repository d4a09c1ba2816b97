import type { loadAwsServiceSpec } from "@aws-cdk/aws-service-spec";
import { type PropertyModel, type ServiceModel, servicePrefix, type TypeModel, type ValueType } from "./model.ts";

type SpecDatabase = Awaited<ReturnType<typeof loadAwsServiceSpec>>;
type TypeDefinition = ReturnType<typeof definitionOf>;
type Property = TypeDefinition["properties"][string];
type PropertyType = Property["type"];
type Resource = ReturnType<typeof resourcesOf>[number];

const resourcesOf = (database: SpecDatabase) => database.all("resource");
const definitionOf = (database: SpecDatabase, id: string) => database.get("typeDefinition", id);

type Growing = {
  types: { [type: string]: TypeModel };
  structures: { [id: string]: ServiceModel["structures"][string] };
};

/** Reduces AWS's service specification to what CloudFormation needs, one entry a service. */
export function deriveModel(database: SpecDatabase): ReadonlyMap<string, ServiceModel> {
  const services = new Map<string, Growing>();
  for (const resource of resourcesOf(database)) {
    const name = servicePrefix(resource.cloudFormationType);
    const service = services.get(name) ?? { types: {}, structures: {} };
    services.set(name, service);
    service.types[resource.cloudFormationType] = typeModel(resource, (type) => valueType(database, service, type));
  }
  return services;
}

/** Return values (Template Reference) that the specification has among the properties. */
const RETURNED: { readonly [type: string]: readonly string[] } = {
  "AWS::Elasticsearch::Domain": ["DomainArn"],
  "AWS::OpenSearchService::Domain": ["DomainArn"],
};

function typeModel(resource: Resource, typed: (type: PropertyType) => ValueType): TypeModel {
  const tags = resource.tagInformation;
  const properties = Object.entries(resource.properties).map(([name, property]) => [
    name,
    propertyModel(property, typed),
  ]);
  return {
    properties: Object.fromEntries(properties),
    attributes: [...Object.keys(resource.attributes), ...(RETURNED[resource.cloudFormationType] ?? [])],
    lists: Object.entries(resource.attributes).flatMap(([name, { type }]) => (type.type === "array" ? [name] : [])),
    identifier: resource.cfnRefIdentifier ?? resource.primaryIdentifier ?? [],
    ...(tags && { tags: { property: tags.tagPropertyName, shape: tags.variant === "map" ? "map" : "list" } }),
  };
}

function propertyModel(property: Property, typed: (type: PropertyType) => ValueType): PropertyModel {
  const replaces = property.causesReplacement;
  return {
    type: typed(property.type),
    ...(property.required && { required: true as const }),
    ...((replaces === "yes" || replaces === "maybe") && { replaces }),
  };
}

function valueType(database: SpecDatabase, service: Growing, type: PropertyType): ValueType {
  const inner = (other: PropertyType) => valueType(database, service, other);
  switch (type.type) {
    case "string":
      return type.allowedValues ? { enum: type.allowedValues } : "string";
    case "date-time":
      return "string";
    case "integer":
    case "number":
    case "boolean":
    case "json":
    case "tag":
      return type.type;
    case "array":
      return { array: inner(type.element) };
    case "map":
      return { map: inner(type.element) };
    case "union":
      return { union: type.types.map(inner) };
    case "ref":
      return { ref: structure(database, service, type.reference.$ref) };
    default:
      return "json";
  }
}

function structure(database: SpecDatabase, service: Growing, id: string): string {
  if (service.structures[id]) return id;
  service.structures[id] = {};
  const definition = definitionOf(database, id);
  const typed = (other: PropertyType) => valueType(database, service, other);
  service.structures[id] = Object.fromEntries(
    Object.entries(definition.properties).map(([name, property]) => [name, propertyModel(property, typed)]),
  );
  return id;
}
