import { Interrupted } from "../faults.ts";
import { uuid } from "../hash.ts";
import type { Stage } from "../stage.ts";
import type { Signer } from "./authorization.ts";
import type { Call, HttpRequest, Input } from "./call.ts";
import { checkLimits } from "./constraints.ts";
import { AwsError } from "./error.ts";
import type { HttpAnswer, Service } from "./protocol.ts";

/** A request that was answered: what it asked for, and the code of the refusal, if it was one. */
export type Handled = {
  readonly operation: string;
  readonly answer: HttpAnswer;
  readonly code?: string;
  readonly message?: string;
  /** Its parameters, where they could be read. */
  readonly input?: Input;
  readonly failure?: unknown;
};

/** Looks at a call before it is carried out; throws to keep it from that. */
export type Gate = (operation: string, input?: Input) => void;

/** Lets a service of the Query or JSON kind answer a request. */
export function handle(
  stage: Stage,
  service: Service,
  signer: Signer,
  http: HttpRequest,
  serial: number,
  gate: Gate,
): Handled {
  const { protocol, operations } = service;
  const requestId = uuid(stage.world.seed, "request", serial);
  let operation = "";
  try {
    const read = protocol.read(http);
    operation = read.operation;
    gate(operation, read.input);
    const handler = operations[operation];
    if (!handler) throw unknownOperation(protocol.unknown, operation);
    checkLimits(read.input, service.limits?.[operation] ?? {});
    const { account, region } = signer;
    const call: Call = {
      service: signer.service,
      operation,
      place: { account, region },
      input: read.input,
      requestId,
      http,
    };
    const { input } = call;
    return { operation, input, answer: protocol.answer(operation, handler(stage, call), requestId) };
  } catch (error) {
    if (error instanceof Interrupted) throw error;
    const refused = error instanceof AwsError ? error : new AwsError("InternalFailure", String(error), 500);
    return {
      operation,
      answer: protocol.refuse(refused, requestId),
      code: refused.code,
      message: refused.message,
      ...(error !== refused && { failure: error }),
    };
  }
}

function unknownOperation(code: string, operation: string): AwsError {
  const words =
    code === "InvalidAction" ? `Could not find operation ${operation}` : `The operation ${operation} is not known here`;
  return new AwsError(code, words);
}
