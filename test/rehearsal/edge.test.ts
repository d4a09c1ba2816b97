import { ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { askWeb } from "../../src/aws/ask.ts";
import { frontendOn } from "../../src/aws/frontend.ts";
import { openSession } from "../../src/aws/session.ts";
import { readFrontend } from "../../src/build/frontend-files.ts";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import { startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { publishFrontend } from "../../src/release/frontend.ts";
import { frontendSite, outputNamed } from "../../src/release/frontend-state.ts";
import type { AskWeb } from "../../src/release/port-web.ts";
import { proofError, proofProbes, proveRelease } from "../../src/release/proof.ts";
import { folderWith, viteOutput } from "../support/frontends.ts";
import { workbench } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";
import { assemblyOf } from "../template/app/synth.ts";

const IMAGE = `public.ecr.aws/shop/api@sha256:${"ab".repeat(32)}`;
const HERE = { region: "eu-west-1", account: SITE.account } as const;
const signal = new AbortController().signal;

type Standing = Awaited<ReturnType<typeof stand>>;

/** An environment that stands, who asks there, and how its frontend is published. */
async function stand(environment: EnvironmentInput) {
  const rehearsal = await startRehearsal({ ...HERE, speed: "max", clients: "inside", seed: 7 });
  const lab = workbench(rehearsal);
  const { result } = await lab.provision(await assemblyOf(environment, SITE.project, SITE.environment));
  expect(result).toMatchObject({ outcome: "done" });
  const deployed = await lab.meanwhile(() => lab.cloud.stacks(SITE.region));
  const site = frontendSite(SITE, deployed);
  const { endpoint, credentials, clock, busy } = rehearsal;
  const cloud = frontendOn(openSession({ endpoint, credentials }));
  const straight = askWeb({ instead: await rehearsal.edge() });
  const ask: AskWeb = async (url, until) => {
    const done = busy();
    return straight(url, until).finally(done);
  };
  const outputs = (name: string) => outputNamed(deployed, name);
  const publish = (files: { readonly [path: string]: string }) =>
    lab.meanwhile(async () => {
      const folder = folderWith(files);
      const manifest = await readFrontend(folder);
      return { manifest, ...(await publishFrontend(cloud, site, { manifest, folder }, { clock })) };
    });
  const get = (path: string) => ask(`${outputs("AppUrl")}${path}`, signal);
  return { rehearsal, lab, site, cloud, ask, outputs, publish, get, clock };
}

/** Puts a page there as `aws s3 cp` does: nothing says how long it may be kept. */
const putByHand = ({ lab, site: { bucket: Bucket } }: Standing, Body: string) =>
  lab.meanwhile(() => lab.s3.send(new PutObjectCommand({ Bucket, Key: "index.html", Body, ContentType: "text/html" })));

describe("an environment without a domain", () => {
  let here: Standing;
  beforeAll(async () => {
    here = await stand({ ...HERE, service: { image: IMAGE } });
  }, 300_000);
  afterAll(() => here.rehearsal.close());

  it("is served as its edges keep it, until that is too old or an invalidation is complete", async () => {
    const { lab, site, cloud, get, clock } = here;
    await putByHand(here, "one");
    expect((await get("/")).start).toBe("one");
    await putByHand(here, "two");
    expect((await get("/")).start).toBe("one");
    const { region, distribution } = site;
    const { id } = await lab.meanwhile(() => cloud.invalidate(region, distribution, ["/index.html"], "one"));
    const status = () => lab.meanwhile(() => cloud.invalidation(region, distribution, id));
    expect(await status()).toEqual({ id, status: "InProgress" });
    expect((await get("/")).start).toBe("one");
    await clock.sleep(120_000);
    expect(await status()).toEqual({ id, status: "Completed" });
    expect((await get("/")).start).toBe("two");
    await putByHand(here, "three");
    expect((await get("/")).start).toBe("two");
    await clock.sleep(25 * 3_600_000);
    expect((await get("/")).start).toBe("three");
  });

  it("is proved by its API, its page and a file of it once no edge keeps what was there before", async () => {
    const { publish, outputs, ask, clock } = here;
    const { manifest, invalidation } = await publish(viteOutput("A"));
    expect(invalidation).toMatchObject({ paths: ["/", "/index.html"], status: "InProgress" });
    const probes = proofProbes({ outputs, healthPath: "/health", manifest });
    const checks = await proveRelease(probes, { ask, clock, signal });
    expect(checks.map(({ about, through, status, fault }) => [about, through, status, fault])).toEqual([
      ["api", "CDN", 404, undefined],
      ["page", "CDN", 200, undefined],
      ["asset", "CDN", 200, undefined],
    ]);
    expect(checks.map(({ tries }) => tries > 5)).toEqual([false, true, false]);
    expect(checks.every(({ firstByte }) => (firstByte ?? -1) >= 0)).toBe(true);
    expect(proofError(checks)).toBeUndefined();
  });

  it("has its headers, deep links by the app's own function, and the API's answers as they are", async () => {
    const { get, ask, outputs } = here;
    const page = await get("/some/deep/link");
    expect(page).toMatchObject({
      status: 200,
      headers: {
        "content-type": "text/html; charset=utf-8",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
        "strict-transport-security": "max-age=31536000; includeSubDomains",
        "x-cache": "Miss from cloudfront",
      },
    });
    expect(page.start).toContain("<title>A</title>");
    const script = await get("/assets/index-AqXx1L23.js");
    expect(script.headers).toMatchObject({
      "cache-control": "public, max-age=31536000, immutable",
      "x-cache": "Hit from cloudfront",
    });
    expect(await get("/assets/none.js")).toMatchObject({ status: 404, headers: { server: "AmazonS3" } });
    // Not the page: what the API does not know stays a 404.
    const missing = await get("/api/none");
    expect(missing).toMatchObject({ status: 404, headers: { server: "uvicorn", "x-frame-options": "SAMEORIGIN" } });
    expect(JSON.parse(missing.start)).toEqual({ detail: "Not Found" });
    expect(await ask(`${outputs("AppUrl")}`.replace("https:", "http:"), signal)).toMatchObject({ status: 301 });
    await expect(ask("https://nobody.example.com/", signal)).rejects.toMatchObject({ code: "ENOTFOUND" });
    // Whoever is not the CDN is turned away.
    expect(await ask(`${outputs("ApiOrigin")}/health`, signal)).toMatchObject({ status: 403 });
  });

  it("is there for a browser, by the address alone", async () => {
    const page = await fetch(await here.rehearsal.edge(), { headers: { origin: "http://elsewhere" } });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining("<title>A</title>")]);
  });

  it("says which hop fails where there is no task, and where the page is gone", async () => {
    const { lab, rehearsal, site, outputs, ask, clock, publish } = here;
    const { manifest } = await publish(viteOutput("A"));
    const { endpoint, credentials } = rehearsal;
    const ecs = new ECSClient({ endpoint, credentials, region: SITE.region });
    await lab.meanwhile(async () => {
      await ecs.send(new UpdateServiceCommand({ cluster: "shop-dev", service: "api", desiredCount: 0 }));
      await lab.s3.send(new DeleteObjectCommand({ Bucket: site.bucket, Key: "index.html" }));
    });
    await clock.sleep(60_000);
    const checks = await proveRelease(proofProbes({ outputs, healthPath: "/health", manifest }), {
      ask,
      clock,
      signal,
    });
    expect(checks.map(({ status, fault }) => [status, fault?.hop])).toEqual([
      [503, "task"],
      [404, "bucket"],
      [200, undefined],
    ]);
    expect(proofError(checks)?.message).toMatch(/there is no task to ask; bucket: .* is not in the bucket$/);
  });
});

describe("an environment before its first image", () => {
  it("is proved by its frontend and the placeholder, whose page nobody takes for the frontend's", async () => {
    const { publish, outputs, ask, clock, rehearsal } = await stand({
      ...HERE,
      service: { healthPath: "/api/health" },
    });
    onTestFinished(rehearsal.close);
    const { manifest } = await publish(viteOutput("A"));
    const probes = proofProbes({ outputs, healthPath: "/api/health", manifest });
    const checks = await proveRelease(probes, { ask, clock, signal });
    expect(checks.map(({ about, status, fault }) => [about, status, fault])).toEqual([
      ["health", 200, undefined],
      ["page", 200, undefined],
      ["asset", 200, undefined],
    ]);
  });
});

describe("an environment with a domain", () => {
  it("is asked at the load balancer's own name as well, and says which image answers", async () => {
    const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" };
    const service = { image: IMAGE, healthPath: "/api/health" };
    const { publish, outputs, ask, clock, rehearsal } = await stand({ ...HERE, domain, service });
    onTestFinished(rehearsal.close);
    const { manifest } = await publish(viteOutput("A"));
    const probes = proofProbes({ outputs, healthPath: "/api/health", manifest });
    const checks = await proveRelease(probes, { ask, clock, signal });
    expect(checks.map(({ through, url, status }) => [through, new URL(url).pathname, status])).toEqual([
      ["load balancer", "/api/health", 200],
      ["CDN", "/api/health", 200],
      ["CDN", "/", 200],
      ["CDN", "/assets/index-AqXx1L23.js", 200],
    ]);
    const { start } = await ask(`${outputs("ApiUrl")}/api/health`, signal);
    expect(JSON.parse(start)).toMatchObject({ status: "ok", image: { digest: `sha256:${"ab".repeat(32)}` } });
  });

  it("whose app is at the domain itself leads there from www., with path and query, over HTTPS", async () => {
    const domain = { name: "example.com", zone: "Z0123456789ABCDEFGHIJ", names: { app: "example.com" } };
    const { publish, get, ask, rehearsal } = await stand({ ...HERE, domain, service: { image: IMAGE } });
    onTestFinished(rehearsal.close);
    await publish(viteOutput("A"));
    expect((await get("/deep/link")).start).toContain("<title>A</title>");
    const asked = async (url: string) => {
      const { status, headers } = await ask(url, signal);
      return [status, headers.location];
    };
    const path = "/cart/7?a=1&a=2&b=%20+";
    expect(await asked(`http://www.example.com${path}`)).toEqual([301, `https://www.example.com${path}`]);
    expect(await asked(`https://www.example.com${path}`)).toEqual([301, `https://example.com${path}`]);
    expect(await asked("https://www.example.com/api/items")).toEqual([301, "https://example.com/api/items"]);
    expect(await asked("https://example.com/api/health")).toEqual([404, undefined]);
  });
});
