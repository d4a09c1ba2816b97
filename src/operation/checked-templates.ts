import { command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import type { DeployedTemplate } from "../plan/deployed.ts";
import { type Plan, stackFor } from "../plan/plan.ts";
import { stageTo } from "../plan/stages.ts";
import { isDead } from "../plan/status.ts";
import type { Moving, Stopped } from "../rules/check-transitions.ts";
import type { RuleFinding } from "../rules/finding.ts";
import type { Assembly, Stack } from "../synth/assembly.ts";

/** Most findings that are said at once. */
const SAID = 10;

/** The assembly, if AWS would take it as far as its templates alone tell. Throws AstroError("template") otherwise. */
export async function checkedTemplates(assembly: Assembly, account: string): Promise<Assembly> {
  const { checkTemplates } = await import("../rules/check-templates.ts");
  const findings = checkTemplates(assembly.stacks, account);
  if (findings.length === 0) return assembly;
  const many = findings.length === 1 ? "this" : `${findings.length} properties`;
  const more = findings.length > SAID ? [`and ${findings.length - SAID} more`] : [];
  throw new AstroError(
    "template",
    [`AWS would refuse ${many}:`, ...findings.slice(0, SAID).map(words), ...more].join("\n"),
    { text: "change it in the CDK app, then check again with", command: command`astro plan` },
  );
}

/**
 * Throws AstroError("template") where a deployed resource is given another type: AWS makes no change set for that
 * ("Update of resource type is not permitted"), whatever is allowed to go. Of templates with a transform it compares
 * what comes of them, which is not known here, nor is what a condition lets stand; what a failed creation left is deleted
 * first.
 */
export function sameTypes(stacks: readonly Stack[], deployed: readonly DeployedTemplate[]): void {
  const found = stacks.flatMap(({ name, region, template }) => {
    const current = deployed.find((other) => other.name === name && other.region === region);
    if (current === undefined || isDead(current.status)) return [];
    if ([template, current.template].some(({ Transform }) => Transform !== undefined)) return [];
    return Object.entries(template.Resources).flatMap(([id, { Type, Condition }]) => {
      const before = current.template.Resources[id];
      if (before === undefined || before.Type === Type || (before.Condition ?? Condition) !== undefined) return [];
      return [`${name}: ${id} is ${before.Type}, and cannot become ${Type}`];
    });
  });
  if (found.length === 0) return;
  throw new AstroError("template", ["AWS cannot change a resource's type:", ...found.slice(0, SAID)].join("\n"), {
    text: "use a new logical id in the CDK app, then check again with",
    command: command`astro plan`,
  });
}

/**
 * Throws AstroError("template") for a plan that AWS would refuse to carry out because of what is deployed: its change would
 * fail half-way, and some of them, storage that grows by too little for one, cannot even be rolled back.
 */
export async function reachable(
  plan: Plan,
  stacks: readonly Stack[],
  deployed: readonly DeployedTemplate[],
): Promise<void> {
  const current = deployed.filter(({ status }) => !isDead(status));
  const wanted = plan.steps.flatMap((step) => {
    const [stack, before] = [stackFor(stacks, step), stackFor(current, step)];
    if (stack === undefined) return [];
    const { changes } = step;
    const { name, region, template } = stack;
    return [{ name, region, template, changes, stage: before && stageTo(before.template, template)?.template }];
  });
  if (wanted.every(({ changes }) => changes.length === 0)) return;
  const { checkTransitions } = await import("../rules/check-transitions.ts");
  const check = (before: Parameters<typeof checkTransitions>[0], after: readonly Moving[]) =>
    checkTransitions(before, after, plan.account);
  const staged = wanted.some(({ stage }) => stage !== undefined);
  const between = wanted.map(({ stage, ...one }) => ({ ...one, template: stage ?? one.template }));
  const found = staged ? [...check(current, between), ...check(between, wanted)] : check(current, wanted);
  if (found.length === 0) return;
  const more = found.length > SAID ? [`and ${found.length - SAID} more`] : [];
  throw new AstroError(
    "template",
    ["AWS would refuse this change to a deployed resource:", ...found.slice(0, SAID).map(words), ...more].join("\n"),
    [
      ...stopWords(found.slice(0, SAID)).map((text) => ({ text })),
      { text: "then check again with", command: command`astro plan` },
    ],
  );
}

/** Each way once, with the resources it is for. */
function stopWords(found: readonly Stopped[]): readonly string[] {
  const ways = [...new Set(found.map(({ way }) => way))];
  return ways.map((way) => `${found.flatMap((one) => (one.way === way ? [one.id] : [])).join(", ")}: ${way}`);
}

function words({ stack, id, type, property, value, message, document }: RuleFinding): string {
  const where = id === undefined ? stack : `${stack}: ${id} (${type})`;
  const what = value === undefined ? property : `${property} ${value}`;
  return `${where}, ${what}: ${message}\nsee ${document}`;
}
