import type { JsonObject } from "../../template/types.ts";
import { listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { HttpRequest } from "../wire/call.ts";
import type { HttpAnswer } from "../wire/protocol.ts";
import { balancerAnswer, balancerAt } from "./balancer.ts";
import { bucketAt, objectAnswer } from "./bucket-origin.ts";
import { cached, keep } from "./cache.ts";
import { type FunctionRequest, type FunctionResponse, headersOf, runFunction, valuesOf } from "./functions.ts";
import { cachedFor, withPolicy } from "./policies.ts";

const DISTRIBUTION = "AWS::CloudFront::Distribution";

/** Whether a request came by HTTPS; whoever asks by plain HTTP says so in this header, as behind a load balancer. */
const schemeOf = ({ headers }: HttpRequest) => (headers["x-forwarded-proto"] === "http" ? "http" : "https");

const hostOf = ({ headers }: HttpRequest) => (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();

const searchOf = ({ search }: HttpRequest) => (search === undefined ? "" : `?${search}`);

const configOf = ({ properties }: ServiceResource) => partOf(properties.DistributionConfig);

/** The header of an answer that says that no such name leads anywhere: nobody would have answered. */
const NOBODY = "x-rehearsal-nobody";

/**
 * What the internet would answer: a distribution or a load balancer by the name it is asked for, or the only distribution
 * there is where that is this machine's own.
 */
export function edgeAnswer(simulator: Simulator, request: HttpRequest): HttpAnswer {
  const host = hostOf(request);
  const all = everyResource(simulator.state, DISTRIBUTION);
  const named = all.find((one) => namesOf(one).includes(host) || host.split(".")[0] === one.id.toLowerCase());
  const isHere = /^(127\.0\.0\.1|\[::1\]|localhost)$/.test(host);
  const distribution = named ?? (isHere && all.length === 1 ? all[0] : undefined);
  if (distribution) return distributionAnswer(simulator, distribution, request);
  if (isHere) return overview(all, request);
  const balancer = balancerAt(simulator, host);
  const isInside = balancer !== undefined && textOf(balancer.properties, "Scheme") === "internal";
  const { path, headers } = request;
  const answer =
    balancer && !isInside
      ? balancerAnswer(simulator, balancer, { scheme: schemeOf(request), host, path, headers })
      : undefined;
  return (
    answer ?? {
      status: 421,
      headers: { [NOBODY]: balancer ? "ECONNREFUSED" : "ENOTFOUND" },
      body: `nobody is at ${host}\n`,
    }
  );
}

/** The names that lead to a distribution: its own, and its aliases. */
function namesOf(one: ServiceResource): readonly string[] {
  return [textOf(one.attributes, "DomainName"), ...listOf(configOf(one), "Aliases")].map((name) => name.toLowerCase());
}

/** A page for a person where it is not clear what is asked for. */
function overview(all: readonly ServiceResource[], { headers }: HttpRequest): HttpAnswer {
  const port = /:(\d+)$/.exec(headers.host ?? "")?.[1] ?? "80";
  const rows = all.map((one) => {
    const url = `http://${one.id.toLowerCase()}.localhost:${port}/`;
    return `<li><a href="${url}">${url}</a> ${namesOf(one).join(", ")}`;
  });
  const words = rows.length === 0 ? "<p>There is no distribution yet." : `<ul>${rows.join("")}</ul>`;
  return {
    status: rows.length === 0 ? 404 : 300,
    headers: { "content-type": "text/html; charset=utf-8" },
    body: `<!doctype html><title>rehearsal</title><h1>Distributions of the rehearsal</h1>${words}\n`,
  };
}

function distributionAnswer(simulator: Simulator, distribution: ServiceResource, request: HttpRequest): HttpAnswer {
  const config = configOf(distribution);
  const root = textOf(config, "DefaultRootObject");
  const behaviour = behaviourFor(config, request.path);
  if (schemeOf(request) === "http" && textOf(behaviour, "ViewerProtocolPolicy") === "redirect-to-https") {
    return ended(
      { status: 301, headers: { location: `https://${hostOf(request)}${request.path}${searchOf(request)}` }, body: "" },
      "Redirect",
    );
  }
  const methods = listOf(behaviour, "AllowedMethods");
  if (!(methods.length === 0 ? ["GET", "HEAD"] : methods).includes(request.method)) {
    const words =
      "This distribution is not configured to allow the HTTP request method that was used for this request.";
    return ended({ status: 403, headers: { "content-type": "text/html" }, body: words }, "Error");
  }
  const { method, path, search } = request;
  const asked: FunctionRequest = {
    method,
    uri: path,
    headers: valuesOf(request.headers),
    ...(search !== undefined && { search }),
  };
  const seen = runFunction(simulator, distribution, { behaviour, when: "viewer-request", given: { request: asked } });
  if ("status" in seen) return seen;
  if ("statusCode" in seen) return ended(answerOf(seen), "LambdaGeneratedResponse");
  // The root's own name comes after the function (Developer Guide, "Specify a default root object").
  const uri = seen.uri === "/" && root !== "" ? `/${root}` : seen.uri;
  const { answer, how } = throughCache(simulator, distribution, { behaviour, uri, request });
  const shown = viewerResponse(simulator, distribution, { behaviour, request: asked, answer });
  const isSame =
    request.headers["if-none-match"] !== undefined && request.headers["if-none-match"] === shown.headers.etag;
  return ended(isSame && shown.status === 200 ? { ...shown, status: 304, body: "" } : shown, how);
}

/** The first behaviour whose pattern a path meets (Developer Guide, "Cache behavior settings": path pattern). */
function behaviourFor(config: JsonObject, path: string): JsonObject {
  const meets = (pattern: string) => {
    const source = pattern.replace(/^(?![/*])/, "/").replaceAll(/[.+^${}()|[\]\\]/g, "\\$&");
    return new RegExp(`^${source.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(path);
  };
  const found = rowsOf(config.CacheBehaviors).find((one) => meets(textOf(one, "PathPattern")));
  return found ?? partOf(config.DefaultCacheBehavior);
}

type Wanted = { readonly behaviour: JsonObject; readonly uri: string; readonly request: HttpRequest };

function throughCache(
  simulator: Simulator,
  distribution: ServiceResource,
  wanted: Wanted,
): { readonly answer: HttpAnswer; readonly how: string } {
  const { behaviour, uri, request } = wanted;
  const isKept = /^(GET|HEAD)$/.test(request.method);
  const known = isKept ? cached(simulator, distribution, uri) : undefined;
  if (known) return { answer: known, how: known.status < 400 ? "Hit" : "Error" };
  const first = originAnswer(simulator, distribution, wanted);
  const answer = errorPage(simulator, distribution, wanted, first);
  const usual = cachedFor(simulator, behaviour, first.headers["cache-control"]);
  const seconds = first.status < 400 ? usual : errorSeconds(distribution, first.status);
  // What is never kept at all by its policy keeps no errors either.
  const isCaching = cachedFor(simulator, behaviour, "max-age=1") > 0;
  if (isKept && seconds > 0 && isCaching) keep(simulator, distribution, uri, answer, seconds);
  return { answer, how: answer.status < 400 ? "Miss" : "Error" };
}

const errorsOf = (distribution: ServiceResource) => rowsOf(configOf(distribution).CustomErrorResponses);

/** Seconds an error is kept: ten, if nothing else is said (Developer Guide, "How CloudFront processes HTTP 4xx and 5xx status codes"). */
function errorSeconds(distribution: ServiceResource, status: number): number {
  const own = errorsOf(distribution).find(({ ErrorCode }) => Number(ErrorCode) === status);
  return Number(own?.ErrorCachingMinTTL ?? 10);
}

/** The distribution's own page for an error, of any origin (Developer Guide, "Configure custom error responses"). */
function errorPage(simulator: Simulator, distribution: ServiceResource, wanted: Wanted, first: HttpAnswer): HttpAnswer {
  const own = errorsOf(distribution).find(({ ErrorCode }) => Number(ErrorCode) === first.status);
  const path = own && textOf(own, "ResponsePagePath");
  if (!own || !path) return first;
  const behaviour = behaviourFor(configOf(distribution), path);
  const page = originAnswer(simulator, distribution, { ...wanted, behaviour, uri: path });
  return page.status === 200 ? { ...page, status: Number(own.ResponseCode ?? first.status) } : first;
}

function originAnswer(simulator: Simulator, distribution: ServiceResource, wanted: Wanted): HttpAnswer {
  const { behaviour, uri, request } = wanted;
  const id = textOf(behaviour, "TargetOriginId");
  const origin = rowsOf(configOf(distribution).Origins).find((one) => textOf(one, "Id") === id) ?? {};
  const host = textOf(origin, "DomainName");
  const path = `${textOf(origin, "OriginPath")}${uri}`;
  const bucket = bucketAt(simulator, host);
  if (bucket) return objectAnswer(simulator, bucket, distribution, decoded(path.slice(1)));
  const vpcOrigin = everyResource(simulator.state, "AWS::CloudFront::VpcOrigin").find(
    (one) => one.id === textOf(partOf(origin.VpcOriginConfig), "VpcOriginId"),
  );
  const inside = textOf(partOf(vpcOrigin?.properties.VpcOriginEndpointConfig), "Arn");
  const balancer =
    everyResource(simulator.state, "AWS::ElasticLoadBalancingV2::LoadBalancer").find((one) => one.id === inside) ??
    balancerAt(simulator, host) ??
    ownBalancer(simulator, distribution);
  const scheme = textOf(partOf(origin.CustomOriginConfig), "OriginProtocolPolicy") === "https-only" ? "https" : "http";
  const custom = rowsOf(origin.OriginCustomHeaders).map(
    (one) => [textOf(one, "HeaderName").toLowerCase(), textOf(one, "HeaderValue")] as const,
  );
  const headers = { ...request.headers, ...Object.fromEntries(custom) };
  const answer = balancer && balancerAnswer(simulator, balancer, { scheme, host, path, headers });
  return answer ?? unconnected(host);
}

/** A name that no zone here covers is assumed to lead to the environment's own load balancer. */
function ownBalancer(simulator: Simulator, { tags }: ServiceResource): ServiceResource | undefined {
  return everyResource(simulator.state, "AWS::ElasticLoadBalancingV2::LoadBalancer").find(
    (one) => one.tags.Project === tags.Project && one.tags.Environment === tags.Environment,
  );
}

/** Developer Guide, "HTTP 502 status code (Bad Gateway)": the origin does not answer. */
function unconnected(host: string): HttpAnswer {
  const body = `<html><title>ERROR: The request could not be satisfied</title><h1>502 ERROR</h1>CloudFront wasn't able to connect to the origin ${host}.</html>\n`;
  return { status: 502, headers: { "content-type": "text/html", server: "CloudFront" }, body };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

type Viewed = { readonly behaviour: JsonObject; readonly request: FunctionRequest; readonly answer: HttpAnswer };

function viewerResponse(simulator: Simulator, distribution: ServiceResource, viewed: Viewed): HttpAnswer {
  const { behaviour, request, answer } = viewed;
  const headers = withPolicy(simulator, behaviour, answer.headers);
  const response: FunctionResponse = { statusCode: answer.status, headers: valuesOf(headers) };
  // No function sees an error (Developer Guide, "Restrictions on all edge functions": HTTP status codes).
  if (answer.status >= 400) return { ...answer, headers };
  const given = { request, response };
  const told = runFunction(simulator, distribution, { behaviour, when: "viewer-response", given });
  if ("status" in told) return told;
  return "statusCode" in told ? { ...answer, status: told.statusCode, headers: headersOf(told.headers) } : answer;
}

function answerOf({ statusCode, headers, body }: FunctionResponse): HttpAnswer {
  return { status: statusCode, headers: headersOf(headers), body: typeof body === "string" ? body : "" };
}

/** Headers that CloudFront adds (Developer Guide, "How CloudFront processes responses from your origin"). */
function ended(answer: HttpAnswer, how: string): HttpAnswer {
  const via = { "x-cache": `${how} from cloudfront`, via: "1.1 rehearsal.cloudfront.net (CloudFront)" };
  return { ...answer, headers: { ...answer.headers, ...via, "x-amz-cf-pop": "FRA56-P1" } };
}
