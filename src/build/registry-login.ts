import { join } from "node:path";
import type { Context } from "../context.ts";
import { cacheFolder, type PrivateFolder } from "../folder.ts";
import { readText } from "../reading/file.ts";
import type { Builder, BuilderName } from "./builder.ts";

/** Whom a registry takes for whom, for some hours. The password is handed over standard input alone. */
export type RegistryLogin = {
  /** Host, and port where it has one of its own. */
  readonly address: string;
  /** Spoken to without TLS: a rehearsal's, on this machine. */
  readonly insecure: boolean;
  readonly username: string;
  readonly password: string;
};

/** Where a builder finds the login: what to add to its words, and to its environment. */
export type LoggedIn = {
  readonly words: readonly string[];
  readonly env: { readonly [name: string]: string };
};

/** What a client of containers keeps of registries (Docker documentation, "docker login"; containers-auth.json(5)). */
type ClientConfig = {
  readonly auths?: { readonly [registry: string]: unknown };
  readonly credHelpers?: { readonly [registry: string]: string };
  readonly credsStore?: string;
  readonly proxies?: unknown;
  readonly cliPluginsExtraDirs?: readonly string[];
};

/** Bytes of a client's configuration. */
const MOST = 2 ** 20;

/** Who made a folder, so that one whose maker was killed is taken away by the next. */
const OWNER = "owner";

/**
 * A folder for one login, in the user's cache: everything in it is gone when `work` ends, and when this process does; what
 * a killed one left there goes now.
 */
export async function withLoginFolder<T>(context: Context, work: (folder: PrivateFolder) => Promise<T>): Promise<T> {
  const logins = cacheFolder(join(context.cache), context.trusts).folder("logins");
  for (const name of logins.list()) {
    const left = logins.folder(name);
    const owner = left.read(OWNER)?.toString("utf8");
    if (owner !== undefined && context.isGone(owner)) left.drop();
  }
  const folder = logins.folder(context.token());
  folder.make();
  folder.write(OWNER, context.process);
  const off = context.atExit(() => folder.drop());
  try {
    return await work(folder);
  } finally {
    folder.drop();
    off();
  }
}

/** The words that log a builder in; it reads the password on its standard input. */
export function loginWords(builder: BuilderName, login: RegistryLogin, folder: PrivateFolder): readonly string[] {
  const program = builder === "buildx" ? "docker" : builder;
  const where = isDaemonless(builder) ? authWords(login, folder) : [];
  const plain = builder === "nerdctl" && login.insecure ? ["--insecure-registry"] : [];
  return [program, ...plain, "login", ...where, "--username", login.username, "--password-stdin", login.address];
}

/** Podman and Buildah, which speak to registries themselves. */
function isDaemonless(builder: BuilderName): boolean {
  return builder === "podman" || builder === "buildah";
}

function authWords({ insecure }: RegistryLogin, folder: PrivateFolder): readonly string[] {
  return ["--authfile", join(folder.path, "auth.json"), ...(insecure ? ["--tls-verify=false"] : [])];
}

/**
 * Writes what a builder knows of other registries, whose images ours may be built from, into the folder that it will keep
 * our login in: the user's own files stay as they are.
 */
export async function prepareLogin(
  context: Context,
  { name }: Builder,
  login: RegistryLogin,
  folder: PrivateFolder,
): Promise<LoggedIn> {
  if (isDaemonless(name)) {
    folder.write("auth.json", JSON.stringify(withoutStore(firstOf(authFiles(context)), login.address)));
    return { words: authWords(login, folder), env: {} };
  }
  const home = context.env.DOCKER_CONFIG || join(context.env.HOME || context.env.USERPROFILE || "", ".docker");
  const own = firstOf([join(home, "config.json")]);
  const { proxies, cliPluginsExtraDirs = [] } = own;
  const plugins = [...cliPluginsExtraDirs, join(home, "cli-plugins")];
  const config = { ...withoutStore(own, login.address), ...(proxies !== undefined && { proxies }) };
  folder.write("config.json", JSON.stringify({ ...config, cliPluginsExtraDirs: plugins }));
  const host = name === "buildx" || name === "docker" ? await hostOf(context) : undefined;
  const buildx = context.env.BUILDX_CONFIG || join(home, "buildx");
  // A plain manifest also where docker itself builds by BuildKit (Docker documentation, "Build variables").
  const plain = { BUILDX_CONFIG: buildx, BUILDX_NO_DEFAULT_ATTESTATIONS: "1" };
  return { words: [], env: { DOCKER_CONFIG: folder.path, ...plain, ...(host !== undefined && { DOCKER_HOST: host }) } };
}

/** The daemon that the user's docker speaks to: which one is in the configuration that ours stands in for. */
async function hostOf(context: Context): Promise<string | undefined> {
  if (context.env.DOCKER_HOST) return undefined;
  const words = ["docker", "context", "inspect", "--format", "{{.Endpoints.docker.Host}}"];
  const { exitCode, stdout } = await context.program(words, { cwd: context.cwd });
  const host = stdout.trim();
  return exitCode === 0 && /^[a-z]+:\/\/\S+$/.test(host) ? host : undefined;
}

/** Where Podman and Buildah look (containers-auth.json(5), podman-login(1)). */
function authFiles({ env }: Context): readonly string[] {
  const home = env.HOME || env.USERPROFILE || "";
  return [
    env.REGISTRY_AUTH_FILE ?? "",
    join(env.XDG_RUNTIME_DIR ?? "", "containers", "auth.json"),
    join(env.XDG_CONFIG_HOME || join(home, ".config"), "containers", "auth.json"),
    join(home, ".docker", "config.json"),
  ];
}

/** The first of these files that can be read: none has to be there. */
function firstOf(files: readonly string[]): ClientConfig {
  for (const file of files) {
    try {
      const found: unknown = JSON.parse(readText(file, MOST));
      if (typeof found === "object" && found !== null) return found;
    } catch {
      // Not there, or nothing that a client would read either.
    }
  }
  return {};
}

/**
 * A configuration whose store keeps what it has and gets nothing new: each registry in it is asked for by name, and ours is
 * not. The empty entry keeps docker from choosing the system's store by itself.
 */
function withoutStore({ auths = {}, credHelpers = {}, credsStore }: ClientConfig, address: string): ClientConfig {
  const stored = credsStore === undefined ? [] : Object.keys(auths).map((registry) => [registry, credsStore] as const);
  const helpers = [...stored, ...Object.entries(credHelpers)].filter(([registry]) => registry !== address);
  return { auths: { ...auths, [address]: {} }, credHelpers: Object.fromEntries(helpers) };
}
