import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, vi } from "vitest";
import { parseDocument } from "yaml";
import { type Context, wallClock } from "../../src/context.ts";
import { attach } from "../../src/operation/attach.ts";
import { ciGitHub } from "../../src/operation/ci-github.ts";
import { destroy } from "../../src/operation/destroy.ts";
import { doctor } from "../../src/operation/doctor.ts";
import { iamPolicy } from "../../src/operation/iam-policy.ts";
import { init } from "../../src/operation/init.ts";
import { plan } from "../../src/operation/plan.ts";
import { provision } from "../../src/operation/provision.ts";
import { status } from "../../src/operation/status.ts";
import { ciPolicies } from "../../src/policy/ci.ts";
import type { PolicyDocument } from "../../src/policy/statement.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { State } from "../../src/rehearsal/state/state.ts";
import { readAssembly } from "../../src/synth/read.ts";
import { run } from "../support/cli.ts";
import { contextWith } from "../support/context.ts";
import { keptIn, stateIn } from "../support/kept.ts";
import { type Call, recordingWayTo } from "../support/recorded.ts";
import * as daily from "./everyday.ts";
import { ACCOUNT, BOUNDARY, REGION } from "./operators.ts";

/** Everything that an environment can have: a domain, certificates, firewall, alarms, a budget, logs of all kinds. */
const EVERYTHING = {
  account: ACCOUNT,
  "network.flowLogs": true,
  "service.maxTasks": 3,
  "loadBalancer.accessLogs": true,
  "cdn.waf": true,
  alarms: { email: "ops@example.com" },
  budget: { monthly: 100, email: "ops@example.com" },
};

/** The same, with what differs: the zone's making, protection, a boundary on every role. */
const LIVES = {
  dev: {
    ...EVERYTHING,
    "loadBalancer.private": true,
    domain: { name: "dev.example.com", zone: "create" },
    worker: daily.WORKER,
  },
  prod: { ...EVERYTHING, domain: { name: "example.com", zone: "create" }, boundary: BOUNDARY },
} as const;

/** Calls that were made, and what whoever may make them is allowed. */
type Judged = { readonly calls: readonly Call[]; readonly documents: readonly PolicyDocument[] };

/** An environment from its first file to its removal, on a rehearsal of its own. */
export type Life = {
  readonly documents: readonly PolicyDocument[];
  /** Those that are attached for the first provisioning and the last removal as well. */
  readonly bootstrap: readonly PolicyDocument[];
  /** What the world was when it stood. */
  readonly world: State;
  /** What `astro iam-policy --out policies` says. */
  readonly written: string;
  readonly folder: string;
  readonly calls: readonly Call[];
  /** The calls from the second provisioning on to the removal: the bootstrap stands by then. */
  readonly settled: readonly Call[];
  /** Those of `astro deploy` for the first image, worker, migration and frontend, and the deploying role of CI. */
  readonly deployed: Judged | undefined;
  /** Those of a plan that foresees changes of what stands, and the planning role of CI. */
  readonly planned: Judged | undefined;
  readonly requests: ReadonlyMap<string, number>;
};

/** Lives one; dev is the one that is deployed to. */
export async function live(name: "dev" | "prod"): Promise<Life> {
  const folder = mkdtempSync(join(tmpdir(), "astro-policy-"));
  const kept = keptIn(join(folder, "rehearsal"));
  const rehearsal = await startRehearsal({
    speed: "max",
    region: REGION,
    account: ACCOUNT,
    clients: "outside",
    kept,
    seed: 7,
    // The first run ends with a verdict on its tasks, for which they are looked at.
    faults: [{ workload: "crash-loop" }],
  });
  const way = await recordingWayTo(rehearsal.endpoint);
  vi.stubEnv("AWS_ACCESS_KEY_ID", rehearsal.credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", rehearsal.credentials.secretAccessKey);
  const shell = async (command: string, options: { cwd: string; env: { readonly [name: string]: string } }) => {
    const { code, stdout, stderr } = await run("sh", ["-c", command], options);
    return { exitCode: code ?? 1, stdout, stderr };
  };
  let tokens = 0;
  const base = contextWith(shell, {
    cwd: folder,
    env: { AWS_ENDPOINT_URL: way.endpoint, ASTRO_CLOCK_SPEED: "100", ASTRO_EDGE_URL: await rehearsal.edge() },
    clock: wallClock,
    token: () => `token${++tokens}`,
  });
  const context = daily.withPrograms(base, folder);
  try {
    await init(context, "infra", { name: "shop", env: name, preset: name, region: REGION, yes: true, json: true });
    const app = join(folder, "infra");
    const file = join(app, "astro.yaml");
    edit(file, ["environments", name], LIVES[name]);
    if (name === "dev") await withEverything(context, folder);
    const documentsIn = ({ value }: Awaited<ReturnType<typeof iamPolicy>>) => value.policies.map((one) => one.document);
    const own = await iamPolicy(context, { out: "policies" });
    const [documents, written] = [documentsIn(own), own.render()];
    const bootstrap = documentsIn(await iamPolicy(context, { bootstrap: true }));
    // A finished assembly is judged by AWS alone: the judge of templates takes longer than all else.
    const assembly = join(app, ".astro", "assembly", name);
    const flags = { ...daily.FLAGS, assembly };
    await doctor(context, { ...flags, yes: false });
    await plan(context, flags);
    expect(await provision(context, flags)).not.toBe(0);
    const first = way.calls.length;
    expect(await provision(context, flags)).toBe(0);
    const state = JSON.parse(readFileSync(join(stateIn(kept.folder), "world.json"), "utf8")) as State;
    await status(context, flags);
    await attach(context, flags);
    await daily.lookInside(context);
    const provisioned = async () => expect(await provision(context, flags)).toBe(0);
    const { deployed } = name === "dev" ? await deploying(context, { folder, way }, provisioned) : {};
    await provision(context, flags);
    const settled = way.calls.slice(first);
    let planned: Judged | undefined;
    if (name === "prod") {
      // As its owner would, before it is taken away.
      edit(file, ["environments", name], { protect: false });
      await iamPolicy(context, {});
      const from = way.calls.length;
      await plan(context, flags);
      const { stacks } = await readAssembly(assembly, REGION);
      const place = { project: "shop", environment: name, region: REGION, account: ACCOUNT };
      planned = { calls: way.calls.slice(from), documents: ciPolicies(place, stacks, { boundary: BOUNDARY }).plan };
      expect(await provision(context, flags)).toBe(0);
    }
    expect(await destroy(context, { ...flags, confirm: name, bootstrap: true })).toBe(0);
    return {
      documents,
      bootstrap,
      world: state,
      written,
      folder,
      calls: way.calls,
      settled,
      deployed,
      planned,
      requests: rehearsal.requests,
    };
  } finally {
    await way.close();
    await rehearsal.close();
    vi.unstubAllEnvs();
  }
}

/** An app with all its parts, a stack of its owner's own, and roles by which GitHub Actions deploys it. */
async function withEverything(context: Context, folder: string): Promise<void> {
  const app = join(folder, "infra");
  edit(join(app, "astro.yaml"), [], daily.APP);
  daily.writeSources(folder, "first");
  withJobs(app);
  await context.program(["git", "init", "--quiet", folder], { cwd: folder });
  await ciGitHub(context, { ...daily.FLAGS, repository: "octo-org/shop", ids: "1/2" });
}

/** A variable of the tasks that is a secret, the first release, and what is done every day from then on. */
async function deploying(
  context: Context,
  { folder, way }: { readonly folder: string; readonly way: Pick<Judged, "calls"> },
  provisioned: () => Promise<void>,
): Promise<{ readonly deployed: Judged }> {
  await daily.setVariable(context, "STRIPE_KEY", "one");
  await iamPolicy(context, {});
  await provisioned();
  const from = way.calls.length;
  await daily.release(context);
  const documents = JSON.parse(readFileSync(join(folder, "infra", "ci", "dev", "deploy.json"), "utf8"));
  const deployed = { calls: way.calls.slice(from), documents: documents as readonly PolicyDocument[] };
  await daily.releaseAndLookBack(context, folder);
  return { deployed };
}

/** The stack of the owner's own that the app's README shows: a queue, and a function with code of its own. */
function withJobs(app: string): void {
  const jobs = /```ts\n(.*?)```/s.exec(readFileSync(join(app, "README.md"), "utf8"))?.[1] ?? "";
  writeFileSync(join(app, "stacks", "jobs.ts"), jobs);
  mkdirSync(join(app, "worker"));
  writeFileSync(join(app, "worker", "index.js"), "exports.handler = async () => {};\n");
  const file = join(app, "lib", "environment.ts");
  const text = readFileSync(file, "utf8")
    .replace("  // vpc\n", "  new JobsStack(scope, settings);\n  // vpc\n")
    .replace("import { ZoneStack", 'import { JobsStack } from "../stacks/jobs";\nimport { ZoneStack');
  writeFileSync(file, text);
}

function edit(file: string, under: readonly string[], values: { readonly [path: string]: unknown }): void {
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of Object.entries(values)) {
    document.setIn([...under, ...path.split(".")], document.createNode(value));
  }
  writeFileSync(file, String(document));
}
