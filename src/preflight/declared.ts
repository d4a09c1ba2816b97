import type { DeployedTemplate } from "../plan/deployed.ts";
import type { Plan, PlannedChange, Step } from "../plan/plan.ts";
import { isAtRest } from "../plan/status.ts";
import { evaluateProperties, isUnresolved, type TemplateScope, type Value, type Values } from "../template/evaluate.ts";
import { itemsOf, storedWrites } from "../template/stored.ts";
import type { Resource } from "../template/types.ts";

/** A resource as a plan declares it. */
export type Declared = {
  readonly stack: string;
  readonly region: string;
  readonly logicalId: string;
  readonly type: string;
  /** What becomes of it; `keep` if nothing does. */
  readonly how: Exclude<PlannedChange["action"], "remove"> | "keep";
  /** Properties behind a change. */
  readonly causes: readonly string[];
  /** True if nothing of its stack exists that could have its name. */
  readonly fresh: boolean;
  /** Evaluated as far as the templates tell: what another stack of the plan makes points there. */
  readonly properties: Values;
  /** The same with what is deployed already: physical ids instead of pointers. */
  readonly deployed: Values;
  readonly source: Resource;
};

/** Every resource in a template of the plan. */
export function declaredBy(plan: Plan, deployed: readonly DeployedTemplate[]): readonly Declared[] {
  const scopes = scopesOf(plan, deployed);
  return plan.steps.flatMap((step) => {
    if (step.source === undefined) return [];
    const changes = new Map(step.changes.map((change) => [change.logicalId, change]));
    const fresh = isFresh(step, deployed);
    return Object.entries(step.source.template.Resources).map(([logicalId, source]) => {
      const change = changes.get(logicalId);
      const how = change === undefined || change.action === "remove" ? "keep" : change.action;
      return {
        stack: step.stack,
        region: step.region,
        logicalId,
        type: source.Type,
        how,
        causes: change?.causes ?? [],
        fresh: fresh && how === "add",
        properties: evaluateProperties(source, scopes.planned(step)),
        deployed: evaluateProperties(source, scopes.deployed(step)),
        source,
      };
    });
  });
}

/** Statuses of a stack that has nothing any more, or not yet: its names are free unless somebody else has them. */
export const EMPTY = ["REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE"];

function isFresh({ stack, region, action }: Step, deployed: readonly DeployedTemplate[]): boolean {
  const found = deployed.find((other) => other.name === stack && other.region === region);
  if (found === undefined || EMPTY.includes(found.status)) return true;
  return action === "update" && isAtRest(found.status);
}

/** Outputs of other stacks, looked up in the plan's templates or in what is deployed first. */
function scopesOf(plan: Plan, deployed: readonly DeployedTemplate[]) {
  type Output = NonNullable<TemplateScope["output"]>;
  const planned: Output = (stack, output, region) => {
    const step = plan.steps.find((one) => one.stack === stack && one.region === region);
    const template = step?.source?.template;
    const value = template?.Outputs?.[output]?.Value;
    if (step === undefined || template === undefined || value === undefined) return undefined;
    const found = evaluateProperties({ Properties: { value } }, scope(step, planned)).value;
    return repositoryUri(plan, step, found) ?? found;
  };
  const real: Output = (stack, output, region) =>
    deployed.find((one) => one.name === stack && one.region === region)?.outputs[output];
  /** What a stack of the plan keeps in Parameter Store points to what it makes, whoever reads it. */
  const stored =
    (region: string): NonNullable<TemplateScope["stored"]> =>
    (path, list) => {
      for (const step of plan.steps) {
        if (step.region !== region || step.source === undefined) continue;
        const write = storedWrites(step.source.template).find(({ name }) => name === path);
        if (write === undefined) continue;
        const value = list ? itemsOf(write.value) : write.value;
        const found = evaluateProperties({ Properties: { value } }, scope(step, planned)).value;
        return repositoryUri(plan, step, found) ?? found;
      }
      return undefined;
    };
  const scope = ({ stack, region, source }: Step, output: Output): TemplateScope => ({
    template: source?.template ?? { Resources: {} },
    stack,
    region,
    account: plan.account,
    output,
    stored: stored(region),
  });
  return {
    planned: (step: Step) => scope(step, (...at) => planned(...at) ?? real(...at)),
    deployed: (step: Step) => scope(step, (...at) => real(...at) ?? planned(...at)),
  };
}

/** A repository's address is known before it is there (Amazon ECR User Guide, "Private repositories"). */
function repositoryUri({ account }: Plan, step: Step, value: Value | undefined): string | undefined {
  if (!isUnresolved(value) || value.target?.attribute !== "RepositoryUri") return undefined;
  const name = step.source?.template.Resources[value.target.logicalId]?.Properties?.RepositoryName;
  return typeof name === "string" ? `${account}.dkr.ecr.${step.region}.amazonaws.com/${name}` : undefined;
}

/** The resource that a reference points at. */
export function pointedAt(value: Value | undefined, all: readonly Declared[]): Declared | undefined {
  if (!isUnresolved(value) || value.target === undefined) return undefined;
  const { stack, region, logicalId } = value.target;
  return all.find((one) => one.stack === stack && one.region === region && one.logicalId === logicalId);
}

/** True if the resource is made by this plan, anew or in place of another. */
export function isMade({ how }: Declared): boolean {
  return how === "add" || how === "replace";
}

/** Property `name` if it is a text. */
export function wordOf(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : undefined;
}

/** Structures of a list property. */
export function rowsOf(value: Value | undefined): readonly Values[] {
  return Array.isArray(value)
    ? (value as readonly Value[]).filter(
        (one): one is Values => typeof one === "object" && one !== null && !Array.isArray(one) && !isUnresolved(one),
      )
    : [];
}
