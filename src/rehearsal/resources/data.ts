import { digits, hex, mixed } from "../state/hash.ts";
import { shortNameOf } from "../state/regions.ts";
import { putResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { changedInstance } from "./databases.ts";
import {
  arn,
  createdAt,
  generatedName,
  type HandlerRequest,
  hexFor,
  type ResourceHandlers,
  seedOf,
  uuidFor,
} from "./handler.ts";
import { textOf } from "./properties.ts";
import { enciphered, withSecrets } from "./secrets.ts";
import { removeUploads } from "./stored-contents.ts";
import { addVersion } from "./stored-parameters.ts";

/** Storage, databases, caches and keys (Template Reference: return values). */
export const DATA_HANDLERS: ResourceHandlers = {
  "AWS::S3::Bucket": {
    global: true,
    nameProperty: "BucketName",
    id: (request) => generatedName(request, 63).toLowerCase(),
    attributes: ({ scope }, id) => ({
      Arn: `arn:aws:s3:::${id}`,
      DomainName: `${id}.s3.amazonaws.com`,
      DualStackDomainName: `${id}.s3.dualstack.${scope.region}.amazonaws.com`,
      RegionalDomainName: `${id}.s3.${scope.region}.amazonaws.com`,
      WebsiteURL: `http://${id}.s3-website-${scope.region}.amazonaws.com`,
    }),
    afterWrite: (request, resource) => {
      resource.state.region = request.scope.region;
      request.simulator.state.objects[resource.id] ??= [];
    },
    afterDelete: (simulator, resource) => {
      delete simulator.state.objects[resource.id];
      removeUploads(simulator, resource);
      return undefined;
    },
  },
  "AWS::S3::BucketPolicy": { global: true, nameProperty: "Bucket" },
  "AWS::DynamoDB::Table": {
    nameProperty: "TableName",
    id: (request) => generatedName(request, 255),
    attributes: (request, id) => ({
      Arn: arn(request, "dynamodb", `table/${id}`),
      StreamArn: arn(
        request,
        "dynamodb",
        `table/${id}/stream/${new Date(createdAt(request)).toISOString().slice(0, 23)}`,
      ),
    }),
    afterDelete: (simulator, resource) => {
      delete simulator.state.items[`${resource.account}/${resource.region}/${resource.id}`];
      return undefined;
    },
  },
  "AWS::RDS::DBInstance": {
    nameProperty: "DBInstanceIdentifier",
    updatedProperties: changedInstance,
    id: (request) => generatedName(request, 63).toLowerCase(),
    attributes: (request, id) => ({
      DBInstanceArn: arn(request, "rds", `db:${id}`),
      DbiResourceId: `db-${hexFor(request, 26).toUpperCase()}`,
      "Endpoint.Address": `${id}.c${hexFor(request, 11, "endpoint")}.${request.scope.region}.rds.amazonaws.com`,
      "Endpoint.Port": textOf(request.properties, "Port") || defaultPort(textOf(request.properties, "Engine")),
      "Endpoint.HostedZoneId": "Z2R2ITUGPM61AM",
    }),
  },
  "AWS::RDS::DBCluster": {
    nameProperty: "DBClusterIdentifier",
    id: (request) => generatedName(request, 63).toLowerCase(),
    attributes: (request, id) => ({
      DBClusterArn: arn(request, "rds", `cluster:${id}`),
      "Endpoint.Address": `${id}.cluster-c${hexFor(request, 11, "endpoint")}.${request.scope.region}.rds.amazonaws.com`,
      "Endpoint.Port": defaultPort(textOf(request.properties, "Engine")),
      "ReadEndpoint.Address": `${id}.cluster-ro-c${hexFor(request, 11, "endpoint")}.${request.scope.region}.rds.amazonaws.com`,
    }),
  },
  "AWS::RDS::DBSubnetGroup": {
    nameProperty: "DBSubnetGroupName",
    id: (request) => generatedName(request, 255).toLowerCase(),
    attributes: (request, id) => ({ DBSubnetGroupArn: arn(request, "rds", `subgrp:${id}`) }),
  },
  "AWS::RDS::DBParameterGroup": {
    nameProperty: "DBParameterGroupName",
    id: (request) => generatedName(request, 255).toLowerCase(),
    attributes: (request, id) => ({ DBParameterGroupName: id, DBParameterGroupArn: arn(request, "rds", `pg:${id}`) }),
  },
  "AWS::ElastiCache::ReplicationGroup": {
    nameProperty: "ReplicationGroupId",
    id: (request) => generatedName(request, 40).toLowerCase(),
    attributes: (request, id) => {
      const tail = `${hexFor(request, 6, "endpoint")}.${request.properties.NumNodeGroups === undefined ? "ng.0001." : ""}${shortNameOf(request.scope.region)}.cache.amazonaws.com`;
      const secure = textOf(request.properties, "TransitEncryptionEnabled") === "true";
      const port = textOf(request.properties, "Port", "6379");
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
    nameProperty: "ClusterName",
    id: (request) => generatedName(request, 40).toLowerCase(),
    attributes: (request, id) => ({
      "RedisEndpoint.Address": `${id}.${hexFor(request, 6)}.0001.${shortNameOf(request.scope.region)}.cache.amazonaws.com`,
      "RedisEndpoint.Port": textOf(request.properties, "Port", "6379"),
      "ConfigurationEndpoint.Address": `${id}.${hexFor(request, 6)}.cfg.${shortNameOf(request.scope.region)}.cache.amazonaws.com`,
      "ConfigurationEndpoint.Port": "11211",
    }),
  },
  "AWS::ElastiCache::SubnetGroup": {
    nameProperty: "CacheSubnetGroupName",
    id: (request) => generatedName(request, 255).toLowerCase(),
  },
  "AWS::ElastiCache::ParameterGroup": {
    nameProperty: "CacheParameterGroupName",
    id: (request) => generatedName(request, 255).toLowerCase(),
  },
  "AWS::KMS::Key": {
    id: (request) => uuidFor(request),
    attributes: (request, id) => ({ KeyId: id, Arn: arn(request, "kms", `key/${id}`) }),
    // KMS only schedules a key's deletion (KMS Developer Guide, "Deleting AWS KMS keys").
    afterDelete: (simulator, resource) => {
      const days = Number(resource.properties.PendingWindowInDays ?? 30);
      resource.state.deletion = simulator.state.now + days * 86_400_000;
      return "kept";
    },
  },
  "AWS::KMS::Alias": { nameProperty: "AliasName" },
  "AWS::SecretsManager::Secret": {
    nameInIdProperty: "Name",
    id: (request) =>
      arn(request, "secretsmanager", `secret:${secretName(request)}-${mixed(6, ...seedOf(request), "arn")}`),
    attributes: (_, id) => ({ Id: id }),
    afterWrite: (request, resource) => {
      resource.state.name ??= secretName(request);
      // A value changed by the template is a new version, and replaces one set by a call.
      const template = textOf(request.properties, "SecretString");
      const print = hex(32, template);
      const isChanged = resource.state.print !== print;
      if (resource.state.print !== undefined && isChanged) {
        delete resource.state.value;
        resource.state.version = uuidFor(request, print);
        resource.state.written = request.simulator.state.now;
      }
      // Other secrets in it are those of now, whatever becomes of them (User Guide, "Get a secret or secret value from Secrets
      // Manager").
      const value = withSecrets(request.simulator, request.scope, template);
      if (isChanged && value !== template) resource.state.value = enciphered(request.simulator, resource, value);
      resource.state.print = print;
      resource.state.version ??= uuidFor(request, "version");
    },
  },
  "AWS::SecretsManager::SecretTargetAttachment": {
    id: ({ properties }) => textOf(properties, "SecretId"),
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::SSM::Parameter": {
    nameProperty: "Name",
    id: (request) => `CFN-${request.logicalId}-${mixed(12, ...seedOf(request))}`,
    attributes: (request, id) => ({
      Type: textOf(request.properties, "Type"),
      Value: textOf(request.properties, "Value"),
      Arn: arn(request, "ssm", `parameter${id.startsWith("/") ? "" : "/"}${id}`),
    }),
    afterWrite: (_, resource) => addVersion(resource),
  },
  "AWS::Logs::LogGroup": {
    nameProperty: "LogGroupName",
    id: (request) => generatedName(request, 512),
    attributes: (request, id) => ({ Arn: `${arn(request, "logs", `log-group:${id}`)}:*` }),
  },
};

function secretName(request: HandlerRequest): string {
  return textOf(request.properties, "Name") || generatedName(request, 512);
}

function defaultPort(engine: string): string {
  if (/postgres/.test(engine)) return "5432";
  if (/sqlserver/.test(engine)) return "1433";
  return /oracle/.test(engine) ? "1521" : "3306";
}

type Kept = Pick<ServiceResource, "type" | "id" | "account" | "region" | "properties">;

/** Takes the snapshot of a `Snapshot` deletion policy, under a generated name. */
export function takeSnapshot(simulator: Simulator, resource: Kept, stackName: string, logicalId: string): void {
  const { now, seed } = simulator.state;
  const chosen = `${stackName}-snapshot-${logicalId}-${digits(12, seed, resource.id, now)}`.toLowerCase();
  // A volume's snapshot has no name.
  const id = resource.type === "AWS::EC2::Volume" ? `snap-0${hex(16, seed, resource.id, now)}` : chosen.slice(0, 255);
  putSnapshot(simulator, resource, id);
}

/** Adds a snapshot of a resource under a name that is free. */
export function putSnapshot(
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
