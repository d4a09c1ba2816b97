import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { astro, INIT, jsonLines, outcomes } from "../support/cli.ts";
import { writersWithoutLock } from "../support/journal.ts";
import { servedHere, start, type Way, wayTo, withClock } from "../support/served.ts";

/** How much faster the time of the runs goes: a lock is silent after nine seconds of ours. */
const SPEED = 10;

let folder: string;
let served: Awaited<ReturnType<typeof servedHere>>;
let way: Way;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-suspended-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  mkdirSync(join(folder, "app"));
  const topic = { Type: "AWS::SNS::Topic" };
  const bucket = { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-files" } };
  assembly(join(folder, "app"), {
    "shop-dev-files": ["data", { Files: bucket }],
    "shop-dev-later": ["ecs", { Topic: topic }],
  });
  served = await servedHere(folder);
  way = await wayTo(served.endpoint, {}, SPEED);
});
afterEach(async () => {
  await way.close();
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A cloud assembly of these stacks, each of a phase. */
function assembly(
  at: string,
  stacks: { readonly [name: string]: readonly [phase: string, Resources: { readonly [id: string]: object }] },
): void {
  const tags = { ManagedBy: "astro", Project: "shop", Environment: "dev" };
  const artifacts = Object.entries(stacks).map(([name, [phase, Resources]]) => {
    writeFileSync(join(at, `${name}.json`), JSON.stringify({ Metadata: { "astro:phase": phase }, Resources }));
    const properties = { templateFile: `${name}.json`, tags };
    return [name, { type: "aws:cloudformation:stack", environment: "aws://unknown-account/us-east-1", properties }];
  });
  const manifest = { version: "48.0.0", artifacts: Object.fromEntries(artifacts) };
  writeFileSync(join(at, "manifest.json"), JSON.stringify(manifest));
}

/** A run of the environment as somebody of his own, whom the server's journal tells apart. */
const env = (name: string, endpoint = way.endpoint) => ({
  ...served.environment,
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: name,
  ...withClock(SPEED),
});
const PROVISION = () => [
  "provision",
  "--env",
  "dev",
  "--yes",
  "--json",
  "--wait",
  "--no-preflight",
  "--assembly",
  join(folder, "app"),
  "--dir",
  join(folder, "infra"),
];
const DESTROY = () => [
  "destroy",
  "--env",
  "dev",
  "--yes",
  "--confirm",
  "dev",
  "--json",
  "--dir",
  join(folder, "infra"),
];

it("a removal that was suspended while its lock was taken over removes nothing more", async () => {
  const first = await astro(PROVISION(), { cwd: folder, env: env("AKIAFIRST") });
  expect(first.code, first.stderr).toBe(0);
  // The lid is closed while the first of two stacks is removed.
  const sleeper = start(DESTROY(), { cwd: folder, env: env("AKIASLEEPER") });
  await sleeper.said('"stack":"shop-dev-later","action":"delete"');
  sleeper.signal("SIGSTOP");
  const second = await astro(PROVISION(), { cwd: folder, env: env("AKIASECOND") });
  expect(second.code, second.stderr).toBe(0);
  expect(outcomes(second.stdout)).toHaveProperty("shop-dev-files");
  const s3 = new S3Client({
    endpoint: served.endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    credentials: { accessKeyId: "AKIAOWNER", secretAccessKey: "x" },
  });
  await s3.send(new PutObjectCommand({ Bucket: "shop-dev-files", Key: "written later", Body: "data" }));
  sleeper.signal("SIGCONT");
  const { code, stdout, stderr } = await sleeper.over;
  expect(jsonLines(stdout).at(-1)?.error, stderr).toMatchObject({
    code: "locked",
    message: expect.stringMatching(/the lock on shop\/dev was lost/),
  });
  expect(code).toBe(1);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: "shop-dev-files", Key: "written later" }));
  expect(await Body?.transformToString()).toBe("data");
  const calls = served.calls().filter(({ by }) => by !== "AKIAOWNER");
  expect(writersWithoutLock(calls)).toEqual([]);
  expect(calls.filter(({ by }) => by === "AKIASLEEPER").length).toBeGreaterThan(3);
});
