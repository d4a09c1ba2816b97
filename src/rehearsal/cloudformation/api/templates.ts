import type { Json, Parameter, Template } from "../../../template/types.ts";
import { kindOf } from "../../resources/kinds.ts";
import type { Stage } from "../../stage.ts";
import { type Call, needed, type Result, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { theChangeSet, theStack } from "../find.ts";
import { templateIn } from "../templates.ts";
import { templateOf } from "./source.ts";
import { capabilityFor } from "./wishes.ts";

export function getTemplate(stage: Stage, call: Call): Result {
  const { input, place } = call;
  const changeSet = text(input, "ChangeSetName");
  const blob =
    changeSet === undefined
      ? theStack(stage.world, place, needed(input, "StackName")).deployed?.template
      : theChangeSet(stage.world, place, text(input, "StackName"), changeSet).changeSet.deployment.template;
  // A stack under review was never made from anything.
  if (blob === undefined) return { TemplateBody: "", StagesAvailable: ["Original"] };
  return { TemplateBody: stage.blobs.get(blob).toString("utf8"), StagesAvailable: ["Original", "Processed"] };
}

export function getTemplateSummary(stage: Stage, call: Call): Result {
  const { input } = call;
  const name = text(input, "StackName");
  const template =
    name === undefined ? templateOf(stage, call, undefined).template : deployedTemplate(stage, call, name);
  const version = (template as { readonly AWSTemplateFormatVersion?: Json }).AWSTemplateFormatVersion;
  return {
    ...summaryOf(template),
    Parameters: Object.entries(template.Parameters ?? {}).map(([key, parameter]) => ({
      ...parameterOf(key, parameter),
      ParameterType: parameter.Type,
      ParameterConstraints: { AllowedValues: (parameter.AllowedValues ?? []).map(String) },
    })),
    ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
    Version: version === undefined ? undefined : String(version),
    Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
    ResourceIdentifierSummaries: identifiers(stage, template),
  };
}

function deployedTemplate(stage: Stage, call: Call, name: string): Template {
  const { deployed } = theStack(stage.world, call.place, name);
  if (!deployed) throw invalid(`Template of stack ${name} is not available: it is under review`);
  return templateIn(stage.blobs, deployed.template);
}

export function validateTemplateCall(stage: Stage, call: Call): Result {
  const { template } = templateOf(stage, call, undefined);
  return {
    ...summaryOf(template),
    Parameters: Object.entries(template.Parameters ?? {}).map(([key, parameter]) => parameterOf(key, parameter)),
  };
}

function summaryOf(template: Template): Result {
  const { capability, types } = capabilityFor(template);
  return {
    Description: template.Description,
    Capabilities: capability === undefined ? [] : [capability],
    CapabilitiesReason:
      capability === undefined ? undefined : `The following resource(s) require capabilities: [${types.join(", ")}]`,
    DeclaredTransforms: template.Transform === undefined ? [] : [template.Transform].flat().map(String),
  };
}

function parameterOf(key: string, parameter: Parameter): Result {
  const { Description } = parameter as { readonly Description?: string };
  return {
    ParameterKey: key,
    DefaultValue: parameter.Default === undefined ? undefined : String(parameter.Default),
    NoEcho: String(parameter.NoEcho ?? false) === "true",
    Description,
  };
}

function identifiers(stage: Stage, template: Template): Result[string] {
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
  return types.flatMap((type) => {
    const named = kindOf(type)?.named;
    const identifier = named === undefined ? stage.model.type(type)?.identifier : [named];
    const ids = Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === type);
    return identifier ? [{ ResourceType: type, LogicalResourceIds: ids, ResourceIdentifiers: [...identifier] }] : [];
  });
}
