import { Aws } from "aws-cdk-lib";
import * as scheduler from "aws-cdk-lib/aws-scheduler";
import type { Construct } from "constructs";
import { AppImage } from "../lib/app-image";
import { AstroStack, type Settings } from "../lib/astro-stack";
import type { Environment } from "../lib/config";
import { EXECUTION_ROLE, roleArn, TASK_ROLE } from "../lib/names";
import { scheduleRole } from "../lib/roles";
import { logGroup, placement, type TaskNeeds, taskDefinition } from "../lib/task";
import type { ServiceStack } from "./service";

type Needs = TaskNeeds & { service: ServiceStack; schedule: NonNullable<Environment["schedule"]> };

/** The log group's name, and what the families' names begin with. */
const SCHEDULE = "schedule";

/**
 * One-off tasks at set times: the same image, each with a command and a task definition of its own, which EventBridge
 * Scheduler starts (Amazon EventBridge Scheduler User Guide, "Using templated targets": Amazon ECS RunTask).
 */
export class ScheduleStack extends AstroStack {
  constructor(scope: Construct, settings: Settings, { service, schedule, ...needs }: Needs) {
    super(scope, settings, { name: SCHEDULE, phase: "ecs", description: "Scheduled tasks", optional: true });
    const group = logGroup(this, settings, SCHEDULE);
    const image = new AppImage(this, settings.config, needs.registry.repositoryUri);
    const roles = { executionRoleArn: roleArn(settings, EXECUTION_ROLE), taskRoleArn: roleArn(settings, TASK_ROLE) };
    const familyOf = (name: string) => `${SCHEDULE}-${name}`;
    const runner = scheduleRole(this, settings, {
      clusterName: service.clusterName,
      families: schedule.map(({ name }) => `${settings.prefix}-${familyOf(name)}`),
      roleArns: Object.values(roles),
    });
    for (const { name, cron, command } of schedule) {
      const definition = taskDefinition(this, settings, needs, {
        id: `Task-${name}`,
        name,
        family: familyOf(name),
        image,
        command,
        cpu: settings.config.service.cpu,
        memory: settings.config.service.memory,
        logGroup: group,
        urlsSecretArn: service.urlsSecretArn,
        ...roles,
      });
      new scheduler.CfnSchedule(this, `Schedule-${name}`, {
        name: `${settings.prefix}-${name}`,
        description: `${command.join(" ")}`.slice(0, 512),
        scheduleExpression: cron,
        scheduleExpressionTimezone: "UTC",
        state: image.text("ENABLED", "DISABLED"),
        flexibleTimeWindow: { mode: "OFF" },
        target: {
          arn: `arn:${Aws.PARTITION}:ecs:${this.region}:${Aws.ACCOUNT_ID}:cluster/${service.clusterName}`,
          roleArn: runner,
          ecsParameters: {
            taskDefinitionArn: definition.ref,
            taskCount: 1,
            // Not on Spot: a run that is interrupted is not repeated.
            launchType: "FARGATE",
            networkConfiguration: placement(needs.network),
            enableEcsManagedTags: true,
            propagateTags: "TASK_DEFINITION",
          },
          // A start that fails is tried again for an hour (its default: a day), lest two of a daily run meet.
          retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 5 },
        },
      });
    }

    this.output("LogGroupName", group.ref, "Logs of the scheduled tasks");
    this.output("RunningImage", image.words, "What runs");
  }
}
