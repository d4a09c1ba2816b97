import type { Json, Template } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Deployment, SimulatedStack } from "../state/stack.ts";
import { expand, isExtended } from "../template/expand.ts";
import { templateIn } from "../template/parsed-templates.ts";
import { resolveValue } from "../template/resolve.ts";
import { validateTemplate } from "../template/validate.ts";
import { isSecret, resolverOf } from "./stack-resolver.ts";

/** Blobs of a template: as it was sent, if transforms changed it, and with its transforms applied. */
export type TransformedTemplate = Pick<Deployment, "template" | "original"> & { readonly parsed: Template };

/** Applies the transforms of a template in a blob; throws CloudFormation's error if the result is invalid. */
export function withTransforms(
  simulator: Simulator,
  stack: Pick<SimulatedStack, "id" | "name" | "account" | "region">,
  blob: string,
  parameters: Deployment["parameters"],
): TransformedTemplate {
  const sent = templateIn(simulator.blobs, blob);
  if (!isExtended(sent)) return { template: blob, parsed: sent };
  const template = expanded(simulator, stack, sent, { ...NOTHING, template: blob, parameters });
  validateTemplate(template, simulator.model, true);
  return { template: simulator.blobs.put(JSON.stringify(template)), original: blob, parsed: template };
}

const NOTHING = { tags: {}, capabilities: [], notifications: [] };

function expanded(
  simulator: Simulator,
  stack: Pick<SimulatedStack, "id" | "name" | "account" | "region">,
  sent: Template,
  deployment: Deployment,
): Template {
  const resolver = resolverOf(simulator, stack, { ...sent, Resources: {} }, deployment, () => undefined);
  return expand(sent, (value) => resolveValue(value, resolver) ?? []);
}

/**
 * A transformed template as it is displayed: functions of values known before deployment are resolved (localstack's
 * TestLanguageExtensionsTransform, recorded 2025-07-02 to 2025-07-04).
 */
export function withKnownValues(
  simulator: Simulator,
  stack: Pick<SimulatedStack, "id" | "name" | "account" | "region">,
  deployment: Deployment,
): Json {
  const template = templateIn(simulator.blobs, deployment.template);
  const resolver = resolverOf(simulator, stack, { ...template, Resources: {} }, deployment, () => undefined);
  // Secret parameters stay references.
  const ref: typeof resolver.ref = (name) => (isSecret(template.Parameters?.[name]) ? undefined : resolver.ref(name));
  return settled(template as unknown as Json, (value) => resolveValue(value, { ...resolver, ref }));
}

const WORKED_OUT: ReadonlySet<string> = new Set([
  "Fn::Base64",
  "Fn::FindInMap",
  "Fn::Join",
  "Fn::Length",
  "Fn::Select",
  "Fn::Split",
  "Fn::Sub",
  "Fn::ToJsonString",
]);

function settled(value: Json, work: (value: Json) => Json | undefined): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => settled(one, work));
  const [name, ...others] = Object.keys(value);
  if (name !== undefined && others.length === 0 && WORKED_OUT.has(name)) {
    try {
      return work(value) ?? value;
    } catch {
      // It depends on what the stack creates.
    }
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, settled(one, work)]));
}

/** The default values of a template's parameters; empty text where there is no default. */
export function defaultsOf({ Parameters }: Template): Deployment["parameters"] {
  return Object.fromEntries(Object.entries(Parameters ?? {}).map(([key, { Default }]) => [key, String(Default ?? "")]));
}
