import { entryOf } from "../../template/json.ts";
import { between, first, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asBoolean, asNumber, asObject, asText, parsed } from "../values.ts";

const QUEUE = "AWS::SQS::Queue";
const TOPIC = "AWS::SNS::Topic";
const SUBSCRIPTION = "AWS::SNS::Subscription";

const SET = "Amazon SQS API Reference, CreateQueue";

/** Numbers of a queue (CreateQueue): seconds, but for the size in bytes. */
const NUMBERS = {
  DelaySeconds: [0, 900],
  MaximumMessageSize: [1024, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: [0, 20],
  VisibilityTimeout: [0, 43_200],
} as const;

/** The form of an endpoint, by protocol (Subscribe, Endpoint). */
const ENDPOINTS: { readonly [protocol: string]: RegExp } = {
  email: /^[^\s@]+@[^\s@]+$/,
  "email-json": /^[^\s@]+@[^\s@]+$/,
  http: /^http:\/\//,
  https: /^https:\/\//,
  sqs: /^arn:[^:]+:sqs:/,
  lambda: /^arn:[^:]+:lambda:/,
  firehose: /^arn:[^:]+:firehose:/,
};

/** Queues and topics. */
export const MESSAGING_RULES: readonly Rule[] = [
  {
    id: "queue-name",
    types: [QUEUE],
    document: `${SET} (QueueName)`,
    check: fits(
      "QueueName",
      (name) => name.length <= 80 && /^[A-Za-z0-9_-]+(\.fifo)?$/.test(name),
      () => "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    ),
  },
  {
    id: "queue-name-fifo",
    types: [QUEUE],
    document: `${SET} (FifoQueue)`,
    approximate: true,
    check: ({ properties: { QueueName, FifoQueue = false } }) => {
      const [name, fifo] = [asText(QueueName), asBoolean(FifoQueue)];
      if (name === undefined || fifo === undefined || fifo === name.endsWith(".fifo")) return undefined;
      const message = fifo
        ? "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
        : "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length";
      return { property: "QueueName", value: name, message };
    },
  },
  {
    id: "queue-number",
    types: [QUEUE],
    document: `${SET} (Attributes)`,
    check: first(
      ...Object.entries(NUMBERS).map(([name, [least, most]]) =>
        between(name, least, most, () => `Invalid value for the parameter ${name}.`),
      ),
    ),
  },
  {
    id: "queue-redrive",
    types: [QUEUE],
    document: "Amazon SQS Developer Guide, Using dead-letter queues in Amazon SQS",
    approximate: true,
    check: ({ properties: { RedrivePolicy } }) => {
      const { deadLetterTargetArn, maxReceiveCount } = asObject(RedrivePolicy);
      if (Object.keys(asObject(RedrivePolicy)).length === 0) return undefined;
      const property = "RedrivePolicy";
      const invalid = "Value for parameter RedrivePolicy is invalid. Reason: ";
      if (deadLetterTargetArn === undefined || maxReceiveCount === undefined) {
        const missing = deadLetterTargetArn === undefined ? "deadLetterTargetArn" : "maxReceiveCount";
        return { property, message: `${invalid}Redrive policy does not contain mandatory attribute: ${missing}.` };
      }
      const times = asNumber(maxReceiveCount);
      if (times === undefined || (times >= 1 && times <= 1000)) return undefined;
      return {
        property: "RedrivePolicy/maxReceiveCount",
        value: times,
        message: `${invalid}Invalid value for maxReceiveCount: ${times}, valid values are from 1 to 1000 both inclusive.`,
      };
    },
  },
  {
    id: "queue-redrive-kind",
    types: [QUEUE],
    document: "Amazon SQS Developer Guide, Using dead-letter queues in Amazon SQS",
    approximate: true,
    check: ({ properties: { RedrivePolicy, FifoQueue }, find }) => {
      const { deadLetterTargetArn } = asObject(RedrivePolicy);
      const dead = find(deadLetterTargetArn, QUEUE);
      const kinds = [FifoQueue, dead?.properties.FifoQueue].map((one = false) => asBoolean(one));
      const mixed = dead !== undefined && !kinds.includes(undefined) && kinds[0] !== kinds[1];
      const message =
        "The dead-letter queue of a FIFO queue must also be a FIFO queue, that of a standard queue a standard one.";
      return mixed ? { property: "RedrivePolicy/deadLetterTargetArn", value: dead?.id, message } : undefined;
    },
  },
  {
    id: "topic-name",
    types: [TOPIC],
    document: "Amazon SNS API Reference, CreateTopic (Name)",
    check: fits(
      "TopicName",
      (name) => /^[A-Za-z0-9_-]+(\.fifo)?$/.test(name) && name.length <= 256,
      () => "Invalid parameter: Topic Name",
    ),
  },
  {
    id: "topic-name-fifo",
    types: [TOPIC],
    document: "Amazon SNS Developer Guide, Message ordering and deduplication using FIFO topics",
    approximate: true,
    check: ({ properties: { TopicName, FifoTopic = false } }) => {
      const [name, fifo] = [asText(TopicName), asBoolean(FifoTopic)];
      if (name === undefined || fifo === undefined || fifo === name.endsWith(".fifo")) return undefined;
      const message =
        "Invalid parameter: Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.";
      return { property: "TopicName", value: name, message };
    },
  },
  {
    id: "subscription-protocol",
    types: [SUBSCRIPTION],
    document: "Amazon SNS API Reference, Subscribe (Protocol)",
    check: fits(
      "Protocol",
      [...Object.keys(ENDPOINTS), "application", "sms"],
      (protocol) => `Invalid parameter: Does not support this protocol string: ${protocol}`,
    ),
  },
  {
    id: "subscription-endpoint",
    types: [SUBSCRIPTION],
    document: "Amazon SNS API Reference, Subscribe (Endpoint)",
    approximate: true,
    check: ({ properties: { Protocol, Endpoint } }) => {
      const [protocol, endpoint] = [asText(Protocol) ?? "", asText(Endpoint)];
      const form = entryOf(ENDPOINTS, protocol);
      const message = `Invalid parameter: ${/^(sqs|lambda|firehose)$/.test(protocol) ? `${protocol.toUpperCase()} endpoint ARN` : `Endpoint ${endpoint} does not fit the protocol ${protocol}`}`;
      return form !== undefined && endpoint !== undefined && !form.test(endpoint)
        ? { property: "Endpoint", value: endpoint, message }
        : undefined;
    },
  },
  {
    id: "subscription-filter",
    types: [SUBSCRIPTION],
    document: "Amazon SNS Developer Guide, Filter policy constraints in Amazon SNS",
    check: ({ properties: { FilterPolicy } }) => {
      const policy = typeof FilterPolicy === "string" ? parsed(FilterPolicy) : asObject(FilterPolicy);
      const message = "Invalid parameter: FilterPolicy: Filter policy can not have more than 5 keys";
      return policy !== undefined && !Array.isArray(policy) && Object.keys(policy).length > 5
        ? { property: "FilterPolicy", message }
        : undefined;
    },
  },
];
