import type { Stack } from "../synth/assembly.ts";
import { evaluateProperties, type TemplateScope, type Value, type Values } from "../template/evaluate.ts";
import { linkedScopes } from "../template/linked.ts";
import type { DeployedTemplate } from "./deployed.ts";
import type { Plan, PlannedChange, Step } from "./plan.ts";
import { isDead } from "./status.ts";

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

/** A property that interrupts what is served only between certain values. */
type Between = {
  readonly what: string;
  readonly interrupts: (before: Values, after: Values) => boolean;
};

/**
 * Such properties, by type (Amazon RDS User Guide, "Settings for DB instances", Backup retention period: an outage from 0 to
 * a nonzero value, or from a nonzero value to 0).
 */
const BETWEEN: { readonly [type: string]: { readonly [property: string]: Between } } = {
  "AWS::RDS::DBInstance": {
    BackupRetentionPeriod: {
      what: "the database is away for a moment, as backups are turned on or off",
      interrupts: (before, after) => {
        const [from, to] = [backupDays(before), backupDays(after)];
        return from !== undefined && to !== undefined && (from === 0) !== (to === 0);
      },
    },
  },
};

/**
 * Days that backups are kept, 1 by default; `undefined` if only AWS knows, as of a replica, or of a cluster's member,
 * which have no such default.
 */
function backupDays({ BackupRetentionPeriod: days, ...others }: Values): number | undefined {
  const hasDefault = others.SourceDBInstanceIdentifier === undefined && others.DBClusterIdentifier === undefined;
  return days === undefined ? (hasDefault ? 1 : undefined) : numberOf(days);
}

function numberOf(value: Value): number | undefined {
  const found = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof found === "number" && Number.isFinite(found) ? found : undefined;
}

/**
 * The plan with what its changes interrupt by the values before and after, as far as the templates and their parameters
 * tell them.
 */
export function withInterruptions(plan: Plan, stacks: readonly Stack[], deployed: readonly DeployedTemplate[]): Plan {
  const isTold = ({ type, action }: PlannedChange) => action === "change" && Object.hasOwn(BETWEEN, type);
  if (!plan.steps.some(({ changes }) => changes.some(isTold))) return plan;
  const living = deployed.filter(({ status }) => !isDead(status));
  const [olds, news] = [linkedScopes(living, plan.account), linkedScopes(stacks, plan.account)];
  const interrupted = (step: Step, change: PlannedChange): PlannedChange => {
    const before = isTold(change) ? valuesIn(olds, step, change.logicalId) : undefined;
    const after = valuesIn(news, step, change.logicalId);
    if (before === undefined || after === undefined) return change;
    const interruptedBy = Object.entries(BETWEEN[change.type] ?? {}).flatMap(([property, { interrupts }]) =>
      change.causes.includes(property) && interrupts(before, after) ? [property] : [],
    );
    return interruptedBy.length === 0 ? change : { ...change, interruptedBy };
  };
  const steps = plan.steps.map((step) => ({
    ...step,
    changes: step.changes.map((change) => interrupted(step, change)),
  }));
  return { ...plan, steps };
}

function valuesIn(scopes: readonly TemplateScope[], { stack: name, region: place }: Step, id: string) {
  const scope = scopes.find(({ stack, region }) => stack === name && region === place);
  const resource = scope?.template.Resources[id];
  return scope && resource && evaluateProperties(resource, scope);
}

/** What a change interrupts although nothing is lost, and because of which properties; `undefined` if nothing is known to. */
export function interruptionOf({ type, action, causes, interruptedBy = [] }: PlannedChange): string | undefined {
  if (action !== "change" && action !== "replace") return undefined;
  const known = Object.hasOwn(INTERRUPTING, type) ? INTERRUPTING[type] : undefined;
  const found = causes.flatMap((cause) => {
    const what = interruptedBy.includes(cause) ? BETWEEN[type]?.[cause]?.what : known?.[cause];
    return what === undefined ? [] : [[cause, what] as const];
  });
  if (found.length === 0) return undefined;
  const words = [...new Set(found.map(([, what]) => what))].join("; ");
  return `${found.map(([cause]) => cause).join(", ")}: ${words}`;
}
