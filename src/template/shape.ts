import { anything, either, flag, list, map, shaped, text, thing } from "../reading/shape.ts";
import type { Template } from "./types.ts";

/** With the language extensions a policy may be a function, and a loop stands where a resource does. */
const RESOURCE = thing({
  Type: text.regex(/::/, "expected a resource type such as AWS::S3::Bucket"),
  Properties: map(anything).optional(),
  DependsOn: either([text, list(text)]).optional(),
  Condition: text.optional(),
  DeletionPolicy: either([text, map(anything)]).optional(),
  UpdateReplacePolicy: either([text, map(anything)]).optional(),
  Metadata: map(anything).optional(),
  CreationPolicy: map(anything).optional(),
  UpdatePolicy: map(anything).optional(),
});

const OUTPUT = thing({
  Value: anything,
  Description: text.optional(),
  Condition: text.optional(),
  Export: thing({ Name: anything }).optional(),
});

const PARAMETER = thing({
  Type: text,
  NoEcho: either([flag, text]).optional(),
  AllowedValues: list(anything).optional(),
});

/** What this program relies on in any template (CloudFormation Template Reference, "Template sections"). */
const TEMPLATE = thing({
  Description: text.optional(),
  Metadata: map(anything).optional(),
  Parameters: map(PARAMETER).optional(),
  Mappings: map(map(map(anything))).optional(),
  Conditions: map(anything).optional(),
  Resources: map(either([RESOURCE, list(anything)])),
  Outputs: map(OUTPUT).optional(),
});

/** `value`, if it is a template in its outline. Throws a Fault that names the first place where it is not. */
export function asTemplate(value: unknown): Template {
  return shaped<Template>(TEMPLATE, value);
}
