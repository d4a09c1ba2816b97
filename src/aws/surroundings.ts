import { memoize } from "@smithy/core/config";
import { AstroError } from "../errors.ts";
import { type CredentialSource, type Provider, signerOf } from "./credentials.ts";
import { type Agents, agentsFor } from "./proxy.ts";
import { readSharedConfig, type SharedConfig, settingOf } from "./shared-config.ts";

/** How AWS is reached from here, and as whom: what the environment and `~/.aws` say. */
export type AwsEnvironment = {
  readonly signer: Omit<CredentialSource, "provider">;
  /** Credentials, found once for all clients and kept until they are about to end. */
  readonly credentials: Provider;
  /** One address for every service, if somebody set one. */
  readonly endpoint?: string;
  /** True if single services have addresses of their own: then the SDK, which knows them, is left to choose. */
  readonly endpointsApart: boolean;
  /** True if S3 is somewhere that has no DNS names for buckets. */
  readonly pathStyle: boolean;
  /** False if an address is set that is not AWS's. */
  readonly real: boolean;
  readonly agents?: Agents;
  /** Present if somebody set how often a call is tried. */
  readonly maxAttempts?: number;
  /** Present where the SDK would not find it by itself. */
  readonly profile?: string;
};

/** Names of the variables that give one service an address of its own (AWS SDKs and Tools Reference Guide, "Service-specific endpoints"). */
const APART = /^AWS_ENDPOINT_URL_/;
const OF_SECTION = /\.endpoint_url$/;

/** Where roles are taken on if nobody says a region (AWS SDKs and Tools Reference Guide, "AWS STS Regional endpoints"). */
const ROLES = "us-east-1";

/**
 * Reads them, once for a run. `askCode` asks for an MFA code. Throws AstroError("config") for a CA bundle or proxy that
 * cannot be used; credentials are found only when the first call needs them.
 */
export async function surroundings(
  env: SharedConfig["env"],
  askCode?: (device: string) => Promise<string>,
): Promise<AwsEnvironment> {
  const shared = await readSharedConfig(env);
  const urls = endpointsOf(shared);
  const agents = await agentsFor(shared);
  const maxAttempts = Number(settingOf(shared, "AWS_MAX_ATTEMPTS", "max_attempts"));
  const region = env.AWS_REGION || settingOf(shared, "AWS_DEFAULT_REGION", "region") || ROLES;
  const { provider, ...signer } = signerOf(shared, { clients: agents && { requestHandler: agents }, askCode, region });
  const found = memoize(provider, isEnding, ({ expiration }) => expiration !== undefined);
  return {
    signer,
    credentials: () => found(),
    ...(urls.all !== undefined && { endpoint: urls.all }),
    endpointsApart: urls.apart.length > 0,
    pathStyle: urls.all !== undefined || urls.apart.some(([service]) => service === "s3"),
    real: [urls.all ?? [], urls.apart.map(([, url]) => url)].flat().every(isAws),
    ...(agents && { agents }),
    ...(maxAttempts > 0 && { maxAttempts: Math.floor(maxAttempts) }),
    ...(!env.AWS_PROFILE && shared.named && { profile: shared.profile }),
  };
}

/** Milliseconds before their end at which credentials are found anew: the SDK's own number. */
const BEFORE = 5 * 60 * 1000;

const isEnding = ({ expiration }: { readonly expiration?: Date }) =>
  expiration !== undefined && expiration.getTime() - Date.now() < BEFORE;

type Urls = { readonly all?: string; readonly apart: readonly (readonly [service: string, url: string])[] };

/** The addresses that are set, unless they are to be ignored, which is the SDK's to do with those of single services. */
function endpointsOf(shared: SharedConfig): Urls {
  const { env, profiles, profile } = shared;
  if (settingOf(shared, "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls") === "true") {
    return { apart: [] };
  }
  const all = settingOf(shared, "AWS_ENDPOINT_URL", "endpoint_url");
  const named = profiles[profile]?.services;
  const section = named === undefined ? {} : shared.services[named];
  if (section === undefined) {
    throw new AstroError(
      "config",
      `profile ${profile} names services ${named}, which ~/.aws/config does not have`,
      `write a section [services ${named}] there, or take the line out of the profile`,
    );
  }
  const apart = [
    ...Object.entries(env).filter(([name]) => APART.test(name)),
    ...Object.entries(section).filter(([name]) => OF_SECTION.test(name)),
  ].flatMap(([name, url]) =>
    url ? [[name.replace(APART, "").replace(OF_SECTION, "").toLowerCase(), url] as const] : [],
  );
  const wrong = [all ?? [], apart.map(([, url]) => url)].flat().find((url) => !isAddress(url));
  if (wrong === undefined) return { ...(all !== undefined && { all }), apart };
  throw new AstroError(
    "config",
    `${wrong} is not the address of an AWS endpoint`,
    "write AWS_ENDPOINT_URL, or endpoint_url in ~/.aws/config, as http://HOST:PORT or https://HOST",
  );
}

const isAddress = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);

/** AWS's own, an interface endpoint's for one (AWS General Reference, "AWS service endpoints"). */
function isAws(url: string): boolean {
  return /(^|\.)(amazonaws\.com(\.cn)?|api\.aws)$/.test(new URL(url).hostname);
}
