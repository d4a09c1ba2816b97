import * as autoscaling from "aws-cdk-lib/aws-applicationautoscaling";
import * as ecs from "aws-cdk-lib/aws-ecs";
import type * as logs from "aws-cdk-lib/aws-logs";
import type { Construct } from "constructs";
import { AppImage } from "../lib/app-image";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { type Capacity, capacityOf, forcedBy } from "../lib/capacity";
import { runsAtOnce } from "../lib/image";
import { logGroupArn, secretNames } from "../lib/names";
import { placeholderCommand } from "../lib/placeholder";
import { executionRole, taskRole } from "../lib/roles";
import { KEEP_ALIVE_SECONDS, logGroup, placement, type TaskNeeds, taskDefinition } from "../lib/task";
import { urlsSecret } from "../lib/urls";
import type { LoadBalancerStack } from "./load-balancer";

type Needs = TaskNeeds & { loadBalancer: LoadBalancerStack };

/** The container's and the service's name. */
const API = "api";

/** The API on ECS Fargate: roles, cluster, task definition, service, scaling and logs. */
export class ServiceStack extends AstroStack {
  readonly clusterName: string;
  readonly serviceName: string;
  readonly urlsSecretArn: string;
  private readonly needs: Needs;
  private readonly image: AppImage;

  constructor(scope: Construct, settings: Settings, needs: Needs) {
    super(scope, settings, { name: "service", phase: "ecs", description: "The API on ECS Fargate" });
    this.needs = needs;
    const { service } = settings.config;

    const group = logGroup(this, settings, API);
    this.image = new AppImage(this, settings.config, needs.registry.repositoryUri);
    const capacity = capacityOf(service);
    const cluster = new ecs.CfnCluster(this, "Cluster", { clusterName: settings.prefix });
    const providers = new ecs.CfnClusterCapacityProviderAssociations(this, "CapacityProviders", {
      cluster: cluster.ref,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      defaultCapacityProviderStrategy: capacity,
    });
    this.urlsSecretArn = this.share("UrlsSecretArn", urlsSecret(this, settings, needs));
    const definition = this.taskDefinition(group);
    const api = this.service(cluster.ref, this.running(definition), capacity);
    // Deleted in reverse: a capacity provider that a service still uses cannot be taken from its cluster (Amazon ECS API
    // Reference, PutClusterCapacityProviders).
    api.addResourceDependency(providers);
    // By its family alone nothing says that the first revision must be there.
    if (service.releases === "elsewhere") api.addResourceDependency(definition);
    this.clusterName = this.share("ClusterName", cluster.ref);
    this.serviceName = this.share("ServiceName", api.attrName);
    if (service.maxTasks !== undefined) this.scale(service.tasks, service.maxTasks);

    this.output("ClusterName", this.clusterName, "ECS cluster");
    this.output("ServiceName", this.serviceName, "ECS service");
    this.output("UrlsSecretName", secretNames(settings).urls, "DATABASE_URL and REDIS_URL of the tasks");
    this.output("LogGroupName", group.ref, "Logs of the API");
    this.output("RunningImage", this.image.words, "What runs");
  }

  private taskDefinition(group: logs.CfnLogGroup): ecs.CfnTaskDefinition {
    const { settings, needs, image } = this;
    const { service, worker, schedule = [] } = settings.config;
    const { jwtSecretArn, databaseSecretArn, cacheSecretArn, appSecretArn } = needs.secrets;
    // The worker's and the scheduled tasks' groups are other stacks', which come later.
    const others = [...(worker === undefined ? [] : ["worker"]), ...(schedule.length === 0 ? [] : ["schedule"])];
    const logGroupArns = [group.attrArn, ...others.map((kind) => logGroupArn(settings, kind))];
    const placeholder = placeholderCommand(service.port, KEEP_ALIVE_SECONDS);
    return taskDefinition(this, settings, needs, {
      id: "TaskDefinition",
      name: API,
      family: API,
      image,
      command: image.placeholderCommand(placeholder),
      cpu: service.cpu,
      memory: service.memory,
      port: service.port,
      logGroup: group,
      urlsSecretArn: this.urlsSecretArn,
      executionRoleArn: executionRole(this, settings, {
        repositoryArns: [needs.registry.repositoryArn, image.otherRepositoryArn].filter((arn) => arn !== undefined),
        logGroupArns,
        keyArn: needs.secrets.keyArn,
        secretArns: [jwtSecretArn, databaseSecretArn, cacheSecretArn, appSecretArn, this.urlsSecretArn],
      }),
      taskRoleArn: taskRole(this, settings, {
        logGroupArns,
        keyArn: needs.secrets.keyArn,
        bucketArn: needs.storage.pdfs.arn,
      }),
    });
  }

  /**
   * What the service runs: this stack's own revision; or its family, which is the newest revision that is active, so that no
   * update takes back what another tool registered last (Amazon ECS API Reference, UpdateService: taskDefinition).
   */
  private running(definition: ecs.CfnTaskDefinition): string | undefined {
    return this.settings.config.service.releases === "elsewhere" ? definition.family : definition.ref;
  }

  private service(cluster: string, taskDefinition: string | undefined, capacity: Capacity[]): ecs.CfnService {
    const { network, loadBalancer } = this.needs;
    const { service } = this.settings.config;
    return new ecs.CfnService(this, "Service", {
      cluster,
      serviceName: API,
      taskDefinition,
      desiredCount: this.desiredCount(),
      capacityProviderStrategy: capacity,
      forceNewDeployment: forcedBy(capacity),
      networkConfiguration: placement(network),
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
    const { tasks, maxTasks } = this.settings.config.service;
    const count = maxTasks === undefined ? tasks : undefined;
    return runsAtOnce(this.settings.config) ? count : this.image.count(count, 0);
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
    // Without an image it would start tasks that can pull none.
    const condition = runsAtOnce(this.settings.config) ? undefined : this.image.condition;
    target.cfnOptions.condition = condition;
    if (condition !== undefined) this.image.note(minCapacity, maxCapacity);
    const policy = (id: string, policyName: string, targetValue: number, metric: Metric) => {
      const made = new autoscaling.CfnScalingPolicy(this, id, {
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
      made.cfnOptions.condition = condition;
    };
    policy("CpuScaling", "cpu", 60, { predefinedMetricType: "ECSServiceAverageCPUUtilization" });
    // Load balancer and target group in one label (Application Auto Scaling API Reference, PredefinedMetricSpecification).
    policy("RequestScaling", "requests", 1000, {
      predefinedMetricType: "ALBRequestCountPerTarget",
      resourceLabel: `${loadBalancer.fullName}/${loadBalancer.targetGroupFullName}`,
    });
  }
}

type Metric = autoscaling.CfnScalingPolicy.PredefinedMetricSpecificationProperty;
