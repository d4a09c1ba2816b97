/** The type of a property: a JSON type's name, or a structure of further types. */
export type ValueType =
  | "string"
  | "integer"
  | "number"
  | "boolean"
  | "json"
  | "tag"
  | { readonly enum: readonly string[] }
  | { readonly array: ValueType }
  | { readonly map: ValueType }
  | { readonly ref: string }
  | { readonly union: readonly ValueType[] };

export type PropertyModel = {
  readonly type: ValueType;
  readonly required?: true;
  /** Whether a change of it replaces the resource; absent: it never does. */
  readonly replaces?: "yes" | "maybe";
};

/** What CloudFormation knows of one resource type. */
export type TypeModel = {
  readonly properties: { readonly [name: string]: PropertyModel };
  readonly attributes: readonly string[];
  /** Those of the attributes that are lists. */
  readonly lists: readonly string[];
  /** The properties or attributes that `Ref` is made of. */
  readonly identifier: readonly string[];
  /** The property that holds tags, and whether they are a list or a map. */
  readonly tags?: { readonly property: string; readonly shape: "list" | "map" };
};

/** All types of one service (`AWS::EC2`), with the structures that their properties are made of. */
export type ServiceModel = {
  readonly types: { readonly [type: string]: TypeModel };
  readonly structures: { readonly [id: string]: { readonly [name: string]: PropertyModel } };
};

/** Looks types up; reads a service's file when one of its types is first asked for. */
export type Model = {
  readonly type: (name: string) => TypeModel | undefined;
  readonly structure: (typeName: string, id: string) => { readonly [name: string]: PropertyModel } | undefined;
};

/** True for a custom resource, by the one name or the other (Template Reference, "AWS::CloudFormation::CustomResource"). */
export function isCustomResource(type: string): boolean {
  return type.startsWith("Custom::") || type === "AWS::CloudFormation::CustomResource";
}

/** `AWS::EC2` of `AWS::EC2::VPC`. */
export function servicePrefix(type: string): string {
  return type.split("::").slice(0, 2).join("::");
}
