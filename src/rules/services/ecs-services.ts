import type { Rule } from "../rule.ts";
import { asBoolean, asList, asNumber, asObject, asText } from "../values.ts";
import { isForFargate, modeOf, taskOf } from "./tasks.ts";
import { trusts } from "./trust.ts";

const SERVICE = "AWS::ECS::Service";

const CREATE = "Amazon ECS API Reference, CreateService";

/** Services and the tasks they run. */
export const ECS_SERVICE_RULES: readonly Rule[] = [
  {
    id: "service-network",
    types: [SERVICE],
    document: `${CREATE} (networkConfiguration)`,
    check: (subject) => {
      const { NetworkConfiguration } = subject.properties;
      if (modeOf(taskOf(subject)) !== "awsvpc" || NetworkConfiguration !== undefined) return undefined;
      const message = "Network Configuration must be provided when networkMode 'awsvpc' is specified.";
      return { property: "NetworkConfiguration", message };
    },
  },
  {
    id: "service-no-network",
    types: [SERVICE],
    document: `${CREATE} (networkConfiguration)`,
    check: (subject) => {
      const { NetworkConfiguration } = subject.properties;
      const mode = modeOf(taskOf(subject));
      if (mode === undefined || mode === "awsvpc" || NetworkConfiguration === undefined) return undefined;
      const message = "Network Configuration is not valid for the given networkMode of this task definition.";
      return { property: "NetworkConfiguration", message };
    },
  },
  {
    id: "service-network-size",
    types: [SERVICE],
    document: "Amazon ECS API Reference, AwsVpcConfiguration",
    check: ({ properties: { NetworkConfiguration } }) => {
      const { Subnets, SecurityGroups } = asObject(asObject(NetworkConfiguration).AwsvpcConfiguration);
      const [subnets, groups] = [asList(Subnets).length, asList(SecurityGroups).length];
      const property = "NetworkConfiguration/AwsvpcConfiguration/";
      if (subnets > 16) return { property: `${property}Subnets`, message: "subnets can have at most 16 items." };
      return groups > 5
        ? { property: `${property}SecurityGroups`, message: "securityGroups can have at most 5 items." }
        : undefined;
    },
  },
  {
    id: "service-task-fargate",
    types: [SERVICE],
    document: `${CREATE} (launchType)`,
    check: (subject) => {
      const task = taskOf(subject);
      const { RequiresCompatibilities } = task?.properties ?? {};
      const known = RequiresCompatibilities === undefined || Array.isArray(RequiresCompatibilities);
      const wrong = task !== undefined && known && !isForFargate(task.properties);
      if (asText(subject.properties.LaunchType) !== "FARGATE" || !wrong) return undefined;
      const message = "Task definition does not support launch_type FARGATE.";
      return { property: "LaunchType", value: "FARGATE", message };
    },
  },
  {
    id: "service-exec-role",
    types: [SERVICE],
    document: "Amazon ECS Developer Guide, Monitor Amazon ECS containers with ECS Exec",
    check: (subject) => {
      const task = asBoolean(subject.properties.EnableExecuteCommand) ? taskOf(subject) : undefined;
      if (task === undefined || task.properties.TaskRoleArn !== undefined) return undefined;
      const message =
        "The service couldn't be created because a valid taskRoleArn is not being used. Specify a valid task role ARN in your task definition and try again.";
      return { property: "EnableExecuteCommand", value: true, message };
    },
  },
  {
    id: "service-role-trust",
    types: [SERVICE],
    document: "Amazon ECS Developer Guide, Amazon ECS task execution IAM role",
    code: "NotStabilized",
    check: (subject) => {
      if (asNumber(subject.properties.DesiredCount) === 0) return undefined;
      const task = taskOf(subject);
      for (const name of ["ExecutionRoleArn", "TaskRoleArn"] as const) {
        const arn = task?.properties[name];
        const role = subject.find(arn, "AWS::IAM::Role");
        if (role === undefined || trusts(role, "ecs-tasks.amazonaws.com") !== false) continue;
        const message = `ECS was unable to assume the role '${asText(arn) ?? role.id}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`;
        return { property: "TaskDefinition", value: subject.properties.TaskDefinition, message };
      }
      return undefined;
    },
  },
];
