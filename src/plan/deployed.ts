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
  readonly createdAt: Date;
  readonly updatedAt?: Date;
  readonly terminationProtection: boolean;
};

/** A deployed stack together with the template it was last deployed from. */
export type DeployedTemplate = DeployedStack & { readonly template: Template };
