import {
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { problemInState } from "../../src/rehearsal/storage/state-shape.ts";
import { astro, INIT } from "../support/cli.ts";
import { HOST, rehearsalIn, stateIn } from "../support/kept.ts";
import { type Served, serve } from "../support/served.ts";

/** A project that was rehearsed once, and the copy of it that a test has. */
let made: string;
let folder: string;
let app: string;
let served: Served | undefined;
beforeAll(async () => {
  made = mkdtempSync(join(tmpdir(), "astro-own-"));
  expect(await astro(INIT, { cwd: made })).toMatchObject({ code: 0 });
  expect(await astro(["provision", "--yes", ...REHEARSE], { cwd: made })).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(made, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-own-"));
  cpSync(made, folder, { recursive: true });
  app = join(folder, "infra");
  served = undefined;
});
afterEach(async () => {
  await served?.stop("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

const REHEARSE = ["--rehearse", "--speed", "max"];
const ONE = JSON.stringify({ Resources: { T: { Type: "AWS::SNS::Topic" } } });

function clientsOf({ endpoint }: { readonly endpoint: string }) {
  const credentials = { accessKeyId: "123456789012", secretAccessKey: "x" };
  const config = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  return {
    cloudformation: new CloudFormationClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
  };
}

/** Whether a suspended process is really so: the signal takes a moment. */
async function suspended(pid: number): Promise<void> {
  process.kill(pid, "SIGSTOP");
  const state = () => readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.[0];
  while (existsSync(`/proc/${pid}/stat`) && state() !== "T") await new Promise((resolve) => setImmediate(resolve));
}

describe("astro with links where it keeps its own", () => {
  it.each(["rehearsal/blobs", "rehearsal", "assembly", "assembly/dev", "assembly/dev/manifest.json", "previews", "."])(
    "touches nothing that .astro/%s points to",
    async (place) => {
      const victim = join(folder, "victim");
      mkdirSync(victim);
      const precious = ["0".repeat(64), "manifest.json", "dev.json", "timings.json"];
      for (const name of precious) writeFileSync(join(victim, name), "mine");
      const link = join(app, ".astro", place);
      rmSync(link, { recursive: true, force: true });
      mkdirSync(join(link, ".."), { recursive: true });
      symlinkSync(place.endsWith(".json") ? join(victim, "manifest.json") : victim, link);
      // What is not as it was is synthesised anew, and what differs is looked at.
      const file = join(app, "astro.yaml");
      writeFileSync(file, readFileSync(file, "utf8").replace("storage: 20", "storage: 40"));
      const { code, stderr } = await astro(["plan", ...REHEARSE], { cwd: folder });
      expect(stderr).toMatch(/ is a link/);
      expect(stderr).toContain(`rm ${link}`);
      expect(code).toBe(5);
      for (const name of precious) expect(readFileSync(join(victim, name), "utf8")).toBe("mine");
      expect(readdirSync(victim).sort()).toEqual([...precious].sort());
    },
  );

  it("keeps it from others", async () => {
    expect(await astro(["plan", "--out", "plan.json", ...REHEARSE], { cwd: folder })).toMatchObject({ code: 0 });
    const state = stateIn(rehearsalIn(app));
    const modes = [join(app, ".astro"), state, join(state, "world.json"), join(folder, "plan.json")].map((path) =>
      (lstatSync(path).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(["700", "700", "600", "600"]);
    const inside = readdirSync(join(app, ".astro"), { recursive: true, encoding: "utf8" });
    const open = inside.filter(
      (name) => !name.startsWith("assembly/") && lstatSync(join(app, ".astro", name)).mode & 0o077,
    );
    expect(open).toEqual([]);
  });
});

describe("astro in a project of another user", () => {
  it("runs nothing of it before one says that one trusts them", async () => {
    // Only root can give away what is its own; of another's own folder nothing is refused.
    const isRoot = process.geteuid?.() === 0;
    const cdk = { app: "node ran.js" };
    writeFileSync(join(app, "ran.js"), "require('fs').writeFileSync('ran', ''); process.exit(1)");
    writeFileSync(join(app, "cdk.json"), JSON.stringify(cdk));
    const ran = async (env: { readonly [name: string]: string }) => {
      rmSync(join(app, "ran"), { force: true });
      const { stderr } = await astro(["plan", ...REHEARSE], { cwd: folder, env });
      return [existsSync(join(app, "ran")), /belongs to another user \(uid 4711\)/.test(stderr)];
    };
    mkdirSync(join(folder, "node_modules"));
    for (const name of ["cdk.json", "astro.yaml", ".", "lib", "../node_modules"]) {
      if (isRoot) chownSync(join(app, name), 4711, 4711);
      expect([name, ...(await ran({}))]).toEqual([name, !isRoot, isRoot]);
      if (isRoot) chownSync(join(app, name), 0, 0);
    }
    if (isRoot) chownSync(join(app, "cdk.json"), 4711, 4711);
    for (const env of [{ ASTRO_TRUST_OWNER: "4711" }, { SUDO_UID: "4711" }])
      expect([env, ...(await ran(env))]).toEqual([env, true, false]);
  });
});

describe("a rehearsal's state whose owner is suspended", () => {
  it("stays its own: the next one says which process has it, at once, and what it writes goes on", async () => {
    served = await serve([], folder);
    await suspended(served.pid);
    const { code, stderr } = await astro(["status", ...REHEARSE], { cwd: folder });
    expect(stderr).toContain(`another astro, process ${served.pid}, serves it at ${served.endpoint}`);
    expect(stderr).toContain(`kill -CONT ${served.pid}`);
    expect(code).toBe(1);
    process.kill(served.pid, "SIGCONT");
    await clientsOf(served).s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
    expect(await served.stop()).toBe(0);
    expect(await astro(["status", ...REHEARSE], { cwd: folder })).toMatchObject({ code: 0 });
  });

  it("is free once that one was killed", async () => {
    served = await serve([], folder);
    await suspended(served.pid);
    await served.stop("SIGKILL");
    expect(await astro(["status", ...REHEARSE], { cwd: folder })).toMatchObject({ code: 0 });
  });

  it("loses nothing by being taken over: the old owner refuses all, ends, and cannot write any more", async () => {
    served = await serve([], folder);
    const first = clientsOf(served);
    await first.s3.send(new CreateBucketCommand({ Bucket: "kept-things" }));
    await first.s3.send(new PutObjectCommand({ Bucket: "kept-things", Key: "k", Body: "before" }));
    await suspended(served.pid);
    // A machine that cannot judge the process, as another one that shares the folder.
    const said: string[] = [];
    const kept = { folder: rehearsalIn(app), host: { ...HOST, say: (words: string) => void said.push(words) } };
    const second: Rehearsal = await startRehearsal({ kept, speed: "max", region: "us-east-1", clients: "outside" });
    onTestFinished(() => second.close());
    const { cloudformation, s3 } = clientsOf(second);
    await s3.send(new PutObjectCommand({ Bucket: "kept-things", Key: "k", Body: "after" }));
    await cloudformation.send(new CreateStackCommand({ StackName: "second", TemplateBody: ONE }));
    expect(said).toEqual([expect.stringMatching(/^waiting 20s to see whether another astro still uses the rehearsal/)]);
    const ended = served.stop("SIGCONT");
    const late = [
      first.s3.send(new PutObjectCommand({ Bucket: "kept-things", Key: "k", Body: "late" })),
      first.cloudformation.send(new DescribeStacksCommand({})),
      first.cloudformation.send(new CreateStackCommand({ StackName: "first", TemplateBody: ONE })),
    ];
    // Refused by name, or the process is gone already.
    for (const { status } of await Promise.allSettled(late)) expect(status).toBe("rejected");
    expect(await ended).toBe(1);
    expect(served.said()).toContain("was taken over by another astro");
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({}));
    const names = Stacks?.map(({ StackName }) => StackName);
    expect([names?.includes("second"), names?.includes("first")]).toEqual([true, false]);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: "kept-things", Key: "k" }));
    expect(await Body?.transformToString()).toBe("after");
    await second.close();
    const world: unknown = JSON.parse(readFileSync(join(stateIn(kept.folder), "world.json"), "utf8"));
    expect(problemInState(world)).toBeUndefined();
    expect(await astro(["status", ...REHEARSE], { cwd: folder })).toMatchObject({ code: 0 });
  });
});
