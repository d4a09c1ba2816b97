import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { Scope } from "../state/state.ts";
import type { RequestSigner } from "./authorization.ts";
import type { HttpRequest, ResultValue } from "./call.ts";
import { AwsError } from "./error.ts";
import type { HttpAnswer } from "./protocol.ts";
import { readXml } from "./read-xml.ts";
import { type CallGuard, errorAnswer, type Handled } from "./service.ts";
import { element, escapeXml } from "./xml.ts";

/** A call of a REST service: the variable parts of its path, and its body. */
export type RestCall = {
  readonly scope: Scope;
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: HttpRequest["headers"];
  readonly body: { readonly [name: string]: unknown };
};

/** What an operation answers: the root element's name and content. */
export type RestAnswer = {
  readonly root: string;
  readonly value: ResultValue;
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
};

/** A route: `GET hostedzone/*` and the operation behind it. */
type Route = {
  readonly route: string;
  readonly operation: string;
  readonly handler: (simulator: Simulator, call: RestCall) => RestAnswer;
};

export type RestService = {
  /** The API versions that its paths begin with. */
  readonly prefixes: readonly string[];
  readonly namespace: string;
  /** Absent: XML. */
  readonly format?: "json";
  readonly routes: readonly Route[];
  readonly lists: readonly string[];
};

/** Answers a request to a REST service (Route 53, CloudFront; Lambda in JSON). */
export function handleRest(
  simulator: Simulator,
  service: RestService,
  signer: RequestSigner,
  http: HttpRequest,
  serial: number,
  guard: CallGuard,
): Handled {
  const requestId = uuid(simulator.state.seed, "rest request", serial);
  const path = http.path.split("/").filter((part) => part !== "");
  const found = service.prefixes.includes(path[0] ?? "")
    ? match(service.routes, http.method, path.slice(1))
    : undefined;
  const operation = found?.route.operation ?? "Unknown";
  try {
    guard(operation);
    if (!found) throw new AwsError("UnknownOperationException", `${http.method} ${http.path} is not known here`, 404);
    const { account, region } = signer;
    const call: RestCall = {
      scope: { account, region },
      parts: found.parts,
      query: http.query,
      headers: http.headers,
      body: service.format === "json" ? {} : readXml(http.body, service.lists),
    };
    return { operation, answer: written(service, found.route.handler(simulator, call), requestId) };
  } catch (error) {
    return errorAnswer(operation, error, (one) => refusal(service, one, requestId));
  }
}

function match(
  routes: readonly Route[],
  method: string,
  path: readonly string[],
): { readonly route: Route; readonly parts: readonly string[] } | undefined {
  for (const route of routes) {
    const [verb, pattern = ""] = route.route.split(" ");
    const wanted = pattern.split("/");
    if (verb !== method || wanted.length !== path.length) continue;
    if (wanted.every((part, i) => part === "*" || part === path[i])) {
      return { route, parts: path.filter((_, i) => wanted[i] === "*").map(decodeURIComponent) };
    }
  }
  return undefined;
}

function written(
  service: RestService,
  { root, value, status = 200, headers }: RestAnswer,
  requestId: string,
): HttpAnswer {
  if (service.format === "json") return { status, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) };
  const body =
    value === undefined
      ? ""
      : `<?xml version="1.0" encoding="UTF-8"?>\n${element(root, value, "member", ` xmlns="${service.namespace}"`)}`;
  return { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId, ...headers }, body };
}

const JSON_TYPE = { "content-type": "application/json" };

function refusal(service: RestService, { code, message, status }: AwsError, requestId: string): HttpAnswer {
  if (service.format === "json") {
    const body = JSON.stringify({ Type: "User", Message: message });
    return { status, headers: { ...JSON_TYPE, "x-amzn-errortype": code }, body };
  }
  return {
    status,
    headers: { "content-type": "text/xml" },
    body: `<?xml version="1.0"?>\n<ErrorResponse xmlns="${service.namespace}"><Error><Type>Sender</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
  };
}
