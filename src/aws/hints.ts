/** Node's and OpenSSL's words for a certificate that is not believed (Node.js, "TLS: X509 certificate error codes"). */
const UNTRUSTED =
  /^(UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|INVALID_CA|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|CRL_\w+)$/;

/** The codes of these that a wrong clock has, too. */
const BY_TIME = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/;

const ON = "run the same command: it goes on from here";

/**
 * What to do about calls that fail, by the code of the failure (each service's "Common errors"; AWS SDKs and Tools
 * Reference Guide, "Retry behavior", for what the SDK has tried again already).
 */
const HINTS: readonly (readonly [codes: RegExp, hint: string])[] = [
  [
    /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|BandwidthLimitExceeded|ProvisionedThroughputExceeded|PriorRequestNotComplete/,
    `wait a minute, or stop what else asks AWS so much, then ${ON}`,
  ],
  [
    /Internal|ServiceUnavailable|ServiceException|^5\d\d$|^Unavailable$/,
    `look at https://health.aws.amazon.com, wait some minutes, then ${ON}`,
  ],
  [/Timed?Out|^EPROTO$|NetworkingError/i, `check the network, VPN and proxy, then ${ON}`],
  [
    /OptInRequired|SubscriptionRequired|AccountNotEnabled|RegionDisabled/i,
    `have the account's owner turn this region or service on (AWS Account Management Reference Guide, "Enable or disable AWS Regions"), then ${ON}`,
  ],
  [
    /LimitExceeded|QuotaExceeded|TooMany\w+/,
    `have the quota raised that AWS names, or delete what nobody needs of it, then ${ON}`,
  ],
  [
    /Locked|InProgress|Conflict|OperationAborted|ResourceInUse|InvalidState|Concurrent/,
    `see who else is at work on it (astro status), wait until they are done, then ${ON}`,
  ],
];

/** True for a connection that is refused because of the other side's certificate: it will not come of itself. */
export function isUntrusted(code: string): boolean {
  return UNTRUSTED.test(code);
}

/** What helps where a certificate is not believed. */
export function trustHint(code: string): string {
  if (BY_TIME.test(code))
    return `set the clock (NTP); if it is right, have the proxy's certificate renewed, then ${ON}`;
  return `something on the way, a company's proxy for one, answers with a certificate of its own: get its CA's (a .pem file) and set AWS_CA_BUNDLE=FILE, or ca_bundle in ~/.aws/config, then ${ON}; if AWS_ENDPOINT_URL is set, look whether it is meant`;
}

/** What helps where a call failed: never the same command alone, which would fail the same way. */
export function hintFor(code: string): string {
  const [, hint] = HINTS.find(([codes]) => codes.test(code)) ?? [];
  return hint ?? `put right what AWS names; astro doctor looks for what else is in the way. Then ${ON}`;
}
