import type { JsonObject } from "../../template/types.ts";
import type { Stage } from "../stage.ts";
import { type Call, type Handler, structures, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, queryProtocol, type Service } from "../wire/protocol.ts";
import type { Thing } from "../world.ts";
import { allOf, arnOf, make, oneOf, tagList, tagsIn, unmake } from "./shelf.ts";

const QUEUE = "AWS::SQS::Queue";
const TOPIC = "AWS::SNS::Topic";

function theQueue(stage: Stage, call: Call): Thing {
  const url = text(call.input, "QueueUrl") ?? "";
  const found = allOf(stage, call, QUEUE).find(
    ({ id }) => new URL(id).pathname === (URL.canParse(url) ? new URL(url).pathname : url),
  );
  if (!found) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
  return found;
}

/** CloudFormation properties that are attributes of the queue under the same name, and their defaults. */
const QUEUE_ATTRIBUTES: { readonly [name: string]: string } = {
  DelaySeconds: "0",
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  ReceiveMessageWaitTimeSeconds: "0",
  VisibilityTimeout: "30",
};

const createQueue: Handler = (stage, call) => {
  const name = text(call.input, "QueueName") ?? "";
  const { region, account } = call.place;
  const id = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  if (!oneOf(stage, call, QUEUE, id)) {
    const tags = (call.input.tags ?? {}) as { readonly [key: string]: string };
    make(stage, call, {
      type: QUEUE,
      id,
      properties: { QueueName: name, ...((call.input.Attributes ?? {}) as JsonObject) },
      tags,
    });
  }
  return { QueueUrl: id };
};

const getQueueAttributes: Handler = (stage, call) => {
  const queue = theQueue(stage, call);
  const own = Object.entries(QUEUE_ATTRIBUTES).map(([name, fallback]) => [
    name,
    String(queue.properties[name] ?? fallback),
  ]);
  return {
    Attributes: {
      ...Object.fromEntries(own),
      QueueArn: arnOf(queue),
      ApproximateNumberOfMessages: "0",
      CreatedTimestamp: String(Math.floor(queue.created / 1000)),
    },
  };
};

const setQueueAttributes: Handler = (stage, call) => {
  const queue = theQueue(stage, call);
  queue.properties = { ...queue.properties, ...((call.input.Attributes ?? {}) as JsonObject) };
  return {};
};

/** Amazon SQS, API version 2012-11-05: queues and their attributes; messages are not kept. */
export const SQS: Service = {
  protocol: jsonProtocol("1.0"),
  operations: {
    CreateQueue: createQueue,
    DeleteQueue: (stage, call) => {
      unmake(stage, theQueue(stage, call));
      return {};
    },
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: (stage, call) => {
      const name = text(call.input, "QueueName");
      const found = allOf(stage, call, QUEUE).find(({ id }) => id.endsWith(`/${name}`));
      if (!found) throw new AwsError("QueueDoesNotExist", "The specified queue does not exist.");
      return { QueueUrl: found.id };
    },
    ListQueues: (stage, call) => {
      const prefix = text(call.input, "QueueNamePrefix") ?? "";
      const found = allOf(stage, call, QUEUE).filter(({ id }) => (id.split("/").at(-1) ?? "").startsWith(prefix));
      return found.length === 0 ? {} : { QueueUrls: found.map(({ id }) => id) };
    },
    ListQueueTags: (stage, call) => ({ Tags: { ...theQueue(stage, call).tags } }),
    SetQueueAttributes: setQueueAttributes,
  },
};

function theTopic(stage: Stage, call: Call, parameter = "TopicArn"): Thing {
  const found = oneOf(stage, call, TOPIC, text(call.input, parameter) ?? "");
  if (!found) throw new AwsError("NotFound", "Topic does not exist", 404);
  return found;
}

/** Amazon SNS, API version 2010-03-31: topics and subscriptions; nothing is sent. */
export const SNS: Service = {
  protocol: queryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"),
  operations: {
    CreateTopic: (stage, call) => {
      const name = text(call.input, "Name") ?? "";
      const id = `arn:aws:sns:${call.place.region}:${call.place.account}:${name}`;
      if (!oneOf(stage, call, TOPIC, id))
        make(stage, call, {
          type: TOPIC,
          id,
          properties: { TopicName: name },
          tags: tagsIn(structures(call.input, "Tags")),
        });
      return { TopicArn: id };
    },
    DeleteTopic: (stage, call) => {
      const found = oneOf(stage, call, TOPIC, text(call.input, "TopicArn") ?? "");
      if (found) unmake(stage, found);
      return {};
    },
    GetTopicAttributes: (stage, call) => {
      const topic = theTopic(stage, call);
      const attributes = {
        TopicArn: topic.id,
        DisplayName: String(topic.properties.DisplayName ?? ""),
        Owner: topic.account,
        SubscriptionsConfirmed: "0",
      };
      return {
        Attributes: { $item: "entry", items: Object.entries(attributes).map(([key, value]) => ({ key, value })) },
      };
    },
    ListSubscriptionsByTopic: (stage, call) => {
      const topic = theTopic(stage, call);
      const mine = allOf(stage, call, "AWS::SNS::Subscription").filter(
        ({ properties }) => properties.TopicArn === topic.id,
      );
      return {
        Subscriptions: mine.map(({ id, properties }) => ({
          SubscriptionArn: id,
          Owner: topic.account,
          Protocol: String(properties.Protocol),
          Endpoint: String(properties.Endpoint),
          TopicArn: topic.id,
        })),
      };
    },
    ListTagsForResource: (stage, call) => ({ Tags: tagList(theTopic(stage, call, "ResourceArn")) }),
    ListTopics: (stage, call) => ({ Topics: allOf(stage, call, TOPIC).map(({ id }) => ({ TopicArn: id })) }),
    SetTopicAttributes: (stage, call) => {
      const topic = theTopic(stage, call);
      topic.properties = {
        ...topic.properties,
        [text(call.input, "AttributeName") ?? ""]: text(call.input, "AttributeValue") ?? "",
      };
      return {};
    },
  },
};
