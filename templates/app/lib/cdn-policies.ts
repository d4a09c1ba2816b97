import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { Settings } from "./astro-stack";
import { apiName } from "./names";

const HOUR = 3600;
const YEAR = 365 * 24 * HOUR;

/**
 * Keeps the frontend's files as long as they ask for, or the configured hours if they do not say (Amazon CloudFront
 * Developer Guide, "Manage how long content stays in the cache"). Its id.
 */
export function cachePolicy(scope: Construct, settings: Settings): string {
  return new cloudfront.CfnCachePolicy(scope, "FrontendCachePolicy", {
    cachePolicyConfig: {
      name: `${settings.prefix}-frontend`,
      minTtl: 0,
      defaultTtl: settings.config.cdn.ttlHours * HOUR,
      maxTtl: YEAR,
      parametersInCacheKeyAndForwardedToOrigin: {
        enableAcceptEncodingBrotli: true,
        enableAcceptEncodingGzip: true,
        cookiesConfig: { cookieBehavior: "none" },
        headersConfig: { headerBehavior: "none" },
        queryStringsConfig: { queryStringBehavior: "none" },
      },
    },
  }).ref;
}

/** Security headers of the frontend, which may call the API and the bucket at `pdfsHost`. Its id. */
export function headersPolicy(scope: Construct, settings: Settings, pdfsHost: string): string {
  const { cdn } = settings.config;
  const contentSecurityPolicy = cdn.contentSecurityPolicy ?? defaultPolicy(settings, pdfsHost);
  return new cloudfront.CfnResponseHeadersPolicy(scope, "FrontendHeadersPolicy", {
    responseHeadersPolicyConfig: {
      name: `${settings.prefix}-frontend`,
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: YEAR, includeSubdomains: true, override: true },
      },
    },
  }).ref;
}

/** Without a domain no page may read the PDFs' bucket (CORS wants an origin), and the API has the CDN's own name. */
function defaultPolicy({ config }: Settings, pdfsHost: string): string {
  const api = apiName(config);
  const hosts = [...(api === undefined ? [] : [api]), pdfsHost].map((host) => `https://${host}`);
  const others = config.domain === undefined ? [] : [`connect-src 'self' ${hosts.join(" ")}`];
  return [
    "default-src 'self'",
    ...others,
    "img-src 'self' data:",
    "style-src 'self' 'unsafe-inline'",
    "object-src 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * Serves the frontend's one page for every path without a file name, so that deep links work. On the way in, not by an
 * error page, which would be one for the API as well (Amazon CloudFront Developer Guide, "Configure custom error
 * responses"): what is missing, and what the API answers, stays a 404. Its ARN.
 */
export function spaFunction(scope: Construct, settings: Settings): string {
  return new cloudfront.CfnFunction(scope, "SpaFunction", {
    name: `${settings.prefix}-spa`,
    autoPublish: true,
    functionConfig: { comment: "Deep links of the frontend", runtime: "cloudfront-js-2.0" },
    functionCode: [
      "function handler(event) {",
      "  var request = event.request;",
      "  var file = request.uri.slice(request.uri.lastIndexOf('/') + 1);",
      "  if (!file.includes('.')) request.uri = '/index.html';",
      "  return request;",
      "}",
      "",
    ].join("\n"),
  }).attrFunctionArn;
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
