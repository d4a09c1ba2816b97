import { CfnDeletionPolicy, SecretValue } from "aws-cdk-lib";
import * as elasticache from "aws-cdk-lib/aws-elasticache";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { secretNames } from "../lib/names";
import type { NetworkStack } from "./network";
import type { SecretsStack } from "./secrets";

type Needs = { network: NetworkStack; secrets: SecretsStack };

/** Redis 7.1: rate limits, sessions and Celery's broker. A cache: no snapshots, but for a last one where protected. */
export class CacheStack extends AstroStack {
  readonly host: string;
  readonly port: string;

  constructor(scope: Construct, settings: Settings, { network, secrets }: Needs) {
    super(scope, settings, { name: "cache", phase: "data", description: "Redis 7.1 on ElastiCache" });
    const { protect } = settings.config;
    const { node, replicas } = settings.config.cache;

    const subnets = new elasticache.CfnSubnetGroup(this, "CacheSubnets", {
      description: `Database subnets of ${settings.prefix}`,
      subnetIds: network.databaseSubnets,
    });
    const parameters = new elasticache.CfnParameterGroup(this, "CacheParameters", {
      cacheParameterGroupFamily: "redis7",
      description: `Redis 7 of ${settings.prefix}`,
      // Full, Redis drops keys that expire anyway (sessions, rate limits) and never Celery's queues, which do not.
      // `noeviction` would refuse new sessions instead, `allkeys-lru` would lose jobs (Amazon ElastiCache User Guide,
      // "Valkey and Redis OSS parameters").
      properties: { "maxmemory-policy": "volatile-lru" },
    });
    const cache = new elasticache.CfnReplicationGroup(this, "Cache", {
      replicationGroupId: settings.prefix,
      replicationGroupDescription: `Redis of ${settings.prefix}`,
      engine: "redis",
      engineVersion: "7.1",
      autoMinorVersionUpgrade: true,
      cacheNodeType: node,
      numCacheClusters: 1 + replicas,
      // Both want a replica to fail over to (Amazon ElastiCache User Guide, "Minimizing downtime with Multi-AZ").
      automaticFailoverEnabled: replicas > 0,
      multiAzEnabled: replicas > 0,
      cacheSubnetGroupName: subnets.ref,
      cacheParameterGroupName: parameters.ref,
      securityGroupIds: [network.securityGroups.redis],
      atRestEncryptionEnabled: true,
      // A token wants TLS (Amazon ElastiCache User Guide, "Authenticating with the AUTH command").
      transitEncryptionEnabled: true,
      authToken: SecretValue.secretsManager(secretNames(settings).redis, { jsonField: "token" }).unsafeUnwrap(),
      snapshotRetentionLimit: 0,
    });
    // Jobs may still wait in Celery's queues (CloudFormation User Guide, "DeletionPolicy attribute": Snapshot).
    const last = protect ? CfnDeletionPolicy.SNAPSHOT : CfnDeletionPolicy.DELETE;
    cache.cfnOptions.updateReplacePolicy = last;
    cache.cfnOptions.deletionPolicy = last;
    // The secret is referenced by name, which is no dependency; so it is declared here.
    this.addStackDependency(secrets);
    this.host = this.share("Host", cache.attrPrimaryEndPointAddress);
    this.port = this.share("Port", cache.attrPrimaryEndPointPort);
  }
}
