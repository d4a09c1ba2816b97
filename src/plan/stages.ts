import type { JsonObject, Resource, Template } from "../template/types.ts";

/** A template to be deployed before the one that is wanted, for which resources, and what is done with it, in words. */
export type DeploymentStage = {
  readonly template: Template;
  readonly resources: readonly string[];
  readonly words: string;
};

const GROUP = "AWS::ElastiCache::ReplicationGroup";

/**
 * The intermediate template between `before` and `after` where AWS cannot update in one step: replicas must run before
 * ElastiCache accepts failover (aws-cloudformation/cloudformation-coverage-roadmap#383). Usually none.
 */
export function stageTo(before: Template, after: Template): DeploymentStage | undefined {
  const ids = Object.entries(after.Resources).flatMap(([id, resource]) => {
    const old = before.Resources[id];
    return old !== undefined && beginsFailover(old, resource) ? [id] : [];
  });
  if (ids.length === 0) return undefined;
  const Resources = Object.fromEntries(
    Object.entries(after.Resources).map(([id, resource]) => [
      id,
      ids.includes(id) ? withoutFailover(resource, before.Resources[id]?.Properties) : resource,
    ]),
  );
  return {
    template: { ...after, Resources },
    resources: ids,
    words: `in two updates: first the replicas of ${ids.join(", ")}, then failover, which AWS turns on only where one runs`,
  };
}

/** Whether failover comes together with the first replica. */
function beginsFailover(old: Resource, { Type, Properties = {} }: Resource): boolean {
  if (Type !== GROUP || old.Type !== GROUP || !isOn(Properties.AutomaticFailoverEnabled)) return false;
  const { NumNodeGroups = 1 } = Properties;
  return (
    !isOn(old.Properties?.AutomaticFailoverEnabled) &&
    replicasOf(old.Properties) === 0 &&
    (replicasOf(Properties) ?? 0) > 0 &&
    Number(NumNodeGroups) === 1
  );
}

function isOn(value: JsonObject[string] | undefined): boolean {
  return String(value ?? false).toLowerCase() === "true";
}

/** Replicas beside the primary, where they are written as a number; one node where nothing is said of them. */
function replicasOf({ NumCacheClusters, ReplicasPerNodeGroup }: JsonObject = {}): number | undefined {
  const found = NumCacheClusters === undefined ? Number(ReplicasPerNodeGroup ?? 0) : Number(NumCacheClusters) - 1;
  return Number.isFinite(found) ? found : undefined;
}

/** With failover, and Multi-AZ, which wants it, as they were. */
function withoutFailover({ Properties, ...rest }: Resource, old: JsonObject = {}): Resource {
  const { AutomaticFailoverEnabled: _, MultiAZEnabled: __, ...others } = Properties ?? {};
  const { AutomaticFailoverEnabled, MultiAZEnabled } = old;
  return {
    ...rest,
    Properties: {
      ...others,
      ...(AutomaticFailoverEnabled !== undefined && { AutomaticFailoverEnabled }),
      ...(MultiAZEnabled !== undefined && { MultiAZEnabled }),
    },
  };
}
