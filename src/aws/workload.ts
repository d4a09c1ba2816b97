import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type Task,
} from "@aws-sdk/client-ecs";
import { DescribeTargetHealthCommand, ElasticLoadBalancingV2Client } from "@aws-sdk/client-elastic-load-balancing-v2";
import type { EcsTask, ServiceRef, Workloads } from "../provision/workload/port.ts";
import { looked } from "./looked.ts";
import type { AwsSession } from "./session.ts";

/** Tries of one look-up: another one follows in a few seconds anyway. */
const ATTEMPTS = 3;

/** ECS services, their tasks, targets and logs as the engine looks at them (each service's API Reference). */
export function workloads(session: AwsSession): Workloads {
  const hasty = { maxAttempts: ATTEMPTS };
  const ecs = session.client((settings) => new ECSClient({ ...settings, ...hasty }));
  const balancing = session.client((settings) => new ElasticLoadBalancingV2Client({ ...settings, ...hasty }));
  const logs = session.client((settings) => new CloudWatchLogsClient({ ...settings, ...hasty }));
  return {
    service: (ref) => looked("ecs:DescribeServices", undefined, () => oneService(ecs(ref.region), ref)),
    serviceTasks: (ref, which) => looked("ecs:DescribeTasks", [], () => tasksOf(ecs(ref.region), ref, which)),
    targets: (region, TargetGroupArn) =>
      looked("elasticloadbalancing:DescribeTargetHealth", [], async () => {
        const answer = await balancing(region).send(new DescribeTargetHealthCommand({ TargetGroupArn }));
        return (answer.TargetHealthDescriptions ?? []).map(({ Target, TargetHealth }) => ({
          address: Target?.Id ?? "",
          state: TargetHealth?.State ?? "",
          ...(TargetHealth?.Description !== undefined && { why: TargetHealth.Description }),
        }));
      }),
    logTail: (region, task, container, most) =>
      looked("logs:GetLogEvents", undefined, () => tailOf(ecs(region), logs(region), task, container, most)),
  };
}

async function oneService(client: ECSClient, { cluster, name }: ServiceRef) {
  const { services = [] } = await client.send(new DescribeServicesCommand({ cluster, services: [name] }));
  const [service] = services;
  if (!service) return undefined;
  const port = service.loadBalancers?.[0]?.containerPort;
  return {
    deployments: (service.deployments ?? []).map(({ id = "", createdAt = new Date(0) }) => ({ id, createdAt })),
    running: service.runningCount ?? 0,
    targetGroups: (service.loadBalancers ?? []).flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
    ...(port !== undefined && { port }),
  };
}

async function tasksOf(client: ECSClient, { cluster, name }: ServiceRef, desiredStatus: "RUNNING" | "STOPPED") {
  const list = new ListTasksCommand({ cluster, serviceName: name, desiredStatus, maxResults: 100 });
  const { taskArns = [] } = await client.send(list);
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await client.send(new DescribeTasksCommand({ cluster, tasks: taskArns }));
  return tasks.map(asTask);
}

function asTask(task: Task): EcsTask {
  const address = (task.attachments ?? [])
    .flatMap(({ details = [] }) => details)
    .find(({ name }) => name === "privateIPv4Address")?.value;
  return {
    id: task.taskArn?.split("/").at(-1) ?? "",
    deployment: task.startedBy ?? "",
    definition: task.taskDefinitionArn ?? "",
    createdAt: task.createdAt ?? new Date(0),
    ...(task.startedAt && { startedAt: task.startedAt }),
    ...(task.stoppedAt && { stoppedAt: task.stoppedAt }),
    ...(task.stopCode && { stopCode: task.stopCode }),
    ...(task.stoppedReason !== undefined && { reason: task.stoppedReason }),
    ...(address !== undefined && { address }),
    containers: (task.containers ?? []).map(({ name = "", image, exitCode, reason }) => ({
      name,
      ...(image !== undefined && { image }),
      ...(exitCode !== undefined && { exitCode }),
      ...(reason !== undefined && { reason }),
    })),
  };
}

/** The awslogs driver's stream is PREFIX/CONTAINER/TASK (ECS Developer Guide, "Send Amazon ECS logs to CloudWatch"). */
async function tailOf(
  client: ECSClient,
  logs: CloudWatchLogsClient,
  { id, definition }: Pick<EcsTask, "id" | "definition">,
  container: string,
  most: number,
) {
  const { taskDefinition } = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: definition }));
  const options = taskDefinition?.containerDefinitions?.find(({ name }) => name === container)?.logConfiguration
    ?.options;
  const [group, prefix] = [options?.["awslogs-group"], options?.["awslogs-stream-prefix"]];
  if (group === undefined || prefix === undefined) return undefined;
  const command = new GetLogEventsCommand({
    logGroupName: group,
    logStreamName: `${prefix}/${container}/${id}`,
    limit: most,
    startFromHead: false,
  });
  const { events = [] } = await logs.send(command);
  return events.map(({ message = "" }) => message.trimEnd());
}
