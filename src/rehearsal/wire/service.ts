import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { RequestSigner } from "./authorization.ts";
import type { Call, HttpRequest, Input } from "./call.ts";
import { checkLimits } from "./constraints.ts";
import { AwsError, Interrupted } from "./error.ts";
import type { HttpAnswer, Service } from "./protocol.ts";

/** An answered request: its operation, and the error code if it failed. */
export type Handled = {
  readonly operation: string;
  readonly answer: HttpAnswer;
  readonly code?: string;
  readonly message?: string;
  /** Its parameters, where they could be read. */
  readonly input?: Input;
  readonly failure?: unknown;
};

/** Checks a call before it is executed; throws to refuse it. */
export type CallGuard = (operation: string, input?: Input) => void;

/** Answers a request to a service of the Query or JSON protocol. */
export function handle(
  simulator: Simulator,
  service: Service,
  signer: RequestSigner,
  http: HttpRequest,
  serial: number,
  guard: CallGuard,
): Handled {
  const { protocol, operations } = service;
  const requestId = uuid(simulator.state.seed, "request", serial);
  let operation = "";
  try {
    const read = protocol.read(http);
    operation = read.operation;
    guard(operation, read.input);
    const handler = operations[operation];
    if (!handler) throw unknownOperation(protocol.unknown, operation);
    checkLimits(read.input, service.limits?.[operation] ?? {});
    const { account, region } = signer;
    const call: Call = {
      service: signer.service,
      operation,
      scope: { account, region },
      input: read.input,
      requestId,
      http,
    };
    const { input } = call;
    return { operation, input, answer: protocol.answer(operation, handler(simulator, call), requestId) };
  } catch (error) {
    return errorAnswer(operation, error, (refusal) => protocol.refuse(refusal, requestId));
  }
}

/** An error in the service's envelope; other than AWS errors are internal failures. */
export function errorAnswer(
  operation: string,
  error: unknown,
  envelope: (refusal: AwsError) => HttpAnswer,
  failure = "InternalFailure",
): Handled {
  if (error instanceof Interrupted) throw error;
  const refusal = error instanceof AwsError ? error : new AwsError(failure, String(error), 500);
  const { code, message } = refusal;
  return { operation, answer: envelope(refusal), code, message, ...(error !== refusal && { failure: error }) };
}

function unknownOperation(code: string, operation: string): AwsError {
  const words =
    code === "InvalidAction" ? `Could not find operation ${operation}` : `The operation ${operation} is not known here`;
  return new AwsError(code, words);
}
