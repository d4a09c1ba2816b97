import type { OrDenied } from "../workload/port.ts";

/** An ECS service as it is now. */
export type LiveService = {
  readonly name: string;
  /** ARN of the task definition that it runs, or is coming to run. */
  readonly definition: string;
  /** Tasks that it is to have. */
  readonly desired: number;
};

/** A task definition. */
export type LiveDefinition = {
  readonly arn: string;
  /** False once it is deregistered. */
  readonly active: boolean;
  /** Image of each container, by the container's name. */
  readonly images: { readonly [container: string]: string };
  /** All the rest, as one text a setting: `cpu`, `api environment`. Secrets are in it: to be compared, never shown. */
  readonly settings: { readonly [name: string]: string };
};

/** Values of a thing as they are now, by CloudFormation's names for them. */
export type Live = { readonly [property: string]: string | number | boolean };

/**
 * What is looked up of things that are known to move behind their stacks' backs. Each is one call, changes nothing, and is
 * `undefined` or an empty list for what is not there.
 */
export type Lives = {
  /** Those of a cluster that are called so: ten at most. */
  readonly liveServices: (
    region: string,
    cluster: string,
    names: readonly string[],
  ) => Promise<OrDenied<readonly LiveService[]>>;
  /** By ARN, or by family: then its newest revision that is active. */
  readonly definition: (region: string, name: string) => Promise<OrDenied<LiveDefinition | undefined>>;
  /** AllocatedStorage (GB), MaxAllocatedStorage, DBInstanceClass, EngineVersion, MultiAZ, BackupRetentionPeriod (days). */
  readonly database: (region: string, id: string) => Promise<OrDenied<Live | undefined>>;
  /** CacheNodeType, NumCacheClusters, SnapshotRetentionLimit (days), AutomaticFailoverEnabled, MultiAZEnabled. */
  readonly cache: (region: string, id: string) => Promise<OrDenied<Live | undefined>>;
  /** When the value that a secret has now was written; nothing of the value itself is read. */
  readonly secretWritten: (region: string, id: string) => Promise<OrDenied<Date | undefined>>;
};
