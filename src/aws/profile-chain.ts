import { nearest } from "../config/nearest.ts";
import { AstroError } from "../errors.ts";
import { type Env, type Profile, readSharedConfig, type SharedConfig } from "./shared-config.ts";

/** Where a role's own credentials may come from besides another profile (AWS SDKs and Tools Reference Guide, "Assume role"). */
const SOURCES = ["Environment", "Ec2InstanceMetadata", "EcsContainer"];

/** The profiles that a profile's credentials come from by source_profile, itself first; ends at one that is not there, or again. */
export function chainOf({ profiles, profile }: SharedConfig): readonly string[] {
  const chain = [profile];
  for (let at = profiles[profile]; at !== undefined; ) {
    const next = at.role_arn === undefined ? undefined : at.source_profile;
    // A role may use the keys of the very profile it is in.
    if (next === undefined || (next === chain.at(-1) && hasKeys(at))) break;
    const isLoop = chain.includes(next);
    chain.push(next);
    at = profiles[next];
    if (isLoop || (at !== undefined && hasKeys(at))) break;
  }
  return chain;
}

/**
 * What is wrong with the chosen profile, or one that it takes its credentials from, as it is written: AstroError
 * ("credentials") that names both; `undefined` if nothing is.
 */
export function faultOf(shared: SharedConfig): AstroError | undefined {
  const { profiles, profile } = shared;
  const chain = chainOf(shared);
  const last = chain.at(-1) ?? profile;
  const before = chain.at(-2);
  const at = profiles[last];
  const own = (why: string, hint: string) =>
    new AstroError("credentials", `profile ${profile} gives no credentials: ${why}`, hint);
  if (at === undefined && before === undefined) {
    return unknown(shared, profile);
  }
  if (at === undefined) {
    const where = before === profile ? "" : ` of ${before}`;
    return own(`its source_profile ${last}${where} is not there`, among(shared, last));
  }
  if (chain.indexOf(last) < chain.length - 1) {
    const hint = `give source_profile of ${before} a profile that has credentials itself (~/.aws/config)`;
    return own(`its source profiles form a circle: ${chain.join(" → ")}`, hint);
  }
  for (const name of chain) {
    // Keys are enough for a source, whatever else it would be by itself.
    const isKeys = name !== profile && hasKeys(profiles[name] ?? {});
    const missing = isKeys ? undefined : missingIn(profiles[name] ?? {}, shared);
    if (missing === undefined) continue;
    const whose = name === profile ? "it" : `its source_profile ${name}`;
    return own(`${whose} ${missing}`, `write it in ~/.aws/config or ~/.aws/credentials, under ${name}`);
  }
  return undefined;
}

/**
 * Throws AstroError("credentials") that names the files and the nearest profile, where neither file has the one of this name:
 * `aws` refuses that as well, whatever the command.
 */
export async function refuseUnknown(env: Env, name: string): Promise<void> {
  const shared = await readSharedConfig(env);
  if (!Object.hasOwn(shared.profiles, name)) throw unknown(shared, name);
}

function unknown(shared: SharedConfig, name: string): AstroError {
  const words = `there is no AWS profile ${name || '""'} in ${filesOf(shared.env).join(" or ")}`;
  return new AstroError("credentials", words, among(shared, name));
}

/** The two files, by the names that a person knows them by (AWS CLI User Guide, "Configuration and credential file settings"). */
function filesOf(env: Env): readonly [config: string, credentials: string] {
  return [env.AWS_CONFIG_FILE || "~/.aws/config", env.AWS_SHARED_CREDENTIALS_FILE || "~/.aws/credentials"];
}

/** What a profile lacks to be one: the botocore that `aws` is made of calls each an error too. */
function missingIn(at: Profile, { sessions }: SharedConfig): string | undefined {
  if (at.sso_session !== undefined && sessions[at.sso_session] === undefined) {
    return `names the sso-session ${at.sso_session}, which is not there`;
  }
  if (at.aws_access_key_id !== undefined && at.aws_secret_access_key === undefined) {
    return "has aws_access_key_id and no aws_secret_access_key";
  }
  if (at.aws_access_key_id === undefined && at.aws_secret_access_key !== undefined) {
    return "has aws_secret_access_key and no aws_access_key_id";
  }
  if (at.role_arn === undefined) return undefined;
  if (at.web_identity_token_file !== undefined) return undefined;
  if (at.source_profile !== undefined && at.credential_source !== undefined) {
    return "has source_profile and credential_source: only one can be";
  }
  if (at.source_profile === undefined && at.credential_source === undefined) {
    return "has role_arn and neither source_profile nor credential_source";
  }
  if (at.credential_source !== undefined && !SOURCES.includes(at.credential_source)) {
    return `has credential_source = ${at.credential_source}, which is none of ${SOURCES.join(", ")}`;
  }
  return undefined;
}

const hasKeys = (at: Profile) => at.aws_access_key_id !== undefined && at.aws_secret_access_key !== undefined;

function among({ profiles, env }: SharedConfig, name: string): string {
  const names = Object.keys(profiles);
  if (names.length === 0) return `${filesOf(env).join(" and ")} name no profile: make one with aws configure sso`;
  const meant = nearest(name, names);
  return `${meant === undefined ? "" : `did you mean ${meant}? `}there are: ${names.sort().join(", ")}`;
}
