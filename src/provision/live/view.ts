import type { DeployedTemplate } from "../../plan/deployed.ts";
import { changeOf, type Drift } from "../../plan/drift.ts";
import type { PlannedChange, Step } from "../../plan/plan.ts";
import type { Stack } from "../../synth/assembly.ts";
import { evaluateProperties, type TemplateScope, type Values } from "../../template/evaluate.ts";
import type { Resource, Template } from "../../template/types.ts";
import type { Cloud, StackResource } from "../cloud.ts";
import { DENIED, type OrDenied } from "../workload/port.ts";

/** What a look at a stack's things works with. */
export type LiveView = {
  readonly cloud: Cloud;
  readonly step: Step;
  /** What the step deploys, changed or not. */
  readonly stack: Stack;
  readonly deployed: DeployedTemplate;
  /** The stack's resources as CloudFormation knows them. */
  readonly there: readonly StackResource[];
  /** Scopes in which the template that stands, and the one that is to come, are evaluated. */
  readonly scopes: { readonly deployed: TemplateScope; readonly wanted: TemplateScope };
  /** What was changed by hand is to be brought back, of resources that nothing else changes too. */
  readonly reverts: boolean;
};

/** A resource of a stack, as it was deployed and as it is to be. */
export type LiveResource = {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
  readonly at?: Date;
  readonly given: Values;
  readonly wanted: Values;
  readonly source: Resource;
  readonly change: PlannedChange | undefined;
};

/** Scopes of both templates; what other stacks have put out is known. */
export function scopesOf(
  account: string,
  wanted: Stack,
  current: DeployedTemplate,
  deployed: readonly DeployedTemplate[],
): LiveView["scopes"] {
  const { name: stack, region, parameters = {} } = current;
  const output: TemplateScope["output"] = (name, key, at) =>
    deployed.find((one) => one.name === name && one.region === at)?.outputs[key];
  const scope = (template: Template): TemplateScope => ({ template, stack, region, account, parameters, output });
  return { deployed: scope(current.template), wanted: scope(wanted.template) };
}

/** The stack's resources of a type that stand and are to stay. */
export function subjectsOf({ step, stack, deployed, there, scopes }: LiveView, type: string): readonly LiveResource[] {
  return there.flatMap(({ logicalId, physicalId, type: found, at }) => {
    const [before, source] = [deployed.template.Resources[logicalId], stack.template.Resources[logicalId]];
    if (found !== type || physicalId === "" || before === undefined || source?.Type !== type) return [];
    return [
      {
        logicalId,
        type,
        physicalId,
        ...(at && { at }),
        given: evaluateProperties(before, scopes.deployed),
        wanted: evaluateProperties(source, scopes.wanted),
        source,
        change: changeOf(step, logicalId),
      },
    ];
  });
}

/** A drift of the subject. */
export function drift({ logicalId, type }: LiveResource, difference: Omit<Drift, "logicalId" | "type">): Drift {
  return { logicalId, type, ...difference };
}

/** Thrown where a look-up is denied. */
export class Denied extends Error {}

/** The answer to a look-up. Throws Denied. */
export async function seen<T>(call: string, answer: Promise<OrDenied<T>>): Promise<T> {
  const found = await answer;
  if (found === DENIED) throw new Denied(`these credentials do not allow ${call}`);
  return found;
}
