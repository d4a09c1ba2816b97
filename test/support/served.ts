import { type ChildProcess, spawn } from "node:child_process";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { plainEnvironment } from "./cli.ts";
import { type Call, callsIn } from "./journal.ts";
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

/** Runs `astro rehearse` with these flags, its clock jumping if they do not say how fast it goes; `cwd` is where no project is, unless one is named. */
export async function serve(flags: readonly string[], cwd = tmpdir()): Promise<Served> {
  const speed = flags.includes("--speed") ? [] : ["--speed", "max"];
  const args = [PROGRAM, "rehearse", ...speed, "--json", ...flags];
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

/**
 * The same in this process: a client is told apart from its AWS by its own process alone. `calls` are all that were
 * answered well, in order.
 */
export async function servedHere(folder: string): Promise<
  Pick<Served, "endpoint" | "environment"> & {
    readonly stop: () => Promise<void>;
    readonly calls: () => readonly Call[];
  }
> {
  const lines: string[] = [];
  const rehearsal = await startRehearsal({
    kept: { folder: rehearsalIn(folder), host: HOST },
    region: "us-east-1",
    speed: "max",
    clients: "outside",
    verbose: true,
    log: (line) => lines.push(line),
  });
  const { endpoint, region, credentials } = rehearsal;
  const environment = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    [CLOCK_SPEED]: "100",
  };
  return { endpoint, environment, stop: rehearsal.close, calls: () => callsIn(lines) };
}

/** A call on its way to a rehearsal: the how manyth on this way, and where it goes. */
export type Passing = { readonly call: number; readonly method: string; readonly path: string };

/** What is done with a call before it reaches the rehearsal, and with its answer; both may take their time. */
export type Hooks = {
  readonly before?: (passing: Passing) => Promise<"pass" | "drop">;
  readonly after?: (passing: Passing) => Promise<"pass" | "drop">;
};

/** A way to a rehearsal on which something can happen to a client. */
export type Way = {
  readonly endpoint: string;
  /** Calls that came this way. */
  readonly calls: () => number;
  readonly close: () => Promise<void>;
};

const pass = async () => "pass" as const;

const ORIGIN = Date.now();

/**
 * Leads to `endpoint`, whichever it is at the time of a call; what is dropped is never answered. Answers carry the time of
 * an AWS whose clock runs `speed` times as fast, as that of the runs before it does (see `withClock`).
 */
export async function wayTo(
  endpoint: string | (() => string),
  { before = pass, after = pass }: Hooks = {},
  speed = 1,
): Promise<Way> {
  let calls = 0;
  const server = createServer(async (incoming, outgoing) => {
    calls += 1;
    const { method = "GET", url: path = "/" } = incoming;
    const passing = { call: calls, method, path };
    if ((await before(passing)) === "drop") return void outgoing.destroy();
    const { port } = new URL(typeof endpoint === "string" ? endpoint : endpoint());
    // A rehearsal answers to its own address alone.
    const headers = { ...incoming.headers, host: `127.0.0.1:${port}` };
    const onward = request({ host: "127.0.0.1", port, method, path, headers });
    onward.once("error", () => outgoing.destroy());
    onward.once("response", async (answer) => {
      if ((await after(passing)) === "drop") {
        answer.resume();
        return void outgoing.destroy();
      }
      const date = new Date(ORIGIN + (Date.now() - ORIGIN) * speed).toUTCString();
      outgoing.writeHead(answer.statusCode ?? 500, { ...answer.headers, date });
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  });
  return { calls: () => calls, ...(await listening(server)) };
}

/** A run of astro that signals can be sent to. */
export type Running = {
  readonly signal: (signal: NodeJS.Signals) => void;
  /** Resolves once it has said these words on stdout. */
  readonly said: (words: string) => Promise<void>;
  readonly over: Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }>;
};

/** Starts astro; its exit code is null if a signal ended it. */
export function start(
  args: readonly string[],
  options: { readonly cwd: string; readonly env: { readonly [name: string]: string } },
): Running {
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    cwd: options.cwd,
    env: plainEnvironment(options.env),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  const over = new Promise<Awaited<Running["over"]>>((resolve) => {
    child.once("close", (code) => resolve({ code, stdout, stderr }));
  });
  const said = (words: string) =>
    new Promise<void>((resolve) => {
      const look = () => void (stdout.includes(words) && resolve());
      child.stdout.on("data", look);
      look();
    });
  return { signal: (signal) => void child.kill(signal), said, over };
}

/** Makes a child's time run `speed` times as fast, its wall clock wrong by `skew` seconds (see `clock.cjs`). */
export function withClock(speed: number, skew = 0): { readonly [name: string]: string } {
  const preload = join(process.cwd(), "test", "support", "clock.cjs");
  return { NODE_OPTIONS: `--require ${preload}`, ASTRO_TEST_CLOCK: `${speed}:${skew}` };
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
