import * as ecs from "aws-cdk-lib/aws-ecs";
import * as logs from "aws-cdk-lib/aws-logs";
import type { CacheStack } from "../stacks/cache";
import type { DatabaseStack } from "../stacks/database";
import { IDLE_SECONDS } from "../stacks/load-balancer";
import type { NetworkStack } from "../stacks/network";
import type { RegistryStack } from "../stacks/registry";
import type { SecretsStack } from "../stacks/secrets";
import type { StorageStack } from "../stacks/storage";
import type { AppImage } from "./app-image";
import type { AstroStack, Settings } from "./astro-stack";
import { URL_VARIABLES } from "./astro-yaml/variables";
import { DATABASE_NAME, logGroupName } from "./names";

/** What every task of the app is given. */
export type TaskNeeds = {
  network: NetworkStack;
  secrets: SecretsStack;
  registry: RegistryStack;
  storage: StorageStack;
  database: DatabaseStack;
  cache: CacheStack;
};

/** One kind of task. */
type TaskKind = {
  /** Logical id of its definition. */
  id: string;
  /** Name of its container, and of its family behind PROJECT-ENVIRONMENT. */
  name: string;
  family: string;
  image: AppImage;
  /** Instead of the image's own. */
  command?: string[];
  cpu: number;
  memory: number;
  /** The port it listens on, if it does. */
  port?: number;
  logGroup: logs.CfnLogGroup;
  /** ARN of the secret with the connection URLs. */
  urlsSecretArn: string;
  executionRoleArn: string;
  taskRoleArn: string;
};

/**
 * Longer than the load balancer, which is to be the one that closes an idle connection: who uses it just then gets a 502
 * (Elastic Load Balancing User Guide, "Connection idle timeout").
 */
export const KEEP_ALIVE_SECONDS = IDLE_SECONDS + 15;

/**
 * What uvicorn must know of the load balancer; it reads every option from UVICORN_ and its name too. It believes who the client
 * was, and whether by HTTPS, of whoever connects, since the security group lets in nobody but the load balancer. No network's
 * address here: gunicorn up to 23 does not start on one (benoitc/gunicorn#1485).
 */
const BEHIND_THE_LOAD_BALANCER = {
  UVICORN_TIMEOUT_KEEP_ALIVE: String(KEEP_ALIVE_SECONDS),
  FORWARDED_ALLOW_IPS: "*",
};

/** The log group of one kind of tasks. */
export function logGroup(scope: AstroStack, settings: Settings, kind: string): logs.CfnLogGroup {
  return new logs.CfnLogGroup(scope, "LogGroup", {
    logGroupName: logGroupName(settings, kind),
    retentionInDays: settings.config.service.logDays,
  });
}

/** The definition of a task of the app: the same variables, secrets and roles, whatever its command. */
export function taskDefinition(scope: AstroStack, settings: Settings, needs: TaskNeeds, kind: TaskKind) {
  const { id, name, family, image, command, cpu, memory, port, logGroup, urlsSecretArn } = kind;
  const { executionRoleArn, taskRoleArn } = kind;
  const definition = new ecs.CfnTaskDefinition(scope, id, {
    family: `${settings.prefix}-${family}`,
    requiresCompatibilities: ["FARGATE"],
    networkMode: "awsvpc",
    cpu: String(cpu),
    memory: String(memory),
    runtimePlatform: {
      operatingSystemFamily: "LINUX",
      cpuArchitecture: settings.config.service.architecture.toUpperCase(),
    },
    executionRoleArn,
    taskRoleArn,
    containerDefinitions: [
      {
        name,
        essential: true,
        image: image.name,
        command,
        portMappings: port === undefined ? undefined : [{ containerPort: port, protocol: "tcp" }],
        environment: environmentVariables(settings, needs),
        secrets: [
          ...secretVariables(needs.secrets),
          ...urlVariables(settings, urlsSecretArn),
          ...image.secrets(ownSecrets(settings, needs.secrets)),
        ],
        // Reaps what ECS Exec leaves behind (Amazon ECS Developer Guide, "Using ECS Exec").
        linuxParameters: { initProcessEnabled: true },
        // Spot gives two minutes' notice, Fargate waits for at most two (Amazon ECS Developer Guide, "stopTimeout").
        stopTimeout: 60,
        logConfiguration: {
          logDriver: "awslogs",
          options: { "awslogs-group": logGroup.ref, "awslogs-region": scope.region, "awslogs-stream-prefix": name },
        },
      },
    ],
  });
  image.tell(definition);
  return definition;
}

/** Where the tasks run: in the private subnets, behind their security group. */
export function placement({ privateSubnets, securityGroups }: NetworkStack) {
  return {
    awsvpcConfiguration: { subnets: privateSubnets, securityGroups: [securityGroups.ecs], assignPublicIp: "DISABLED" },
  };
}

function environmentVariables(
  { environment, config: { service } }: Settings,
  { database, cache, storage }: TaskNeeds,
): ecs.CfnTaskDefinition.KeyValuePairProperty[] {
  const variables = {
    ENVIRONMENT: environment,
    PORT: String(service.port),
    DATABASE_HOST: database.host,
    DATABASE_PORT: database.port,
    DATABASE_NAME,
    REDIS_HOST: cache.host,
    REDIS_PORT: cache.port,
    PDFS_BUCKET: storage.pdfs.name,
    ...BEHIND_THE_LOAD_BALANCER,
    ...service.environment,
  };
  return Object.entries(variables).map(([name, value]) => ({ name, value }));
}

/** The connection URLs, each unless a variable of yours is called so. */
function urlVariables({ config }: Settings, urlsSecretArn: string): ecs.CfnTaskDefinition.SecretProperty[] {
  const { environment = {}, secrets = [] } = config.service;
  const own = [...Object.keys(environment), ...secrets];
  return URL_VARIABLES.filter((name) => !own.includes(name)).map((name) => ({
    name,
    valueFrom: `${urlsSecretArn}:${name}::`,
  }));
}

/** Your own: one key each of the environment's own secret. A task whose key is not there does not start. */
function ownSecrets({ config }: Settings, { appSecretArn }: SecretsStack): ecs.CfnTaskDefinition.SecretProperty[] {
  const { secrets = [] } = config.service;
  return secrets.map((name) => ({ name, valueFrom: `${appSecretArn}:${name}::` }));
}

/** Read by ECS as a task starts, one key of each secret (Amazon ECS Developer Guide, "Pass Secrets Manager secrets"). */
function secretVariables(secrets: SecretsStack): ecs.CfnTaskDefinition.SecretProperty[] {
  const { jwtSecretArn, databaseSecretArn, cacheSecretArn } = secrets;
  return [
    { name: "JWT_SECRET", valueFrom: `${jwtSecretArn}:secret::` },
    { name: "DATABASE_USER", valueFrom: `${databaseSecretArn}:username::` },
    { name: "DATABASE_PASSWORD", valueFrom: `${databaseSecretArn}:password::` },
    { name: "REDIS_PASSWORD", valueFrom: `${cacheSecretArn}:token::` },
  ];
}
