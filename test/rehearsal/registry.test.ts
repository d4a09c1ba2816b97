import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
} from "@aws-sdk/client-ecr";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Fault } from "../../src/rehearsal/state/faults.ts";
import { keptIn } from "../support/kept.ts";
import { digestOf, manifestOf, type RegistryClient, registryClient, SCHEMA2 } from "../support/registry-client.ts";
import { rehearsed } from "../support/rehearsed.ts";
import { SITE } from "../support/stacks.ts";

const INDEX = "application/vnd.oci.image.index.v1+json";
const repositoryName = "shop-dev";

/** A repository of a rehearsed account, and a client of registries that has logged in to it. */
async function registry(faults: readonly Fault[] = []) {
  const { rehearsal, pass, meanwhile } = await rehearsed({ faults });
  const { endpoint, credentials } = rehearsal;
  const config = { endpoint, credentials, region: SITE.region };
  const ecr = new ECRClient(config);
  await ecr.send(new CreateRepositoryCommand({ repositoryName, imageTagMutability: "IMMUTABLE" }));
  const client = await registryClient(config, repositoryName);
  const ask: RegistryClient["ask"] = (...of) => meanwhile(() => client.ask(...of));
  return { ...client, ask, ecr, endpoint, repository: `/v2/${repositoryName}`, pass, rehearsal };
}

const errorOf = async (answer: Response) => {
  const { errors } = (await answer.json()) as {
    readonly errors: readonly { readonly code: string; readonly message: string }[];
  };
  return [answer.status, errors[0]?.code, errors[0]?.message];
};

describe("the rehearsal's registry (OCI Distribution Specification)", () => {
  it("lets in who has a token of GetAuthorizationToken, for twelve hours, and asks others for one", async () => {
    const { ask, endpoint, authorization, registry: address, pass } = await registry();
    const login = Buffer.from(authorization.replace("Basic ", ""), "base64").toString();
    expect([address, login]).toEqual([endpoint, expect.stringMatching(/^AWS:/)]);
    expect((await ask("GET", "/v2/")).status).toBe(200);
    const asked = await fetch(new URL("/v2/", endpoint));
    expect([asked.status, asked.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringMatching(/^Basic realm=/),
    ]);
    const wrong = { headers: { authorization: `Basic ${Buffer.from("AWS:guess").toString("base64")}` } };
    expect(await errorOf(await ask("GET", "/v2/", wrong))).toEqual([403, "DENIED", expect.any(String)]);
    await pass(43_300);
    expect(await errorOf(await ask("GET", "/v2/"))).toEqual([
      403,
      "DENIED",
      "Your authorization token has expired. Reauthenticate and try again.",
    ]);
  });

  it("takes a layer whole, in chunks and in one request, and gives it back byte for byte", async () => {
    const { ask, send, repository } = await registry();
    const bytes = Buffer.from([0, 255, 10, 13, 128]);
    const digest = digestOf(bytes);
    expect((await ask("HEAD", `${repository}/blobs/${digest}`)).status).toBe(404);
    const begun = await ask("POST", `${repository}/blobs/uploads/`);
    const at = begun.headers.get("location") ?? "";
    expect(begun.status).toBe(202);
    const chunk = (from: number, until: number) =>
      ask("PATCH", at, { body: bytes.subarray(from, until + 1), headers: { "content-range": `${from}-${until}` } });
    expect((await chunk(0, 1)).headers.get("range")).toBe("0-1");
    expect((await errorOf(await chunk(3, 4))).slice(0, 2)).toEqual([416, "BLOB_UPLOAD_INVALID"]);
    expect((await chunk(2, 3)).headers.get("range")).toBe("0-3");
    expect((await ask("GET", at)).headers.get("range")).toBe("0-3");
    const done = await ask("PUT", `${at}?digest=${digest}`, { body: bytes.subarray(4) });
    expect([done.status, done.headers.get("docker-content-digest")]).toEqual([201, digest]);
    const got = await ask("GET", `${repository}/blobs/${digest}`);
    expect(Buffer.from(await got.arrayBuffer())).toEqual(bytes);
    const head = await ask("HEAD", `${repository}/blobs/${digest}`);
    expect([head.status, head.headers.get("content-length")]).toEqual([200, "5"]);
    const one = await ask("POST", `${repository}/blobs/uploads/?digest=${digestOf("one")}`, { body: "one" });
    expect(one.status).toBe(201);
    expect(await send("")).toBe(digestOf(""));
  });

  it("refuses what is not what its digest says, what nobody began, and mounts nothing", async () => {
    const { ask, repository } = await registry();
    const begun = await ask("POST", `${repository}/blobs/uploads/?mount=${digestOf("a")}&from=other`);
    expect(begun.status).toBe(202);
    const at = begun.headers.get("location") ?? "";
    const wrong = await ask("PUT", `${at}?digest=${digestOf("b")}`, { body: "a" });
    expect((await errorOf(wrong)).slice(0, 2)).toEqual([400, "DIGEST_INVALID"]);
    expect((await ask("DELETE", at)).status).toBe(204);
    for (const id of [at, `${repository}/blobs/uploads/constructor`])
      expect((await errorOf(await ask("PATCH", id, { body: "a" }))).slice(0, 2)).toEqual([404, "BLOB_UPLOAD_UNKNOWN"]);
    expect((await errorOf(await ask("POST", "/v2/other/blobs/uploads/"))).slice(0, 2)).toEqual([404, "NAME_UNKNOWN"]);
    expect((await errorOf(await ask("GET", "/v2/_catalog"))).slice(0, 2)).toEqual([405, "UNSUPPORTED"]);
  });

  it("has what was pushed as ECR tells it: digest, tags, size, platform, until it is deleted", async () => {
    const { ecr, ask, push, repository } = await registry();
    const digest = await push("v1", { layer: "some layer" });
    expect(await push("v2", { layer: "some layer" })).toBe(digest);
    const { imageDetails: [image] = [] } = await ecr.send(new DescribeImagesCommand({ repositoryName }));
    expect(image).toMatchObject({ imageDigest: digest, imageTags: ["v1", "v2"], imageManifestMediaType: SCHEMA2 });
    const got = await ask("GET", `${repository}/manifests/v1`);
    expect([got.headers.get("content-type"), digestOf(await got.text())]).toEqual([SCHEMA2, digest]);
    expect((await ask("HEAD", `${repository}/manifests/${digest}`)).headers.get("docker-content-digest")).toBe(digest);
    expect(await (await ask("GET", `${repository}/tags/list`)).json()).toEqual({
      name: repositoryName,
      tags: ["v1", "v2"],
    });
    const page = await ask("GET", `${repository}/tags/list?n=1`);
    expect(page.headers.get("link")).toContain("last=v1");
    const { images: [one] = [] } = await ecr.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [{ imageTag: "v1" }] }),
    );
    const { config } = JSON.parse(one?.imageManifest ?? "{}") as { readonly config: { readonly digest: string } };
    const { downloadUrl = "" } = await ecr.send(
      new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: config.digest }),
    );
    expect(await (await fetch(downloadUrl)).json()).toEqual({ architecture: "amd64", os: "linux" });
    await ecr.send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest: digest }] }));
    expect((await errorOf(await ask("GET", `${repository}/manifests/v1`))).slice(0, 2)).toEqual([
      404,
      "MANIFEST_UNKNOWN",
    ]);
    expect((await ask("HEAD", `${repository}/blobs/${config.digest}`)).status).toBe(404);
  });

  it("takes a manifest only with all it names, of a kind that ECR takes, under the digest that it has", async () => {
    const { put, push, send } = await registry();
    const config = await send("{}");
    const codes = async (answer: Promise<Response>) => (await errorOf(await answer)).slice(0, 2);
    expect(await codes(put(manifestOf(config, [digestOf("gone")]), "v1"))).toEqual([400, "MANIFEST_BLOB_UNKNOWN"]);
    expect(await codes(put(manifestOf(config, []), "v1", "text/plain"))).toEqual([400, "MANIFEST_INVALID"]);
    expect(await codes(put("[]", "v1"))).toEqual([400, "MANIFEST_INVALID"]);
    expect(await codes(put(manifestOf(config, []), digestOf("other")))).toEqual([400, "DIGEST_INVALID"]);
    expect(await codes(put(manifestOf(config, []), "-v1"))).toEqual([400, "TAG_INVALID"]);
    const list = (digest: string) => JSON.stringify({ schemaVersion: 2, manifests: [{ digest, size: 2 }] });
    expect(await codes(put(list(config), "all", INDEX))).toEqual([400, "MANIFEST_BLOB_UNKNOWN"]);
    expect((await put(list(await push("v1")), "all", INDEX)).status).toBe(201);
  });

  it("keeps an immutable tag's image, and takes the same one again", async () => {
    const { push } = await registry();
    const digest = await push("v1");
    expect(await push("v1")).toBe(digest);
    await expect(push("v1", { layer: "another" })).rejects.toThrow(/TAG_INVALID.*the repository is immutable/);
  });

  it("refuses every push while a fault says so, with ECR's words, and reads as before", async () => {
    const { ask, repository } = await registry([{ registry: "push-denied" }]);
    for (let tries = 0; tries < 2; tries++)
      expect(await errorOf(await ask("POST", `${repository}/blobs/uploads/`))).toEqual([
        403,
        "DENIED",
        expect.stringContaining("is not authorized to perform: ecr:InitiateLayerUpload on resource"),
      ]);
    expect((await ask("GET", `${repository}/tags/list`)).status).toBe(200);
  });

  it("breaks pushes off while a fault says so, and goes on with what arrived", async () => {
    const { ask, send, push, repository, rehearsal } = await registry();
    await send("layer");
    rehearsal.setFaults([{ registry: "push-interrupted" }]);
    const begun = await ask("POST", `${repository}/blobs/uploads/`);
    await expect(ask("PATCH", begun.headers.get("location") ?? "", { body: "a" })).rejects.toThrow();
    rehearsal.setFaults([]);
    expect((await ask("HEAD", `${repository}/blobs/${digestOf("layer")}`)).status).toBe(200);
    expect(await push("v1")).toMatch(/^sha256:/);
  });

  it("keeps what arrived over a new start: an image, and the half of a layer that nobody finished", async () => {
    const folder = mkdtempSync(join(tmpdir(), "astro-registry-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const open = async () => {
      const { rehearsal } = await rehearsed({ kept: keptIn(folder) });
      const { endpoint, credentials } = rehearsal;
      return { rehearsal, config: { endpoint, credentials, region: SITE.region } };
    };
    const { rehearsal, config } = await open();
    await new ECRClient(config).send(new CreateRepositoryCommand({ repositoryName }));
    const before = await registryClient(config, repositoryName);
    const digest = await before.push("v1", { layer: "kept" });
    const begun = await before.ask("POST", `/v2/${repositoryName}/blobs/uploads/`);
    const at = begun.headers.get("location") ?? "";
    await before.ask("PATCH", at, { body: "half and " });
    await rehearsal.close();

    const { config: again } = await open();
    const after = await registryClient(again, repositoryName);
    expect(digestOf(await (await after.ask("GET", `/v2/${repositoryName}/manifests/v1`)).text())).toBe(digest);
    expect(await (await after.ask("GET", `/v2/${repositoryName}/blobs/${digestOf("kept")}`)).text()).toBe("kept");
    const done = await after.ask("PUT", `${at}?digest=${digestOf("half and half")}`, { body: "half" });
    expect(done.status).toBe(201);
  });

  it("is nobody's from a web page or under another name", async () => {
    const { ask } = await registry();
    expect((await ask("GET", "/v2/", { headers: { origin: "https://evil.example" } })).status).toBe(403);
  });
});
