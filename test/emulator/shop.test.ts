import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { askWeb } from "../../src/aws/ask.ts";
import { images } from "../../src/aws/images.ts";
import { openSession } from "../../src/aws/session.ts";
import { astro, type Ended } from "../support/cli.ts";
import { digestOf } from "../support/registry-client.ts";
import { serveRehearsal } from "../support/served.ts";

const REGION = "us-east-1";

let home: string;
let shop: string;

/** The sample app as a clone has it, where no base image can be fetched: its image is from scratch. */
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), "astro-shop-"));
  shop = join(home, "shop");
  cpSync(join("test", "fixtures", "shop"), shop, { recursive: true });
  copyFileSync(join(shop, "Dockerfile.scratch"), join(shop, "Dockerfile"));
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-C", shop, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...words]);
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "shop");
  copyFileSync("/bin/busybox", join(shop, "busybox"));
  // The builder's own images stay out of those of this machine.
  const storage = `[storage]\ndriver = "vfs"\nrunroot = "${home}/run"\ngraphroot = "${home}/images"\n`;
  writeFileSync(join(home, "storage.conf"), storage);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

const run = (...words: readonly string[]): Promise<Ended> =>
  astro(words, { cwd: shop, env: { CONTAINERS_STORAGE_CONF: join(home, "storage.conf") } });
const rehearsed = (command: string, ...more: readonly string[]) =>
  run(command, "--rehearse", "--yes", "--speed", "max", ...more);
const words = ({ stderr, stdout }: Ended) => `${stderr}${stdout}`.replaceAll(/\s+/g, " ");

type Event = { readonly type: string; readonly [fact: string]: unknown };

it("a fresh clone of the sample app comes up by three commands, and stays as it is by the same ones", async () => {
  const made = await run("init", "--yes", "--name", "shop", "--env", "dev", "--region", REGION);
  expect(made.code, made.stderr).toBe(0);
  expect(words(made)).toContain("port: 8000 found in Dockerfile:10 healthPath: /api/health found in Dockerfile:11");
  expect(words(made)).toContain("found in api/shop/worker.py:9");
  expect(readFileSync(join(shop, "infra", "astro.yaml"), "utf8")).toContain(
    "command: [celery, -A, shop.worker, worker]",
  );
  const provisioned = await rehearsed("provision");
  expect(provisioned.code, provisioned.stderr).toBe(0);
  const deployed = await rehearsed("deploy", "--builder", "buildah", "--json");
  expect(deployed.code, deployed.stderr).toBe(0);
  const events = deployed.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Event);
  const asked = events.filter(({ type }) => type === "url.asked");
  expect(asked.map(({ about, status, isGood }) => [about, status, isGood]).sort()).toEqual([
    ["asset", 200, true],
    ["health", 200, true],
    ["page", 200, true],
  ]);
  // The worker is a stack of the release as the API is.
  const rolled = events.filter(({ type }) => type === "stack.done").map(({ stack }) => String(stack));
  expect(rolled).toEqual(["shop-dev-worker", "shop-dev-service"]);
  expect(events.some(({ type, step }) => type === "step.done" && step === "migrate")).toBe(true);
  const built = events.find(({ type, step }) => type === "step.done" && step === "build");
  const commit = execFileSync("git", ["-C", shop, "rev-parse", "HEAD"], { encoding: "utf8" }).slice(0, 12);
  expect(built?.tag).toMatch(new RegExp(`^${commit}`));

  const infra = join(shop, "infra");
  const aws = await serveRehearsal(infra);
  try {
    const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = aws.environment;
    const access = { endpoint: aws.endpoint, credentials: { accessKeyId, secretAccessKey } };
    // What answers is the release: its word is in the answer of the API.
    const edge = aws.environment.ASTRO_EDGE_URL ?? "";
    const health = String(asked.find(({ about }) => about === "health")?.url);
    const answer = await askWeb({ instead: edge })(health, new AbortController().signal);
    expect(answer).toMatchObject({ status: 200, start: expect.stringContaining(`"release":"${String(built?.tag)}"`) });
    const { username, password, address } = await images(openSession(access), REGION).registryLogin();
    const folder = join(home, "read");
    const at = `docker://${address}/shop-dev@${String(built?.digest)}`;
    const pull = ["copy", "--src-tls-verify=false", "--src-creds", `${username}:${password}`, "--preserve-digests"];
    execFileSync("skopeo", [...pull, at, `dir:${folder}`]);
    const manifest = readFileSync(join(folder, "manifest.json"));
    expect(digestOf(manifest)).toBe(built?.digest);
    const { layers } = JSON.parse(manifest.toString()) as { readonly layers: readonly { readonly digest: string }[] };
    const files = layers.map(({ digest }) => join(folder, digest.slice("sha256:".length)));
    const has = (file: string) => execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).includes("bin/busybox");
    const layer = files.find(has) ?? "";
    const busybox = execFileSync("tar", ["-xzOf", layer, "bin/busybox"], { maxBuffer: 2 ** 26 });
    expect(busybox.equals(readFileSync("/bin/busybox"))).toBe(true);
  } finally {
    await aws.stop();
  }

  const again = await rehearsed("deploy", "--builder", "buildah");
  expect([again.code, words(again)]).toEqual([0, expect.stringContaining("nothing to deploy to dev: release 1")]);
  const after = await rehearsed("provision");
  expect([after.code, words(after)]).toEqual([0, expect.stringContaining("dev is up to date")]);
  const last = await rehearsed("deploy");
  expect([last.code, words(last)]).toEqual([0, expect.stringContaining("nothing to deploy to dev: release 1")]);
});
