import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { serve, wayTo } from "./served.ts";

/** A project's rehearsal in a process of its own, as AWS is: at the pace of the clock on the wall. */
export type ServedLogs = {
  /** What leads a client there. */
  readonly environment: { readonly [name: string]: string };
  /** Writes a line of a task whose id begins with 0badcafe, now. */
  readonly write: (message: string) => Promise<void>;
  /**
   * The same, and of all calls that begin after that one comes through, until this is stopped. What it resolves to tells
   * when that was, in milliseconds since 1970; when the line was written, if no call was needed.
   */
  readonly writeForOneLook: (message: string) => Promise<() => number>;
  /** The longest text of a secret that is JSON. */
  readonly secret: (name: string) => Promise<string>;
  /** Ends it; all that it logged. */
  readonly stop: () => Promise<string>;
};

/** Serves the rehearsal of the project in `folder`. */
export async function servedLogs(folder: string, logGroupName: string): Promise<ServedLogs> {
  const served = await serve(["--dir", folder, "--verbose"]);
  const { [CLOCK_SPEED]: _, ...aws } = served.environment;
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = aws;
  const config = { endpoint: served.endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
  const logs = new CloudWatchLogsClient(config);
  const stream = { logGroupName, logStreamName: "api/api/0badcafe0badcafe" };
  await logs.send(new CreateLogStreamCommand(stream));
  const over = new AbortController();
  const isOver = new Promise<void>((resolve) => over.signal.addEventListener("abort", () => resolve()));
  let writtenAt: number | undefined;
  let lookedAt: number | undefined;
  const way = await wayTo(served.endpoint, {
    before: async () => {
      if (writtenAt !== undefined && lookedAt !== undefined) await isOver;
      if (writtenAt !== undefined) lookedAt ??= Date.now();
      return "pass";
    },
  });
  const write = async (message: string) => {
    await logs.send(new PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: Date.now(), message }] }));
  };
  return {
    environment: { ...aws, AWS_ENDPOINT_URL: way.endpoint },
    write,
    writeForOneLook: async (message) => {
      await write(message);
      const at = Date.now();
      writtenAt = at;
      return () => lookedAt ?? at;
    },
    secret: async (SecretId) => {
      const { SecretString = "" } = await new SecretsManagerClient(config).send(
        new GetSecretValueCommand({ SecretId }),
      );
      const texts = Object.values(JSON.parse(SecretString) as { readonly [key: string]: unknown }).map(String);
      return texts.toSorted((a, b) => b.length - a.length)[0] ?? "";
    },
    stop: async () => {
      over.abort();
      await way.close();
      await served.stop();
      return served.said();
    },
  };
}
