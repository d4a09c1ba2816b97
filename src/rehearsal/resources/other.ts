import type { JsonObject } from "../../template/types.ts";
import { hex } from "../state/hash.ts";
import {
  arn,
  generatedName,
  type HandlerRequest,
  hexFor,
  type ResourceHandler,
  type ResourceHandlers,
  uuidFor,
} from "./handler.ts";
import { isOn, textOf } from "./properties.ts";

const named = (property: string, most: number, attributes: ResourceHandler["attributes"]): ResourceHandler => ({
  nameProperty: property,
  id: (request) => generatedName(request, most),
  ...(attributes && { attributes }),
});

/** The bus of a rule by its name; a template may give its ARN too. */
const busOf = ({ properties }: HandlerRequest) =>
  textOf(properties, "EventBusName", "default").split("/").at(-1) ?? "default";

/** IAM, functions, queues, alarms and CloudFormation's own types (Template Reference: return values). */
export const OTHER_HANDLERS: ResourceHandlers = {
  "AWS::IAM::Role": {
    ...named("RoleName", 64, (request, id) => ({
      Arn: arn(request, "iam", `role${textOf(request.properties, "Path", "/")}${id}`, "region"),
      RoleId: `AROA${hexFor(request, 17).toUpperCase()}`,
    })),
    global: true,
  },
  "AWS::IAM::User": {
    ...named("UserName", 64, (request, id) => ({ Arn: arn(request, "iam", `user/${id}`, "region") })),
    global: true,
  },
  "AWS::IAM::Group": {
    ...named("GroupName", 128, (request, id) => ({ Arn: arn(request, "iam", `group/${id}`, "region") })),
    global: true,
  },
  "AWS::IAM::InstanceProfile": {
    ...named("InstanceProfileName", 128, (request, id) => ({
      Arn: arn(request, "iam", `instance-profile/${id}`, "region"),
    })),
    global: true,
  },
  "AWS::IAM::Policy": { global: true, id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::IAM::ManagedPolicy": {
    nameInIdProperty: "ManagedPolicyName",
    global: true,
    id: (request) =>
      arn(
        request,
        "iam",
        `policy${textOf(request.properties, "Path", "/")}${textOf(request.properties, "ManagedPolicyName") || generatedName(request, 128)}`,
        "region",
      ),
    attributes: (_, id) => ({ PolicyArn: id, PolicyId: `ANPA${hex(17, id).toUpperCase()}` }),
  },
  // An account has one for a URL, which its ARN ends with (IAM User Guide, "IAM identifiers").
  "AWS::IAM::OIDCProvider": {
    global: true,
    id: (request) =>
      arn(request, "iam", `oidc-provider/${textOf(request.properties, "Url").replace(/^https:\/\//, "")}`, "region"),
    attributes: (_, id) => ({ Arn: id }),
  },
  "AWS::IAM::ServiceLinkedRole": {
    global: true,
    id: ({ properties }) => `AWSServiceRoleFor${textOf(properties, "AWSServiceName").split(".")[0]}`,
    attributes: (_, id) => ({ RoleName: id }),
  },
  "AWS::Lambda::Function": named("FunctionName", 64, (request, id) => ({
    Arn: arn(request, "lambda", `function:${id}`),
  })),
  "AWS::Lambda::Permission": { id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::Lambda::EventSourceMapping": { id: (request) => uuidFor(request), attributes: (_, id) => ({ Id: id }) },
  "AWS::SQS::Queue": {
    nameInIdProperty: "QueueName",
    id: (request) => `https://sqs.${request.scope.region}.amazonaws.com/${request.scope.account}/${queueName(request)}`,
    attributes: (request, id) => ({
      QueueUrl: id,
      QueueName: queueName(request),
      Arn: arn(request, "sqs", queueName(request)),
    }),
  },
  "AWS::SQS::QueuePolicy": { id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::SNS::Topic": {
    nameInIdProperty: "TopicName",
    id: (request) => arn(request, "sns", topicName(request)),
    attributes: (request, id) => ({ TopicArn: id, TopicName: topicName(request) }),
  },
  "AWS::SNS::TopicPolicy": { id: short, attributes: (_, id) => ({ Id: id }) },
  "AWS::SNS::Subscription": {
    id: (request) => `${textOf(request.properties, "TopicArn")}:${uuidFor(request)}`,
    attributes: (_, id) => ({ Arn: id }),
  },
  "AWS::CloudWatch::Alarm": named("AlarmName", 255, (request, id) => ({
    Arn: arn(request, "cloudwatch", `alarm:${id}`),
  })),
  "AWS::CloudWatch::Dashboard": { nameProperty: "DashboardName", id: (request) => generatedName(request, 255) },
  // On a custom bus its id has both names (localstack's test_rule_properties, recorded 2023-12-01).
  "AWS::Events::Rule": {
    nameInIdProperty: "Name",
    id: (request) => {
      const bus = busOf(request);
      const name = textOf(request.properties, "Name") || generatedName(request, 64);
      return bus === "default" ? name : `${bus}|${name}`;
    },
    attributes: (request, id) => ({ Arn: arn(request, "events", `rule/${id.replace("|", "/")}`) }),
  },
  "AWS::Scheduler::Schedule": named("Name", 64, (request, id) => ({
    Arn: arn(request, "scheduler", `schedule/${textOf(request.properties, "GroupName") || "default"}/${id}`),
  })),
  "AWS::Lambda::LayerVersion": {
    id: (request) => {
      const name = textOf(request.properties, "LayerName") || generatedName(request, 64);
      return arn(request, "lambda", `layer:${name}:${request.incarnation + 1}`);
    },
    attributes: (_, id) => ({ LayerVersionArn: id }),
  },
  "AWS::Events::EventBus": {
    nameProperty: "Name",
    attributes: (request, id) => ({ Name: id, Arn: arn(request, "events", `event-bus/${id}`) }),
  },
  "AWS::Budgets::Budget": {
    global: true,
    id: (request) => textOf((request.properties.Budget ?? {}) as JsonObject, "BudgetName", generatedName(request, 100)),
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::CloudFormation::WaitConditionHandle": {
    id: (request) =>
      `https://cloudformation-waitcondition-${request.scope.region}.s3.amazonaws.com/${encodeURIComponent(request.stack.id)}/${request.logicalId}`,
    attributes: (_, id) => ({ Id: id }),
  },
  "AWS::CloudFormation::WaitCondition": {
    id: (request) => `${request.stack.id}/${request.logicalId}`,
    attributes: (_, id) => ({ Id: id, Data: "{}" }),
  },
  "AWS::CDK::Metadata": { id: (request) => uuidFor(request) },
};

function short(request: HandlerRequest): string {
  return `${request.stack.name.slice(0, 5)}-${request.logicalId.slice(0, 4)}-${generatedName(request).slice(-12)}`;
}

/** Generated names of FIFO queues and topics end in .fifo. */
const queueName = (request: HandlerRequest) =>
  textOf(request.properties, "QueueName") || generatedFifoName(request, isOn(request.properties.FifoQueue), 80);
const topicName = (request: HandlerRequest) =>
  textOf(request.properties, "TopicName") || generatedFifoName(request, isOn(request.properties.FifoTopic), 256);

const generatedFifoName = (request: HandlerRequest, isFifo: boolean, most: number) =>
  isFifo ? `${generatedName(request, most - ".fifo".length)}.fifo` : generatedName(request, most);
