import type { Json } from "../../template/types.ts";
import { rowsOf } from "../resources/properties.ts";
import { uuid } from "../state/hash.ts";
import { everyResource, resourceAt } from "../state/resource-store.ts";
import type { ServiceResource, State } from "../state/state.ts";

/**
 * Publishes to a topic: queues that subscribe to it get the message, in SNS's envelope unless they want it raw (SNS
 * Developer Guide, "Fanout to Amazon SQS queues"); other subscribers do not. Returns the message's id.
 */
export function publish(state: State, topicArn: string, message: string, subject?: string): string {
  state.serial += 1;
  const id = uuid(state.seed, topicArn, "message", state.serial);
  const [, , , region = "", account = ""] = topicArn.split(":");
  const topic = resourceAt(state, "AWS::SNS::Topic", { account, region }, topicArn);
  if (!topic) return id;
  const envelope = {
    Type: "Notification",
    MessageId: id,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: new Date(state.now).toISOString(),
  };
  const written = rowsOf(topic.properties.Subscription);
  const made = everyResource(state, "AWS::SNS::Subscription").map(({ properties }) => properties);
  for (const one of [...written, ...made.filter(({ TopicArn }) => TopicArn === topicArn)]) {
    if (one.Protocol !== "sqs") continue;
    const queue = everyResource(state, "AWS::SQS::Queue").find(({ attributes }) => attributes.Arn === one.Endpoint);
    const isRaw = String(one.RawMessageDelivery) === "true";
    if (queue) put(state, queue, isRaw ? message : JSON.stringify(envelope));
  }
  return id;
}

/** Adds a message to a queue as `SendMessage` does. */
function put({ now, seed, serial }: State, queue: ServiceResource, body: string): void {
  const before = Array.isArray(queue.state.messages) ? (queue.state.messages as readonly Json[]) : [];
  const id = uuid(seed, queue.id, "message", serial, before.length);
  queue.state.messages = [...before, { id, body, sent: now, visible: now, received: 0 }];
}
