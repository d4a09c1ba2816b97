import type { fromIni } from "@aws-sdk/credential-providers";
import { command } from "../command-line.ts";
import { AstroError, type Hint, reasonOf } from "../errors.ts";
import { redact } from "../redact.ts";
import { codeOf, unreachable } from "./errors.ts";
import { chainOf, faultOf } from "./profile-chain.ts";
import type { SharedConfig } from "./shared-config.ts";

/** How the SDK is given credentials: asked for again shortly before they expire. */
export type Provider = ReturnType<typeof fromIni>;

/** Where credentials come from, in words for a screen: `profile work`. */
export type CredentialSource = {
  readonly words: string;
  readonly provider: Provider;
  /** What a person would not expect: a profile that is named and not used. */
  readonly notice?: string;
  /** True if they cannot be renewed without a person: they took the code of an MFA device. */
  readonly once?: boolean;
  /** True if nobody named any: what the machine may have is looked for over the network. */
  readonly machine?: boolean;
};

/** Variables by which a machine that has credentials says so (AWS SDKs and Tools Reference Guide, "Container credential provider"). */
const MACHINES = [
  "AWS_WEB_IDENTITY_TOKEN_FILE",
  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
  "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
];

type Options = {
  /** What the clients that sign in on the way are made with: the way out of this network. */
  readonly clients: NonNullable<Parameters<typeof fromIni>[0]>["clientConfig"];
  /** Where roles are taken on that say no region of their own. */
  readonly region: string;
  /** Asks the person at the terminal for the code of an MFA device; absent where there is none. */
  readonly askCode?: ((device: string) => Promise<string>) | undefined;
};

/** Settings by which a profile says where credentials come from (AWS SDKs and Tools Reference Guide, "Standardized credential providers"). */
const OF_CREDENTIALS =
  /^(aws_access_key_id|aws_secret_access_key|role_arn|source_profile|credential_source|credential_process|web_identity_token_file|login_session|sso_.*)$/;

/**
 * Whose credentials are used, as `aws` and `cdk` choose: keys of the environment, then the profile, then what the machine
 * has (AWS CLI User Guide, "Configuration and credentials precedence"; aws/aws-cdk#10362: AWS_PROFILE comes after the
 * keys). The provider throws AstroError("credentials") that names the profile and the cause, or ("unreachable").
 */
export function signerOf(shared: SharedConfig, options: Options): CredentialSource {
  const { env, profile, named, profiles } = shared;
  if (env.AWS_ACCESS_KEY_ID) {
    const words = "keys of the environment";
    if (!env.AWS_SECRET_ACCESS_KEY) return { words, provider: refusing(halfKeys()) };
    const notice = `AWS_PROFILE=${profile} is not used for credentials: the keys in the environment come first, as with aws and cdk (unset AWS_ACCESS_KEY_ID or add --profile ${profile} to use the profile)`;
    return { words, provider: fromKeys(), ...(named && { notice }) };
  }
  const says = Object.keys(profiles[profile] ?? {}).some((name) => OF_CREDENTIALS.test(name));
  const fault = named || says ? faultOf(shared) : undefined;
  if (fault) return { words: `profile ${profile}`, provider: refusing(fault) };
  if (says) {
    const once = chainOf(shared).some((name) => profiles[name]?.mfa_serial !== undefined);
    return { words: `profile ${profile}`, provider: fromProfile(shared, options), once };
  }
  const words = env.AWS_WEB_IDENTITY_TOKEN_FILE ? "a web identity token" : "the machine's own role";
  const machine = !MACHINES.some((name) => env[name]);
  return { words, provider: fromMachine(shared, options), machine };
}

const refusing =
  (fault: AstroError): Provider =>
  () =>
    Promise.reject(fault);

function halfKeys(): AstroError {
  return new AstroError(
    "credentials",
    "AWS_ACCESS_KEY_ID is set and AWS_SECRET_ACCESS_KEY is not",
    "set both, or neither and choose a profile (--profile NAME)",
  );
}

function fromKeys(): Provider {
  return async () => (await import("@aws-sdk/credential-providers")).fromEnv()();
}

function fromMachine({ profile, named }: SharedConfig, { clients, region }: Options): Provider {
  let chain: Provider | undefined;
  return async (about) => {
    const { fromNodeProviderChain } = await import("@aws-sdk/credential-providers");
    chain ??= fromNodeProviderChain({
      parentClientConfig: { region },
      ...(clients && { clientConfig: clients }),
      ...(named && { profile }),
    });
    try {
      return await chain(about);
    } catch (error) {
      if (!named || codeOf(error) !== "CredentialsProviderError") throw error;
      throw refused(
        profile,
        "it has no credentials",
        { text: "configure them", command: command`aws configure sso --profile ${profile}` },
        error,
      );
    }
  };
}

function fromProfile(shared: SharedConfig, { clients, region, askCode }: Options): Provider {
  const { profile } = shared;
  let asked = false;
  const mfaCodeProvider = async (device: string) => {
    // A code typed into a live screen would be lost, and a device gives each code once.
    if (asked || askCode === undefined) throw noCode(profile, device, asked);
    const code = await askCode(device);
    asked = true;
    return code;
  };
  return async (about) => {
    const { fromIni } = await import("@aws-sdk/credential-providers");
    const common = { mfaCodeProvider, ignoreCache: true, parentClientConfig: { region } };
    const settings = { ...common, ...(clients && { clientConfig: clients }) };
    const source = sourceOfMfa(shared);
    try {
      // The SDK finds them beside the question for the code, and ends the process where they fail meanwhile.
      if (source !== undefined) await fromIni({ ...settings, profile: source })(about);
      return await fromIni({ ...settings, profile })(about);
    } catch (error) {
      throw whyNot(shared, error);
    }
  };
}

/** The profile whose credentials a role is taken on with that wants a code. */
function sourceOfMfa(shared: SharedConfig): string | undefined {
  const chain = chainOf(shared);
  const last = chain.findLastIndex((name) => shared.profiles[name]?.mfa_serial !== undefined);
  return last < 0 ? undefined : chain[last + 1];
}

function noCode(profile: string, device: string, again: boolean): AstroError {
  const exported = command`aws configure export-credentials --profile ${profile} --format env`;
  return again
    ? refused(
        profile,
        `its session with the code of ${device} has ended`,
        "run the same command again: it asks for a new code and continues from here; duration_seconds in the profile makes sessions longer",
      )
    : refused(profile, `it wants a code of ${device}, and there is no terminal to ask for it on`, {
        text: "run it at a terminal, or sign in before and evaluate what this prints",
        command: exported,
      });
}

/** What keeps a profile that is well written from giving credentials. */
function whyNot(shared: SharedConfig, error: unknown): AstroError {
  if (error instanceof AstroError) return error;
  const unheard = unreachable(error);
  if (unheard) return unheard;
  const { profile } = shared;
  const [, ...behind] = chainOf(shared);
  const last = behind.at(-1) ?? profile;
  const code = codeOf(error);
  const words = reasonOf(error);
  const { credential_process: program } = shared.profiles[last] ?? {};
  if (code === "CredentialsProviderError" && program !== undefined) {
    const whose = last === profile ? "its credential_process" : `the credential_process of its source_profile ${last}`;
    return refused(profile, `${whose} failed: ${lastWords(words)}`, `run it by itself: ${program}`, error);
  }
  if (code === "CredentialsProviderError" && /SSO|[Tt]oken/.test(words)) {
    const why = words.split("\n")[0]?.replace(/\s*To refresh this SSO session.*/, "");
    return refused(
      profile,
      `its SSO session is not valid: ${why}`,
      { text: "sign in", command: command`aws sso login --profile ${last}` },
      error,
    );
  }
  if (/MultiFactorAuthentication/.test(words)) {
    const hint = "a code is good once and for half a minute: wait for the next one, then run the same command again";
    return refused(profile, `AWS does not accept the code: ${words} (${code})`, hint, error);
  }
  const assumed = shared.profiles[profile]?.role_arn;
  if (assumed !== undefined && code !== "CredentialsProviderError") {
    const hint = `check role_arn of profile ${profile}, and that the trust policy of ${assumed} lets its source in`;
    return refused(profile, `its role cannot be assumed: ${words} (${code})`, hint, error);
  }
  return refused(
    profile,
    words.split("\n")[0] ?? "",
    { text: "see what aws makes of it", command: command`aws sts get-caller-identity --profile ${profile}` },
    error,
  );
}

function refused(profile: string, why: string, hint: string | Hint, cause?: unknown): AstroError {
  return new AstroError("credentials", `profile ${profile} gives no credentials: ${redact(why)}`, hint, cause);
}

/** Of a program that failed what it said last: Node puts its command line first, with whatever secret is in it. */
function lastWords(words: string): string {
  const lines = words.split("\n").map((line) => line.trim());
  const [first = "", ...said] = lines.filter(Boolean);
  return said.at(-1) ?? first.replace(/^Command failed:.*/, "it printed nothing");
}
