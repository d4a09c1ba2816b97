import { get as getPlain, type IncomingMessage } from "node:http";
import { Agent, get as getSecure } from "node:https";
import { AstroError, reasonOf } from "../errors.ts";
import { readText } from "../reading/file.ts";
import { MOST_BYTES } from "../reading/limits.ts";
import { PROXY_REFUSAL } from "./errors.ts";
import { type Env, type SharedConfig, settingOf } from "./shared-config.ts";

/** What every client sends its calls with; absent, as Node does by itself. */
export type Agents = { readonly httpAgent: Agent; readonly httpsAgent: Agent };

/** Connections at a time to one host: the SDK's own number. */
const SOCKETS = 50;

/** The proxies that can be spoken through: as aws takes them. */
const PROXY = /^https?:\/\//i;

/**
 * What leads out of this network as `aws` and `cdk` take it: through HTTPS_PROXY but for what NO_PROXY names, trusting
 * AWS_CA_BUNDLE's certificates alone where it is set, or ca_bundle's of the profile (AWS CLI User Guide, "Using an HTTP
 * proxy for the AWS CLI"; AWS SDKs and Tools Reference Guide, "General configuration settings"). Throws
 * AstroError("config") for a file that is none and for a proxy that cannot be meant.
 */
export async function agentsFor(shared: SharedConfig): Promise<Agents | undefined> {
  const bundle = settingOf(shared, "AWS_CA_BUNDLE", "ca_bundle");
  const ca = bundle === undefined ? {} : { ca: certificates(bundle) };
  const settings = { ...ca, keepAlive: true, maxSockets: SOCKETS };
  if (!hasProxy(shared.env)) {
    if (bundle === undefined) return undefined;
    const { Agent: PlainAgent } = await import("node:http");
    return { httpsAgent: new Agent(settings), httpAgent: new PlainAgent(settings) as Agent };
  }
  const { ProxyAgent } = await import("proxy-agent");
  const agent = new ProxyAgent({ ...settings, getProxyForUrl: (url) => proxyFor(url, shared.env) ?? "" });
  const connect = agent.connect.bind(agent);
  agent.connect = async (request, options) => {
    // It would give the SDK the proxy's refusal as if it were AWS's answer.
    const refuse = (answer: ProxyAnswer) => {
      if (answer.statusCode !== OPEN) request.destroy(proxyRefusal(answer));
    };
    if (options.secureEndpoint) request.once("proxyConnect", refuse);
    return connect(request, options);
  };
  return { httpsAgent: agent as unknown as Agent, httpAgent: agent as unknown as Agent };
}

type ProxyAnswer = { readonly statusCode: number; readonly statusText: string };

/** HTTP's status of a tunnel that stands (RFC 9110, "CONNECT"). */
const OPEN = 200;

function proxyRefusal({ statusCode, statusText }: ProxyAnswer): Error {
  return Object.assign(new Error(`${statusCode} ${statusText}`.trim()), { code: PROXY_REFUSAL });
}

function certificates(file: string): string {
  const refused = (why: string, cause?: unknown) =>
    new AstroError(
      "config",
      `the CA bundle ${file} cannot be used: ${why}`,
      "set AWS_CA_BUNDLE, or ca_bundle in ~/.aws/config, to a .pem file with the certificates to trust",
      cause,
    );
  let text: string;
  try {
    text = readText(file, MOST_BYTES.assembly);
  } catch (error) {
    throw refused(reasonOf(error), error);
  }
  if (!text.includes("-----BEGIN")) throw refused("it contains no certificate");
  return text;
}

/** A variable by its name in small letters, which comes first, or in capitals. */
const either = (env: Env, name: string) => env[name] || env[name.toUpperCase()];

const hasProxy = (env: Env) => Boolean(either(env, "https_proxy") || either(env, "http_proxy"));

/**
 * The proxy's address for a URL; `undefined` where there is none, where NO_PROXY names the host (itself or a domain it is
 * in, with or without a dot before, with or without a port; `*` is all), and for this very machine. Throws
 * AstroError("config") for what is no proxy's address.
 */
export function proxyFor(url: string, env: Env): string | undefined {
  const { protocol, hostname, port } = new URL(url);
  const host = hostname.toLowerCase();
  const name = protocol === "https:" ? "https_proxy" : "http_proxy";
  const given = either(env, name);
  if (!given || isHere(host) || isExempt(host, port || (protocol === "https:" ? "443" : "80"), env)) return undefined;
  // Without a scheme it is plain HTTP to the proxy (botocore, httpsession.py).
  const proxy = given.includes("://") ? given : `http://${given}`;
  if (PROXY.test(proxy) && URL.canParse(proxy)) return proxy;
  throw new AstroError(
    "config",
    `${name.toUpperCase()} is not the address of an HTTP proxy`,
    "write it as http://HOST:PORT, or http://NAME:PASSWORD@HOST:PORT; unset it where there is no proxy",
  );
}

const isHere = (host: string) => /^(localhost|127(\.\d+){3}|\[::1\])$/.test(host);

function isExempt(host: string, port: string, env: Env): boolean {
  const rules = (either(env, "no_proxy") ?? "")
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return rules.some((rule) => {
    if (rule === "*") return true;
    const [, name = "", only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(rule) ?? [];
    return (only === undefined || only === port) && (host === name || host.endsWith(`.${name}`));
  });
}

/** Redirections that are followed, as many as a browser does (WHATWG Fetch, "HTTP-redirect fetch"). */
const REDIRECTIONS = 20;

/** What a server answers: its headers by their names in small letters, and its body. */
export type WebAnswer = {
  readonly status: number;
  readonly headers: IncomingMessage["headers"];
  readonly body: Buffer;
};

type WebRequest = { readonly headers: { readonly [name: string]: string }; readonly signal: AbortSignal };

/** The status a URL answers with in the end, redirections followed, asked for on the way out. Rejects once `signal` is aborted. */
export async function statusBy(agents: Agents, url: string, signal: AbortSignal): Promise<number> {
  const answer = await answerTo(agents, url, { headers: {}, signal });
  return answer.resume().statusCode ?? 0;
}

/** Bytes of a body that are read. */
const MOST = 8 * 2 ** 20;

/** What a URL answers with in the end, at most 8 MB of it. Rejects once `signal` is aborted. */
export async function contentBy(agents: Agents | undefined, url: string, request: WebRequest): Promise<WebAnswer> {
  const answer = await answerTo(agents, url, request);
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    size += (chunk as Buffer).length;
    if (size > MOST) throw new Error(`${new URL(url).host} answers with more than ${MOST / 2 ** 20} MB`);
    chunks.push(chunk as Buffer);
  }
  return { status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks) };
}

async function answerTo(
  agents: Agents | undefined,
  url: string,
  { headers, signal }: WebRequest,
): Promise<IncomingMessage> {
  let at = new URL(url);
  for (let followed = 0; ; followed++) {
    const isSecure = at.protocol === "https:";
    // A token is for whom it was given to: where another host is named, it does not go along.
    const { authorization: _, ...open } = headers;
    const sent = at.host === new URL(url).host ? headers : open;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const agent = agents && { agent: isSecure ? agents.httpsAgent : agents.httpAgent };
      const asked = (isSecure ? getSecure : getPlain)(at, { ...agent, headers: sent, signal }, resolve);
      asked.on("error", reject);
    });
    const { statusCode = 0, headers: told } = answer;
    if (statusCode < 300 || statusCode > 399 || told.location === undefined || followed === REDIRECTIONS) return answer;
    answer.resume();
    at = new URL(told.location, at);
  }
}
