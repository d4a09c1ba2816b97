import { CloudWatchLogsClient, GetLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import {
  type ContainerDefinition,
  DeregisterTaskDefinitionCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
  StopTaskCommand,
  type Task,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { AstroError } from "../errors.ts";
import type { ServiceRef } from "../provision/workload/port.ts";
import type { OneOffTask, TaskPlace, Tasks } from "../release/port-tasks.ts";
import { sameJson } from "../template/equal.ts";
import { call, callOptional, codeOf, isDenied } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** One-off tasks on ECS Fargate, and their lines in CloudWatch Logs (each service's API Reference). */
export function oneOffTasks(session: AwsSession): Tasks {
  const ecs = session.client((settings) => new ECSClient(settings));
  const logs = session.client((settings) => new CloudWatchLogsClient(settings));
  return {
    taskPlace: (service) => placeOf(ecs(service.region), service),
    registerTask: async (place, { family, image, command, prefix, tags }) => {
      const client = ecs(place.region);
      const own = await definitionCalled(client, place.definition);
      const wanted = copyOf(own ?? {}, place.container, { image, command: [...command], prefix });
      const newest = await definitionCalled(client, family);
      if (newest?.status === "ACTIVE" && sameJson(plain({ ...wanted, family }), plain(registrable(newest))))
        return newest.taskDefinitionArn ?? "";
      const register = new RegisterTaskDefinitionCommand({
        ...wanted,
        family,
        tags: Object.entries(tags).map(([key, value]) => ({ key, value })),
      });
      const { taskDefinition } = await call("ecs:RegisterTaskDefinition", () => client.send(register));
      return taskDefinition?.taskDefinitionArn ?? "";
    },
    deregisterTask: async (region, taskDefinition) => {
      const command = new DeregisterTaskDefinitionCommand({ taskDefinition });
      await callOptional("ecs:DeregisterTaskDefinition", () => ecs(region).send(command), isDenied);
    },
    startTask: (place, task) => start(ecs(place.region), place, task),
    tasksOfFamily: async ({ region, cluster }, family, desiredStatus) => {
      const client = ecs(region);
      const list = new ListTasksCommand({ cluster, family, desiredStatus });
      const { taskArns = [] } = await call("ecs:ListTasks", () => client.send(list));
      const found = taskArns.length === 0 ? [] : await described(client, cluster, taskArns);
      return found.map((task) => asOneOff(task)).toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
    },
    oneOffTask: async ({ region, cluster, container }, id) => {
      const [found] = await described(ecs(region), cluster, [id]);
      return found && asOneOff(found, container);
    },
    stopTask: async ({ region, cluster }, task, reason) => {
      const command = new StopTaskCommand({ cluster, task, reason });
      await call("ecs:StopTask", () => ecs(region).send(command));
    },
    logPage: async (region, logGroupName, logStreamName, next) => {
      const command = new GetLogEventsCommand({
        logGroupName,
        logStreamName,
        startFromHead: true,
        ...(next !== undefined && { nextToken: next }),
      });
      // The stream comes with the first line.
      const isMissing = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
      const page = await callOptional("logs:GetLogEvents", () => logs(region).send(command), isMissing);
      const { events = [], nextForwardToken } = page ?? {};
      return {
        lines: events.map(({ message = "" }) => message.trimEnd()),
        ...(nextForwardToken !== undefined && { next: nextForwardToken }),
      };
    },
  };
}

async function placeOf(client: ECSClient, { region, cluster, name }: ServiceRef): Promise<TaskPlace | undefined> {
  const describe = new DescribeServicesCommand({ cluster, services: [name] });
  const { services = [] } = await call("ecs:DescribeServices", () => client.send(describe));
  const service = services.find(({ status }) => status !== "INACTIVE");
  if (service?.taskDefinition === undefined) return undefined;
  const definition = await definitionCalled(client, service.taskDefinition);
  const containers = definition?.containerDefinitions ?? [];
  const named = service.loadBalancers?.[0]?.containerName;
  const container = containers.find((one) => one.name === named) ?? containers.find((one) => one.essential);
  const { logDriver, options = {} } = container?.logConfiguration ?? {};
  const [group, prefix] = [options["awslogs-group"], options["awslogs-stream-prefix"]];
  const network = service.networkConfiguration?.awsvpcConfiguration;
  return {
    region,
    cluster,
    definition: service.taskDefinition,
    container: container?.name ?? "",
    image: container?.image ?? "",
    subnets: network?.subnets ?? [],
    securityGroups: network?.securityGroups ?? [],
    publicIp: network?.assignPublicIp === "ENABLED",
    ...(logDriver === "awslogs" && group !== undefined && prefix !== undefined && { log: { group, prefix } }),
  };
}

async function definitionCalled(client: ECSClient, taskDefinition: string): Promise<TaskDefinition | undefined> {
  const command = new DescribeTaskDefinitionCommand({ taskDefinition });
  const isMissing = (error: unknown) => codeOf(error) === "ClientException";
  const found = await callOptional("ecs:DescribeTaskDefinition", () => client.send(command), isMissing);
  return found?.taskDefinition;
}

type Registrable = Omit<RegisterTaskDefinitionCommandInput, "family" | "tags">;

/** A definition as it is registered: without what ECS says of it (API Reference, "TaskDefinition", "RegisterTaskDefinition"). */
function registrable(definition: TaskDefinition): Registrable & { readonly family: string } {
  const {
    taskDefinitionArn: _arn,
    revision: _revision,
    status: _status,
    requiresAttributes: _attributes,
    compatibilities: _compatibilities,
    registeredAt: _at,
    registeredBy: _by,
    deregisteredAt: _gone,
    ...rest
  } = definition;
  return { ...rest, family: rest.family ?? "", containerDefinitions: rest.containerDefinitions ?? [] };
}

function copyOf(
  definition: TaskDefinition,
  container: string,
  { image, command, prefix }: { readonly image: string; readonly command: string[]; readonly prefix: string },
): Registrable {
  const { family: _, ...own } = registrable(definition);
  const changed = (one: ContainerDefinition): ContainerDefinition => {
    // What answers no requests has no health to check.
    const { healthCheck: _health, ...rest } = one;
    const { logConfiguration } = one;
    const options = { ...logConfiguration?.options, "awslogs-stream-prefix": prefix };
    const isAwslogs = logConfiguration?.logDriver === "awslogs";
    return { ...rest, image, command, ...(isAwslogs && { logConfiguration: { ...logConfiguration, options } }) };
  };
  const containers = own.containerDefinitions ?? [];
  return { ...own, containerDefinitions: containers.map((one) => (one.name === container ? changed(one) : one)) };
}

/** Without what ECS adds to a definition that says nothing of it: empty lists. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const isSaid = (one: unknown) => one !== undefined && !(Array.isArray(one) && one.length === 0);
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]) => (isSaid(one) ? [[name, plain(one)] as const] : [])),
  );
}

async function start(
  client: ECSClient,
  { cluster, container, subnets, securityGroups, publicIp }: TaskPlace,
  { definition, startedBy, token, command, cpu, memory }: Parameters<Tasks["startTask"]>[1],
): Promise<string | undefined> {
  const run = new RunTaskCommand({
    cluster,
    taskDefinition: definition,
    count: 1,
    launchType: "FARGATE",
    startedBy,
    clientToken: token,
    propagateTags: "TASK_DEFINITION",
    networkConfiguration: {
      awsvpcConfiguration: {
        subnets: [...subnets],
        securityGroups: [...securityGroups],
        assignPublicIp: publicIp ? "ENABLED" : "DISABLED",
      },
    },
    overrides: {
      ...(command && { containerOverrides: [{ name: container, command: [...command] }] }),
      ...(cpu !== undefined && { cpu: String(cpu) }),
      ...(memory !== undefined && { memory: String(memory) }),
    },
  });
  // The token has started a task with other parameters (Amazon ECS API Reference, "Ensuring idempotency").
  const isOther = (error: unknown) => codeOf(error) === "ConflictException";
  const answer = await callOptional("ecs:RunTask", () => client.send(run), isOther);
  if (answer === undefined) return undefined;
  const { tasks = [], failures = [] } = answer;
  const id = tasks[0]?.taskArn?.split("/").at(-1);
  if (id !== undefined) return id;
  const [failure] = failures;
  const words = [failure?.reason, failure?.detail].filter((part) => part !== undefined).join(": ");
  throw new AstroError(
    "failed",
    `ECS could not start a task: ${words || "it gives no reason"}`,
    "there may be no capacity at the moment: run the same command again in a few minutes",
  );
}

async function described(client: ECSClient, cluster: string, tasks: readonly string[]): Promise<readonly Task[]> {
  const command = new DescribeTasksCommand({ cluster, tasks: [...tasks] });
  return (await call("ecs:DescribeTasks", () => client.send(command))).tasks ?? [];
}

function asOneOff(task: Task, container?: string): OneOffTask {
  const { containers = [], createdAt = new Date(0), stoppedAt, stopCode } = task;
  const own = containers.find(({ name }) => name === container) ?? containers[0];
  const reason = own?.reason ?? task.stoppedReason;
  return {
    id: task.taskArn?.split("/").at(-1) ?? "",
    status: task.lastStatus ?? "",
    startedBy: task.startedBy ?? "",
    definition: task.taskDefinitionArn ?? "",
    ...(own?.image !== undefined && { image: own.image }),
    ...(own?.exitCode !== undefined && { exitCode: own.exitCode }),
    ...(stopCode && { stopCode }),
    ...(reason !== undefined && { reason }),
    createdAt,
    ...(stoppedAt && { stoppedAt }),
  };
}
