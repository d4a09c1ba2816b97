import { reasonOf } from "../errors.ts";
import { handleSignal } from "./cloudformation/api/signals.ts";
import { advance } from "./engine/advance.ts";
import { type CallEffect, callEffect, Interrupted, strike } from "./faults.ts";
import type { Pace } from "./pace.ts";
import { handleS3 } from "./services/s3/s3.ts";
import { REST_SERVICES, SERVICES } from "./services/services.ts";
import type { Stage } from "./stage.ts";
import type { Store } from "./store.ts";
import { type Signer, signerOf } from "./wire/authorization.ts";
import type { HttpRequest } from "./wire/call.ts";
import { AwsError } from "./wire/error.ts";
import { type HttpAnswer, jsonProtocol, queryProtocol } from "./wire/protocol.ts";
import { handleRest } from "./wire/rest-xml.ts";
import { type Gate, type Handled, handle } from "./wire/service.ts";

/** Operations that change nothing need not be kept. */
const READING = /^(BatchCheck|BatchGet|Describe|Estimate|Filter|Get|Head|List|Query|Scan|Select|Validate)/;

/** What a rehearsal notes of the requests it answers. */
export type Notes = {
  /** How often each `service:Operation` was asked for. */
  readonly requests: Map<string, number>;
  /** Takes a line on what a rehearsal does not know or did wrong. */
  readonly log: (line: string) => void;
};

/** Answers requests one after the other, each at its virtual time; what changed is kept before the answer leaves. */
export function answerer(stage: Stage, store: Store, pace: Pace, notes: Notes): (request: HttpRequest) => HttpAnswer {
  let serial = 0;
  return (request) => {
    serial += 1;
    try {
      return answer(stage, store, pace, notes, request, serial);
    } catch (error) {
      if (error instanceof Interrupted) return { status: 0, headers: {}, body: "", cut: 0 };
      notes.log(`${request.method} ${request.path}: ${error instanceof Error ? error.stack : reasonOf(error)}`);
      return refusal(request, new AwsError("InternalFailure", reasonOf(error), 500));
    }
  };
}

function answer(
  stage: Stage,
  store: Store,
  pace: Pace,
  notes: Notes,
  request: HttpRequest,
  serial: number,
): HttpAnswer {
  const happened = advance(stage, pace.now());
  const signalled = handleSignal(stage, request);
  if (signalled) {
    store.save();
    pace.stir();
    return signalled;
  }
  const signer = signerOf(request, stage.world.account);
  if (!signer)
    return refusal(request, new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403));
  let effect: CallEffect | undefined;
  const gate: Gate = (operation) => {
    effect = callEffect(stage.faults, signer.service, operation);
    strike(effect, envelopeOf(signer, request));
  };
  const { operation, answer, code, failure } = handled(stage, signer, request, serial, gate);
  const name = `${signer.service}:${operation}`;
  notes.requests.set(name, (notes.requests.get(name) ?? 0) + 1);
  if (failure !== undefined) notes.log(`${name}: ${failure instanceof Error ? failure.stack : reasonOf(failure)}`);
  else if (UNKNOWN.has(code ?? "")) notes.log(`${name} is not one that a rehearsal knows`);
  if (!READING.test(operation)) {
    store.save();
    pace.stir();
  } else if (happened) store.saveTime();
  if (effect === "reset-after") return { ...answer, cut: 0 };
  return effect === "truncated" ? { ...answer, cut: Math.ceil(answer.body.length / 2) } : answer;
}

function envelopeOf({ service }: Signer, request: HttpRequest): "query" | "json" | "s3" {
  if (service === "s3") return "s3";
  return request.headers["x-amz-target"] === undefined ? "query" : "json";
}

const UNKNOWN: ReadonlySet<string> = new Set(["InvalidAction", "NotImplemented", "UnknownOperationException"]);

function handled(stage: Stage, signer: Signer, request: HttpRequest, serial: number, gate: Gate): Handled {
  if (signer.service === "s3") return handleS3(stage, signer, request, serial, gate);
  const rest = REST_SERVICES[signer.service];
  if (rest) return handleRest(stage, rest, signer, request, serial, gate);
  const service = SERVICES[signer.service];
  if (service) return handle(stage, service, signer, request, serial, gate);
  const isQuery = request.headers["x-amz-target"] === undefined;
  const error = new AwsError(
    isQuery ? "InvalidAction" : "UnknownOperationException",
    `A rehearsal has no service ${signer.service}`,
  );
  return { operation: "Unknown", answer: refusal(request, error), code: error.code };
}

/** A refusal in the envelope that a client of this kind expects. */
function refusal(request: HttpRequest, error: AwsError): HttpAnswer {
  const protocol = request.headers["x-amz-target"] === undefined ? queryProtocol("") : jsonProtocol("1.1");
  return protocol.refuse(error, "00000000-0000-4000-a000-000000000000");
}
