import type { CommandLine } from "../../command-line.ts";
import type { ErrorCode, Hint } from "../../errors.ts";
import type { Step } from "../../plan/plan.ts";
import type { Site } from "../../plan/provision-plan.ts";
import type { Template } from "../../template/types.ts";

/** Failures of resources that CloudFormation's events tell in free text. */
export type EventCode =
  | "db-storage-step"
  | "db-storage-optimizing"
  | "db-version-path"
  | "free-plan"
  | "zone-unsupported"
  | "db-class-unavailable"
  | "cache-failover-order"
  | "cache-node-unavailable"
  | "eip-quota"
  | "vpc-quota"
  | "nat-quota"
  | "db-capacity"
  | "cache-capacity"
  | "alias-taken"
  | "cloudfront-unverified"
  | "load-balancers-unavailable"
  | "account-pending"
  | "linked-role-missing"
  | "name-in-recovery"
  | "fixed-name"
  | "record-exists"
  | "bucket-exists"
  | "name-taken"
  | "certificate-unvalidated"
  | "hosted-zone-missing"
  | "service-unstable"
  | "action-denied"
  | "access-denied"
  | "credentials-expired"
  | "internal-failure"
  | "not-empty"
  | "changed-by-hand";

/** Why an ECS service's tasks fail (ECS Developer Guide, "Amazon ECS stopped tasks error messages"). */
export type TaskCode =
  | "image-platform"
  | "image-denied"
  | "image-rate-limit"
  | "image-unreachable"
  | "image-missing"
  | "secret-denied"
  | "secret-unavailable"
  | "task-start"
  | "container-exit"
  | "out-of-memory"
  | "health-check";

/** What the engine found out about a stack by itself. */
export type EngineCode =
  | "rollback-stuck"
  | "rollback-resource-gone"
  | "deletion-stuck"
  | "deletion-blocked"
  | "cannot-be-emptied"
  | "filled-again"
  | "node-type-refused"
  | "deleted-meanwhile"
  | "not-stable";

/** The kind of a stack's failure: programs go by it. */
export type FailureCode = ErrorCode | EventCode | TaskCode | EngineCode;

/** What a failure means, and what to do about it. */
export type Diagnosis = { readonly cause?: string; readonly hints: readonly Hint[] };

/** What is known of a failure when it is explained. */
export type Facts = {
  /** CloudFormation's stack status after it; `UNKNOWN` where no operation on the stack ended. */
  readonly status: string;
  readonly reason: string;
  /** Whose words the reason is in. */
  readonly source: "aws" | "astro";
  readonly resource?: string | undefined;
  readonly resourceType?: string | undefined;
  /** Logical ids that keep the stack where it is. */
  readonly stuck: readonly string[];
  /** The call that AWS refused, `s3:PutObject` for example. */
  readonly call?: string | undefined;
  /** What whoever found it says to do. */
  readonly hints: readonly Hint[];
  /** The command that goes on from here. */
  readonly again: CommandLine;
  readonly step?: Step | undefined;
  /** What the step deploys. */
  readonly template?: Template | undefined;
  readonly site: Site;
};

/** A table of diagnoses, one for each code. */
export type Diagnoses<Code extends FailureCode> = {
  readonly [code in Code]: Diagnosis | ((facts: Facts) => Diagnosis);
};
