import { Script } from "node:vm";
import type { JsonObject } from "../../template/types.ts";
import { rowsOf, textOf } from "../resources/properties.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HttpAnswer } from "../wire/protocol.ts";

type Values = { readonly [name: string]: { readonly value: string } };

/**
 * What a function is given and gives back (Amazon CloudFront Developer Guide, "CloudFront Functions event structure"); `search`
 * is what `rawQueryString()` tells it (same guide, "General helper methods").
 */
export type FunctionRequest = {
  readonly method: string;
  readonly uri: string;
  readonly headers: Values;
  readonly search?: string;
};
export type FunctionResponse = { readonly statusCode: number; readonly headers?: Values; readonly body?: unknown };

/** Milliseconds a function may run; AWS measures its use of the processor, and gives no figure of time. */
const PATIENCE = 100;

/** Headers as a function has them. */
export function valuesOf(headers: { readonly [name: string]: string }): Values {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { value }]));
}

/** Headers as they are sent. */
export function headersOf(values: Values | undefined): { readonly [name: string]: string } {
  return Object.fromEntries(Object.entries(values ?? {}).map(([name, { value }]) => [name, value]));
}

/**
 * What the function of a behaviour makes of a request or an answer: what it was given where there is no function. Its code
 * runs for itself, with JavaScript's own objects and nothing of Node. Answers 503 for one that fails, as CloudFront does
 * (Developer Guide, "HTTP 503 status code": CloudFront Functions).
 */
export function runFunction<Given extends { readonly request: FunctionRequest; readonly response?: FunctionResponse }>(
  simulator: Simulator,
  distribution: ServiceResource,
  { behaviour, when, given }: { readonly behaviour: JsonObject; readonly when: string; readonly given: Given },
): FunctionRequest | FunctionResponse | HttpAnswer {
  const arn = rowsOf(behaviour.FunctionAssociations).find(({ EventType }) => EventType === when)?.FunctionARN;
  const found = everyResource(simulator.state, "AWS::CloudFront::Function").find(({ id }) => id === arn);
  if (found === undefined) return given.response ?? given.request;
  const { search, ...request } = given.request;
  const event = {
    version: "1.0",
    context: { distributionId: distribution.id, eventType: when, requestId: "rehearsal" },
    viewer: { ip: "127.0.0.1" },
    ...given,
    request: { ...request, querystring: {}, cookies: {} },
  };
  try {
    const raw = `function () { return ${JSON.stringify(search)}; }`;
    const asked = `var event = ${JSON.stringify(event)}; event.request.rawQueryString = ${raw};`;
    const code = `${textOf(found.properties, "FunctionCode")}\n;${asked} JSON.stringify(handler(event))`;
    const result = new Script(code).runInNewContext(Object.create(null), { timeout: PATIENCE });
    return JSON.parse(String(result)) as FunctionRequest | FunctionResponse;
  } catch {
    return {
      status: 503,
      headers: { "content-type": "text/html", "x-cache": "FunctionExecutionError from cloudfront" },
      body: `The CloudFront function ${found.id} failed.\n`,
    };
  }
}
