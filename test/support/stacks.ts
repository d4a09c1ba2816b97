import type { Phase } from "../../src/config/phases.ts";
import { digestOf } from "../../src/plan/digest.ts";
import type { Step } from "../../src/plan/plan.ts";
import type { Site } from "../../src/plan/provision-plan.ts";
import type { Stack } from "../../src/synth/assembly.ts";
import type { Json, Parameter, Resource, Template } from "../../src/template/types.ts";

/** Where the tests' environment is. */
export const SITE: Site = { project: "shop", environment: "dev", region: "eu-west-1", account: "111122223333" };

/** The tags of its stacks. */
export const TAGS = { Project: SITE.project, Environment: SITE.environment, ManagedBy: "astro" };

/** A stack of the tests' environment with one harmless resource, or those given. */
export function stackOf(
  name: string,
  phase: Phase,
  extra: Omit<Partial<Stack>, "parameters"> & {
    readonly resources?: Template["Resources"];
    readonly outputs?: Template["Outputs"];
    readonly parameters?: Template["Parameters"];
    /** Values that somebody gave them. */
    readonly given?: Stack["parameters"];
  } = {},
): Stack {
  const { resources, outputs, parameters, given, ...rest } = extra;
  const template: Template = {
    ...(parameters && { Parameters: parameters }),
    Resources: resources ?? { Topic: { Type: "AWS::SNS::Topic", Properties: { DisplayName: name } } },
    ...(outputs && { Outputs: outputs }),
  };
  return {
    name,
    region: SITE.region,
    phase,
    template,
    body: JSON.stringify(template),
    needs: [],
    tags: TAGS,
    terminationProtection: false,
    assetManifests: [],
    ...(given && { parameters: given }),
    ...rest,
  };
}

/** A step that a test writes by hand, with the stack that it deploys. */
export type HandMadeStep = Omit<Step, "digest"> & { readonly source: Stack };

/** The steps as a plan has them, and the stacks of its assembly. */
export async function planned(
  steps: readonly HandMadeStep[],
): Promise<{ readonly steps: readonly Step[]; readonly stacks: readonly Stack[] }> {
  const digested = steps.map(async ({ source, ...step }) => ({ ...step, digest: await digestOf(source) }));
  return { steps: await Promise.all(digested), stacks: steps.map(({ source }) => source) };
}

/** A value read from another stack's output. */
export function outputOf(stack: string, output: string): Json {
  return { "Fn::GetStackOutput": { StackName: stack, OutputName: output } };
}

/** A value that a stack writes into Parameter Store. */
export function storedAs(Name: string, Value: Json, Type = "String"): Resource {
  return { Type: "AWS::SSM::Parameter", Properties: { Name, Type, Value } };
}

/** A template parameter that reads a value, or a list, from Parameter Store. */
export function storedFrom(path: string, list = false): Parameter {
  return { Type: `AWS::SSM::Parameter::Value<${list ? "List<String>" : "String"}>`, Default: path };
}
