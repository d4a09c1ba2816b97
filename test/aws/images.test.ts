import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { describe, expect, it, onTestFinished } from "vitest";
import { images } from "../../src/aws/images.ts";
import { openSession } from "../../src/aws/session.ts";
import type { Fault } from "../../src/rehearsal/state/faults.ts";
import { listening } from "../support/local-server.ts";
import { digestOf, manifestOf, registryClient, SCHEMA2 } from "../support/registry-client.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";

const repositoryName = "shop-dev";
const { signal } = new AbortController();

/** The port before a rehearsed repository that scans what is pushed. */
async function repository(faults: readonly Fault[] = [], scanOnPush = true) {
  const { rehearsal, pass, meanwhile } = await rehearsed({ faults });
  const { endpoint, credentials } = rehearsal;
  const config = { endpoint, credentials, region: SITE.region };
  const client = new ECRClient(config);
  await client.send(new CreateRepositoryCommand({ repositoryName, imageScanningConfiguration: { scanOnPush } }));
  const port = images(openSession({ endpoint, credentials }), SITE.region);
  return { port, endpoint, pass, meanwhile, ...(await registryClient(config, repositoryName)) };
}

describe("the images of an environment's repository", () => {
  it("are found by tag and by digest, with what they are built for; others are not there", async () => {
    const { port, push } = await repository();
    const digest = await push("v1", { architecture: "arm64" });
    const stored = { digest, tags: ["v1"], size: expect.any(Number), pushedAt: expect.stringMatching(/^2026-03-01T/) };
    expect(await port.storedImage(repositoryName, "v1")).toEqual(stored);
    expect(await port.storedImage(repositoryName, digest)).toEqual(stored);
    expect(await port.imagePlatforms(repositoryName, digest)).toEqual(["linux/arm64"]);
    expect(await port.storedImage(repositoryName, "v2")).toBeUndefined();
    expect(await port.storedImage("other", "v1")).toBeUndefined();
    expect([await port.repositoryUri(repositoryName), await port.repositoryUri("other")]).toEqual([
      `${SITE.account}.dkr.ecr.${SITE.region}.amazonaws.com/shop-dev`,
      undefined,
    ]);
  });

  it("are pushed by a login that leads to the registry", async () => {
    const { port, endpoint } = await repository();
    expect(await port.registryLogin()).toEqual({
      address: new URL(endpoint).host,
      insecure: true,
      username: "AWS",
      password: expect.stringMatching(/^\S{40,}$/),
    });
  });

  it("have tags by what these begin with, of the newest image", async () => {
    const { port, push, pass } = await repository();
    await push("build-cache-one", { layer: "1" });
    await pass(60);
    await push("build-cache-two", { layer: "2" });
    await push("v1", { layer: "2" });
    expect(await port.newestTags(repositoryName, "build-cache-")).toEqual(["build-cache-two"]);
    expect(await port.newestTags(repositoryName, "other-")).toEqual([]);
    expect(await port.newestTags("other", "v")).toEqual([]);
  });

  it("are scanned: not yet, with nothing found, with something critical, or not at all", async () => {
    const { port, push, meanwhile, pass } = await repository();
    const scan = (digest: string) => port.imageScan(repositoryName, digest);
    await meanwhile(async () => expect(await scan(await push("v1"))).toEqual({ status: "in-progress" }));
    await pass(30);
    expect(await scan(await push("v1"))).toEqual({ status: "complete", critical: 0, findings: [] });
    const bad = await repository([{ registry: "scan-critical" }]);
    const digest = await bad.push("v1");
    await bad.pass(30);
    expect(await bad.port.imageScan(repositoryName, digest)).toEqual({
      status: "complete",
      critical: 1,
      findings: [{ name: "CVE-2022-3602", package: "openssl", uri: expect.stringContaining("CVE-2022-3602") }],
    });
    const unscanned = await repository([], false);
    expect(await unscanned.port.imageScan(repositoryName, await unscanned.push("v1"))).toEqual({ status: "none" });
  });

  it("that may not be looked at are told of by the call", async () => {
    const { port } = await repository([{ call: "ecr:DescribeImages", effect: "denied", times: 99 }]);
    await expect(port.storedImage(repositoryName, "v1")).rejects.toMatchObject({
      code: "denied",
      refusal: { call: "ecr:DescribeImages" },
    });
  });
});

describe("a public image", () => {
  const MANIFEST = manifestOf(digestOf("{}"), []);

  /** A registry that gives a token to anybody; its address and what it was asked. */
  async function open(answer: (request: IncomingMessage, response: ServerResponse) => void) {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const { url = "", headers } = request;
      asked.push(`${url}${headers.authorization === undefined ? "" : ` ${headers.authorization}`}`);
      if (url.startsWith("/token")) return void response.end(JSON.stringify({ token: "for-all" }));
      if (headers.authorization === undefined) {
        const realm = `http://${headers.host}/token`;
        const challenge = `Bearer realm="${realm}",service="here",scope="repository:acme/shop:pull"`;
        return void response.writeHead(401, { "www-authenticate": challenge }).end();
      }
      return answer(request, response);
    });
    const { endpoint, close } = await listening(server);
    onTestFinished(close);
    const port = images(openSession({ endpoint }), SITE.region);
    return { host: new URL(endpoint).host, asked, port };
  }

  it("is asked of its own registry, with the token that this gives to anybody", async () => {
    const { host, asked, port } = await open(({ url = "" }, response) => {
      if (url.includes("/blobs/")) return void response.end('{"os":"linux","architecture":"arm64"}');
      response.writeHead(200, { "content-type": SCHEMA2 }).end(MANIFEST);
    });
    expect(await port.publicImage(`${host}/acme/shop:v1`, signal)).toEqual({
      digest: digestOf(MANIFEST),
      platforms: ["linux/arm64"],
    });
    expect(asked.slice(0, 3)).toEqual([
      "/v2/acme/shop/manifests/v1",
      "/token?service=here&scope=repository%3Aacme%2Fshop%3Apull",
      "/v2/acme/shop/manifests/v1 Bearer for-all",
    ]);
  });

  it("that nobody may pull, or is not there, is none; a registry that fails says so", async () => {
    const gone = await open((_, response) => void response.writeHead(404).end());
    expect(await gone.port.publicImage(`${gone.host}/acme/shop`, signal)).toBeUndefined();
    const broken = await open((_, response) => void response.writeHead(500).end());
    await expect(broken.port.publicImage(`${broken.host}/acme/shop`, signal)).rejects.toMatchObject({
      code: "unreachable",
      message: expect.stringContaining("status 500"),
    });
  });
});
