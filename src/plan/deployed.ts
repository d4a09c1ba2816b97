import { isPhase, LAST_PHASE, type Phase } from "../config/phases.ts";
import { outputReads } from "../template/reads.ts";
import type { Template } from "../template/types.ts";

/** One stack as CloudFormation's DescribeStacks tells of it. */
export type DeployedStack = {
  readonly name: string;
  readonly region: string;
  /** The stack's ARN: the only name that survives its deletion. */
  readonly id: string;
  /** CloudFormation's own status word, `CREATE_COMPLETE` for one. */
  readonly status: string;
  readonly reason?: string;
  readonly outputs: { readonly [key: string]: string };
  readonly tags: { readonly [key: string]: string };
  /** Values of its template's parameters; stars for those that are not to be seen. */
  readonly parameters?: { readonly [name: string]: string };
  /** What those that name something in Parameter Store stood for when it was deployed (DescribeStacks: ResolvedValue). */
  readonly resolved?: { readonly [name: string]: string };
  readonly createdAt: Date;
  readonly updatedAt?: Date;
  readonly terminationProtection: boolean;
  /** Tags that a change set of somebody else's would give a stack in review, which has none itself yet. */
  readonly claimed?: { readonly [key: string]: string };
};

/** A deployed stack together with the template it was last deployed from. */
export type DeployedTemplate = DeployedStack & { readonly template: Template };

/** The phase a deployed stack is of; of a stack that names none the last, since nothing of ours can need it. */
export function phaseOf({ template }: DeployedTemplate): Phase {
  const named = template.Metadata?.["astro:phase"];
  return isPhase(named) ? named : LAST_PHASE;
}

/** Stacks a deployed one reads from, and those its app says it needs although no reference shows it. */
export function needsOf({ template }: DeployedTemplate): readonly string[] {
  const said = template.Metadata?.["astro:needs"];
  const unseen = Array.isArray(said) ? said.map(String) : [];
  return [...new Set([...outputReads(template).map((read) => read.stack), ...unseen])];
}
