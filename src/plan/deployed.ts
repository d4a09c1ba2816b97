import { isPhase, LAST_PHASE, type Phase } from "../config/phases.ts";
import { outputReads } from "../template/reads.ts";
import type { Template } from "../template/types.ts";

/** One stack as CloudFormation's DescribeStacks returns it. */
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
  /** Values of its template's parameters; asterisks for NoEcho parameters. */
  readonly parameters?: { readonly [name: string]: string };
  /** Values that its Parameter Store parameters had when it was deployed (DescribeStacks: ResolvedValue). */
  readonly resolved?: { readonly [name: string]: string };
  readonly createdAt: Date;
  readonly updatedAt?: Date;
  readonly terminationProtection: boolean;
  /** Of a stack in review, which has no tags yet: the tags in somebody else's change set. */
  readonly claimed?: { readonly [key: string]: string };
};

/** A deployed stack together with the template it was last deployed from. */
export type DeployedTemplate = DeployedStack & { readonly template: Template };

/** The phase of a deployed stack; the last one if it names none, since none of our stacks can need it. */
export function phaseOf({ template }: DeployedTemplate): Phase {
  const named = template.Metadata?.["astro:phase"];
  return isPhase(named) ? named : LAST_PHASE;
}

/** Stacks that a deployed one reads from, and those its app declares as dependencies without a reference. */
export function needsOf({ template }: DeployedTemplate): readonly string[] {
  const said = template.Metadata?.["astro:needs"];
  const unseen = Array.isArray(said) ? said.map(String) : [];
  return [...new Set([...outputReads(template).map((read) => read.stack), ...unseen])];
}
