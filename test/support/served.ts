import { type ChildProcess, spawn } from "node:child_process";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { plainEnvironment } from "./cli.ts";

const PROGRAM = join(process.cwd(), "bin", "run.js");

/** A rehearsal in a process of its own, and the environment that leads a client to it. */
export type Served = {
  readonly endpoint: string;
  readonly environment: { readonly [name: string]: string };
  readonly stop: () => Promise<void>;
};

/** Serves the rehearsal of the project in `folder` with `astro rehearse`, its clock jumping. */
export async function serveRehearsal(folder: string): Promise<Served> {
  const args = [PROGRAM, "rehearse", "--dir", folder, "--speed", "max", "--json"];
  const child = spawn(process.execPath, args, { env: plainEnvironment(), stdio: ["ignore", "pipe", "inherit"] });
  const line = await firstLine(child);
  const { endpoint, environment } = JSON.parse(line) as Pick<Served, "endpoint" | "environment">;
  return { endpoint, environment, stop: () => ended(child, "SIGTERM") };
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
    const { method, url: path, headers } = incoming;
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
  await listening(server);
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls: () => calls,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => {
        server.close(() => resolve());
      });
    },
  };
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

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
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

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    child.once("close", () => resolve());
    child.kill(signal);
  });
}
