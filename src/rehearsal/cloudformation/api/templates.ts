import type { Json, Parameter, Template } from "../../../template/types.ts";
import { handlerOf } from "../../resources/handlers.ts";
import type { Simulator } from "../../state/simulator.ts";
import { templateIn } from "../../template/parsed-templates.ts";
import { type Call, type CallResult, needed, text } from "../../wire/call.ts";
import { invalid } from "../../wire/error.ts";
import { theChangeSet, theStack } from "../find.ts";
import { isSecret } from "../stack-resolver.ts";
import { defaultsOf, withKnownValues, withTransforms } from "../transforms.ts";
import { capabilityFor } from "./deployment.ts";
import { someOf } from "./pages.ts";
import { templateOf } from "./source.ts";

export function getTemplate(simulator: Simulator, call: Call): CallResult {
  const { input, scope } = call;
  const changeSet = text(input, "ChangeSetName");
  if (changeSet === undefined && text(input, "StackName") === undefined)
    throw invalid("StackName is required if ChangeSetName is not specified.");
  if (changeSet !== undefined && !changeSet.startsWith("arn:") && text(input, "StackName") === undefined)
    throw invalid("StackName is a required parameter.");
  const found =
    changeSet === undefined ? undefined : theChangeSet(simulator.state, scope, text(input, "StackName"), changeSet);
  const stack = found?.stack ?? theStack(simulator.state, scope, needed(input, "StackName"));
  const from = found ? found.changeSet.deployment : stack.deployed;
  // A stack in review has no deployed template.
  if (from === undefined) return { TemplateBody: "", StagesAvailable: ["Original"] };
  const isProcessed = text(input, "TemplateStage") === "Processed";
  if (isProcessed && from.original !== undefined) {
    return { TemplateBody: JSON.stringify(withKnownValues(simulator, stack, from)), StagesAvailable: STAGES };
  }
  const blob = isProcessed ? from.template : (from.original ?? from.template);
  return { TemplateBody: simulator.blobs.get(blob).toString("utf8"), StagesAvailable: STAGES };
}

const STAGES = ["Original", "Processed"];

export function getTemplateSummary(simulator: Simulator, call: Call): CallResult {
  const { input } = call;
  const name = text(input, "StackName");
  // API Reference, "GetTemplateSummary": one of them.
  if (name !== undefined && (text(input, "TemplateBody") ?? text(input, "TemplateURL")) !== undefined)
    throw invalid("Only one of StackName, TemplateBody and TemplateURL can be specified.");
  const sent = name === undefined ? sentTemplate(simulator, call) : deployedTemplate(simulator, call, name);
  const { template } = sent;
  const version = (template as { readonly AWSTemplateFormatVersion?: Json }).AWSTemplateFormatVersion;
  return {
    ...summaryOf(sent),
    Parameters: Object.entries(template.Parameters ?? {}).map(([key, parameter]) => ({
      ...parameterOf(key, parameter),
      ParameterType: parameter.Type,
      ParameterConstraints: { AllowedValues: someOf((parameter.AllowedValues ?? []).map(String)) },
    })),
    ResourceTypes: [...new Set(Object.values(template.Resources).map(({ Type }) => Type))],
    Version: version === undefined ? undefined : String(version),
    Metadata: template.Metadata === undefined ? undefined : JSON.stringify(template.Metadata),
    ResourceIdentifierSummaries: identifiers(simulator, template),
  };
}

/** A template with its transforms applied, and the transforms. */
type Sent = { readonly template: Template; readonly transforms: readonly string[] };

const transformsOf = ({ Transform }: Template) => [Transform ?? []].flat().map(String);

function sentTemplate(simulator: Simulator, call: Call): Sent {
  const { blob, template } = templateOf(simulator, call, undefined);
  const noStack = { id: "", name: "", ...call.scope };
  const { parsed } = withTransforms(simulator, noStack, blob, defaultsOf(template));
  return { template: parsed, transforms: transformsOf(template) };
}

function deployedTemplate(simulator: Simulator, call: Call, name: string): Sent {
  const { deployed } = theStack(simulator.state, call.scope, name);
  if (!deployed) throw invalid("GetTemplateSummary cannot be called on REVIEW_IN_PROGRESS stacks.");
  const template = templateIn(simulator.blobs, deployed.template);
  return { template, transforms: transformsOf(templateIn(simulator.blobs, deployed.original ?? deployed.template)) };
}

export function validateTemplateCall(simulator: Simulator, call: Call): CallResult {
  const sent = sentTemplate(simulator, call);
  const { template } = sent;
  return {
    ...summaryOf(sent),
    Parameters: Object.entries(template.Parameters ?? {}).map(([key, parameter]) => parameterOf(key, parameter)),
  };
}

function summaryOf({ template, transforms }: Sent): CallResult {
  const { capability, types } = capabilityFor(template);
  const reasons = [...types, ...transforms];
  return {
    Description: template.Description,
    Capabilities: someOf([
      ...(capability === undefined ? [] : [capability]),
      ...(transforms.length === 0 ? [] : ["CAPABILITY_AUTO_EXPAND"]),
    ]),
    CapabilitiesReason:
      reasons.length === 0 ? undefined : `The following resource(s) require capabilities: [${reasons.join(", ")}]`,
    DeclaredTransforms: someOf(transforms),
  };
}

function parameterOf(key: string, parameter: Parameter): CallResult {
  const { Description } = parameter as { readonly Description?: string };
  return {
    ParameterKey: key,
    DefaultValue: parameter.Default === undefined ? undefined : String(parameter.Default),
    NoEcho: isSecret(parameter),
    Description,
  };
}

function identifiers(simulator: Simulator, template: Template): CallResult[string] {
  const types = [...new Set(Object.values(template.Resources).map(({ Type }) => Type))];
  return types.flatMap((type) => {
    const named = handlerOf(type)?.nameProperty;
    const identifier = named === undefined ? simulator.model.type(type)?.identifier : [named];
    const ids = Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === type);
    return identifier ? [{ ResourceType: type, LogicalResourceIds: ids, ResourceIdentifiers: [...identifier] }] : [];
  });
}
