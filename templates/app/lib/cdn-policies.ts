import * as cloudfront from "aws-cdk-lib/aws-cloudfront";
import type { Construct } from "constructs";
import type { Settings } from "./astro-stack";
import { hostNames } from "./astro-yaml/host-names";
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

/**
 * Security headers of the frontend, which may call the API and the bucket at `pdfsHost`. At the domain itself they speak for no
 * name below it: those are not this environment's alone, and some may know no HTTPS (RFC 6797, "includeSubDomains"). Its id.
 */
export function headersPolicy(scope: Construct, settings: Settings, pdfsHost: string): string {
  const { cdn, domain } = settings.config;
  const isApex = domain !== undefined && hostNames(domain).app === domain.name;
  const contentSecurityPolicy = cdn.contentSecurityPolicy ?? defaultPolicy(settings, pdfsHost);
  return new cloudfront.CfnResponseHeadersPolicy(scope, "FrontendHeadersPolicy", {
    responseHeadersPolicyConfig: {
      name: `${settings.prefix}-frontend`,
      securityHeadersConfig: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption: "DENY", override: true },
        referrerPolicy: { referrerPolicy: "strict-origin-when-cross-origin", override: true },
        strictTransportSecurity: { accessControlMaxAgeSec: YEAR, includeSubdomains: !isApex, override: true },
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
