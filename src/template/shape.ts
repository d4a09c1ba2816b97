import {
  anything,
  either,
  flagSchema,
  listSchema,
  mapSchema,
  objectSchema,
  shaped,
  textSchema,
} from "../reading/shape.ts";
import type { Template } from "./types.ts";

/** With the language extensions a policy may be a function, and a loop stands where a resource does. */
const RESOURCE = objectSchema({
  Type: textSchema.regex(/::/, "expected a resource type such as AWS::S3::Bucket"),
  Properties: mapSchema(anything).optional(),
  DependsOn: either([textSchema, listSchema(textSchema)]).optional(),
  Condition: textSchema.optional(),
  DeletionPolicy: either([textSchema, mapSchema(anything)]).optional(),
  UpdateReplacePolicy: either([textSchema, mapSchema(anything)]).optional(),
  Metadata: mapSchema(anything).optional(),
  CreationPolicy: mapSchema(anything).optional(),
  UpdatePolicy: mapSchema(anything).optional(),
});

const OUTPUT = objectSchema({
  Value: anything,
  Description: textSchema.optional(),
  Condition: textSchema.optional(),
  Export: objectSchema({ Name: anything }).optional(),
});

const PARAMETER = objectSchema({
  Type: textSchema,
  NoEcho: either([flagSchema, textSchema]).optional(),
  AllowedValues: listSchema(anything).optional(),
});

/** What this program relies on in any template (CloudFormation Template Reference, "Template sections"). */
const TEMPLATE = objectSchema({
  Description: textSchema.optional(),
  Metadata: mapSchema(anything).optional(),
  Parameters: mapSchema(PARAMETER).optional(),
  Mappings: mapSchema(mapSchema(mapSchema(anything))).optional(),
  Conditions: mapSchema(anything).optional(),
  Resources: mapSchema(either([RESOURCE, listSchema(anything)])),
  Outputs: mapSchema(OUTPUT).optional(),
});

/** `value`, if it is a template in its outline. Throws a Fault that names the first place where it is not. */
export function asTemplate(value: unknown): Template {
  return shaped<Template>(TEMPLATE, value);
}
