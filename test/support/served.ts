import { type ChildProcess, spawn } from "node:child_process";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { plainEnvironment } from "./cli.ts";
import { HOST, rehearsalIn } from "./kept.ts";
import { listening } from "./local-server.ts";

const PROGRAM = join(process.cwd(), "bin", "run.js");

/** A rehearsal in a process of its own, and the environment that leads a client to it. */
export type Served = {
  readonly endpoint: string;
  readonly environment: { readonly [name: string]: string };
  readonly pid: number;
  /** What it said on stderr so far. */
  readonly said: () => string;
  /** Ends it; the exit code, or null if the signal ended it. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

/** Serves the rehearsal of the project in `folder` with `astro rehearse`, its clock jumping. */
export function serveRehearsal(folder: string): Promise<Served> {
  return serve(["--dir", folder]);
}

/** Runs `astro rehearse` with these flags, its clock jumping; `cwd` is where no project is, unless one is named. */
export async function serve(flags: readonly string[], cwd = tmpdir()): Promise<Served> {
  const args = [PROGRAM, "rehearse", "--speed", "max", "--json", ...flags];
  const child = spawn(process.execPath, args, { cwd, env: plainEnvironment(), stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stderr?.on("data", (chunk) => (said += chunk));
  const line = await firstLine(child);
  const { endpoint, environment } = JSON.parse(line) as Pick<Served, "endpoint" | "environment">;
  return {
    endpoint,
    environment,
    pid: child.pid ?? 0,
    said: () => said,
    stop: (signal = "SIGTERM") => ended(child, signal),
  };
}

/** The same in this process: a client is told apart from its AWS by its own process alone. */
export async function servedHere(
  folder: string,
): Promise<Pick<Served, "endpoint" | "environment"> & { readonly stop: () => Promise<void> }> {
  const rehearsal = await startRehearsal({
    kept: { folder: rehearsalIn(folder), host: HOST },
    region: "us-east-1",
    speed: "max",
    clients: "outside",
  });
  const { endpoint, region, credentials } = rehearsal;
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    [CLOCK_SPEED]: "100",
  };
  return { endpoint, environment, stop: rehearsal.close };
}

/** Where a client's process is killed: at which of its calls, and whether AWS still hears that one. */
export type Point = { readonly call: number; readonly heard: boolean };

/** A way to a rehearsal on which a client can be killed. */
export type Way = {
  readonly endpoint: string;
  /** Calls that came this way. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
};

/** Leads to `endpoint`; calls `kill` at the point, and never answers that call. */
export function wayTo(endpoint: string, point?: Point, kill: () => void = () => {}): Promise<Way> {
  return openWay(endpoint, async () => {}, point, kill);
}

/** Leads to `endpoint` once what `knock` returned at the first call has resolved. */
export function heldWayTo(endpoint: string, knock: () => Promise<void>): Promise<Way> {
  return openWay(endpoint, knock);
}

async function openWay(
  endpoint: string,
  knock: () => Promise<void>,
  point?: Point,
  kill: () => void = () => {},
): Promise<Way> {
  let open: Promise<void> | undefined;
  const { port } = new URL(endpoint);
  let calls = 0;
  const server = createServer((incoming, outgoing) => {
    calls += 1;
    const isLast = calls === point?.call;
    const die = () => {
      kill();
      outgoing.destroy();
    };
    if (isLast && !point?.heard) {
      die();
      return;
    }
    const { method, url: path } = incoming;
    // A rehearsal answers to its own address alone.
    const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
    const onward = request({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      if (!isLast) {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(outgoing);
      } else {
        answer.resume();
        answer.once("end", die);
      }
    });
    onward.once("error", () => outgoing.destroy());
    open ??= knock();
    void open.then(() => incoming.pipe(onward));
  });
  return { calls: () => calls, ...(await listening(server)) };
}

/** Runs astro, and kills it (SIGKILL) when the returned function is called. */
export function killable(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: { readonly [name: string]: string } },
): { readonly kill: () => void; readonly over: Promise<number | null> } {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: options.cwd,
    env: plainEnvironment(options.env),
    stdio: "ignore",
  });
  const over = new Promise<number | null>((resolve) => {
    child.once("close", resolve);
  });
  return { kill: () => void child.kill("SIGKILL"), over };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout?.on("data", (chunk) => {
      text += chunk;
      if (text.includes("\n")) resolve(text.slice(0, text.indexOf("\n")));
    });
    child.once("close", () => reject(new Error(`ended before it said anything: ${text}`)));
  });
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
    child.once("close", (code) => resolve(code));
    child.kill(signal);
  });
}
