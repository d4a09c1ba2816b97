import {
  type ContainerDefinition,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import type { Live, LiveDefinition, Lives } from "../provision/live/port.ts";
import { looked } from "./looked.ts";
import type { AwsSession } from "./session.ts";

/** Tries of a look-up: whoever wants to see a plan waits for it. */
const HASTY = { maxAttempts: 3 };

/** Things as they are now, each service's client loaded when it is first asked (each service's API Reference). */
export function lives(session: AwsSession): Lives {
  const ecs = session.client((settings) => new ECSClient({ ...settings, ...HASTY }));
  return {
    liveServices: (region, cluster, names) =>
      looked("ecs:DescribeServices", [], async () => {
        const { services = [] } = await ecs(region).send(
          new DescribeServicesCommand({ cluster, services: [...names] }),
        );
        // One that was deleted is shown for a while.
        const there = services.filter(({ status }) => status !== "INACTIVE");
        return there.map(({ serviceName = "", taskDefinition = "", desiredCount = 0 }) => ({
          name: serviceName,
          definition: taskDefinition,
          desired: desiredCount,
        }));
      }),
    definition: (region, name) =>
      looked("ecs:DescribeTaskDefinition", undefined, async () => {
        const { taskDefinition } = await ecs(region).send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
        return taskDefinition && definitionOf(taskDefinition);
      }),
    database: async (region, DBInstanceIdentifier) => {
      const { DescribeDBInstancesCommand, RDSClient } = await import("@aws-sdk/client-rds");
      const client = session.client((settings) => new RDSClient({ ...settings, ...HASTY }))(region);
      return looked("rds:DescribeDBInstances", undefined, async () => {
        const { DBInstances = [] } = await client.send(new DescribeDBInstancesCommand({ DBInstanceIdentifier }));
        const [found] = DBInstances;
        if (found === undefined) return undefined;
        const { AllocatedStorage, MaxAllocatedStorage, DBInstanceClass, EngineVersion, MultiAZ } = found;
        const { BackupRetentionPeriod } = found;
        return known({
          AllocatedStorage,
          MaxAllocatedStorage,
          DBInstanceClass,
          EngineVersion,
          MultiAZ,
          BackupRetentionPeriod,
        });
      });
    },
    cache: async (region, ReplicationGroupId) => {
      const { DescribeReplicationGroupsCommand, ElastiCacheClient } = await import("@aws-sdk/client-elasticache");
      const client = session.client((settings) => new ElastiCacheClient({ ...settings, ...HASTY }))(region);
      return looked("elasticache:DescribeReplicationGroups", undefined, async () => {
        const command = new DescribeReplicationGroupsCommand({ ReplicationGroupId });
        const [found] = (await client.send(command)).ReplicationGroups ?? [];
        if (found === undefined) return undefined;
        const { CacheNodeType, MemberClusters, SnapshotRetentionLimit, AutomaticFailover, MultiAZ } = found;
        return known({
          CacheNodeType,
          NumCacheClusters: MemberClusters?.length,
          SnapshotRetentionLimit,
          AutomaticFailoverEnabled: AutomaticFailover?.startsWith("enabl"),
          MultiAZEnabled: MultiAZ && MultiAZ === "enabled",
        });
      });
    },
    secretWritten: async (region, SecretId) => {
      const { ListSecretVersionIdsCommand, SecretsManagerClient } = await import("@aws-sdk/client-secrets-manager");
      const client = session.client((settings) => new SecretsManagerClient({ ...settings, ...HASTY }))(region);
      return looked("secretsmanager:ListSecretVersionIds", undefined, async () => {
        const { Versions = [] } = await client.send(new ListSecretVersionIdsCommand({ SecretId }));
        return Versions.find(({ VersionStages }) => VersionStages?.includes("AWSCURRENT"))?.CreatedDate;
      });
    },
  };
}

/** Without what AWS does not tell. */
function known(values: { readonly [property: string]: Live[string] | undefined }): Live {
  return Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, Live[string]] => entry[1] !== undefined),
  );
}

/** What AWS says of a revision that is not of what it runs. */
const ABOUT: ReadonlySet<string> = new Set([
  "taskDefinitionArn",
  "revision",
  "status",
  "requiresAttributes",
  "compatibilities",
  "registeredAt",
  "registeredBy",
  "deregisteredAt",
  "containerDefinitions",
]);

function definitionOf(definition: TaskDefinition): LiveDefinition {
  const { taskDefinitionArn: arn = "", containerDefinitions: containers = [] } = definition;
  const own = Object.entries(definition).filter(([name]) => !ABOUT.has(name));
  const theirs = containers.flatMap(({ name = "", image: _, ...rest }) =>
    Object.entries(rest).map(([setting, value]) => [`${name} ${setting}`, value] as const),
  );
  return {
    arn,
    active: definition.status !== "INACTIVE" && definition.status !== "DELETE_IN_PROGRESS",
    images: Object.fromEntries(containers.map(({ name = "", image = "" }: ContainerDefinition) => [name, image])),
    settings: Object.fromEntries([...own, ...theirs].map(([name, value]) => [name, canonical(value)])),
  };
}

/** The same text for the same content: variables and secrets have no order, nor have the members of a structure. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const items = value.map(canonical);
    // A command's words have an order.
    return `[${(value.some((item) => typeof item !== "object") ? items : items.sort()).join(",")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "";
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{${members
    .map(([name, inner]) => `${name}:${canonical(inner)}`)
    .sort()
    .join(",")}}`;
}
