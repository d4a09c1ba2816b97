import * as autoscaling from "aws-cdk-lib/aws-applicationautoscaling";
import * as ecs from "aws-cdk-lib/aws-ecs";
import * as logs from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { canPull, imageOf } from "../lib/image";
import { DATABASE_NAME } from "../lib/names";
import { PLACEHOLDER_IMAGE, placeholderCommand } from "../lib/placeholder";
import { executionRole, taskRole } from "../lib/roles";
import type { CacheStack } from "./cache";
import type { DatabaseStack } from "./database";
import { IDLE_SECONDS, type LoadBalancerStack } from "./load-balancer";
import type { NetworkStack } from "./network";
import type { RegistryStack } from "./registry";
import type { SecretsStack } from "./secrets";
import type { StorageStack } from "./storage";

type Needs = {
  network: NetworkStack;
  secrets: SecretsStack;
  registry: RegistryStack;
  storage: StorageStack;
  database: DatabaseStack;
  cache: CacheStack;
  loadBalancer: LoadBalancerStack;
};

/** The container's and the service's name. */
const API = "api";

/**
 * Longer than the load balancer, which is to be the one that closes an idle connection: who uses it just then gets a 502
 * (Elastic Load Balancing User Guide, "Connection idle timeout").
 */
const KEEP_ALIVE_SECONDS = IDLE_SECONDS + 15;

/**
 * What uvicorn must know of the load balancer; it reads every option from UVICORN_ and its name too. It believes who the client
 * was, and whether by HTTPS, of whoever connects, since the security group lets in nobody but the load balancer. No network's
 * address here: gunicorn up to 23 does not start on one (benoitc/gunicorn#1485).
 */
const BEHIND_THE_LOAD_BALANCER = {
  UVICORN_TIMEOUT_KEEP_ALIVE: String(KEEP_ALIVE_SECONDS),
  FORWARDED_ALLOW_IPS: "*",
};

/** The API on ECS Fargate: roles, cluster, task definition, service, scaling and logs. */
export class ServiceStack extends AstroStack {
  readonly clusterName: string;
  readonly serviceName: string;
  private readonly needs: Needs;

  constructor(scope: Construct, settings: Settings, needs: Needs) {
    super(scope, settings, { name: "service", phase: "ecs", description: "The API on ECS Fargate" });
    this.needs = needs;
    const { service } = settings.config;

    const group = new logs.CfnLogGroup(this, "LogGroup", {
      logGroupName: `/${settings.project}/${settings.environment}/${API}`,
      retentionInDays: service.logDays,
    });
    const cluster = new ecs.CfnCluster(this, "Cluster", { clusterName: settings.prefix });
    const providers = new ecs.CfnClusterCapacityProviderAssociations(this, "CapacityProviders", {
      cluster: cluster.ref,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: this.capacity(),
    });
    const definition = this.taskDefinition(group);
    const api = this.service(cluster.ref, this.running(definition));
    // Deleted in reverse: a capacity provider that a service still uses cannot be taken from its cluster (Amazon ECS API
    // Reference, PutClusterCapacityProviders).
    api.addResourceDependency(providers);
    // By its family alone nothing says that the first revision must be there.
    if (service.releases === "elsewhere") api.addResourceDependency(definition);
    this.clusterName = this.share("ClusterName", cluster.ref);
    this.serviceName = this.share("ServiceName", api.attrName);
    if (service.maxTasks !== undefined && canPull(settings.config)) this.scale(service.tasks, service.maxTasks);

    this.output("ClusterName", this.clusterName, "ECS cluster");
    this.output("ServiceName", this.serviceName, "ECS service");
    this.output("LogGroupName", group.ref, "Logs of the API");
    this.output("Image", this.imageDescription(), "What runs");
  }

  private taskDefinition(group: logs.CfnLogGroup): ecs.CfnTaskDefinition {
    const { settings, needs } = this;
    const { service } = settings.config;
    const image = service.image === undefined ? undefined : imageOf(service.image, needs.registry.repositoryUri);

    return new ecs.CfnTaskDefinition(this, "TaskDefinition", {
      family: this.family,
      requiresCompatibilities: ["FARGATE"],
      networkMode: "awsvpc",
      cpu: String(service.cpu),
      memory: String(service.memory),
      runtimePlatform: { operatingSystemFamily: "LINUX", cpuArchitecture: service.architecture.toUpperCase() },
      executionRoleArn: executionRole(this, settings, {
        repositoryArns: [needs.registry.repositoryArn, image?.otherRepositoryArn].filter((arn) => arn !== undefined),
        logGroupArn: group.attrArn,
        keyArn: needs.secrets.keyArn,
        secretArns: [needs.secrets.jwtSecretArn, needs.secrets.databaseSecretArn, needs.secrets.cacheSecretArn],
      }),
      taskRoleArn: taskRole(this, settings, {
        logGroupArn: group.attrArn,
        keyArn: needs.secrets.keyArn,
        bucketArn: needs.storage.pdfs.arn,
      }),
      containerDefinitions: [
        {
          name: API,
          essential: true,
          image: image?.name ?? PLACEHOLDER_IMAGE,
          command: image === undefined ? placeholderCommand(service.port, KEEP_ALIVE_SECONDS) : undefined,
          portMappings: [{ containerPort: service.port, protocol: "tcp" }],
          environment: this.environmentVariables(),
          secrets: this.secretVariables(),
          // Reaps what ECS Exec leaves behind (Amazon ECS Developer Guide, "Using ECS Exec").
          linuxParameters: { initProcessEnabled: true },
          // Spot gives two minutes' notice, Fargate waits for at most two (Amazon ECS Developer Guide, "stopTimeout").
          stopTimeout: 60,
          logConfiguration: {
            logDriver: "awslogs",
            options: { "awslogs-group": group.ref, "awslogs-region": this.region, "awslogs-stream-prefix": API },
          },
        },
      ],
    });
  }

  private environmentVariables(): ecs.CfnTaskDefinition.KeyValuePairProperty[] {
    const { database, cache, storage } = this.needs;
    const { service } = this.settings.config;
    const variables = {
      ENVIRONMENT: this.settings.environment,
      PORT: String(service.port),
      DATABASE_HOST: database.host,
      DATABASE_PORT: database.port,
      DATABASE_NAME,
      REDIS_HOST: cache.host,
      REDIS_PORT: cache.port,
      PDFS_BUCKET: storage.pdfs.name,
      ...BEHIND_THE_LOAD_BALANCER,
    };
    return Object.entries(variables).map(([name, value]) => ({ name, value }));
  }

  /** Read by ECS as a task starts, one key of each secret (Amazon ECS Developer Guide, "Pass Secrets Manager secrets"). */
  private secretVariables(): ecs.CfnTaskDefinition.SecretProperty[] {
    const { jwtSecretArn, databaseSecretArn, cacheSecretArn } = this.needs.secrets;
    return [
      { name: "JWT_SECRET", valueFrom: `${jwtSecretArn}:secret::` },
      { name: "DATABASE_USER", valueFrom: `${databaseSecretArn}:username::` },
      { name: "DATABASE_PASSWORD", valueFrom: `${databaseSecretArn}:password::` },
      { name: "REDIS_PASSWORD", valueFrom: `${cacheSecretArn}:token::` },
    ];
  }

  /**
   * What the service runs: this stack's own revision; or its family, which is the newest revision that is active, so that no
   * update takes back what another tool registered last (Amazon ECS API Reference, UpdateService: taskDefinition).
   */
  private running(definition: ecs.CfnTaskDefinition): string {
    return this.settings.config.service.releases === "elsewhere" ? this.family : definition.ref;
  }

  private get family(): string {
    return `${this.settings.prefix}-${API}`;
  }

  private service(cluster: string, taskDefinition: string): ecs.CfnService {
    const { network, loadBalancer } = this.needs;
    const { service } = this.settings.config;
    return new ecs.CfnService(this, "Service", {
      cluster,
      serviceName: API,
      taskDefinition,
      desiredCount: this.desiredCount(),
      capacityProviderStrategy: this.capacity(),
      forceNewDeployment: { enableForceNewDeployment: true, forceNewDeploymentNonce: this.capacityDescription() },
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: network.privateSubnets,
          securityGroups: [network.securityGroups.ecs],
          assignPublicIp: "DISABLED",
        },
      },
      loadBalancers: [{ containerName: API, containerPort: service.port, targetGroupArn: loadBalancer.targetGroupArn }],
      healthCheckGracePeriodSeconds: service.graceSeconds,
      // A new task beside each old one; back to the old ones if the new do not come up (Amazon ECS Developer Guide, "How
      // the Amazon ECS deployment circuit breaker detects failures").
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      // Fargate spreads tasks over the zones as it starts them; this keeps them spread after a zone was out (Amazon ECS
      // Developer Guide, "Balancing an Amazon ECS service across Availability Zones").
      availabilityZoneRebalancing: "ENABLED",
      enableExecuteCommand: true,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
    });
  }

  /**
   * None while there is no image that a task could pull. With scaling it is left to the scaling target's least, or every
   * update would set it back (AWS::ECS::Service, DesiredCount: left out, an update leaves it alone).
   */
  private desiredCount(): number | undefined {
    const { service } = this.settings.config;
    if (!canPull(this.settings.config)) return 0;
    return service.maxTasks === undefined ? service.tasks : undefined;
  }

  /**
   * With Spot, the first `onDemandBase` tasks run on FARGATE whatever the Spot market does; of what comes on top, one in
   * a hundred, since a provider without weight is given no tasks (Amazon ECS API Reference, CapacityProviderStrategyItem).
   */
  private capacity(): Capacity[] {
    const { spot, onDemandBase } = this.settings.config.service;
    if (!spot) return [{ capacityProvider: "FARGATE", weight: 1 }];
    if (onDemandBase === 0) return [{ capacityProvider: "FARGATE_SPOT", weight: 1 }];
    return [
      { capacityProvider: "FARGATE", base: onDemandBase, weight: 1 },
      { capacityProvider: "FARGATE_SPOT", weight: 99 },
    ];
  }

  /**
   * The strategy in words, for the nonce of a forced deployment. Another strategy starts no task anew, and ECS refuses it
   * unless a deployment is forced (Amazon ECS API Reference, UpdateService: capacityProviderStrategy, forceNewDeployment).
   */
  private capacityDescription(): string {
    return this.capacity()
      .map(({ capacityProvider, base = 0, weight }) => `${capacityProvider} ${base}+${weight}`)
      .join(" ");
  }

  private scale(minCapacity: number, maxCapacity: number): void {
    const { loadBalancer } = this.needs;
    const target = new autoscaling.CfnScalableTarget(this, "ScalableTarget", {
      serviceNamespace: "ecs",
      scalableDimension: "ecs:service:DesiredCount",
      resourceId: `service/${this.clusterName}/${this.serviceName}`,
      minCapacity,
      maxCapacity,
    });
    const policy = (id: string, policyName: string, targetValue: number, metric: Metric) =>
      new autoscaling.CfnScalingPolicy(this, id, {
        policyName,
        policyType: "TargetTrackingScaling",
        scalingTargetId: target.ref,
        targetTrackingScalingPolicyConfiguration: {
          targetValue,
          predefinedMetricSpecification: metric,
          scaleOutCooldown: 60,
          scaleInCooldown: 300,
        },
      });
    policy("CpuScaling", "cpu", 60, { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
    // Load balancer and target group in one label (Application Auto Scaling API Reference, PredefinedMetricSpecification).
    policy("RequestScaling", "requests", 1000, {
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: `${loadBalancer.fullName}/${loadBalancer.targetGroupFullName}`,
    });
  }

  private imageDescription(): string {
    const { image = "a placeholder, until service.image is set" } = this.settings.config.service;
    return canPull(this.settings.config) ? image : `nothing: without a NAT gateway no task could pull ${image}`;
  }
}

type Capacity = { capacityProvider: string; base?: number; weight: number };
type Metric = autoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty;
