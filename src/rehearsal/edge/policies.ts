import type { JsonObject } from "../../template/types.ts";
import { isOn, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";

type Headers = { readonly [name: string]: string };

/** Seconds that what is cached stays so at least, without a word of its origin, and at most. */
type Times = { readonly min: number; readonly usual: number; readonly max: number };

const NEVER: Times = { min: 0, usual: 0, max: 0 };

/** Amazon CloudFront Developer Guide, "Use managed cache policies": CachingDisabled, CachingOptimized. */
const MANAGED_TIMES: { readonly [id: string]: Times } = {
  "4135ea2d-6df8-44a3-9df3-4b5a84be39ad": NEVER,
  "658327ea-f89d-4fab-a63d-7e88639e58f6": { min: 1, usual: 86_400, max: 31_536_000 },
};

/** The same, "Use managed response headers policies": SecurityHeadersPolicy. */
const MANAGED_HEADERS: { readonly [id: string]: Headers } = {
  "67f7725c-6f97-4210-82d7-5512b31e9d03": {
    "referrer-policy": "strict-origin-when-cross-origin",
    "strict-transport-security": "max-age=31536000",
    "x-content-type-options": "nosniff",
    "x-frame-options": "SAMEORIGIN",
    "x-xss-protection": "1; mode=block",
  },
};

function settingsOf(simulator: Simulator, type: string, id: string, part: string): JsonObject | undefined {
  const found = everyResource(simulator.state, type).find((one) => one.id === id);
  return found && partOf(found.properties[part]);
}

function timesOf(simulator: Simulator, behaviour: JsonObject): Times {
  const id = textOf(behaviour, "CachePolicyId");
  const own = settingsOf(simulator, "AWS::CloudFront::CachePolicy", id, "CachePolicyConfig");
  if (own === undefined) return MANAGED_TIMES[id] ?? NEVER;
  return {
    min: Number(own.MinTTL ?? 0),
    usual: Number(own.DefaultTTL ?? 86_400),
    max: Number(own.MaxTTL ?? 31_536_000),
  };
}

/**
 * Seconds for which an answer with this Cache-Control is cached (Amazon CloudFront Developer Guide, "Manage how long content
 * stays in the cache (expiration)": the table by minimum TTL).
 */
export function cachedFor(simulator: Simulator, behaviour: JsonObject, cacheControl: string | undefined): number {
  const { min, usual, max } = timesOf(simulator, behaviour);
  if (max === 0) return 0;
  if (cacheControl === undefined) return Math.max(min, usual);
  if (/\b(no-cache|no-store|private)\b/.test(cacheControl)) return min;
  const age = /\bs-maxage=(\d+)/.exec(cacheControl)?.[1] ?? /\bmax-age=(\d+)/.exec(cacheControl)?.[1];
  return age === undefined ? Math.max(min, usual) : Math.min(max, Math.max(min, Number(age)));
}

/** An answer's headers with those of the behaviour's policy over or beside them. */
export function withPolicy(simulator: Simulator, behaviour: JsonObject, headers: Headers): Headers {
  const id = textOf(behaviour, "ResponseHeadersPolicyId");
  const config = settingsOf(simulator, "AWS::CloudFront::ResponseHeadersPolicy", id, "ResponseHeadersPolicyConfig");
  if (config === undefined) return { ...MANAGED_HEADERS[id], ...headers };
  const removed = new Set(
    rowsOf(partOf(config.RemoveHeadersConfig).Items).map((one) => textOf(one, "Header").toLowerCase()),
  );
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.has(name)));
  const given = [
    ...securityHeaders(partOf(config.SecurityHeadersConfig)),
    ...rowsOf(partOf(config.CustomHeadersConfig).Items).map(
      (one) => [textOf(one, "Header").toLowerCase(), textOf(one, "Value"), isOn(one.Override)] as const,
    ),
  ];
  const added = given.filter(([name, , overrides]) => overrides || !Object.hasOwn(kept, name));
  return { ...kept, ...Object.fromEntries(added.map(([name, value]) => [name, value])) };
}

type Given = readonly [name: string, value: string, overrides: boolean];

/** Template Reference, "AWS::CloudFront::ResponseHeadersPolicy SecurityHeadersConfig". */
function securityHeaders(config: JsonObject): readonly Given[] {
  const header = (name: string, part: string, write: (settings: JsonObject) => string): readonly Given[] => {
    const settings = config[part];
    return settings === undefined ? [] : [[name, write(partOf(settings)), isOn(partOf(settings).Override)]];
  };
  return [
    ...header("content-security-policy", "ContentSecurityPolicy", (one) => textOf(one, "ContentSecurityPolicy")),
    ...header("x-content-type-options", "ContentTypeOptions", () => "nosniff"),
    ...header("x-frame-options", "FrameOptions", (one) => textOf(one, "FrameOption")),
    ...header("referrer-policy", "ReferrerPolicy", (one) => textOf(one, "ReferrerPolicy")),
    ...header("strict-transport-security", "StrictTransportSecurity", (one) =>
      [
        `max-age=${textOf(one, "AccessControlMaxAgeSec")}`,
        ...(isOn(one.IncludeSubdomains) ? ["includeSubDomains"] : []),
        ...(isOn(one.Preload) ? ["preload"] : []),
      ].join("; "),
    ),
  ];
}
