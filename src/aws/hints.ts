import { command } from "../command-line.ts";
import type { ErrorCode, Hint } from "../errors.ts";

/** Node's and OpenSSL's codes for a certificate that is not trusted (Node.js, "TLS: X509 certificate error codes"). */
const UNTRUSTED =
  /^(UNABLE_TO_\w+|\w*SELF_SIGNED_CERT\w*|CERT_\w+|ERR_TLS_CERT_ALTNAME_INVALID|INVALID_CA|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|CRL_\w+)$/;

/** The codes of these that a wrong clock has, too. */
const BY_TIME = /^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/;

const ON = "run the same command: it goes on from here";

/** A kind of refusal, by the code that AWS gives it, and by its words where several have one code. */
type Known = {
  readonly kind: ErrorCode;
  readonly codes: RegExp;
  readonly words?: RegExp;
  readonly hint: string | readonly Hint[];
};

/**
 * Calls that AWS refuses, by the code of the refusal (each service's "Common errors"; AWS SDKs and Tools Reference Guide,
 * "Retry behavior", for what the SDK has tried again already). CloudFormation has one code for all that is wrong with a
 * template or its parameters.
 */
const KNOWN: readonly Known[] = [
  {
    kind: "throttled",
    codes:
      /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|BandwidthLimitExceeded|ProvisionedThroughputExceeded|PriorRequestNotComplete/,
    hint: `wait a minute, or stop what else calls AWS so often, then ${ON}`,
  },
  {
    kind: "aws-fault",
    codes: /Internal|ServiceUnavailable|ServiceException|^5\d\d$|^Unavailable$/,
    hint: `look at https://health.aws.amazon.com, wait some minutes, then ${ON}`,
  },
  {
    kind: "no-answer",
    codes: /Timed?Out|^EPROTO$|NetworkingError/i,
    hint: `check the network, VPN and proxy, then ${ON}`,
  },
  {
    kind: "not-enabled",
    codes: /OptInRequired|SubscriptionRequired|AccountNotEnabled|RegionDisabled/i,
    hint: `have the account's owner turn this region or service on (AWS Account Management Reference Guide, "Enable or disable AWS Regions"), then ${ON}`,
  },
  {
    kind: "quota",
    codes: /LimitExceeded|QuotaExceeded|TooMany\w+/,
    hint: `have the quota raised that AWS names, or delete what is not needed, then ${ON}`,
  },
  {
    kind: "conflict",
    codes: /Locked|InProgress|Conflict|OperationAborted|ResourceInUse|InvalidState|Concurrent/,
    hint: [
      { text: "see who else works on it", command: command`astro status` },
      { text: `wait until they are done, then ${ON}` },
    ],
  },
  {
    // aws/aws-cdk#15888, "SSM parameter /cdk-bootstrap/hnb659fds/version not found. Has the environment been bootstrapped?"
    kind: "cdk-bootstrap-missing",
    codes: /^ValidationError$/,
    words: /Unable to fetch parameters \[[^\]]*\/cdk-bootstrap\//,
    hint: [
      { text: "bootstrap the CDK in this account and region", command: command`npx cdk bootstrap` },
      { text: `then ${ON}` },
    ],
  },
  {
    kind: "cdk-bootstrap-outdated",
    codes: /^ValidationError$/,
    words: /CDK bootstrap stack version \d+ required/,
    hint: [
      { text: "bootstrap the CDK again in this account and region", command: command`npx cdk bootstrap` },
      { text: `then ${ON}` },
    ],
  },
  {
    kind: "parameter-missing",
    codes: /^ValidationError$/,
    words: /Unable to fetch parameters \[/,
    hint: `create the parameter that AWS names in Parameter Store, or name another in the app, then ${ON}`,
  },
];

/** True for a connection that fails because of the server's certificate: waiting does not help. */
export function isUntrusted(code: string): boolean {
  return UNTRUSTED.test(code);
}

/** What helps where a certificate is not trusted. */
export function trustHint(code: string): string {
  if (BY_TIME.test(code))
    return `set the clock (NTP); if it is right, have the proxy's certificate renewed, then ${ON}`;
  return `something on the way, such as a company's proxy, answers with a certificate of its own: get its CA certificate (a .pem file) and set AWS_CA_BUNDLE=FILE, or ca_bundle in ~/.aws/config, then ${ON}; if AWS_ENDPOINT_URL is set, check that it is right`;
}

/** What kind of refusal it is, and what helps: never the same command alone, which would fail the same way. */
export function refusalOf(code: string, words: string): Pick<Known, "kind" | "hint"> {
  const known = KNOWN.find((one) => one.codes.test(code) && (one.words === undefined || one.words.test(words)));
  const hint = [
    { text: "fix what AWS names; to look for other problems, run", command: command`astro doctor` },
    { text: `then ${ON}` },
  ];
  return known ?? { kind: "failed", hint };
}
