import type { PlannedChange } from "./plan.ts";

const RESTART = "the database restarts and is unavailable meanwhile; with a standby for about a minute";
const BRIEF = "the database is briefly unavailable";
const NODES = "the cache is unavailable for some seconds, as connections to the old nodes close";
const RULE = "traffic that it allows now is cut off";

/**
 * Changes in place that interrupt what is served, by type and property (Amazon RDS User Guide, "Settings for DB instances":
 * downtime notes; Amazon ElastiCache User Guide, "Scaling up Valkey or Redis OSS clusters with replicas" and "Version
 * Management for ElastiCache"; Amazon VPC User Guide, "Security group rules"). What is not here goes on working.
 */
const INTERRUPTING: { readonly [type: string]: { readonly [property: string]: string } } = {
  "AWS::RDS::DBInstance": {
    CACertificateIdentifier: RESTART,
    DBInstanceClass: RESTART,
    DBPortNumber: RESTART,
    EngineVersion: RESTART,
    ProcessorFeatures: RESTART,
    StorageType: BRIEF,
  },
  "AWS::ElastiCache::ReplicationGroup": { CacheNodeType: NODES, EngineVersion: NODES },
  "AWS::EC2::SecurityGroupIngress": { FromPort: RULE, ToPort: RULE, IpProtocol: RULE },
  "AWS::EC2::SecurityGroupEgress": { FromPort: RULE, ToPort: RULE, IpProtocol: RULE },
};

/** What a change interrupts although nothing is lost, and because of which properties; `undefined` if nothing is known to. */
export function interruptionOf({ type, action, causes }: PlannedChange): string | undefined {
  if (action !== "change" && action !== "replace") return undefined;
  const known = Object.hasOwn(INTERRUPTING, type) ? INTERRUPTING[type] : undefined;
  const found = causes.flatMap((cause) => (known?.[cause] === undefined ? [] : [[cause, known[cause]] as const]));
  if (found.length === 0) return undefined;
  const words = [...new Set(found.map(([, what]) => what))].join("; ");
  return `${found.map(([cause]) => cause).join(", ")}: ${words}`;
}
