import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { openCloud } from "../src/aws/cloud.ts";
import { bootstrapStack } from "../src/plan/bootstrap.ts";
import type { Cloud } from "../src/provision/cloud.ts";
import { startRehearsal } from "../src/rehearsal/rehearsal.ts";
import { readAssembly } from "../src/synth/read.ts";
import { HOST, rehearsalIn } from "../test/support/kept.ts";
import { phasesPath, provisionAnew, wholePath } from "../test/support/makespan.ts";
import { ACCOUNT, astro, cdk, openBench, REGION, synthesised } from "./measure.ts";
import { type Row, ratioRow } from "./table.ts";

/** Durations of every rehearsal here come from this seed alone. */
const SEED = 1;

/** Virtual seconds in a real one where clients are processes of their own, which compute in real time. */
const SPEED = 40;

/** How near a first provisioning comes to the lower bound, on a clock that is stopped while the engine computes. */
export async function againstPath(): Promise<readonly Row[]> {
  const bench = await openBench();
  try {
    const { stacks } = await readAssembly(await synthesised(bench), REGION);
    const site = { project: "astro", environment: "dev", region: REGION, account: ACCOUNT };
    const sequence = await provisionAnew(stacks, site, "sequence", SEED);
    const overlap = await provisionAnew(stacks, site, "overlap", SEED);
    const path = "sum of the phases' critical paths";
    return [
      ratioRow("`sequence`", sequence.makespan, path, phasesPath(sequence), 1.02),
      ratioRow("`overlap`", overlap.makespan, "critical path of the whole", wholePath(overlap), 1.05),
    ];
  } finally {
    bench.close();
  }
}

/** The same by astro and by the `cdk` client, each a process before one and the same rehearsed account. */
export async function againstClients(): Promise<readonly Row[]> {
  const bench = await openBench();
  const home = mkdtempSync(join(tmpdir(), "astro-bench-account-"));
  try {
    const assembly = await synthesised(bench);
    const bootstrapped = join(home, "bootstrapped");
    await onRehearsal(bootstrapped, bootstrap);
    const ours = (order: string) => (env: Env) =>
      astro(
        ["provision", "--env", "dev", "--yes", "--json", "--assembly", assembly, "--order", order],
        bench.folder,
        env,
      );
    const theirs =
      (...more: readonly string[]) =>
      (env: Env) =>
        cdk(["deploy", "--all", "--app", assembly, "--require-approval", "never", ...more], bench.folder, {
          ...env,
          BENCH_SPEED: String(SPEED),
          NODE_OPTIONS: `--require ${join(process.cwd(), "bench", "faster-timers.cjs")}`,
        });
    const clients = {
      "`astro provision`": ours("sequence"),
      "`astro provision --order overlap`": ours("overlap"),
      "`cdk deploy --all`": theirs(),
      "`cdk deploy --all --concurrency 10`": theirs("--concurrency", "10"),
    };
    const rows: Row[] = [];
    for (const [name, client] of Object.entries(clients)) {
      const account = join(home, name);
      cpSync(bootstrapped, account, { recursive: true });
      const { makespan, calls } = await onRehearsal(account, async (env, cloud, requests) => {
        await client(env);
        const calls = [...requests].map(([call, times]) => [call.startsWith("cloudformation:"), times] as const);
        return { makespan: await makespanOf(cloud), calls };
      });
      const sum = (list: typeof calls) => list.reduce((total, [, times]) => total + times, 0);
      const minutes = `${Math.floor(makespan / 60)} min ${String(Math.round(makespan % 60)).padStart(2, "0")} s`;
      rows.push([name, minutes, String(sum(calls)), String(sum(calls.filter(([isOne]) => isOne)))]);
    }
    return rows;
  } finally {
    rmSync(home, { recursive: true, force: true });
    bench.close();
  }
}

type Env = { readonly [name: string]: string };
type Work<T> = (env: Env, cloud: Cloud, requests: ReadonlyMap<string, number>) => Promise<T>;

/** Serves the account kept in `directory` while something works on it. */
async function onRehearsal<T>(directory: string, work: Work<T>): Promise<T> {
  mkdirSync(directory, { recursive: true });
  const options = {
    kept: { folder: rehearsalIn(directory), host: HOST },
    region: REGION,
    account: ACCOUNT,
    seed: SEED,
    clients: "outside",
  } as const;
  const rehearsal = await startRehearsal({ ...options, speed: SPEED });
  const { endpoint, credentials, requests } = rehearsal;
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_REGION: REGION,
    ASTRO_CLOCK_SPEED: String(SPEED),
  };
  try {
    return await work(env, openCloud({ endpoint, credentials }, REGION), requests);
  } finally {
    await rehearsal.close();
  }
}

/** The bucket that both clients publish to. */
async function bootstrap(_: Env, cloud: Cloud): Promise<void> {
  const { name, region, body, tags } = bootstrapStack(REGION);
  const stack = { name, region };
  await cloud.createChangeSet({ stack, changeSet: "first", kind: "CREATE", template: { body }, tags, token: "first" });
  while ((await cloud.changeSet(stack, "first")).status !== "CREATE_COMPLETE") await wait(50);
  await cloud.executeChangeSet(stack, "first", "first");
  while ((await cloud.stack(stack))?.status !== "CREATE_COMPLETE") await wait(50);
  await cloud.setTerminationProtection(stack, true);
}

/** Seconds from the first stack's first event to the last stack's last, by CloudFormation's clock; bootstrap apart. */
async function makespanOf(cloud: Cloud): Promise<number> {
  const stacks = (await cloud.stacks(REGION)).filter(({ name }) => name.startsWith("astro-dev-"));
  const failed = stacks.filter(({ status }) => status !== "CREATE_COMPLETE");
  if (failed.length > 0 || stacks.length === 0) throw new Error(`not made: ${JSON.stringify(failed)}`);
  const times: number[] = [];
  for (const stack of stacks) times.push(...(await cloud.events(stack)).map(({ at }) => at.getTime()));
  return (Math.max(...times) - Math.min(...times)) / 1000;
}
