import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseDocument } from "yaml";
import { startRehearsal } from "../src/rehearsal/rehearsal.ts";
import { run } from "../test/support/cli.ts";
import { fakeDocker } from "../test/support/fake-docker.ts";
import { awsTools } from "../test/support/python.ts";
import { ACCOUNT, astro, type Bench, interleaved, node, openBench, REGION } from "./measure.ts";
import { type Row, seconds } from "./table.ts";

const ROUNDS = 5;

/** How many simulated seconds a real one is, for the clients' waits. */
const SPEED = 100;

/** Files of the frontend beside its page: as many as a small one has. */
const ASSETS = 20;

/**
 * A deployment with nothing to do, and of a changed line of the frontend, beside what `aws` needs for the same frontend:
 * calls that were answered, and real time. The rehearsal's clock jumps, so what AWS would take is left out of both.
 */
export async function againstAws(): Promise<readonly Row[]> {
  const bench = await openBench();
  const rehearsal = await startRehearsal({ region: REGION, account: ACCOUNT, speed: "max", clients: "outside" });
  try {
    const { endpoint, credentials, requests } = rehearsal;
    const docker = fakeDocker(join(bench.folder, "docker"));
    const env = {
      ...docker.env,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      ASTRO_CLOCK_SPEED: String(SPEED),
      ASTRO_EDGE_URL: await rehearsal.edge(),
    };
    const { web, change } = writeApp(bench);
    const ours = (command: string, ...more: readonly string[]) =>
      astro([command, "--env", "dev", "--yes", "--json", ...more], bench.folder, env);
    await ours("provision", "--no-preflight");
    await ours("deploy");
    const outputs = await outputsOf(bench, env);
    const client = async (...words: readonly string[]) => {
      const done = await run(join(awsTools(), "aws"), words, { cwd: web, env });
      if (done.code !== 0) throw new Error(`aws ${words.join(" ")} ended with ${done.code}\n${done.stderr}`);
    };
    const theirs = async () => {
      await client("s3", "sync", "dist", `s3://${outputs.FrontendBucketName}`);
      const id = outputs.DistributionId ?? "";
      await client("cloudfront", "create-invalidation", "--distribution-id", id, "--paths", "/*");
    };
    const calls = { ours: 0, theirs: 0 };
    const counted = (who: keyof typeof calls, work: () => Promise<unknown>) => async () => {
      const before = sum(requests);
      await work();
      calls[who] = sum(requests) - before;
    };
    const built = async () => {
      await node(["build.mjs"], web);
      await theirs();
    };
    const rows: Row[] = [];
    const measure = async (what: string, before: () => void, other: () => Promise<unknown>) => {
      const times = await interleaved(ROUNDS, {
        astro: { before, run: counted("ours", () => ours("deploy")) },
        aws: { before, run: counted("theirs", other) },
      });
      const ratio = (times.astro / times.aws).toFixed(2);
      rows.push([what, String(calls.ours), seconds(times.astro), String(calls.theirs), seconds(times.aws), ratio]);
    };
    await measure("nothing to do", () => undefined, theirs);
    await measure("one changed line of the frontend, and its build", change, built);
    return rows;
  } finally {
    await rehearsal.close();
    bench.close();
  }
}

const sum = (requests: ReadonlyMap<string, number>) =>
  [...requests.values()].reduce((total, times) => total + times, 0);

/** An image's sources and a frontend with its build, committed; `change` changes one line of the frontend. */
function writeApp({ folder, app }: Bench): { readonly web: string; readonly change: () => void } {
  const [api, web] = [join(folder, "api"), join(folder, "web")];
  for (const path of [api, web]) mkdirSync(path);
  writeFileSync(join(api, "Dockerfile"), "FROM scratch\nCOPY main.py /\n");
  writeFileSync(join(api, "main.py"), "print(1)\n");
  writeFileSync(join(web, "build.mjs"), BUILD);
  let line = 0;
  const change = () => writeFileSync(join(web, "line.txt"), `line ${++line}\n`);
  change();
  const file = join(app, "astro.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  document.setIn(["build"], { context: "../api" });
  document.setIn(["frontend"], { directory: "../web", build: ["node", "build.mjs"], output: "dist" });
  writeFileSync(file, String(document));
  writeFileSync(join(folder, ".gitignore"), "docker\n.astro\ndist\n");
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-C", folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...words]);
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "one");
  return { web, change };
}

/** Stands for a bundler: one file in its folder has the line, and its name, as the page, has the line's hash. */
const BUILD = `import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
const line = readFileSync("line.txt", "utf8");
const hash = createHash("sha256").update(line).digest("hex").slice(0, 8);
rmSync("dist", { recursive: true, force: true });
mkdirSync("dist/assets", { recursive: true });
writeFileSync("dist/assets/app-" + hash + ".js", "/* " + line + " */");
for (let at = 0; at < ${ASSETS}; at += 1) writeFileSync("dist/assets/part-" + String(at).padStart(8, "0") + ".js", "// " + at);
writeFileSync("dist/index.html", "<script src=/assets/app-" + hash + ".js></script>");
`;

/** The outputs of the environment's stacks. */
async function outputsOf(
  { folder }: Bench,
  env: { readonly [name: string]: string },
): Promise<{ readonly [name: string]: string }> {
  type Status = { readonly stacks: readonly { readonly outputs: { readonly [name: string]: string } }[] };
  const { stacks } = JSON.parse(await astro(["status", "--env", "dev", "--json"], folder, env)) as Status;
  return Object.assign({}, ...stacks.map(({ outputs }) => outputs)) as { readonly [name: string]: string };
}
