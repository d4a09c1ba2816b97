import { uuid } from "../hash.ts";
import { rowsOf } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import { everyThing } from "../things.ts";
import { type Call, type Handler, type Result, type ResultValue, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import type { Place, Thing } from "../world.ts";
import { publish } from "./deliveries.ts";
import { allOf, make, oneOf, tag, tagList, tagsIn, unmake, untag } from "./shelf.ts";
import { subscriptionAttributes, topicAttributes } from "./topic-attributes.ts";

const TOPIC = "AWS::SNS::Topic";
const SUBSCRIPTION = "AWS::SNS::Subscription";

function theTopic(stage: Stage, call: Call, parameter = "TopicArn"): Thing {
  const found = oneOf(stage, call, TOPIC, text(call.input, parameter) ?? "");
  if (!found) throw new AwsError("NotFound", "Topic does not exist", 404);
  return found;
}

function theSubscription(stage: Stage, call: Call): Thing {
  const arn = text(call.input, "SubscriptionArn") ?? "";
  const found = subscriptionsIn(stage, call.place).find(({ id }) => id === arn);
  if (!found) throw new AwsError("NotFound", "Subscription does not exist", 404);
  return found;
}

/** Subscriptions to a place's topics; a stack may make one from another region (localstack's test_sns_subscription_region, recorded 2025-05-28). */
const subscriptionsIn = ({ world }: Stage, { account, region }: Place): readonly Thing[] =>
  everyThing(world, SUBSCRIPTION).filter(({ id }) => id.startsWith(`arn:aws:sns:${region}:${account}:`));

/** A subscription, whether it is a thing of its own or written in its topic's template. */
type Subscription = Pick<Thing, "id" | "account" | "properties">;

function subscriptionsTo(stage: Stage, call: Call, topic: Thing): readonly Subscription[] {
  const own = rowsOf(topic.properties.Subscription).map((one, i) => ({
    id: `${topic.id}:${uuid(stage.world.seed, topic.id, "subscription", i)}`,
    account: topic.account,
    properties: { ...one, TopicArn: topic.id },
  }));
  return [...own, ...subscriptionsIn(stage, call.place).filter(({ properties }) => properties.TopicArn === topic.id)];
}

/** Whoever reads mail has to confirm first (SNS Developer Guide, "Confirming an email subscription"): nobody does. */
const isPending = ({ properties }: Subscription) => /^email/.test(String(properties.Protocol));

const subscriptionOf = (one: Subscription): Result => ({
  SubscriptionArn: isPending(one) ? "PendingConfirmation" : one.id,
  Owner: one.account,
  Protocol: String(one.properties.Protocol),
  Endpoint: String(one.properties.Endpoint ?? ""),
  TopicArn: String(one.properties.TopicArn),
});

const everySubscription = (stage: Stage, call: Call) =>
  allOf(stage, call, TOPIC).flatMap((topic) => subscriptionsTo(stage, call, topic));

const map = (attributes: { readonly [key: string]: string }): ResultValue => ({
  $item: "entry",
  items: Object.entries(attributes).map(([key, value]) => ({ key, value })),
});

/** Attributes as a call of the Query protocol names them. */
function attributesIn({ input }: Call): { readonly [name: string]: string } {
  const rows = rowsOf(input.Attributes);
  return Object.fromEntries(rows.map(({ key, value }) => [String(key), String(value)]));
}

const createTopic: Handler = (stage, call) => {
  const name = text(call.input, "Name") ?? "";
  const id = `arn:aws:sns:${call.place.region}:${call.place.account}:${name}`;
  if (!oneOf(stage, call, TOPIC, id)) {
    const tags = tagsIn(structures(call.input, "Tags"));
    make(stage, call, { type: TOPIC, id, properties: { TopicName: name, ...attributesIn(call) }, tags });
  }
  return { TopicArn: id };
};

const getTopicAttributes: Handler = (stage, call) => {
  const topic = theTopic(stage, call);
  const subscriptions = subscriptionsTo(stage, call, topic);
  return {
    Attributes: map({
      ...topicAttributes(stage, call, topic),
      SubscriptionsConfirmed: String(subscriptions.filter((one) => !isPending(one)).length),
      // Mails that wait for their reader are not counted (localstack's test_sns_topic_update_attributes, recorded 2025-07-03).
      SubscriptionsPending: "0",
      SubscriptionsDeleted: "0",
    }),
  };
};

const subscribe: Handler = (stage, call) => {
  const topic = theTopic(stage, call);
  stage.world.serial += 1;
  const id = `${topic.id}:${uuid(stage.world.seed, topic.id, stage.world.serial)}`;
  const [Protocol, Endpoint] = [text(call.input, "Protocol") ?? "", text(call.input, "Endpoint") ?? ""];
  const properties = { TopicArn: topic.id, Protocol, Endpoint, ...attributesIn(call) };
  const made = make(stage, call, { type: SUBSCRIPTION, id, properties });
  return { SubscriptionArn: isPending(made) ? "pending confirmation" : made.id };
};

const setTopicAttributes: Handler = (stage, call) => {
  const topic = theTopic(stage, call);
  const [name, value] = [text(call.input, "AttributeName") ?? "", text(call.input, "AttributeValue") ?? ""];
  topic.properties = { ...topic.properties, [name]: value };
  return {};
};

/** Amazon SNS, API version 2010-03-31: topics and subscriptions; what is published reaches queues only. */
export const SNS: Service = {
  protocol: queryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"),
  operations: {
    CreateTopic: createTopic,
    DeleteTopic: (stage, call) => {
      const found = oneOf(stage, call, TOPIC, text(call.input, "TopicArn") ?? "");
      if (found) unmake(stage, found);
      return {};
    },
    GetSubscriptionAttributes: (stage, call) => {
      const found = theSubscription(stage, call);
      return { Attributes: map(subscriptionAttributes(found, isPending(found))) };
    },
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptions: (stage, call) => ({ Subscriptions: everySubscription(stage, call).map(subscriptionOf) }),
    ListSubscriptionsByTopic: (stage, call) => ({
      Subscriptions: subscriptionsTo(stage, call, theTopic(stage, call)).map(subscriptionOf),
    }),
    ListTagsForResource: (stage, call) => ({ Tags: tagList(theTopic(stage, call, "ResourceArn")) }),
    ListTopics: (stage, call) => ({ Topics: allOf(stage, call, TOPIC).map(({ id }) => ({ TopicArn: id })) }),
    Publish: (stage, call) => {
      const topic = theTopic(stage, call);
      const message = text(call.input, "Message") ?? "";
      return { MessageId: publish(stage.world, topic.id, message, text(call.input, "Subject")) };
    },
    SetTopicAttributes: setTopicAttributes,
    Subscribe: subscribe,
    TagResource: (stage, call) => {
      tag(theTopic(stage, call, "ResourceArn"), structures(call.input, "Tags"));
      return {};
    },
    Unsubscribe: (stage, call) => {
      unmake(stage, theSubscription(stage, call));
      return {};
    },
    UntagResource: (stage, call) => {
      untag(theTopic(stage, call, "ResourceArn"), texts(call.input, "TagKeys"));
      return {};
    },
  },
};
