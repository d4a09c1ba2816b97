import type { HttpRequest } from "./call.ts";
import { AwsError } from "./error.ts";
import { type HttpAnswer, jsonProtocol, queryProtocol } from "./protocol.ts";

/** The envelope that the client of a request expects, whatever service it is for. */
type Envelope = "json" | "query" | "rest-json" | "s3";

const REQUEST_ID = "00000000-0000-4000-a000-000000000000";

/** Found by headers, parameters and body. */
function envelopeOf({ headers, body, query, method }: HttpRequest): Envelope {
  const type = headers["content-type"] ?? "";
  if (headers["x-amz-target"] !== undefined || type.startsWith("application/x-amz-json")) return "json";
  if (query.has("Action") || (method === "POST" && body.subarray(0, 2048).toString("latin1").includes("Action=")))
    return "query";
  if (type.startsWith("application/x-www-form-urlencoded")) return "query";
  return type.startsWith("application/json") ? "rest-json" : "s3";
}

/** The answer to an unsigned request. */
export function unsignedAnswer(request: HttpRequest): HttpAnswer {
  const envelope = envelopeOf(request);
  if (envelope === "s3") return refusalAnswer(request, new AwsError("AccessDenied", "Access Denied", 403));
  if (envelope === "query")
    return refusalAnswer(
      request,
      new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", 403),
    );
  const status = envelope === "json" ? 400 : 403;
  return refusalAnswer(
    request,
    new AwsError("MissingAuthenticationTokenException", "Missing Authentication Token", status),
  );
}

/** AWS's error for an unknown service. */
export function unknownServiceError(request: HttpRequest, service: string): AwsError {
  const words = `A rehearsal has no service ${service}`;
  const envelope = envelopeOf(request);
  if (envelope === "query") return new AwsError("InvalidAction", words);
  return new AwsError("UnknownOperationException", words, envelope === "json" ? 400 : 404);
}

/** An error in the envelope that the request's client expects. */
export function refusalAnswer(request: HttpRequest, error: AwsError): HttpAnswer {
  const envelope = envelopeOf(request);
  if (envelope === "query") return queryProtocol("").refuse(error, REQUEST_ID);
  if (envelope !== "s3" || /^\/\d{4}-\d\d-\d\d\//.test(request.path))
    return jsonProtocol("1.1").refuse(error, REQUEST_ID);
  const { code, message, status } = error;
  return {
    status,
    headers: { "content-type": "application/xml" },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message><RequestId>${REQUEST_ID}</RequestId></Error>`,
  };
}
