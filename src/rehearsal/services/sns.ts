import { rowsOf } from "../resources/properties.ts";
import { uuid } from "../state/hash.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope, ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, type ResultValue, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { queryProtocol, type Service } from "../wire/protocol.ts";
import {
  addTags,
  createResource,
  deleteResource,
  findResource,
  listResources,
  removeTags,
  tagList,
  tagsIn,
} from "./common/resources.ts";
import { publish } from "./deliveries.ts";
import { subscriptionAttributes, topicAttributes } from "./topic-attributes.ts";

const TOPIC = "AWS::SNS::Topic";
const SUBSCRIPTION = "AWS::SNS::Subscription";

function theTopic(simulator: Simulator, call: Call, parameter = "TopicArn"): ServiceResource {
  const found = findResource(simulator, call, TOPIC, text(call.input, parameter) ?? "");
  if (!found) throw new AwsError("NotFound", "Topic does not exist", 404);
  return found;
}

function theSubscription(simulator: Simulator, call: Call): ServiceResource {
  const arn = text(call.input, "SubscriptionArn") ?? "";
  const found = subscriptionsIn(simulator, call.scope).find(({ id }) => id === arn);
  if (!found) throw new AwsError("NotFound", "Subscription does not exist", 404);
  return found;
}

/**
 * Subscriptions to a place's topics; a stack may create one in another region (localstack's
 * test_sns_subscription_region, recorded 2025-05-28).
 */
const subscriptionsIn = ({ state }: Simulator, { account, region }: Scope): readonly ServiceResource[] =>
  everyResource(state, SUBSCRIPTION).filter(({ id }) => id.startsWith(`arn:aws:sns:${region}:${account}:`));

/** A subscription, whether it is a resource of its own or written in its topic's template. */
type Subscription = Pick<ServiceResource, "id" | "account" | "properties">;

function subscriptionsTo(simulator: Simulator, call: Call, topic: ServiceResource): readonly Subscription[] {
  const own = rowsOf(topic.properties.Subscription).map((one, i) => ({
    id: `${topic.id}:${uuid(simulator.state.seed, topic.id, "subscription", i)}`,
    account: topic.account,
    properties: { ...one, TopicArn: topic.id },
  }));
  return [
    ...own,
    ...subscriptionsIn(simulator, call.scope).filter(({ properties }) => properties.TopicArn === topic.id),
  ];
}

/**
 * Email subscriptions are pending until confirmed (SNS Developer Guide, "Confirming an email subscription"): they never
 * are.
 */
const isPending = ({ properties }: Subscription) => /^email/.test(String(properties.Protocol));

const subscriptionOf = (one: Subscription): CallResult => ({
  SubscriptionArn: isPending(one) ? "PendingConfirmation" : one.id,
  Owner: one.account,
  Protocol: String(one.properties.Protocol),
  Endpoint: String(one.properties.Endpoint ?? ""),
  TopicArn: String(one.properties.TopicArn),
});

const everySubscription = (simulator: Simulator, call: Call) =>
  listResources(simulator, call, TOPIC).flatMap((topic) => subscriptionsTo(simulator, call, topic));

const map = (attributes: { readonly [key: string]: string }): ResultValue => ({
  $item: "entry",
  items: Object.entries(attributes).map(([key, value]) => ({ key, value })),
});

/** Attributes of a Query protocol call. */
function attributesIn({ input }: Call): { readonly [name: string]: string } {
  const rows = rowsOf(input.Attributes);
  return Object.fromEntries(rows.map(({ key, value }) => [String(key), String(value)]));
}

const createTopic: Handler = (simulator, call) => {
  const name = text(call.input, "Name") ?? "";
  const id = `arn:aws:sns:${call.scope.region}:${call.scope.account}:${name}`;
  if (!findResource(simulator, call, TOPIC, id)) {
    const tags = tagsIn(structures(call.input, "Tags"));
    createResource(simulator, call, { type: TOPIC, id, properties: { TopicName: name, ...attributesIn(call) }, tags });
  }
  return { TopicArn: id };
};

const getTopicAttributes: Handler = (simulator, call) => {
  const topic = theTopic(simulator, call);
  const subscriptions = subscriptionsTo(simulator, call, topic);
  return {
    Attributes: map({
      ...topicAttributes(simulator, call, topic),
      SubscriptionsConfirmed: String(subscriptions.filter((one) => !isPending(one)).length),
      // Pending email subscriptions are not counted (localstack's test_sns_topic_update_attributes, recorded
      // 2025-07-03).
      SubscriptionsPending: "0",
      SubscriptionsDeleted: "0",
    }),
  };
};

const subscribe: Handler = (simulator, call) => {
  const topic = theTopic(simulator, call);
  simulator.state.serial += 1;
  const id = `${topic.id}:${uuid(simulator.state.seed, topic.id, simulator.state.serial)}`;
  const [Protocol, Endpoint] = [text(call.input, "Protocol") ?? "", text(call.input, "Endpoint") ?? ""];
  const properties = { TopicArn: topic.id, Protocol, Endpoint, ...attributesIn(call) };
  const made = createResource(simulator, call, { type: SUBSCRIPTION, id, properties });
  return { SubscriptionArn: isPending(made) ? "pending confirmation" : made.id };
};

const setTopicAttributes: Handler = (simulator, call) => {
  const topic = theTopic(simulator, call);
  const [name, value] = [text(call.input, "AttributeName") ?? "", text(call.input, "AttributeValue") ?? ""];
  topic.properties = { ...topic.properties, [name]: value };
  return {};
};

/** Amazon SNS, API version 2010-03-31: topics and subscriptions; messages are delivered to queues only. */
export const SNS: Service = {
  protocol: queryProtocol("http://sns.amazonaws.com/doc/2010-03-31/"),
  operations: {
    CreateTopic: createTopic,
    DeleteTopic: (simulator, call) => {
      const found = findResource(simulator, call, TOPIC, text(call.input, "TopicArn") ?? "");
      if (found) deleteResource(simulator, found);
      return {};
    },
    GetSubscriptionAttributes: (simulator, call) => {
      const found = theSubscription(simulator, call);
      return { Attributes: map(subscriptionAttributes(found, isPending(found))) };
    },
    GetTopicAttributes: getTopicAttributes,
    ListSubscriptions: (simulator, call) => ({ Subscriptions: everySubscription(simulator, call).map(subscriptionOf) }),
    ListSubscriptionsByTopic: (simulator, call) => ({
      Subscriptions: subscriptionsTo(simulator, call, theTopic(simulator, call)).map(subscriptionOf),
    }),
    ListTagsForResource: (simulator, call) => ({ Tags: tagList(theTopic(simulator, call, "ResourceArn")) }),
    ListTopics: (simulator, call) => ({
      Topics: listResources(simulator, call, TOPIC).map(({ id }) => ({ TopicArn: id })),
    }),
    Publish: (simulator, call) => {
      const topic = theTopic(simulator, call);
      const message = text(call.input, "Message") ?? "";
      return { MessageId: publish(simulator.state, topic.id, message, text(call.input, "Subject")) };
    },
    SetTopicAttributes: setTopicAttributes,
    Subscribe: subscribe,
    TagResource: (simulator, call) => {
      addTags(theTopic(simulator, call, "ResourceArn"), structures(call.input, "Tags"));
      return {};
    },
    Unsubscribe: (simulator, call) => {
      deleteResource(simulator, theSubscription(simulator, call));
      return {};
    },
    UntagResource: (simulator, call) => {
      removeTags(theTopic(simulator, call, "ResourceArn"), texts(call.input, "TagKeys"));
      return {};
    },
  },
};
