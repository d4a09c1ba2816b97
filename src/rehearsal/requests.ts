import { AstroError, reasonOf } from "../errors.ts";
import { handleSignal } from "./cloudformation/api/signals.ts";
import { advance } from "./engine/advance.ts";
import { lookAgain } from "./engine/waiting.ts";
import { actAfter } from "./faults/concurrent-actors.ts";
import type { Journal } from "./journal.ts";
import type { Rates } from "./rates.ts";
import { REST_SERVICES, serviceFor } from "./service-table.ts";
import { handleS3 } from "./services/s3/s3.ts";
import type { SimulatedClock } from "./simulated-clock.ts";
import type { CallEffect } from "./state/faults.ts";
import type { Simulator } from "./state/simulator.ts";
import type { Store } from "./storage/store.ts";
import { type RequestSigner, signerOf } from "./wire/authorization.ts";
import type { HttpRequest, Input } from "./wire/call.ts";
import { callEffect, strike } from "./wire/call-faults.ts";
import { AwsError, Interrupted } from "./wire/error.ts";
import { checkOwnership } from "./wire/ownership.ts";
import type { HttpAnswer } from "./wire/protocol.ts";
import { handleRest } from "./wire/rest-xml.ts";
import { type CallGuard, type Handled, handle } from "./wire/service.ts";
import { refusal, unknownService, unsigned } from "./wire/unsigned-requests.ts";

/** Operations that change nothing need not be kept. */
const READING = /^(BatchCheck|BatchGet|Describe|Estimate|Filter|Get|Head|List|Query|Scan|Select|Validate)/;

/** What a rehearsal is told, and how often calls may come. */
export type RequestLog = {
  /** How often each `service:Operation` was asked for. */
  readonly requests: Map<string, number>;
  readonly journal: Journal;
  readonly rates: Rates;
  /** Whether something happened by itself, between requests, that is not kept yet. */
  unkept: boolean;
};

/** Answers requests one after the other, each at its virtual time; what changed is kept before the answer leaves. */
export function answerer(
  simulator: Simulator,
  store: Store,
  clock: SimulatedClock,
  notes: RequestLog,
): (request: HttpRequest) => HttpAnswer {
  let serial = 0;
  return (request) => {
    serial += 1;
    try {
      store.check();
      return answer(simulator, store, clock, notes, request, serial);
    } catch (error) {
      // Nothing that nobody keeps is told; a client must not try it again.
      if (store.lost.aborted) return refusal(request, new AwsError("RehearsalLost", reasonOf(store.lost.reason), 400));
      if (error instanceof AstroError) return refusal(request, new AwsError("RehearsalNotKept", error.message, 400));
      if (error instanceof Interrupted) return { status: 0, headers: {}, body: "", cut: 0 };
      notes.journal.call({ name: `${request.method} ${request.path}`, failure: error });
      return refusal(request, new AwsError("InternalFailure", reasonOf(error), 500));
    } finally {
      notes.journal.stacks();
    }
  };
}

function answer(
  simulator: Simulator,
  store: Store,
  clock: SimulatedClock,
  notes: RequestLog,
  request: HttpRequest,
  serial: number,
): HttpAnswer {
  if (advance(simulator, clock.now())) notes.unkept = true;
  notes.journal.stacks();
  const signalled = handleSignal(simulator, request);
  if (signalled) {
    store.save();
    clock.stir();
    return signalled;
  }
  const signer = signerOf(request, simulator.state.account);
  if (!signer) {
    notes.journal.call({ name: `${request.method} ${request.path}`, code: "unsigned", message: "nobody signed it" });
    return unsigned(request);
  }
  let effect: CallEffect | undefined;
  const gate: CallGuard = (operation, input) => {
    effect = callEffect(simulator.faults, signer.service, operation);
    if (effect === "reset") notes.journal.call({ name: `${signer.service}:${operation}`, effect });
    strike(effect, envelopeFor(signer, request));
    notes.rates(signer, operation, READING.test(operation), simulator.state.now);
    if (input) checkOwnership(signer, operation, input);
    const due = input && draftDue(simulator, operation, input);
    if (due === undefined) return;
    clock.await(due);
    advance(simulator, clock.now());
    notes.unkept = true;
  };
  const { operation, answer, input, ...ended } = handled(simulator, signer, request, serial, gate);
  const name = `${signer.service}:${operation}`;
  notes.requests.set(name, (notes.requests.get(name) ?? 0) + 1);
  notes.journal.call({ name, by: signer.accessKey, stack: stackIn(input), effect, ...ended });
  if (input && ended.code === undefined) {
    const { service, account, region } = signer;
    const told = actAfter(simulator, { service, operation, scope: { account, region }, input, http: request });
    for (const words of told) notes.journal.say(words);
  }
  if (READING.test(operation)) {
    // Whoever has seen something must not see it undone when a rehearsal that was killed is taken up again.
    if (notes.unkept) store.saveTime();
    clock.look();
  } else {
    lookAgain(simulator);
    store.save();
    clock.stir();
  }
  notes.unkept = false;
  if (effect === "reset-after") return { ...answer, cut: 0 };
  return effect === "truncated" ? { ...answer, cut: Math.ceil(answer.body.length / 2) } : answer;
}

/** The name of the stack that a call is about. */
function stackIn(input: Input | undefined): string | undefined {
  const name = input?.StackName;
  return typeof name === "string" ? (name.split(":stack/")[1]?.split("/")[0] ?? name) : undefined;
}

/** When the change set that is asked about will be worked out: nobody asks but who waits for it. */
function draftDue({ state }: Simulator, operation: string, { ChangeSetName: wanted }: Input): number | undefined {
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
  gate: CallGuard,
): Handled {
  if (signer.service === "s3") return handleS3(simulator, signer, request, serial, gate);
  const rest = REST_SERVICES[signer.service];
  if (rest) return handleRest(simulator, rest, signer, request, serial, gate);
  const service = serviceFor(signer.service, request);
  if (service) return handle(simulator, service, signer, request, serial, gate);
  const error = unknownService(request, signer.service);
  const operation = request.headers["x-amz-target"]?.split(".").at(-1) ?? `${request.method} ${request.path}`;
  return { operation, answer: refusal(request, error), code: error.code, message: error.message };
}
