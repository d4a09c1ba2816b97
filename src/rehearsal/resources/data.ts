import { digits, hex, mixed } from "../state/hash.ts";
import { shortNameOf } from "../state/regions.ts";
import { putResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { dropUploads } from "./contents.ts";
import { changedInstance } from "./databases.ts";
import { arn, bornAt, hexFor, type Kinds, type Making, madeUpName, seedOf, uuidFor } from "./kind.ts";
import { textOf } from "./properties.ts";
import { keepVersion } from "./stored-parameters.ts";

/** Storage, databases, caches and keys (Template Reference: return values). */
export const DATA: Kinds = {
  "AWS::S3::Bucket": {
    global: true,
    named: "BucketName",
    id: (making) => madeUpName(making, 63).toLowerCase(),
    attributes: ({ scope }, id) => ({
      Arn: `arn:aws:s3:::${id}`,
      DomainName: `${id}.s3.amazonaws.com`,
      DualStackDomainName: `${id}.s3.dualstack.${scope.region}.amazonaws.com`,
      RegionalDomainName: `${id}.s3.${scope.region}.amazonaws.com`,
      WebsiteURL: `http://${id}.s3-website-${scope.region}.amazonaws.com`,
    }),
    made: (making, resource) => {
      resource.state.region = making.scope.region;
      making.simulator.state.objects[resource.id] ??= [];
    },
    removed: (simulator, resource) => {
      delete simulator.state.objects[resource.id];
      dropUploads(simulator, resource);
      return undefined;
    },
  },
  "AWS::S3::BucketPolicy": { global: true, named: "Bucket" },
  "AWS::DynamoDB::Table": {
    named: "TableName",
    id: (making) => madeUpName(making, 255),
    attributes: (making, id) => ({
      Arn: arn(making, "dynamodb", `table/${id}`),
      StreamArn: arn(making, "dynamodb", `table/${id}/stream/${new Date(bornAt(making)).toISOString().slice(0, 23)}`),
    }),
    removed: (simulator, resource) => {
      delete simulator.state.items[`${resource.account}/${resource.region}/${resource.id}`];
      return undefined;
    },
  },
  "AWS::RDS::DBInstance": {
    named: "DBInstanceIdentifier",
    changed: changedInstance,
    id: (making) => madeUpName(making, 63).toLowerCase(),
    attributes: (making, id) => ({
      DBInstanceArn: arn(making, "rds", `db:${id}`),
      DbiResourceId: `db-${hexFor(making, 26).toUpperCase()}`,
      "Endpoint.Address": `${id}.c${hexFor(making, 11, "endpoint")}.${making.scope.region}.rds.amazonaws.com`,
      "Endpoint.Port": textOf(making.properties, "Port") || defaultPort(textOf(making.properties, "Engine")),
      "Endpoint.HostedZoneId": "Z2R2ITUGPM61AM",
    }),
  },
  "AWS::RDS::DBCluster": {
    named: "DBClusterIdentifier",
    id: (making) => madeUpName(making, 63).toLowerCase(),
    attributes: (making, id) => ({
      DBClusterArn: arn(making, "rds", `cluster:${id}`),
      "Endpoint.Address": `${id}.cluster-c${hexFor(making, 11, "endpoint")}.${making.scope.region}.rds.amazonaws.com`,
      "Endpoint.Port": defaultPort(textOf(making.properties, "Engine")),
      "ReadEndpoint.Address": `${id}.cluster-ro-c${hexFor(making, 11, "endpoint")}.${making.scope.region}.rds.amazonaws.com`,
    }),
  },
  "AWS::RDS::DBSubnetGroup": {
    named: "DBSubnetGroupName",
    id: (making) => madeUpName(making, 255).toLowerCase(),
    attributes: (making, id) => ({ DBSubnetGroupArn: arn(making, "rds", `subgrp:${id}`) }),
  },
  "AWS::RDS::DBParameterGroup": {
    named: "DBParameterGroupName",
    id: (making) => madeUpName(making, 255).toLowerCase(),
    attributes: (making, id) => ({ DBParameterGroupName: id, DBParameterGroupArn: arn(making, "rds", `pg:${id}`) }),
  },
  "AWS::ElastiCache::ReplicationGroup": {
    named: "ReplicationGroupId",
    id: (making) => madeUpName(making, 40).toLowerCase(),
    attributes: (making, id) => {
      const tail = `${hexFor(making, 6, "endpoint")}.${making.properties.NumNodeGroups === undefined ? "ng.0001." : ""}${shortNameOf(making.scope.region)}.cache.amazonaws.com`;
      const secure = textOf(making.properties, "TransitEncryptionEnabled") === "true";
      const port = textOf(making.properties, "Port", "6379");
      const [first, reader] = secure ? [`master.${id}`, `replica.${id}`] : [id, `${id}-ro`];
      return {
        "PrimaryEndPoint.Address": `${first}.${tail}`,
        "PrimaryEndPoint.Port": port,
        "ReaderEndPoint.Address": `${reader}.${tail}`,
        "ReaderEndPoint.Port": port,
        "ReadEndPoint.Addresses": `${id}-001.${tail}`,
        "ReadEndPoint.Ports": port,
        "ReadEndPoint.Addresses.List": [`${id}-001.${tail}`],
        "ReadEndPoint.Ports.List": [port],
        "ConfigurationEndPoint.Address": `clustercfg.${id}.${tail}`,
        "ConfigurationEndPoint.Port": port,
      };
    },
  },
  "AWS::ElastiCache::CacheCluster": {
    named: "ClusterName",
    id: (making) => madeUpName(making, 40).toLowerCase(),
    attributes: (making, id) => ({
      "RedisEndpoint.Address": `${id}.${hexFor(making, 6)}.0001.${shortNameOf(making.scope.region)}.cache.amazonaws.com`,
      "RedisEndpoint.Port": textOf(making.properties, "Port", "6379"),
      "ConfigurationEndpoint.Address": `${id}.${hexFor(making, 6)}.cfg.${shortNameOf(making.scope.region)}.cache.amazonaws.com`,
      "ConfigurationEndpoint.Port": "11211",
    }),
  },
  "AWS::ElastiCache::SubnetGroup": {
    named: "CacheSubnetGroupName",
    id: (making) => madeUpName(making, 255).toLowerCase(),
  },
  "AWS::ElastiCache::ParameterGroup": {
    named: "CacheParameterGroupName",
    id: (making) => madeUpName(making, 255).toLowerCase(),
  },
  "AWS::KMS::Key": {
    id: (making) => uuidFor(making),
    attributes: (making, id) => ({ KeyId: id, Arn: arn(making, "kms", `key/${id}`) }),
    // KMS only schedules a key's deletion (KMS Developer Guide, "Deleting AWS KMS keys").
    removed: (simulator, resource) => {
      const days = Number(resource.properties.PendingWindowInDays ?? 30);
      resource.state.deletion = simulator.state.now + days * 86_400_000;
      return "kept";
    },
  },
  "AWS::KMS::Alias": { named: "AliasName" },
  "AWS::SecretsManager::Secret": {
    titled: "Name",
    id: (making) => arn(making, "secretsmanager", `secret:${secretName(making)}-${mixed(6, ...seedOf(making), "arn")}`),
    attributes: (_, id) => ({ Id: id }),
    made: (making, resource) => {
      resource.state.name ??= secretName(making);
      // A value that the template changes is a version, and takes the place of one that was put there by hand.
      const print = hex(32, textOf(making.properties, "SecretString"));
      if (resource.state.print !== undefined && resource.state.print !== print) {
        delete resource.state.value;
        resource.state.version = uuidFor(making, print);
      }
      resource.state.print = print;
      resource.state.version ??= uuidFor(making, "version");
    },
  },
  "AWS::SecretsManager::SecretTargetAttachment": {
    id: ({ properties }) => textOf(properties, "SecretId"),
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::SSM::Parameter": {
    named: "Name",
    id: (making) => `CFN-${making.logicalId}-${mixed(12, ...seedOf(making))}`,
    attributes: (making, id) => ({
      Type: textOf(making.properties, "Type"),
      Value: textOf(making.properties, "Value"),
      Arn: arn(making, "ssm", `parameter${id.startsWith("/") ? "" : "/"}${id}`),
    }),
    made: (_, resource) => keepVersion(resource),
  },
  "AWS::Logs::LogGroup": {
    named: "LogGroupName",
    id: (making) => madeUpName(making, 512),
    attributes: (making, id) => ({ Arn: `${arn(making, "logs", `log-group:${id}`)}:*` }),
  },
};

function secretName(making: Making): string {
  return textOf(making.properties, "Name") || madeUpName(making, 512);
}

function defaultPort(engine: string): string {
  if (/postgres/.test(engine)) return "5432";
  if (/sqlserver/.test(engine)) return "1433";
  return /oracle/.test(engine) ? "1521" : "3306";
}

type Kept = Pick<ServiceResource, "type" | "id" | "account" | "region" | "properties">;

/** Keeps what a `Snapshot` deletion policy asks for, under a name of its own. */
export function takeSnapshot(simulator: Simulator, resource: Kept, stackName: string, logicalId: string): void {
  const { now, seed } = simulator.state;
  const chosen = `${stackName}-snapshot-${logicalId}-${digits(12, seed, resource.id, now)}`.toLowerCase();
  // A volume's snapshot has no name.
  const id = resource.type === "AWS::EC2::Volume" ? `snap-0${hex(16, seed, resource.id, now)}` : chosen.slice(0, 255);
  keepSnapshot(simulator, resource, id);
}

/** Keeps a snapshot of a resource under a name that is free. */
export function keepSnapshot(
  simulator: Simulator,
  { type, id: Source, account, region, properties }: Kept,
  id: string,
): void {
  putResource(simulator.state, {
    type: `${type}Snapshot`,
    id,
    account,
    region,
    properties,
    attributes: { Source },
    tags: {},
    created: simulator.state.now,
    state: {},
  });
}
