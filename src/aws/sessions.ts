import {
  DescribeServicesCommand,
  DescribeTasksCommand,
  ECSClient,
  ExecuteCommandCommand,
  ListTasksCommand,
  type Service,
  type Task,
  UpdateServiceCommand,
} from "@aws-sdk/client-ecs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SSMClient, StartSessionCommand, TerminateSessionCommand } from "@aws-sdk/client-ssm";
import { AstroError } from "../errors.ts";
import {
  type AppService,
  type AppTask,
  FORWARDING_DOCUMENT,
  type OpenSession,
  type Sessions,
} from "../release/port-sessions.ts";
import { suffixOf } from "../template/partition.ts";
import { call, callOptional, codeOf, isDenied } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** ECS's words for a cluster or a service that is not there (Amazon ECS API Reference, "ListTasks"). */
const isNowhere = (error: unknown) => /^(Cluster|Service)NotFoundException$/.test(codeOf(error));

/** Sessions in the environment's tasks: ECS Exec and Session Manager's port forwarding (each service's API Reference). */
export function sessionsOn(session: AwsSession): Sessions {
  const ecs = session.client((settings) => new ECSClient(settings));
  const ssm = session.client((settings) => new SSMClient(settings));
  const secrets = session.client((settings) => new SecretsManagerClient(settings));
  const opened = (region: string, answer: Answer | undefined): OpenSession => {
    const { id, token, url } = answer ?? {};
    if (id === undefined || token === undefined || url === undefined)
      throw new AstroError(
        "no-answer",
        "AWS began a session and said nothing of it",
        "look for it in Session Manager of the AWS console (Session history), and end it there; then run it again",
      );
    const { profile } = session.settings(region);
    const endpoint = session.endpoint ?? `https://ssm.${region}.${suffixOf(region)}`;
    return { id, token, url, endpoint, ...(profile !== undefined && { profile }) };
  };
  return {
    appServices: async (region, cluster, services) => {
      const command = new DescribeServicesCommand({ cluster, services: [...services] });
      const found = await callOptional("ecs:DescribeServices", () => ecs(region).send(command), isNowhere);
      return (found?.services ?? []).filter(({ status }) => status !== "INACTIVE").map(asService);
    },
    appTasks: async (region, cluster, serviceName) => {
      const client = ecs(region);
      const list = new ListTasksCommand({
        cluster,
        desiredStatus: "RUNNING",
        ...(serviceName !== undefined && { serviceName }),
      });
      const { taskArns: tasks = [] } = (await callOptional("ecs:ListTasks", () => client.send(list), isNowhere)) ?? {};
      if (tasks.length === 0) return [];
      const describe = new DescribeTasksCommand({ cluster, tasks });
      const found = await call("ecs:DescribeTasks", () => client.send(describe));
      return (found.tasks ?? []).map(asTask);
    },
    forceDeployment: async (region, cluster, service) => {
      const command = new UpdateServiceCommand({ cluster, service, forceNewDeployment: true });
      await call("ecs:UpdateService", () => ecs(region).send(command));
    },
    executeCommand: async (region, { cluster, task, container, line }) => {
      const command = new ExecuteCommandCommand({ cluster, task, container, command: line, interactive: true });
      const answer = await call("ecs:ExecuteCommand", () => ecs(region).send(command));
      const { sessionId: id, tokenValue: token, streamUrl: url } = answer.session ?? {};
      return opened(region, { id, token, url });
    },
    startForwarding: async (region, { target, host, port, localPort }) => {
      const command = new StartSessionCommand({
        Target: target,
        DocumentName: FORWARDING_DOCUMENT,
        Parameters: { host: [host], portNumber: [String(port)], localPortNumber: [String(localPort)] },
      });
      const answer = await call("ssm:StartSession", () => ssm(region).send(command));
      return opened(region, { id: answer.SessionId, token: answer.TokenValue, url: answer.StreamUrl });
    },
    endSession: async (region, SessionId) => {
      const command = new TerminateSessionCommand({ SessionId });
      const isOver = (error: unknown) => isDenied(error) || codeOf(error) === "DoesNotExistException";
      await callOptional("ssm:TerminateSession", () => ssm(region).send(command), isOver);
    },
    secretValue: async (region, SecretId) => {
      const command = new GetSecretValueCommand({ SecretId });
      const isMissing = (error: unknown) => codeOf(error) === "ResourceNotFoundException";
      const found = await callOptional("secretsmanager:GetSecretValue", () => secrets(region).send(command), isMissing);
      return found?.SecretString;
    },
  };
}

type Answer = { readonly id: string | undefined; readonly token: string | undefined; readonly url: string | undefined };

function asService(service: Service): AppService {
  const { serviceName = "", desiredCount = 0, runningCount = 0, pendingCount = 0, loadBalancers = [] } = service;
  const newest = (service.deployments ?? []).find(({ status }) => status === "PRIMARY");
  const { taskDefinition = "", createdAt, rolloutState, rolloutStateReason } = newest ?? {};
  return {
    name: serviceName,
    desired: desiredCount,
    running: runningCount,
    pending: pendingCount,
    targetGroups: loadBalancers.flatMap(({ targetGroupArn }) => targetGroupArn ?? []),
    ...(createdAt && {
      rollout: {
        definition: taskDefinition,
        at: createdAt,
        ...(rolloutState !== undefined && { state: rolloutState }),
        ...(rolloutStateReason !== undefined && { reason: rolloutStateReason }),
      },
    }),
  };
}

function asTask(task: Task): AppTask {
  const { taskArn = "", group = "", lastStatus = "", startedAt, enableExecuteCommand = false, containers = [] } = task;
  return {
    id: taskArn.split("/").at(-1) ?? "",
    group,
    status: lastStatus,
    ...(startedAt && { startedAt }),
    exec: enableExecuteCommand,
    containers: containers.map(({ name = "", runtimeId, managedAgents = [] }) => {
      const agent = managedAgents.find((one) => one.name === "ExecuteCommandAgent")?.lastStatus;
      return { name, ...(runtimeId !== undefined && { runtimeId }), ...(agent !== undefined && { agent }) };
    }),
  };
}
