import type { DeployedTemplate } from "../plan/deployed.ts";
import { type Plan, type PlannedChange, type Step, stackFor } from "../plan/plan.ts";
import { isAtRest } from "../plan/status.ts";
import type { Stack } from "../synth/assembly.ts";
import { evaluateProperties, isUnresolved, type TemplateScope, type Value, type Values } from "../template/evaluate.ts";
import { itemsOf, storedWrites } from "../template/stored.ts";
import type { Json, Resource } from "../template/types.ts";

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

/** Every resource in a template of the plan; `stacks` are what it was made from. */
export function declaredBy(
  plan: Plan,
  stacks: readonly Stack[],
  deployed: readonly DeployedTemplate[],
): readonly Declared[] {
  const scopes = scopesOf(plan, stacks, deployed);
  return plan.steps.flatMap((step) => {
    const stack = stackFor(stacks, step);
    if (stack === undefined || step.action === "delete") return [];
    const changes = new Map(step.changes.map((change) => [change.logicalId, change]));
    const fresh = isFresh(step, deployed);
    return Object.entries(stack.template.Resources).map(([logicalId, source]) => {
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
        properties: evaluateProperties(source, scopes.planned(stack)),
        deployed: evaluateProperties(source, scopes.deployed(stack)),
        source,
      };
    });
  });
}

/** Statuses of a stack that has nothing any more, or not yet: its names are free unless somebody else has them. */
export const EMPTY_STATUSES = ["REVIEW_IN_PROGRESS", "ROLLBACK_COMPLETE"];

function isFresh({ stack, region, action }: Step, deployed: readonly DeployedTemplate[]): boolean {
  const found = deployed.find((other) => other.name === stack && other.region === region);
  if (found === undefined || EMPTY_STATUSES.includes(found.status)) return true;
  return action === "update" && isAtRest(found.status);
}

/** Outputs of other stacks, looked up in the plan's templates or in what is deployed first. */
function scopesOf({ account }: Plan, stacks: readonly Stack[], deployed: readonly DeployedTemplate[]) {
  type Output = NonNullable<TemplateScope["output"]>;
  const planned: Output = (name, output, region) => {
    const stack = stackFor(stacks, { stack: name, region });
    const value = stack?.template.Outputs?.[output]?.Value;
    if (stack === undefined || value === undefined) return undefined;
    const found = evaluateProperties({ Properties: { value } }, scope(stack, planned)).value;
    return repositoryUri(account, stack, found) ?? found;
  };
  const real: Output = (stack, output, region) =>
    deployed.find((one) => one.name === stack && one.region === region)?.outputs[output];
  /** What a stack of the plan keeps in Parameter Store points to what it makes, whoever reads it. */
  const stored =
    (region: string): NonNullable<TemplateScope["stored"]> =>
    (path, list) => {
      for (const stack of stacks) {
        if (stack.region !== region) continue;
        const write = storedWrites(stack.template).find(({ name }) => name === path);
        if (write === undefined) continue;
        const value = list ? itemsOf(write.value) : write.value;
        const found = evaluateProperties({ Properties: { value } }, scope(stack, planned)).value;
        return repositoryUri(account, stack, found) ?? found;
      }
      return undefined;
    };
  const scope = ({ name, region, template, parameters }: Stack, output: Output): TemplateScope => ({
    template,
    ...(parameters && { parameters }),
    stack: name,
    region,
    account,
    output,
    stored: stored(region),
  });
  return {
    planned: (stack: Stack) => scope(stack, (...at) => planned(...at) ?? real(...at)),
    deployed: (stack: Stack) => scope(stack, (...at) => real(...at) ?? planned(...at)),
  };
}

/** A repository's address is known before it is there (Amazon ECR User Guide, "Private repositories"). */
function repositoryUri(account: string, stack: Stack, value: Value | undefined): string | undefined {
  if (!isUnresolved(value) || value.target?.attribute !== "RepositoryUri") return undefined;
  const name = stack.template.Resources[value.target.logicalId]?.Properties?.RepositoryName;
  return typeof name === "string" ? `${account}.dkr.ecr.${stack.region}.amazonaws.com/${name}` : undefined;
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

/** Which of the region's zones `Fn::Select` takes out of `Fn::GetAZs`. */
export function selectedZone(zone: Json | undefined): number | undefined {
  if (typeof zone !== "object" || zone === null || !("Fn::Select" in zone)) return undefined;
  const [index, list] = zone["Fn::Select"] as readonly Json[];
  return typeof list === "object" && list !== null && "Fn::GetAZs" in list ? Number(index) : undefined;
}

/** A domain's name as it is compared: DNS knows no capitals, and may end it with a dot. */
export function plainDomain(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}
