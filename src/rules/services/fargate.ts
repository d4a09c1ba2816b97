import { memoriesOf } from "../../config/sizes.ts";
import type { Value, Values } from "../../template/evaluate.ts";
import { between } from "../checks.ts";
import type { Rule, RuleSubject, Violation } from "../rule.ts";
import { asBoolean, asList, asNumber, asText, objects } from "../values.ts";
import { CONTAINER_DEFINITIONS, driverOf, eachContainer, isForFargate } from "./tasks.ts";

const TASK = "AWS::ECS::TaskDefinition";

const FARGATE = "Amazon ECS Developer Guide, Amazon ECS task definition differences for Fargate";
const PARAMETERS = "Amazon ECS Developer Guide, Amazon ECS task definition parameters for Fargate";

/** Log drivers of Fargate (Amazon ECS API Reference, LogConfiguration). */
const DRIVERS = ["awslogs", "splunk", "awsfirelens"];

/** What ECS says to a task of so many CPU units and MB; undefined if Fargate has such tasks. */
export function fargateSizeRefusal(cpu: number, memory: number): string | undefined {
  return memoriesOf(cpu).includes(memory)
    ? undefined
    : `No Fargate configuration exists for given values: ${cpu} CPU, ${memory} memory. See the Amazon ECS documentation for the valid values.`;
}

/** Requirements of Fargate on task definitions, and the execution role. */
export const FARGATE_RULES: readonly Rule[] = [
  {
    id: "fargate-size-given",
    types: [TASK],
    document: FARGATE,
    check: onFargate(({ Cpu, Memory }) => {
      const property = Cpu === undefined ? "Cpu" : Memory === undefined ? "Memory" : undefined;
      return (
        property && {
          property,
          message: `Fargate requires that '${property.toLowerCase()}' be defined at the task level.`,
        }
      );
    }),
  },
  {
    id: "fargate-size",
    types: [TASK],
    document: "Amazon ECS Developer Guide, Task CPU and memory",
    check: onFargate(({ Cpu, Memory }) => {
      const [cpu, memory] = [unitsOf(Cpu), mebibytesOf(Memory)];
      const message = cpu === undefined || memory === undefined ? undefined : fargateSizeRefusal(cpu, memory);
      if (cpu === undefined || message === undefined) return undefined;
      return memoriesOf(cpu).length === 0
        ? { property: "Cpu", value: Cpu, message }
        : { property: "Memory", value: Memory, message };
    }),
  },
  {
    id: "fargate-network-mode",
    types: [TASK],
    document: FARGATE,
    check: onFargate(({ NetworkMode }) => {
      if (NetworkMode !== undefined && (asText(NetworkMode) ?? "awsvpc") === "awsvpc") return undefined;
      const message = "Fargate only supports network mode ‘awsvpc’.";
      return { property: "NetworkMode", value: NetworkMode, message };
    }),
  },
  {
    id: "fargate-role-logs",
    types: [TASK],
    document: "Amazon ECS Developer Guide, Amazon ECS task execution IAM role",
    check: onFargate(({ ExecutionRoleArn, ContainerDefinitions }) => {
      if (ExecutionRoleArn !== undefined) return undefined;
      const index = objects(ContainerDefinitions).findIndex(
        ({ LogConfiguration }) => driverOf(LogConfiguration) === "awslogs",
      );
      const message = "Fargate requires task definition to have execution role ARN to support log driver awslogs.";
      return index < 0 ? undefined : { property: "ExecutionRoleArn", message };
    }),
  },
  {
    id: "fargate-role-image",
    types: [TASK],
    document: "Amazon ECS Developer Guide, Amazon ECS task execution IAM role",
    check: onFargate(({ ExecutionRoleArn, ContainerDefinitions }) => {
      if (ExecutionRoleArn !== undefined) return undefined;
      const ecr = objects(ContainerDefinitions).some(({ Image }) => /^\d{12}\.dkr\.ecr\./.test(asText(Image) ?? ""));
      const message = "Fargate requires task definition to have execution role ARN to support ECR images.";
      return ecr ? { property: "ExecutionRoleArn", message } : undefined;
    }),
  },
  {
    id: "task-role-secrets",
    types: [TASK],
    document: "Amazon ECS Developer Guide, Pass Secrets Manager secrets through Amazon ECS environment variables",
    check: ({ properties: { ExecutionRoleArn, ContainerDefinitions } }) => {
      const secret = objects(ContainerDefinitions).some(({ Secrets }) => asList(Secrets).length > 0);
      const message =
        "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'.";
      return secret && ExecutionRoleArn === undefined ? { property: "ExecutionRoleArn", message } : undefined;
    },
  },
  {
    id: "fargate-log-driver",
    types: [TASK],
    document: PARAMETERS,
    approximate: true,
    check: onFargate(
      eachContainer((path, { LogConfiguration }) => {
        const driver = driverOf(LogConfiguration);
        if (driver === undefined || DRIVERS.includes(driver)) return undefined;
        const message = `Log driver '${driver}' is not supported on Fargate. Supported drivers: ${DRIVERS.join(", ")}`;
        return { property: `${path}/LogConfiguration/LogDriver`, value: driver, message };
      }),
    ),
  },
  {
    id: "fargate-privileged",
    types: [TASK],
    document: FARGATE,
    approximate: true,
    check: onFargate(
      eachContainer((path, { Privileged }) =>
        asBoolean(Privileged)
          ? {
              property: `${path}/Privileged`,
              value: true,
              message: "Fargate compatible task definitions do not support privileged containers",
            }
          : undefined,
      ),
    ),
  },
  {
    id: "fargate-stop-timeout",
    types: [TASK],
    document: "Amazon ECS API Reference, ContainerDefinition (stopTimeout)",
    approximate: true,
    check: onFargate((_, subject) =>
      between(
        `${CONTAINER_DEFINITIONS}.*.StopTimeout`,
        2,
        120,
        (value) => `Invalid 'stopTimeout' setting for container: ${value}. It must be between 2 and 120 seconds.`,
      )(subject),
    ),
  },
  {
    id: "fargate-storage",
    types: [TASK],
    document: "Amazon ECS API Reference, EphemeralStorage",
    approximate: true,
    check: between(
      "EphemeralStorage.SizeInGiB",
      21,
      200,
      (value) => `Invalid ephemeral storage size: ${value} GiB. It must be between 21 and 200 GiB.`,
    ),
  },
];

function onFargate(check: (properties: Values, subject: RuleSubject) => Violation | undefined) {
  return (subject: RuleSubject) => (isForFargate(subject.properties) ? check(subject.properties, subject) : undefined);
}

/** CPU units, also of `.5 vCPU`. */
function unitsOf(value: Value | undefined): number | undefined {
  const virtual = /^([\d.]+)\s*vcpu$/i.exec(asText(value) ?? "")?.[1];
  return virtual === undefined ? asNumber(value) : Number(virtual) * 1024;
}

/** MiB, also of `2 GB`. */
function mebibytesOf(value: Value | undefined): number | undefined {
  const gigabytes = /^([\d.]+)\s*gb$/i.exec(asText(value) ?? "")?.[1];
  return gigabytes === undefined ? asNumber(value) : Number(gigabytes) * 1024;
}
