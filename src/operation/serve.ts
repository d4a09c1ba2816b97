import { setFlagsFromString } from "node:v8";
import { command } from "../command-line.ts";
import type { Context } from "../context.ts";
import { hintText } from "../errors.ts";
import { bootstrapBucket } from "../plan/bootstrap.ts";
import { findProject, openProject, selectEnvironment } from "../project.ts";
import { jsonText } from "../terminal.ts";
import { regionHere } from "./region.ts";
import { CLOCK_SPEED, EDGE_URL, keptIn, rehearsingOf } from "./target.ts";

type Flags = {
  readonly dir?: string | undefined;
  readonly env?: string | undefined;
  readonly json: boolean;
  readonly port?: number | undefined;
  readonly speed: string;
  readonly fault?: readonly string[] | undefined;
  readonly seed?: number | undefined;
  readonly verbose: boolean;
};

/** Serves the simulation until the process is stopped, and prints the environment variables for clients. */
export async function serve(context: Context, flags: Flags): Promise<void> {
  const stopped = context.interruptible();
  // Responses are short-lived garbage: a larger young generation would only grow the process.
  setFlagsFromString("--semi-space-growth-factor=1");
  const { startRehearsal } = await import("../rehearsal/rehearsal.ts");
  const { timeText } = await import("../rehearsal/journal.ts");
  const place = await placeOf(context, flags);
  const rehearsing = await rehearsingOf(flags);
  const { speed } = rehearsing;
  const rehearsal = await startRehearsal({
    ...place,
    ...rehearsing,
    clients: "outside",
    log: (line) => context.stderr.write(` ${line}\n`),
    verbose: flags.verbose,
    ...(flags.port !== undefined && { port: flags.port }),
  });
  const { endpoint, account, region, credentials } = rehearsal;
  const edge = await rehearsal.edge();
  const variables = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // Fast enough for clients of a simulation that skips waiting.
    [CLOCK_SPEED]: String(speed === "max" ? 100 : speed),
    [EDGE_URL]: edge,
  };
  if (flags.json) context.stdout.write(`${jsonText({ endpoint, edge, account, region, environment: variables })}\n`);
  else {
    const exports = Object.entries(variables).map(([name, value]) => `export ${name}=${value}`);
    context.stdout.write(`${exports.join("\n")}\n`);
  }
  const pace = speed === "max" ? "it skips all waiting" : `${speed} simulated seconds per second`;
  context.stderr.write(
    ` rehearsal of account ${account} at ${endpoint}; simulated time ${timeText(rehearsal.clock.now().getTime())}, ${pace}; stop it with Ctrl-C\n`,
  );
  context.stderr.write(` what its CDN serves, for a browser:  ${edge}\n`);
  if (!flags.json) {
    const bucket = `s3://${bootstrapBucket(account, region)}`;
    context.stderr.write(
      ` ${hintText({ text: "cdk needs a bucket for a generated app", command: command`aws s3 mb ${bucket}` })}\n ${hintText({ text: "or", command: command`astro provision --rehearse` })}\n`,
    );
  }
  const ending = AbortSignal.any([stopped, rehearsal.lost]);
  await new Promise<void>((resolve) => {
    if (ending.aborted) resolve();
    else ending.addEventListener("abort", () => resolve(), { once: true });
  });
  const ended = timeText(rehearsal.clock.now().getTime());
  await rehearsal.close();
  rehearsal.lost.throwIfAborted();
  context.stderr.write(
    ` rehearsal stopped at simulated time ${ended}${"kept" in place ? "; its state is kept" : ""}\n`,
  );
}

/** A project's own rehearsal, or a fresh account in memory where there is no project. */
async function placeOf(context: Context, flags: Flags) {
  const fallback = { region: (await regionHere(context))?.region ?? "us-east-1" };
  const asked = flags.dir !== undefined || flags.env !== undefined;
  const project = asked ? await openProject(context, flags.dir) : await findProject(context);
  if (project === undefined) return fallback;
  const single = Object.keys(project.config.environments).length === 1;
  const { environment } =
    flags.env !== undefined || single ? selectEnvironment(project, flags.env) : { environment: undefined };
  return {
    kept: keptIn(context, project.own),
    region: environment?.region ?? fallback.region,
    ...(environment?.account !== undefined && { account: environment.account }),
  };
}
