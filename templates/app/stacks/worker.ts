import * as ecs from "aws-cdk-lib/aws-ecs";
import type { Construct } from "constructs";
import { AppImage } from "../lib/app-image";
import { AstroStack, type Settings } from "../lib/astro-stack";
import { capacityOf, forcedBy } from "../lib/capacity";
import type { Environment } from "../lib/config";
import { EXECUTION_ROLE, roleArn, TASK_ROLE } from "../lib/names";
import { logGroup, placement, type TaskNeeds, taskDefinition } from "../lib/task";
import type { ServiceStack } from "./service";

type Needs = TaskNeeds & { service: ServiceStack; worker: NonNullable<Environment["worker"]> };

/** The container's and the service's name. */
const WORKER = "worker";

/** The worker beside the API: the same image with another command, and no load balancer. */
export class WorkerStack extends AstroStack {
  constructor(scope: Construct, settings: Settings, { service, worker, ...needs }: Needs) {
    super(scope, settings, { name: WORKER, phase: "ecs", description: "The worker on ECS Fargate", optional: true });
    const group = logGroup(this, settings, WORKER);
    const image = new AppImage(this, settings.config, needs.registry.repositoryUri);
    const definition = taskDefinition(this, settings, needs, {
      id: "TaskDefinition",
      name: WORKER,
      family: WORKER,
      image,
      command: worker.command,
      cpu: worker.cpu,
      memory: worker.memory,
      logGroup: group,
      urlsSecretArn: service.urlsSecretArn,
      executionRoleArn: roleArn(settings, EXECUTION_ROLE),
      taskRoleArn: roleArn(settings, TASK_ROLE),
    });
    const byFamily = settings.config.service.releases === "elsewhere";
    const capacity = capacityOf(worker);
    const running = new ecs.CfnService(this, "Service", {
      cluster: service.clusterName,
      serviceName: WORKER,
      taskDefinition: byFamily ? definition.family : definition.ref,
      // None while there is no image that knows the command.
      desiredCount: image.count(worker.tasks, 0),
      capacityProviderStrategy: capacity,
      forceNewDeployment: forcedBy(capacity),
      networkConfiguration: placement(needs.network),
      // Back to the tasks before if the new ones do not stay up (Amazon ECS Developer Guide, "How the Amazon ECS
      // deployment circuit breaker detects failures").
      deploymentConfiguration: {
        minimumHealthyPercent: 100,
        maximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
      },
      availabilityZoneRebalancing: "ENABLED",
      enableExecuteCommand: true,
      enableEcsManagedTags: true,
      propagateTags: "SERVICE",
    });
    // By its family alone nothing says that the first revision must be there.
    if (byFamily) running.addResourceDependency(definition);

    this.output("WorkerName", running.attrName, "ECS service of the worker");
    this.output("LogGroupName", group.ref, "Logs of the worker");
    this.output("RunningImage", image.words, "What runs");
  }
}
