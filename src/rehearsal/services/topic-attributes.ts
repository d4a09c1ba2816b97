import { isObject } from "../../template/json.ts";
import type { Json } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { Call } from "../wire/call.ts";
import { listResources } from "./common/resources.ts";

/** Properties of a topic that are attributes of it under the same name, where they are given. */
const GIVEN = [
  "ArchivePolicy",
  "ContentBasedDeduplication",
  "FifoThroughputScope",
  "FifoTopic",
  "KmsMasterKeyId",
  "SignatureVersion",
  "TracingConfig",
];

/** The default policy of a topic (SNS Developer Guide, "Amazon SNS access control"). */
const ACTIONS = [
  "SNS:GetTopicAttributes",
  "SNS:SetTopicAttributes",
  "SNS:AddPermission",
  "SNS:RemovePermission",
  "SNS:DeleteTopic",
  "SNS:Subscribe",
  "SNS:ListSubscriptionsByTopic",
  "SNS:Publish",
];

/** The default delivery policy (SNS Developer Guide, "Amazon SNS message delivery retries"). */
const DELIVERY = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
};

const written = (value: Json) => (typeof value === "string" ? value : JSON.stringify(value));

/** Numbers of this policy are stored as text (localstack's test_sns_topic_with_attributes, recorded 2024-08-16). */
const asTexts = (value: Json): Json =>
  isObject(value) ? Object.fromEntries(Object.entries(value).map(([key, one]) => [key, String(one)])) : value;

/** A topic's attributes as text: its own, and those that SNS adds. */
export function topicAttributes(
  simulator: Simulator,
  call: Call,
  topic: ServiceResource,
): { readonly [name: string]: string } {
  const { DisplayName = "", DeliveryPolicy, Policy } = topic.properties;
  const given = GIVEN.flatMap((name) => {
    const value = topic.properties[name];
    return value === undefined
      ? []
      : [[name, name === "ArchivePolicy" ? written(asTexts(value)) : written(value)] as const];
  });
  return {
    TopicArn: topic.id,
    DisplayName: String(DisplayName),
    Owner: topic.account,
    Policy: written(Policy ?? policyFor(simulator, call, topic) ?? defaultPolicy(topic)),
    EffectiveDeliveryPolicy: written(DeliveryPolicy ?? DELIVERY),
    ...(DeliveryPolicy !== undefined && { DeliveryPolicy: written(DeliveryPolicy) }),
    ...Object.fromEntries(given),
  };
}

/** The document of a stack's topic policy that names the topic. */
function policyFor(simulator: Simulator, call: Call, topic: ServiceResource): Json | undefined {
  const policies = listResources(simulator, call, "AWS::SNS::TopicPolicy");
  return policies.find(({ properties }) => [properties.Topics].flat().includes(topic.id))?.properties.PolicyDocument;
}

const defaultPolicy = ({ id, account }: ServiceResource): Json => ({
  Version: "2008-10-17",
  Id: "__default_policy_ID",
  Statement: [
    {
      Sid: "__default_statement_ID",
      Effect: "Allow",
      Principal: { AWS: "*" },
      Action: ACTIONS,
      Resource: id,
      Condition: { StringEquals: { "AWS:SourceOwner": account } },
    },
  ],
});

/** A subscription's attributes as text. */
export function subscriptionAttributes(
  { id, account, properties }: Pick<ServiceResource, "id" | "account" | "properties">,
  isPending: boolean,
): { readonly [name: string]: string } {
  const { TopicArn, Protocol, Endpoint, FilterPolicy, FilterPolicyScope, RedrivePolicy } = properties;
  const policies = Object.entries({ FilterPolicy, RedrivePolicy }).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, written(value)] as const],
  );
  return {
    SubscriptionArn: id,
    SubscriptionPrincipal: `arn:aws:iam::${account}:user/rehearsal`,
    Owner: account,
    PendingConfirmation: String(isPending),
    ConfirmationWasAuthenticated: String(!isPending),
    RawMessageDelivery: String(properties.RawMessageDelivery ?? false),
    TopicArn: String(TopicArn),
    Protocol: String(Protocol),
    Endpoint: String(Endpoint ?? ""),
    ...Object.fromEntries(policies),
    ...(FilterPolicy !== undefined && { FilterPolicyScope: String(FilterPolicyScope ?? "MessageAttributes") }),
  };
}
