import type { Json } from "../../template/types.ts";
import { uuid } from "../hash.ts";
import { rowsOf } from "../rules/rule.ts";
import { everyThing, thingAt } from "../things.ts";
import type { Thing, World } from "../world.ts";

/**
 * Publishes to a topic: queues that subscribe to it get the message, in SNS's envelope unless they want it raw (SNS
 * Developer Guide, "Fanout to Amazon SQS queues"); nobody else does. Returns the message's id.
 */
export function publish(world: World, topicArn: string, message: string, subject?: string): string {
  world.serial += 1;
  const id = uuid(world.seed, topicArn, "message", world.serial);
  const [, , , region = "", account = ""] = topicArn.split(":");
  const topic = thingAt(world, "AWS::SNS::Topic", { account, region }, topicArn);
  if (!topic) return id;
  const envelope = {
    Type: "Notification",
    MessageId: id,
    TopicArn: topicArn,
    ...(subject !== undefined && { Subject: subject }),
    Message: message,
    Timestamp: new Date(world.now).toISOString(),
  };
  const written = rowsOf(topic.properties.Subscription);
  const made = everyThing(world, "AWS::SNS::Subscription").map(({ properties }) => properties);
  for (const one of [...written, ...made.filter(({ TopicArn }) => TopicArn === topicArn)]) {
    if (one.Protocol !== "sqs") continue;
    const queue = everyThing(world, "AWS::SQS::Queue").find(({ attributes }) => attributes.Arn === one.Endpoint);
    const isRaw = String(one.RawMessageDelivery) === "true";
    if (queue) put(world, queue, isRaw ? message : JSON.stringify(envelope));
  }
  return id;
}

/** Puts a message into a queue as `SendMessage` does. */
function put({ now, seed, serial }: World, queue: Thing, body: string): void {
  const before = Array.isArray(queue.state.messages) ? (queue.state.messages as readonly Json[]) : [];
  const id = uuid(seed, queue.id, "message", serial, before.length);
  queue.state.messages = [...before, { id, body, sent: now, visible: now, received: 0 }];
}
