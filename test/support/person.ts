import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { onTestFinished, vi } from "vitest";
import { type Context, wallClock } from "../../src/context.ts";
import { openOperation } from "../../src/operation/open.ts";
import { contextWith } from "./context.ts";
import { listening } from "./local-server.ts";

/** What the account of every credential here is. */
export const ACCOUNT = "123456789012";

const tls = (name: string) => join(import.meta.dirname, "tls", name);

/** The CA that has signed for AWS's hosts here: good for nothing else, its key is no secret. */
export const CA = tls("ca.pem");

/** A person's machine: its `~/.aws`, its variables and nothing else of whoever runs the tests. */
export type Person = {
  readonly folder: string;
  /** What `astro status` makes of it: whose credentials, or why none. */
  readonly status: (more?: Partial<Context>) => Promise<{
    readonly account: string | undefined;
    readonly signer: string | undefined;
    readonly arn: string;
  }>;
  /** What was said on stderr so far. */
  readonly said: () => string;
  /** The variables, as the operation sees them. */
  readonly env: { readonly [name: string]: string };
};

/** Variables that would make a run depend on whose machine it is. */
const THEIRS = /^(AWS_(?!SDK_JS_)|(https?|no|all)_proxy$)/i;

/** Makes one, with these files below its `~/.aws` and these variables; `FOLDER` in them is where its home is. */
export function person(
  files: { readonly [name: string]: string },
  variables: { readonly [name: string]: string } = {},
): Person {
  const folder = mkdtempSync(join(tmpdir(), "astro-person-"));
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  for (const name of Object.keys(process.env)) if (THEIRS.test(name)) vi.stubEnv(name, undefined);
  const env = { HOME: folder, AWS_EC2_METADATA_DISABLED: "true", AWS_MAX_ATTEMPTS: "1", ...variables };
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value.replaceAll("FOLDER", folder));
  mkdirSync(join(folder, ".aws", "sso", "cache"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, ".aws", name), text.replaceAll("FOLDER", folder));
  }
  writeFileSync(join(folder, "astro.yaml"), "name: shop\nenvironments:\n  dev:\n    region: us-east-1\n");
  const said: string[] = [];
  const base = contextWith(() => Promise.reject(new Error("there is nothing to run")));
  const stderr = { ...base.stderr, columns: 500, write: (text: string) => void said.push(text) };
  return {
    folder,
    env,
    said: () => said.join(""),
    status: async (more = {}) => {
      const context = { ...base, cwd: folder, env: { ...process.env }, stderr, clock: wallClock, ...more };
      const flags = { json: false, rehearse: false, speed: "max" };
      const { header, who, target } = await openOperation(context, "status", flags);
      await target.close();
      return { account: header.account, signer: header.signer, arn: who };
    },
  };
}

/** A call that reached AWS: to which host, for what (a path, where it is no query), with which body. */
type Call = {
  readonly host: string;
  readonly action: string;
  readonly body: string;
  /** Whose key signed it. */
  readonly key: string | undefined;
};

/** An AWS on this machine that speaks TLS for all of its hosts, and the proxy that leads there. */
export type FarAway = {
  readonly calls: () => readonly Call[];
  /** Hosts that were asked for at the proxy, with the name and password given. */
  readonly proxied: () => readonly { readonly host: string; readonly by: string | undefined }[];
  /** The proxy's HOST:PORT. */
  readonly proxy: string;
  /** Where AWS itself listens, for whoever does not go through the proxy. */
  readonly port: number;
};

/** How AWS answers an action; by default, as it answers who asks and who takes on a role. */
type Answers = (call: Call) => { readonly status: number; readonly body: string } | undefined;

/** Starts both. The proxy refuses whoever does not give `password`, if there is one, or everybody by `refusal`. */
export async function farAway(
  answers: Answers = () => undefined,
  {
    password,
    refusal = password === undefined ? undefined : "407 Proxy Authentication Required",
  }: { readonly password?: string; readonly refusal?: string } = {},
): Promise<FarAway> {
  const calls: Call[] = [];
  const proxied: { readonly host: string; readonly by: string | undefined }[] = [];
  const server = createTlsServer(
    { key: readFileSync(tls("server.key")), cert: readFileSync(tls("server.pem")) },
    async (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const action = new URLSearchParams(body).get("Action") ?? incoming.url ?? "";
      const [, key] = /Credential=(\w+)/.exec(incoming.headers.authorization ?? "") ?? [];
      const call = { host: incoming.headers.host ?? "", action, body, key };
      calls.push(call);
      const { status, body: answer } = answers(call) ?? usual(call);
      outgoing.writeHead(status, { "content-type": answer.startsWith("{") ? "application/json" : "text/xml" });
      outgoing.end(answer);
    },
  );
  const proxy = createServer();
  const open = new Set<Duplex>();
  await listening(server);
  const { port } = server.address() as AddressInfo;
  // What is not TLS a proxy asks for itself.
  proxy.on("request", (request, response) => {
    proxied.push({ host: request.url ?? "", by: undefined });
    response.writeHead(302, { location: "https://app.amazonaws.com/" }).end();
  });
  proxy.on("connect", (request, socket) => {
    const by = request.headers["proxy-authorization"];
    proxied.push({ host: request.url ?? "", by: by && Buffer.from(by.replace("Basic ", ""), "base64").toString() });
    open.add(socket.on("error", () => {}));
    if (refusal !== undefined && (password === undefined || proxied.at(-1)?.by !== password)) {
      return void socket.end(`HTTP/1.1 ${refusal}\r\nContent-Length: 0\r\n\r\n`);
    }
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      onward.pipe(socket).pipe(onward);
    });
    onward.on("error", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  const { endpoint, close } = await listening(proxy);
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    server.closeAllConnections();
    server.close();
    await close();
  });
  return { calls: () => calls, proxied: () => proxied, proxy: endpoint.replace("http://", ""), port };
}

/** As STS answers (AWS STS API Reference, "GetCallerIdentity", "AssumeRole"). */
function usual({ action, body }: Call): { readonly status: number; readonly body: string } {
  const result = (of: string, xml: string) =>
    `<${of}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${of}Result>${xml}</${of}Result></${of}Response>`;
  if (action === "GetCallerIdentity") {
    const xml = `<Account>${ACCOUNT}</Account><UserId>U</UserId><Arn>arn:aws:iam::${ACCOUNT}:user/ada</Arn>`;
    return { status: 200, body: result(action, xml) };
  }
  if (action !== "AssumeRole") return { status: 404, body: "" };
  const expires = new Date(Date.now() + 3_600_000).toISOString();
  const keys = `<AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>x</SecretAccessKey><SessionToken>t</SessionToken>`;
  const arn = new URLSearchParams(body).get("RoleArn");
  const user = `<AssumedRoleUser><Arn>${arn}</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>`;
  const xml = `<Credentials>${keys}<Expiration>${expires}</Expiration></Credentials>${user}`;
  return { status: 200, body: result(action, xml) };
}

/** As STS refuses (AWS STS API Reference, "Common errors"). */
export function refusal(code: string, words: string): { readonly status: number; readonly body: string } {
  const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${words}</Message></Error>`;
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">${error}<RequestId>1</RequestId></ErrorResponse>`;
  return { status: 403, body };
}
