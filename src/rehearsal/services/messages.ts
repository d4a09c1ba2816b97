import { createHash } from "node:crypto";
import type { Json, JsonObject } from "../../template/types.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, structures, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { seconds } from "./common/resources.ts";

/** A message in a queue: `visible` is when it may be received (simulated milliseconds). */
type Message = {
  readonly id: string;
  readonly body: string;
  readonly sent: number;
  readonly visible: number;
  readonly received: number;
  readonly receipt?: string;
  readonly attributes?: Json;
};

function messagesIn(queue: ServiceResource): readonly Message[] {
  return (queue.state.messages ?? []) as unknown as readonly Message[];
}

function keep(queue: ServiceResource, messages: readonly Message[]): void {
  queue.state.messages = messages as unknown as Json;
}

const md5 = (body: string) => createHash("md5").update(body).digest("hex");

/** Puts a message into a queue, with the parameters of SendMessage. */
export function send(simulator: Simulator, queue: ServiceResource, input: JsonObject): CallResult {
  const { state } = simulator;
  state.serial += 1;
  const body = text(input, "MessageBody") ?? "";
  if (body === "") throw new AwsError("MissingParameter", "The request must contain the parameter MessageBody.");
  const delay = Number(input.DelaySeconds ?? queue.properties.DelaySeconds ?? 0);
  const message: Message = {
    id: uuid(state.seed, queue.id, "message", state.serial),
    body,
    sent: state.now,
    visible: state.now + delay * 1000,
    received: 0,
    ...(input.MessageAttributes !== undefined && { attributes: input.MessageAttributes }),
  };
  keep(queue, [...messagesIn(queue), message]);
  return { MessageId: message.id, MD5OfMessageBody: md5(body) };
}

/** Receives visible messages, and hides them for the visibility timeout. */
export function receive(simulator: Simulator, queue: ServiceResource, { input }: Call): CallResult {
  const { now, seed } = simulator.state;
  const hidden = Number(input.VisibilityTimeout ?? queue.properties.VisibilityTimeout ?? 30) * 1000;
  const found = messagesIn(queue)
    .filter(({ visible }) => visible <= now)
    .slice(0, Number(input.MaxNumberOfMessages ?? 1))
    .map(
      (one): Message => ({
        ...one,
        visible: now + hidden,
        received: one.received + 1,
        receipt: uuid(seed, one.id, one.received),
      }),
    );
  keep(
    queue,
    messagesIn(queue).map((one) => found.find(({ id }) => id === one.id) ?? one),
  );
  if (found.length === 0) return {};
  return {
    Messages: found.map(({ id, body, receipt, sent, received, attributes }) => ({
      MessageId: id,
      ReceiptHandle: receipt,
      Body: body,
      MD5OfBody: md5(body),
      Attributes: { SentTimestamp: String(sent), ApproximateReceiveCount: String(received) },
      ...(attributes !== undefined && { MessageAttributes: attributes }),
    })),
  };
}

/** Deletes the message of a receipt handle; succeeds if it is gone already. */
export function remove(queue: ServiceResource, receipt: string): void {
  keep(
    queue,
    messagesIn(queue).filter((one) => one.receipt !== receipt),
  );
}

/** Changes the visibility timeout of a received message (seconds). */
export function hide(simulator: Simulator, queue: ServiceResource, { input }: Call): CallResult {
  const [receipt, timeout] = [text(input, "ReceiptHandle"), Number(input.VisibilityTimeout ?? 0)];
  const visible = simulator.state.now + timeout * 1000;
  keep(
    queue,
    messagesIn(queue).map((one) => (one.receipt === receipt ? { ...one, visible } : one)),
  );
  return {};
}

/** A batch call: the result of each entry, by its id. */
export function batch(input: Call["input"], work: (entry: JsonObject) => CallResult): CallResult {
  const entries = structures(input, "Entries");
  return { Successful: entries.map((entry) => ({ Id: String(entry.Id), ...work(entry) })), Failed: [] };
}

/** The queue's message counts, as GetQueueAttributes shows them. */
export function counted(simulator: Simulator, queue: ServiceResource): { readonly [name: string]: string } {
  const all = messagesIn(queue);
  const waiting = all.filter(({ visible, received }) => visible > simulator.state.now && received === 0).length;
  const hidden = all.filter(({ visible, received }) => visible > simulator.state.now && received > 0).length;
  return {
    ApproximateNumberOfMessages: String(all.length - waiting - hidden),
    ApproximateNumberOfMessagesDelayed: String(waiting),
    ApproximateNumberOfMessagesNotVisible: String(hidden),
    CreatedTimestamp: String(Math.floor(seconds(queue.created))),
    LastModifiedTimestamp: String(Math.floor(seconds(queue.created))),
  };
}
