import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { Settings } from "./astro-stack";
import type { HostNames } from "./astro-yaml/host-names";

/**
 * Serves the frontend's one page for every path without a file name, so that deep links work. On the way in, not by an
 * error page, which would be one for the API as well (Amazon CloudFront Developer Guide, "Configure custom error
 * responses"): what is missing, and what the API answers, stays a 404. Its ARN.
 */
export function spaFunction(scope: Construct, settings: Settings, hosts?: HostNames): string {
  const isMoved =
    hosts?.redirect === undefined ? [] : ["  var elsewhere = moved(request);", "  if (elsewhere) return elsewhere;"];
  return new cloudfront.CfnFunction(scope, "SpaFunction", {
    name: `${settings.prefix}-spa`,
    autoPublish: true,
    functionConfig: { comment: "Deep links of the frontend", runtime: "cloudfront-js-2.0" },
    functionCode: [
      ...moved(hosts),
      "function handler(event) {",
      "  var request = event.request;",
      ...isMoved,
      "  var file = request.uri.slice(request.uri.lastIndexOf('/') + 1);",
      "  if (!file.includes('.')) request.uri = '/index.html';",
      "  return request;",
      "}",
      "",
    ].join("\n"),
  }).attrFunctionArn;
}

/** Leads who asks the API at the name that is not the app's to the one that is. Its ARN. */
export function nameFunction(scope: Construct, settings: Settings, hosts: HostNames): string {
  return new cloudfront.CfnFunction(scope, "NameFunction", {
    name: `${settings.prefix}-name`,
    autoPublish: true,
    functionConfig: { comment: "One name for the app", runtime: "cloudfront-js-2.0" },
    functionCode: [
      ...moved(hosts),
      "function handler(event) {",
      "  return moved(event.request) || event.request;",
      "}",
      "",
    ].join("\n"),
  }).attrFunctionArn;
}

/**
 * Code that answers for the name that is not the app's: path and query stay (Amazon CloudFront Developer Guide, "General helper
 * methods": rawQueryString), and with 308 the method too (RFC 9110, "308 Permanent Redirect"). For an hour: browsers keep it
 * for good otherwise, and would go in circles once the names have changed places.
 */
function moved({ app, redirect }: Partial<HostNames> = {}): string[] {
  if (redirect === undefined) return [];
  return [
    "function moved(request) {",
    `  if (request.headers.host.value.toLowerCase() !== '${redirect}') return undefined;`,
    "  var query = request.rawQueryString();",
    "  var isRead = request.method === 'GET' || request.method === 'HEAD';",
    "  return {",
    "    statusCode: isRead ? 301 : 308,",
    "    statusDescription: isRead ? 'Moved Permanently' : 'Permanent Redirect',",
    "    headers: {",
    `      location: { value: 'https://${app}' + request.uri + (query ? '?' + query : '') },`,
    "      'cache-control': { value: 'max-age=3600' },",
    "    },",
    "  };",
    "}",
  ];
}

/**
 * Keeps redirects of the API where the viewer is. The API knows no other name of its own than `origin`, by which the CDN calls
 * it, and FastAPI redirects to its own name wherever a slash at the end is missing: the viewer would leave the CDN, for HTTP
 * or for what it cannot reach. A path alone says the same (RFC 9110, "Location"), but for one that begins with two slashes,
 * which is another host's name. Its ARN.
 */
export function redirectsFunction(scope: Construct, settings: Settings, origin: string): string {
  return new cloudfront.CfnFunction(scope, "RedirectsFunction", {
    name: `${settings.prefix}-redirects`,
    autoPublish: true,
    functionConfig: { comment: "Redirects of the API", runtime: "cloudfront-js-2.0" },
    functionCode: [
      `var origin = '${origin}';`,
      "function handler(event) {",
      "  var location = event.response.headers.location;",
      "  var parts = location ? location.value.split('/') : [];",
      "  var isOwn = /^https?:$/.test(parts[0]) && parts[1] === '' && parts[2].toLowerCase() === origin.toLowerCase();",
      "  if (isOwn && (parts[3] || parts.length < 5)) location.value = '/' + parts.slice(3).join('/');",
      "  return event.response;",
      "}",
      "",
    ].join("\n"),
  }).attrFunctionArn;
}
