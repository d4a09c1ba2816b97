import type { Template } from "../../template/types.ts";
import type { Stage } from "../stage.ts";
import { evaluate } from "../template/evaluate.ts";
import { expand, isExtended } from "../template/expand.ts";
import { validateTemplate } from "../template/validate.ts";
import { scopeOf } from "./scope.ts";
import type { Deployment, Stack } from "./stack.ts";
import { templateIn } from "./templates.ts";

/** Blobs of a template: as it was sent, where that is another one, and with its transforms carried out. */
export type Processed = Pick<Deployment, "template" | "original"> & { readonly parsed: Template };

/** Carries out the transforms of a template in a blob; throws CloudFormation's refusal if what comes of it is not sound. */
export function processed(
  stage: Stage,
  stack: Pick<Stack, "id" | "name" | "account" | "region">,
  blob: string,
  parameters: Deployment["parameters"],
): Processed {
  const sent = templateIn(stage.blobs, blob);
  if (!isExtended(sent)) return { template: blob, parsed: sent };
  const template = expanded(stage, stack, sent, { ...NOTHING, template: blob, parameters });
  validateTemplate(template, stage.model, true);
  return { template: stage.blobs.put(JSON.stringify(template)), original: blob, parsed: template };
}

const NOTHING = { tags: {}, capabilities: [], notifications: [] };

function expanded(
  stage: Stage,
  stack: Pick<Stack, "id" | "name" | "account" | "region">,
  sent: Template,
  deployment: Deployment,
): Template {
  const scope = scopeOf(stage, stack, { ...sent, Resources: {} }, deployment, () => undefined);
  return expand(sent, (value) => evaluate(value, scope) ?? []);
}

/** What the parameters of a template come to when nobody gives them; nothing at all where there is no default. */
export function defaultsOf({ Parameters }: Template): Deployment["parameters"] {
  return Object.fromEntries(Object.entries(Parameters ?? {}).map(([key, { Default }]) => [key, String(Default ?? "")]));
}
