import type { JsonObject } from "../../template/types.ts";
import { hex } from "../state/hash.ts";
import { arn, hexFor, type Kind, type Kinds, type Making, madeUpName, uuidFor } from "./kind.ts";
import { textOf } from "./properties.ts";

const named = (property: string, most: number, attributes: Kind["attributes"]): Kind => ({
  named: property,
  id: (making) => madeUpName(making, most),
  ...(attributes && { attributes }),
});

/** The bus of a rule by its name; a template may give its ARN too. */
const busOf = ({ properties }: Making) => textOf(properties, "EventBusName", "default").split("/").at(-1) ?? "default";

/** IAM, functions, queues, alarms and CloudFormation's own types (Template Reference: return values). */
export const OTHER: Kinds = {
  "AWS::IAM::Role": {
    ...named("RoleName", 64, (making, id) => ({
      Arn: arn(making, "iam", `role${textOf(making.properties, "Path", "/")}${id}`, "region"),
      RoleId: `AROA${hexFor(making, 17).toUpperCase()}`,
    })),
    global: true,
  },
  "AWS::IAM::User": {
    ...named("UserName", 64, (making, id) => ({ Arn: arn(making, "iam", `user/${id}`, "region") })),
    global: true,
  },
  "AWS::IAM::Group": {
    ...named("GroupName", 128, (making, id) => ({ Arn: arn(making, "iam", `group/${id}`, "region") })),
    global: true,
  },
  "AWS::IAM::InstanceProfile": {
    ...named("InstanceProfileName", 128, (making, id) => ({
      Arn: arn(making, "iam", `instance-profile/${id}`, "region"),
    })),
    global: true,
  },
  "AWS::IAM::Policy": { global: true, id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::IAM::ManagedPolicy": {
    titled: "ManagedPolicyName",
    global: true,
    id: (making) =>
      arn(
        making,
        "iam",
        `policy${textOf(making.properties, "Path", "/")}${textOf(making.properties, "ManagedPolicyName") || madeUpName(making, 128)}`,
        "region",
      ),
    attributes: (_, id) => ({ PolicyArn: id, PolicyId: `ANPA${hex(17, id).toUpperCase()}` }),
  },
  "AWS::IAM::ServiceLinkedRole": {
    global: true,
    id: ({ properties }) => `AWSServiceRoleFor${textOf(properties, "AWSServiceName").split(".")[0]}`,
    attributes: (_, id) => ({ RoleName: id }),
  },
  "AWS::Lambda::Function": named("FunctionName", 64, (making, id) => ({
    Arn: arn(making, "lambda", `function:${id}`),
  })),
  "AWS::Lambda::Permission": { id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::Lambda::EventSourceMapping": { id: (making) => uuidFor(making), attributes: (_, id) => ({ Id: id }) },
  "AWS::SQS::Queue": {
    titled: "QueueName",
    id: (making) => `https://sqs.${making.scope.region}.amazonaws.com/${making.scope.account}/${queueName(making)}`,
    attributes: (making, id) => ({
      QueueUrl: id,
      QueueName: queueName(making),
      Arn: arn(making, "sqs", queueName(making)),
    }),
  },
  "AWS::SQS::QueuePolicy": { id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::SNS::Topic": {
    titled: "TopicName",
    id: (making) => arn(making, "sns", topicName(making)),
    attributes: (making, id) => ({ TopicArn: id, TopicName: topicName(making) }),
  },
  "AWS::SNS::TopicPolicy": { id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::SNS::Subscription": {
    id: (making) => `${textOf(making.properties, "TopicArn")}:${uuidFor(making)}`,
    attributes: (_, id) => ({ Arn: id }),
  },
  "AWS::CloudWatch::Alarm": named("AlarmName", 255, (making, id) => ({
    Arn: arn(making, "cloudwatch", `alarm:${id}`),
  })),
  "AWS::CloudWatch::Dashboard": { named: "DashboardName", id: (making) => madeUpName(making, 255) },
  // On a bus of one's own it is named by both (localstack's test_rule_properties, recorded 2023-12-01).
  "AWS::Events::Rule": {
    titled: "Name",
    id: (making) => {
      const bus = busOf(making);
      const name = textOf(making.properties, "Name") || madeUpName(making, 64);
      return bus === "default" ? name : `${bus}|${name}`;
    },
    attributes: (making, id) => ({ Arn: arn(making, "events", `rule/${id.replace("|", "/")}`) }),
  },
  "AWS::Lambda::LayerVersion": {
    id: (making) => {
      const name = textOf(making.properties, "LayerName") || madeUpName(making, 64);
      return arn(making, "lambda", `layer:${name}:${making.incarnation + 1}`);
    },
    attributes: (_, id) => ({ LayerVersionArn: id }),
  },
  "AWS::Events::EventBus": {
    named: "Name",
    attributes: (making, id) => ({ Name: id, Arn: arn(making, "events", `event-bus/${id}`) }),
  },
  "AWS::Budgets::Budget": {
    global: true,
    id: (making) => textOf((making.properties.Budget ?? {}) as JsonObject, "BudgetName", madeUpName(making, 100)),
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::CloudFormation::WaitConditionHandle": {
    id: (making) =>
      `https://cloudformation-waitcondition-${making.scope.region}.s3.amazonaws.com/${encodeURIComponent(making.stack.id)}/${making.logicalId}`,
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::CloudFormation::WaitCondition": {
    id: (making) => `${making.stack.id}/${making.logicalId}`,
    attributes: (_, id) => ({ Id: id, Data: "{}" }),
  },
  "AWS::CDK::Metadata": { id: (making) => uuidFor(making) },
};

function short(making: Making): string {
  return `${making.stack.name.slice(0, 5)}-${making.logicalId.slice(0, 4)}-${madeUpName(making).slice(-12)}`;
}

/** Names that CloudFormation makes up for what is first in, first out end as AWS demands it. */
const queueName = (making: Making) =>
  textOf(making.properties, "QueueName") || madeUpNameOf(making, isTrue(making, "FifoQueue"), 80);
const topicName = (making: Making) =>
  textOf(making.properties, "TopicName") || madeUpNameOf(making, isTrue(making, "FifoTopic"), 256);

const madeUpNameOf = (making: Making, isFifo: boolean, most: number) =>
  isFifo ? `${madeUpName(making, most - ".fifo".length)}.fifo` : madeUpName(making, most);

const isTrue = ({ properties }: Making, name: string) => textOf(properties, name) === "true";
