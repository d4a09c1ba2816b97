import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { plainEnvironment } from "./cli.ts";

/** Resource types this version refuses (tried; see the README's list of what was never applied). */
export const LACKING: ReadonlySet<string> = new Set([
  "AWS::EC2::EIP",
  "AWS::EC2::NatGateway",
  "AWS::EC2::SecurityGroupIngress",
  "AWS::EC2::SecurityGroupEgress",
  "AWS::EC2::FlowLog",
  "AWS::ECS::ClusterCapacityProviderAssociations",
  "AWS::ApplicationAutoScaling::ScalableTarget",
  "AWS::ApplicationAutoScaling::ScalingPolicy",
  "AWS::Budgets::Budget",
]);

/** An AWS emulator at work, and the environment that leads a client to it. */
export type Emulator = {
  readonly endpoint: string;
  readonly environment: { readonly [name: string]: string };
  readonly stop: () => Promise<void>;
};

/** Starts ministack on a free port of this machine. A twelve-digit access key is the account's id. */
export async function startMinistack(programs: string, account: string): Promise<Emulator> {
  const port = await freePort();
  const child = spawn(join(programs, "ministack"), {
    env: plainEnvironment({
      BIND_HOST: "127.0.0.1",
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
    }),
    stdio: "ignore",
  });
  const endpoint = `http://127.0.0.1:${port}`;
  await answering(`${endpoint}/_ministack/health`);
  return {
    endpoint,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: "secret",
      AWS_REGION: "us-east-1",
      AWS_DEFAULT_REGION: "us-east-1",
    },
    stop: () =>
      new Promise((resolve) => {
        child.on("close", () => resolve());
        child.kill();
      }),
  };
}

/** Waits for a server that has just been started, half a minute at most. */
async function answering(url: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    await wait(100);
  }
  throw new Error(`${url} does not answer`);
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
