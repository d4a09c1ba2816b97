import { loadSharedConfigFiles } from "@smithy/core/config";

/** The variables of a process. */
export type Env = { readonly [name: string]: string | undefined };

/** A profile's settings as they are written in `~/.aws/config` and `~/.aws/credentials`, the latter's first. */
export type Profile = { readonly [setting: string]: string | undefined };

/** What `aws` reads before it asks AWS anything: the environment, and the two files that it shares with the SDKs. */
export type SharedConfig = {
  readonly env: Env;
  readonly profiles: { readonly [name: string]: Profile };
  /** The sections that profiles name by `services`: settings of single services, `s3.endpoint_url` for example. */
  readonly services: { readonly [name: string]: Profile };
  /** The sections that profiles name by `sso_session`. */
  readonly sessions: { readonly [name: string]: Profile };
  /** The profile whose settings hold: AWS_PROFILE's, `default` without it. */
  readonly profile: string;
  /** True if that profile was asked for by its name. */
  readonly named: boolean;
};

/** What no profile is called: the files' other kinds of sections. */
const OTHER = /^(sso-session|services)\./;

/** Reads both files, wherever AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE say they are; none is as good as an empty one. */
export async function readSharedConfig(env: Env): Promise<SharedConfig> {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set(
    [...Object.keys(configFile), ...Object.keys(credentialsFile)].filter((one) => !OTHER.test(one)),
  );
  const profiles = Object.fromEntries(
    [...names].map((name) => [name, { ...configFile[name], ...credentialsFile[name] }]),
  );
  const sectionsOf = (kind: string) =>
    Object.fromEntries(
      Object.entries(configFile).flatMap(([name, section]) =>
        name.startsWith(`${kind}.`) ? [[name.slice(kind.length + 1), section]] : [],
      ),
    );
  const [services, sessions] = [sectionsOf("services"), sectionsOf("sso-session")];
  // The older name is still read by cdk (aws/aws-cdk-cli, awscli-compatible.ts) and boto.
  const named = env.AWS_PROFILE || env.AWS_DEFAULT_PROFILE;
  return { env, profiles, services, sessions, profile: named || "default", named: Boolean(named) };
}

/** A setting by its variable, else by its name in the profile (AWS SDKs and Tools Reference Guide, "Precedence of settings"). */
export function settingOf(
  { env, profiles, profile }: SharedConfig,
  variable: string,
  name: string,
): string | undefined {
  return env[variable] || profiles[profile]?.[name];
}
