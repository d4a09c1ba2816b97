import type { Json, JsonObject } from "../../template/types.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type Handler, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Protocol, type Service } from "../wire/protocol.ts";
import { arnOf, createResource, deleteResource, findResource, listResources, removeTags } from "./common/resources.ts";
import { batch, counted, hide, receive, remove, send } from "./messages.ts";

const QUEUE = "AWS::SQS::Queue";

/** Errors with another code for older clients and boto3, in a header. */
const OLD_NAMES: { readonly [code: string]: string } = {
  QueueDoesNotExist: "AWS.SimpleQueueService.NonExistentQueue",
  QueueNameExists: "QueueAlreadyExists",
};

const JSON_10 = jsonProtocol("1.0");

const PROTOCOL: Protocol = {
  ...JSON_10,
  refuse: (error, requestId) => {
    const answer = JSON_10.refuse(error, requestId);
    const old = `${OLD_NAMES[error.code] ?? error.code};Sender`;
    return { ...answer, headers: { ...answer.headers, "x-amzn-query-error": old } };
  },
};

const missing = () => new AwsError("QueueDoesNotExist", "The specified queue does not exist.");

function theQueue(simulator: Simulator, call: Call): ServiceResource {
  const url = text(call.input, "QueueUrl") ?? "";
  const path = URL.canParse(url) ? new URL(url).pathname : url;
  const found = listResources(simulator, call, QUEUE).find(({ id }) => new URL(id).pathname === path);
  if (!found) throw missing();
  return found;
}

/** CloudFormation properties that are attributes of the queue under the same name, and their defaults. */
const ATTRIBUTES: { readonly [name: string]: string | undefined } = {
  ContentBasedDeduplication: undefined,
  DeduplicationScope: undefined,
  DelaySeconds: "0",
  FifoQueue: undefined,
  FifoThroughputLimit: undefined,
  KmsDataKeyReusePeriodSeconds: undefined,
  KmsMasterKeyId: undefined,
  MaximumMessageSize: "1048576",
  MessageRetentionPeriod: "345600",
  Policy: undefined,
  ReceiveMessageWaitTimeSeconds: "0",
  RedriveAllowPolicy: undefined,
  RedrivePolicy: undefined,
  VisibilityTimeout: "30",
};

/** Defaults of a FIFO queue (localstack's test_implicit_type_conversion, recorded 2025-08-27). */
const FIFO: { readonly [name: string]: string } = {
  ContentBasedDeduplication: "false",
  DeduplicationScope: "queue",
  FifoThroughputLimit: "perQueue",
};

const written = (value: Json) => (value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));

function attributesOf(
  simulator: Simulator,
  queue: ServiceResource,
  policy: Json | undefined,
): { readonly [name: string]: string } {
  const isFifo = String(queue.properties.FifoQueue) === "true";
  const own = Object.entries({ ...ATTRIBUTES, ...(isFifo && FIFO) }).flatMap(([name, fallback]) => {
    const value = queue.properties[name] ?? (name === "Policy" ? policy : undefined) ?? fallback;
    return value === undefined || value === null ? [] : [[name, written(value)]];
  });
  const encrypted = queue.properties.KmsMasterKeyId === undefined ? { SqsManagedSseEnabled: "true" } : {};
  return { QueueArn: arnOf(queue), ...Object.fromEntries(own), ...encrypted, ...counted(simulator, queue) };
}

/** The document of a queue policy that names the queue. */
function policyOf(simulator: Simulator, call: Call, queue: ServiceResource): Json | undefined {
  const policies = listResources(simulator, call, "AWS::SQS::QueuePolicy");
  return policies.find(({ properties }) => [properties.Queues].flat().includes(queue.id))?.properties.PolicyDocument;
}

const getQueueAttributes: Handler = (simulator, call) => {
  const queue = theQueue(simulator, call);
  const wanted = texts(call.input, "AttributeNames");
  const all = Object.entries(attributesOf(simulator, queue, policyOf(simulator, call, queue)));
  const chosen = all.filter(([name]) => wanted.includes("All") || wanted.includes(name));
  return chosen.length === 0 ? {} : { Attributes: Object.fromEntries(chosen) };
};

/** The attributes of a call, policies as objects. */
function given({ input }: Call): JsonObject {
  return Object.fromEntries(
    Object.entries((input.Attributes ?? {}) as JsonObject).map(([name, value]) => [
      name,
      DOCUMENTS.has(name) && typeof value === "string" && value !== "" ? documentIn(value) : value,
    ]),
  );
}

const DOCUMENTS: ReadonlySet<string> = new Set(["Policy", "RedriveAllowPolicy", "RedrivePolicy"]);

function documentIn(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new AwsError("InvalidParameterValue", "Value is not a valid JSON document.");
  }
}

const createQueue: Handler = (simulator, call) => {
  const name = text(call.input, "QueueName") ?? "";
  if (!/^[A-Za-z0-9_-]{1,80}$|^[A-Za-z0-9_-]{1,75}\.fifo$/.test(name)) {
    throw new AwsError(
      "InvalidParameterValue",
      "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length",
    );
  }
  const { region, account } = call.scope;
  const id = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  const attributes = given(call);
  const there = findResource(simulator, call, QUEUE, id);
  if (!there) {
    const tags = (call.input.tags ?? {}) as { readonly [key: string]: string };
    createResource(simulator, call, { type: QUEUE, id, properties: { QueueName: name, ...attributes }, tags });
    return { QueueUrl: id };
  }
  const now = attributesOf(simulator, there, undefined);
  const other = Object.keys(attributes).find((key) => now[key] !== written(attributes[key] ?? null));
  if (other !== undefined)
    throw new AwsError(
      "QueueNameExists",
      `A queue already exists with the same name and a different value for attribute ${other}`,
    );
  return { QueueUrl: id };
};

const setQueueAttributes: Handler = (simulator, call) => {
  const queue = theQueue(simulator, call);
  queue.properties = { ...queue.properties, ...given(call) };
  return {};
};

const listQueues: Handler = (simulator, call) => {
  const prefix = text(call.input, "QueueNamePrefix") ?? "";
  const found = listResources(simulator, call, QUEUE).filter(({ id }) =>
    (id.split("/").at(-1) ?? "").startsWith(prefix),
  );
  return found.length === 0 ? {} : { QueueUrls: found.map(({ id }) => id) };
};

const getQueueUrl: Handler = (simulator, call) => {
  const name = text(call.input, "QueueName");
  const found = listResources(simulator, call, QUEUE).find(({ id }) => id.split("/").at(-1) === name);
  if (!found) throw missing();
  return { QueueUrl: found.id };
};

/** Amazon SQS, API version 2012-11-05. */
export const SQS: Service = {
  protocol: PROTOCOL,
  operations: {
    ChangeMessageVisibility: (simulator, call) => hide(simulator, theQueue(simulator, call), call),
    CreateQueue: createQueue,
    DeleteMessage: (simulator, call) => {
      remove(theQueue(simulator, call), text(call.input, "ReceiptHandle") ?? "");
      return {};
    },
    DeleteMessageBatch: (simulator, call) => {
      const queue = theQueue(simulator, call);
      return batch(call.input, (entry) => {
        remove(queue, text(entry, "ReceiptHandle") ?? "");
        return {};
      });
    },
    DeleteQueue: (simulator, call) => {
      deleteResource(simulator, theQueue(simulator, call));
      return {};
    },
    GetQueueAttributes: getQueueAttributes,
    GetQueueUrl: getQueueUrl,
    ListQueues: listQueues,
    ListQueueTags: (simulator, call) => ({ Tags: { ...theQueue(simulator, call).tags } }),
    PurgeQueue: (simulator, call) => {
      delete theQueue(simulator, call).state.messages;
      return {};
    },
    ReceiveMessage: (simulator, call) => receive(simulator, theQueue(simulator, call), call),
    SendMessage: (simulator, call) => send(simulator, theQueue(simulator, call), call.input as JsonObject),
    SendMessageBatch: (simulator, call) => {
      const queue = theQueue(simulator, call);
      return batch(call.input, (entry) => send(simulator, queue, entry));
    },
    SetQueueAttributes: setQueueAttributes,
    TagQueue: (simulator, call) => {
      const queue = theQueue(simulator, call);
      queue.tags = { ...queue.tags, ...((call.input.Tags ?? {}) as { readonly [key: string]: string }) };
      return {};
    },
    UntagQueue: (simulator, call) => {
      removeTags(theQueue(simulator, call), texts(call.input, "TagKeys"));
      return {};
    },
  },
};
