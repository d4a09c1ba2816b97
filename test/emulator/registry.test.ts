import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateRepositoryCommand, ECRClient } from "@aws-sdk/client-ecr";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { images } from "../../src/aws/images.ts";
import { openSession } from "../../src/aws/session.ts";
import type { BuilderName } from "../../src/build/builder.ts";
import type { ImageEvent } from "../../src/build/event.ts";
import { sourceOf } from "../../src/build/source.ts";
import { openContext } from "../../src/context.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { ensureImage } from "../../src/release/ensure-image.ts";
import { contextWith } from "../support/context.ts";
import { digestOf } from "../support/registry-client.ts";
import { type Served, serve } from "../support/served.ts";

const REGION = "us-east-1";
const repository = "shop-dev";

let home: string;
let app: string;
let served: Served;

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), "astro-oci-"));
  // The builders' own images stay out of those of this machine.
  const storage = `[storage]\ndriver = "vfs"\nrunroot = "${home}/run"\ngraphroot = "${home}/images"\n`;
  writeFileSync(join(home, "storage.conf"), storage);
  vi.stubEnv("CONTAINERS_STORAGE_CONF", join(home, "storage.conf"));
  app = join(home, "shop");
  cpSync(join("test", "fixtures", "shop"), app, { recursive: true });
  copyFileSync("/bin/busybox", join(app, "busybox"));
  const git = (...words: readonly string[]) =>
    execFileSync("git", ["-C", app, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...words]);
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "shop");
  served = await serve([]);
});

afterEach(() => {
  expect(existsSync(join(home, "logins")) ? readdirSync(join(home, "logins")) : []).toEqual([]);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await served?.stop();
  rmSync(home, { recursive: true, force: true });
});

type Account = { readonly endpoint: string; readonly credentials: Rehearsal["credentials"] };

/** Brings the app's image into the repository of an account, as a deployment does. */
async function deploy({ endpoint, credentials }: Account, builder: BuilderName, target: string) {
  const { program } = openContext({ root: ".", version: "1.0.0", cache: home, json: true });
  const context = contextWith(() => Promise.reject(new Error("no shell is needed")), { program, cache: home });
  const events: ImageEvent[] = [];
  const dockerfile = join(app, "Dockerfile.scratch");
  const build = { context: app, dockerfile, platform: "linux/amd64", args: { RELEASE: target } };
  const port = images(openSession({ endpoint, credentials }), REGION);
  const image = await ensureImage(context, port, {
    source: { ...(await sourceOf(context, build)), tag: target },
    build,
    repository,
    builder,
    emit: (event) => events.push(event),
    signal: new AbortController().signal,
  });
  return { image, events, login: await port.registryLogin() };
}

function account(): Account {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = served.environment;
  return { endpoint: served.endpoint, credentials: { accessKeyId, secretAccessKey } };
}

const createRepository = ({ endpoint, credentials }: Account) =>
  new ECRClient({ endpoint, credentials, region: REGION }).send(
    new CreateRepositoryCommand({ repositoryName: repository }),
  );

/** What lies in a folder, by name. */
const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, digestOf(readFileSync(join(folder, name)))]));

describe("an image of the sample app", () => {
  it("is built by Debian's buildah and podman, pushed to `astro rehearse`, and read by skopeo byte for byte", async () => {
    const aws = account();
    await createRepository(aws);
    for (const builder of ["buildah", "podman"] as const) {
      const { image, events, login } = await deploy(aws, builder, `by-${builder}`);
      expect(image).toMatchObject({
        built: true,
        tag: `by-${builder}`,
        commit: expect.stringMatching(/^[0-9a-f]{40}$/),
      });
      expect(events.map(({ type }) => type)).toContain("image.pushed");
      expect(JSON.stringify(events)).not.toContain(login.password);

      const skopeo = (...words: readonly string[]) => execFileSync("skopeo", words, { encoding: "utf8" });
      const creds = `${login.username}:${login.password}`;
      const at = (version: string) => `docker://${login.address}/${repository}${version}`;
      const pull = ["copy", "--src-tls-verify=false", "--src-creds", creds, "--preserve-digests"];
      const [first, again] = [join(home, `${builder}-1`), join(home, `${builder}-2`)];
      skopeo(...pull, at(`@${image.digest}`), `dir:${first}`);
      const manifest = readFileSync(join(first, "manifest.json"));
      expect(digestOf(manifest)).toBe(image.digest);
      const { config, layers } = JSON.parse(manifest.toString()) as {
        readonly config: { readonly digest: string };
        readonly layers: readonly { readonly digest: string }[];
      };
      for (const { digest } of [config, ...layers])
        expect(contents(first)[digest.slice("sha256:".length)]).toBe(digest);
      const files = layers.map(({ digest }) => join(first, digest.slice("sha256:".length)));
      const has = (file: string, name: string) =>
        execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).includes(name);
      const layer = files.find((file) => has(file, "bin/busybox")) ?? "";
      const unpacked = execFileSync("tar", ["-xzOf", layer, "bin/busybox"], { maxBuffer: 2 ** 26 });
      expect(unpacked.equals(readFileSync("/bin/busybox"))).toBe(true);

      // What skopeo pushes comes back as it was, too.
      const push = ["copy", "--dest-tls-verify=false", "--dest-creds", creds, "--preserve-digests"];
      skopeo(...push, `dir:${first}`, at(`:again-${builder}`));
      skopeo(...pull, at(`:again-${builder}`), `dir:${again}`);
      expect(contents(again)).toEqual(contents(first));
      const told = skopeo("inspect", "--tls-verify=false", "--creds", creds, at(`:by-${builder}`));
      expect(JSON.parse(told)).toMatchObject({ Digest: image.digest, Architecture: "amd64" });

      expect((await deploy(aws, builder, `by-${builder}`)).image).toEqual({ ...image, built: false });
    }
  });

  it("is refused or broken off as a registry does it, and the same command goes on", async () => {
    const rehearsal = await startRehearsal({ speed: 1, region: REGION, clients: "outside" });
    try {
      await createRepository(rehearsal);
      rehearsal.setFaults([{ registry: "push-denied" }]);
      await expect(deploy(rehearsal, "buildah", "v1")).rejects.toMatchObject({
        code: "denied",
        hint: expect.stringContaining("ecr:InitiateLayerUpload"),
      });
      rehearsal.setFaults([{ registry: "push-interrupted" }]);
      await expect(deploy(rehearsal, "buildah", "v1")).rejects.toMatchObject({
        code: "unreachable",
        hint: expect.stringContaining("run the same command"),
      });
      rehearsal.setFaults([]);
      expect((await deploy(rehearsal, "buildah", "v1")).image).toMatchObject({ built: true, tag: "v1" });
    } finally {
      await rehearsal.close();
    }
  });

  it("that cannot be built shows what the builder said last", async () => {
    const dockerfile = join(app, "Dockerfile.scratch");
    writeFileSync(dockerfile, `${readFileSync(dockerfile, "utf8")}COPY nothing /nothing\n`);
    await expect(deploy(account(), "podman", "broken")).rejects.toMatchObject({
      code: "failed",
      message: expect.stringMatching(/^the image could not be built: podman ended with exit code \d+\n[\s\S]*nothing/),
    });
  });
});
