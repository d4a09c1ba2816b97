import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { plainEnvironment } from "./cli.ts";

/** An AWS emulator at work, and the environment that leads a client to it. */
export type Emulator = {
  readonly endpoint: string;
  readonly environment: { readonly [name: string]: string };
  readonly stop: () => Promise<void>;
};

/** How one is started: its program, what it is told, and the path it answers at once it is ready. */
type Recipe = {
  readonly program: string;
  readonly args: (port: string) => readonly string[];
  readonly environment: (port: string) => { readonly [name: string]: string };
  readonly ready: string;
};

/** Starts an emulator on a free port of this machine. `account` is the access key as well: some take it for the id. */
export async function startEmulator(recipe: Recipe, account: string): Promise<Emulator> {
  const port = String(await freePort());
  const child = spawn(recipe.program, recipe.args(port), {
    env: plainEnvironment(recipe.environment(port)),
    stdio: "ignore",
  });
  let running = true;
  const ended = new Promise<void>((resolve) => {
    for (const event of ["close", "error"]) child.on(event, () => resolve());
  }).then(() => {
    running = false;
  });
  const endpoint = `http://127.0.0.1:${port}`;
  for (let tries = 0; !(await answers(`${endpoint}${recipe.ready}`)); tries++) {
    if (!running || tries === 300) throw new Error(`${recipe.program} does not answer`);
    await wait(100);
  }
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
    },
    stop: () => {
      // It keeps nothing that is worth an orderly end, and may be waiting for a stack that nobody will ever signal.
      child.kill("SIGKILL");
      return ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined);
  return answer?.ok === true;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
