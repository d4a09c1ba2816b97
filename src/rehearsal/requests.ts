import { AstroError, reasonOf } from "../errors.ts";
import { handleSignal } from "./cloudformation/api/signals.ts";
import { advance } from "./engine/advance.ts";
import { recheckWaitingTasks } from "./engine/recheck.ts";
import { runConcurrentActors } from "./faults/concurrent-actors.ts";
import type { Journal } from "./journal.ts";
import type { Rates } from "./rates.ts";
import { REST_SERVICES, serviceFor } from "./service-table.ts";
import { handleRegistry, isOfRegistry } from "./services/oci/registry.ts";
import { handleS3 } from "./services/s3/s3.ts";
import type { SimulatedClock } from "./simulated-clock.ts";
import type { CallEffect } from "./state/faults.ts";
import type { Simulator } from "./state/simulator.ts";
import type { Store } from "./storage/store.ts";
import { type RequestSigner, signerOf } from "./wire/authorization.ts";
import type { HttpRequest, Input } from "./wire/call.ts";
import { applyCallFault, callEffect } from "./wire/call-faults.ts";
import { AwsError, Interrupted } from "./wire/error.ts";
import { checkOwnership } from "./wire/ownership.ts";
import type { HttpAnswer } from "./wire/protocol.ts";
import { handleRest } from "./wire/rest-xml.ts";
import { type CallGuard, type Handled, handle } from "./wire/service.ts";
import { refusalAnswer, unknownServiceError, unsignedAnswer } from "./wire/unsigned-requests.ts";

/** Operations that change nothing do not save the state. */
const READING = /^(BatchCheck|BatchGet|Describe|Estimate|Filter|Get|Head|List|Query|Scan|Select|Validate)/;

/** What is recorded of requests, and the limits on their rate. */
export type RequestLog = {
  /** Number of calls of each `service:Operation`. */
  readonly requests: Map<string, number>;
  readonly journal: Journal;
  readonly rates: Rates;
  /** Whether something happened between requests that is not saved yet. */
  unsaved: boolean;
};

/** Answers requests one after the other, each at its simulated time; changes are saved before the answer is sent. */
export function requestHandler(
  simulator: Simulator,
  store: Store,
  clock: SimulatedClock,
  log: RequestLog,
): (request: HttpRequest) => HttpAnswer {
  let serial = 0;
  return (request) => {
    serial += 1;
    try {
      store.check();
      return answer(simulator, store, clock, log, request, serial);
    } catch (error) {
      // An answer whose changes are not saved must not be sent, nor retried by the client.
      if (store.lost.aborted)
        return refusalAnswer(request, new AwsError("RehearsalLost", reasonOf(store.lost.reason), 400));
      if (error instanceof AstroError)
        return refusalAnswer(request, new AwsError("RehearsalNotKept", error.message, 400));
      if (error instanceof Interrupted) return { status: 0, headers: {}, body: "", cut: 0 };
      log.journal.call({ name: `${request.method} ${request.path}`, failure: error });
      return refusalAnswer(request, new AwsError("InternalFailure", reasonOf(error), 500));
    } finally {
      log.journal.stacks();
    }
  };
}

function answer(
  simulator: Simulator,
  store: Store,
  clock: SimulatedClock,
  log: RequestLog,
  request: HttpRequest,
  serial: number,
): HttpAnswer {
  if (advance(simulator, clock.now())) log.unsaved = true;
  log.journal.stacks();
  const signalled = handleSignal(simulator, request);
  if (signalled) {
    store.save();
    clock.stateChanged();
    return signalled;
  }
  const signed = signerOf(request, simulator.state.account);
  // A registry's client signs nothing: it has a token instead.
  const signer = signed ?? (isOfRegistry(request) ? registryClient(simulator) : undefined);
  if (!signer) {
    log.journal.call({
      name: `${request.method} ${request.path}`,
      code: "unsigned",
      message: "the request is not signed",
    });
    return unsignedAnswer(request);
  }
  let effect: CallEffect | undefined;
  const guard: CallGuard = (operation, input) => {
    effect = callEffect(simulator.faults, signer.service, operation);
    if (effect === "reset") log.journal.call({ name: `${signer.service}:${operation}`, effect });
    applyCallFault(effect, envelopeFor(signer, request));
    log.rates(signer, operation, READING.test(operation), simulator.state.now);
    if (input) checkOwnership(signer, operation, input);
    const due = input && changeSetDue(simulator, operation, input);
    if (due === undefined) return;
    clock.waitUntil(due);
    advance(simulator, clock.now());
    log.unsaved = true;
  };
  const { operation, answer, input, ...ended } = signed
    ? handled(simulator, signed, request, serial, guard)
    : handleRegistry(simulator, request, guard);
  const name = `${signer.service}:${operation}`;
  log.requests.set(name, (log.requests.get(name) ?? 0) + 1);
  log.journal.call({ name, by: signer.accessKey, stack: stackIn(input), effect, ...ended });
  if (input && ended.code === undefined) {
    const { service, account, region } = signer;
    const lines = runConcurrentActors(simulator, {
      service,
      operation,
      scope: { account, region },
      input,
      http: request,
    });
    for (const line of lines) log.journal.say(line);
  }
  if (READING.test(operation)) {
    // What a client has seen must not be undone when a killed rehearsal is resumed.
    if (log.unsaved) store.saveTime();
    clock.stateRead();
  } else {
    recheckWaitingTasks(simulator);
    store.save();
    clock.stateChanged();
  }
  log.unsaved = false;
  if (effect === "reset-after") return { ...answer, cut: 0 };
  return effect === "truncated" ? { ...answer, cut: Math.ceil(answer.body.length / 2) } : answer;
}

/** Who asks as a client of registries: whose registry it is, the token says. */
function registryClient({ state: { account } }: Simulator): RequestSigner {
  return { accessKey: "AWS", service: "ecr", account, region: "" };
}

/** The name of the stack that a call is about. */
function stackIn(input: Input | undefined): string | undefined {
  const name = input?.StackName;
  return typeof name === "string" ? (name.split(":stack/")[1]?.split("/")[0] ?? name) : undefined;
}

/** When the change set that is described will be created; a client that asks is waiting for it. */
function changeSetDue({ state }: Simulator, operation: string, { ChangeSetName: wanted }: Input): number | undefined {
  if (operation !== "DescribeChangeSet") return undefined;
  const all = state.stacks.flatMap(({ changeSets }) => changeSets);
  return all.find(({ id, name, due }) => (id === wanted || name === wanted) && due > state.now)?.due;
}

function envelopeFor({ service }: RequestSigner, request: HttpRequest): "query" | "json" | "s3" {
  if (service === "s3") return "s3";
  return request.headers["x-amz-target"] === undefined ? "query" : "json";
}

function handled(
  simulator: Simulator,
  signer: RequestSigner,
  request: HttpRequest,
  serial: number,
  guard: CallGuard,
): Handled {
  if (signer.service === "s3") return handleS3(simulator, signer, request, serial, guard);
  const rest = REST_SERVICES[signer.service];
  if (rest) return handleRest(simulator, rest, signer, request, serial, guard);
  const service = serviceFor(signer.service, request);
  if (service) return handle(simulator, service, signer, request, serial, guard);
  const error = unknownServiceError(request, signer.service);
  const operation = request.headers["x-amz-target"]?.split(".").at(-1) ?? `${request.method} ${request.path}`;
  return { operation, answer: refusalAnswer(request, error), code: error.code, message: error.message };
}
