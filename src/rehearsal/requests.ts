import { advance } from "./engine/advance.ts";
import type { Pace } from "./pace.ts";
import { handleS3 } from "./services/s3/s3.ts";
import { SERVICES } from "./services/services.ts";
import type { Stage } from "./stage.ts";
import type { Store } from "./store.ts";
import { signerOf } from "./wire/authorization.ts";
import type { HttpRequest } from "./wire/call.ts";
import { AwsError } from "./wire/error.ts";
import type { HttpAnswer } from "./wire/protocol.ts";
import { queryProtocol } from "./wire/protocol.ts";
import { type Handled, handle } from "./wire/service.ts";

/** Operations that change nothing need not be kept. */
const READING = /^(BatchCheck|BatchGet|Describe|Detect|Estimate|Filter|Get|Head|List|Query|Scan|Select|Validate)/;

/** Answers requests one after the other, each at its virtual time; what changed is kept before the answer leaves. */
export function answerer(
  stage: Stage,
  store: Store,
  pace: Pace,
  requests: Map<string, number>,
): (request: HttpRequest) => HttpAnswer {
  let serial = 0;
  return (request) => {
    serial += 1;
    const happened = advance(stage, pace.now());
    const signer = signerOf(request, stage.world.account);
    if (!signer) return unsigned();
    const { operation, answer } = handled(stage, signer, request, serial);
    const name = `${signer.service}:${operation}`;
    requests.set(name, (requests.get(name) ?? 0) + 1);
    if (!READING.test(operation)) {
      store.save();
      pace.stir();
    } else if (happened) store.saveTime();
    return answer;
  };
}

function handled(
  stage: Stage,
  signer: NonNullable<ReturnType<typeof signerOf>>,
  request: HttpRequest,
  serial: number,
): Handled {
  if (signer.service === "s3") return handleS3(stage, signer, request, serial);
  const service = SERVICES[signer.service];
  if (service) return handle(stage, service, signer, request, serial);
  const error = new AwsError("UnknownService", `A rehearsal has no service ${signer.service}`, 404);
  return { operation: "Unknown", answer: queryProtocol("").refuse(error, "0"), code: error.code };
}

function unsigned(): HttpAnswer {
  const error = new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403);
  return queryProtocol("").refuse(error, "0");
}
