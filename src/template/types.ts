/** Any JSON value, as CloudFormation templates are made of. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json };

/** One resource of a template (CloudFormation User Guide, "Resources"). */
export type Resource = {
  readonly Type: string;
  readonly Properties?: JsonObject;
  readonly DependsOn?: string | readonly string[];
  readonly Condition?: string;
  readonly DeletionPolicy?: Json;
  readonly UpdateReplacePolicy?: Json;
  readonly Metadata?: JsonObject;
  readonly CreationPolicy?: JsonObject;
  readonly UpdatePolicy?: JsonObject;
};

/** One output of a template. */
type Output = {
  readonly Value: Json;
  readonly Description?: string;
  readonly Condition?: string;
  readonly Export?: { readonly Name: Json };
};

/** One parameter of a template. */
export type Parameter = {
  readonly Type: string;
  readonly Default?: Json;
  readonly NoEcho?: boolean | string;
  readonly AllowedValues?: readonly Json[];
};

/** A CloudFormation template, parsed. */
export type Template = {
  readonly Description?: string;
  readonly Metadata?: JsonObject;
  readonly Parameters?: { readonly [id: string]: Parameter };
  readonly Mappings?: JsonObject;
  readonly Conditions?: JsonObject;
  readonly Transform?: Json;
  readonly Resources: { readonly [logicalId: string]: Resource };
  readonly Outputs?: { readonly [id: string]: Output };
};
