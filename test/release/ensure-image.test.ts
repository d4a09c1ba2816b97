import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { ImageEvent } from "../../src/build/event.ts";
import type { Context } from "../../src/context.ts";
import { ensureImage, namedImage } from "../../src/release/ensure-image.ts";
import type { ImagesPort } from "../../src/release/port-images.ts";
import { contextWith } from "../support/context.ts";
import { fakeBuilders, fakeImages, type Ran, TOKEN, URI } from "../support/fake-images.ts";

const DIGEST = `sha256:${"a".repeat(64)}`;
const SOURCE = { tag: "0123456789ab", commit: "0123456789ab".padEnd(40, "0"), dirty: false };
const DENIED =
  "denied: User: arn:aws:iam::123456789012:user/ada is not authorized to perform: ecr:InitiateLayerUpload on resource: shop-dev";
const EXPIRED = "denied: Your authorization token has expired. Reauthenticate and try again.";

type Answers = Parameters<typeof fakeBuilders>[0];

function world(answers: Answers, port: Partial<ImagesPort> = {}, more: Partial<Context> = {}) {
  const cache = mkdtempSync(join(tmpdir(), "astro-image-"));
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
  const images = fakeImages(port);
  const calls: Ran[] = [];
  const events: ImageEvent[] = [];
  const seen: string[] = [];
  const run = fakeBuilders(answers, calls);
  const context = contextWith(() => Promise.reject(new Error("no shell is needed")), {
    cache,
    program: (words, options) => {
      const logins = join(cache, "logins");
      if (existsSync(logins)) seen.push(...readdirSync(logins).map((name) => modeOf(join(logins, name))));
      return run(words, options);
    },
    ...more,
  });
  const ensure = (options: Partial<Parameters<typeof ensureImage>[2]> = {}) =>
    ensureImage(context, images, {
      source: SOURCE,
      build: { context: cache, platform: "linux/amd64" },
      repository: "shop-dev",
      emit: (event) => events.push(event),
      signal: new AbortController().signal,
      ...options,
    });
  /** What a push that goes well does. */
  const put = () => {
    images.stored.set(SOURCE.tag, { digest: DIGEST, tags: [SOURCE.tag] });
    return {};
  };
  const logins = () => (existsSync(join(cache, "logins")) ? readdirSync(join(cache, "logins")) : []);
  return { images, calls, events, ensure, put, cache, seen, logins };
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

/** A machine with podman alone; `push` is what a push says, each time. */
const podman = (push: () => { readonly exitCode?: number; readonly lines?: readonly string[] }): Answers => [
  ["podman info", {}],
  ["podman --version", { stdout: "podman version 4.3.1" }],
  ["podman login", { lines: ["Login Succeeded!"] }],
  ["podman build", { lines: ["STEP 1/2: FROM scratch", "API_TOKEN=hunter2"] }],
  ["podman push", push],
];

describe("an image", () => {
  it("that is in the repository is not built again: nobody looks for a builder", async () => {
    const { ensure, put, calls, events } = world([]);
    put();
    expect(await ensure()).toEqual({ ref: `${URI}@${DIGEST}`, digest: DIGEST, ...SOURCE, built: false });
    expect([calls, events]).toEqual([[], [{ type: "image.found", tag: SOURCE.tag, digest: DIGEST }]]);
  });

  it("is built, pushed and found by its digest; each line is told, without what looks like a secret", async () => {
    const { ensure, put, events } = world(podman(() => put()));
    expect(await ensure()).toMatchObject({ ref: `${URI}@${DIGEST}`, tag: SOURCE.tag, built: true });
    expect(events).toEqual([
      { type: "image.building", builder: "podman", ...SOURCE, platform: "linux/amd64" },
      { type: "image.output", line: "STEP 1/2: FROM scratch" },
      { type: "image.output", line: "API_TOKEN=***" },
      { type: "image.pushing", repository: "shop-dev", tag: SOURCE.tag },
      { type: "image.pushed", tag: SOURCE.tag, digest: DIGEST },
    ]);
  });

  it("is pushed with a token that is on standard input alone, in a folder that is nobody else's and gone afterwards", async () => {
    const { ensure, put, calls, events, cache, seen, logins } = world(podman(() => put()));
    await ensure();
    expect(JSON.stringify([calls.map(({ words, env }) => [words, env]), events])).not.toContain(TOKEN);
    const [login] = calls.filter(({ input }) => input !== undefined);
    expect([login?.input, login?.words.slice(-4)]).toEqual([
      `${TOKEN}-1`,
      ["--username", "AWS", "--password-stdin", URI.split("/")[0]],
    ]);
    expect(login?.words.find((word) => word.endsWith("auth.json"))).toContain(join(cache, "logins"));
    expect([new Set(seen), logins()]).toEqual([new Set(["700"]), []]);
  });

  it("leaves nothing of its login behind when it is interrupted, or when the process ends in the middle", async () => {
    const interruption = new AbortController();
    const ends: (() => void)[] = [];
    const atExit: Context["atExit"] = (work) => {
      ends.push(work);
      return () => undefined;
    };
    const push = () => {
      interruption.abort(new Error("interrupted"));
      return {};
    };
    const cut = world(podman(push), {}, { atExit });
    await expect(cut.ensure({ signal: interruption.signal })).rejects.toThrow();
    expect(cut.logins()).toEqual([]);
    const dead = world(
      podman(() => {
        for (const end of ends.splice(0)) end();
        expect(dead.logins()).toEqual([]);
        return dead.put();
      }),
      {},
      { atExit },
    );
    ends.length = 0;
    await dead.ensure();
  });

  it("takes away what a killed run left of its login, and leaves that of one that runs", async () => {
    const { ensure, put, cache, logins } = world(
      podman(() => put()),
      {},
      { isGone: (name) => name === "dead 1" },
    );
    for (const [name, owner] of [
      ["old", "dead 1"],
      ["other", "alive 2"],
    ] as const) {
      mkdirSync(join(cache, "logins", name), { recursive: true });
      writeFileSync(join(cache, "logins", name, "owner"), owner);
    }
    await ensure();
    expect(logins()).toEqual(["other"]);
  });

  it("has docker ask for its base images as the user does, and keep our token out of the system's store", async () => {
    let config: unknown;
    const home = mkdtempSync(join(tmpdir(), "astro-docker-"));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const theirs = {
      auths: { "ghcr.io": {} },
      credsStore: "desktop",
      currentContext: "desktop-linux",
      proxies: { default: {} },
    };
    writeFileSync(join(home, "config.json"), JSON.stringify(theirs));
    const { ensure, put, calls } = world(
      [
        ["docker buildx", { exitCode: 1 }],
        ["docker version", {}],
        ["docker context", { stdout: "unix:///home/ada/.docker/run/docker.sock\n" }],
        [
          "docker login",
          () => {
            config = JSON.parse(readFileSync(join(last().DOCKER_CONFIG ?? "", "config.json"), "utf8"));
            return {};
          },
        ],
        ["docker build", {}],
        ["docker push", () => put()],
      ],
      {},
      { env: { DOCKER_CONFIG: home } },
    );
    const last = () => calls.at(-1)?.env ?? {};
    await ensure();
    expect(config).toEqual({
      auths: { "ghcr.io": {}, [URI.split("/")[0] ?? ""]: {} },
      credHelpers: { "ghcr.io": "desktop" },
      proxies: { default: {} },
      cliPluginsExtraDirs: [join(home, "cli-plugins")],
    });
    expect(last()).toMatchObject({
      DOCKER_HOST: "unix:///home/ada/.docker/run/docker.sock",
      BUILDX_CONFIG: join(home, "buildx"),
    });
  });

  it("goes on with a new token where the one before expired half-way, once", async () => {
    let pushes = 0;
    const { ensure, put, images, events } = world(
      podman(() => {
        pushes += 1;
        return pushes === 1 ? { exitCode: 125, lines: [EXPIRED] } : put();
      }),
    );
    expect((await ensure()).built).toBe(true);
    expect([images.logins(), events.filter(({ type }) => type === "image.token-renewed").length]).toEqual([2, 1]);
    const always = world(podman(() => ({ exitCode: 125, lines: [EXPIRED] })));
    await expect(always.ensure()).rejects.toMatchObject({ code: "credentials" });
    expect([always.images.logins(), always.logins()]).toEqual([2, []]);
  });

  it.each([
    ["is refused", [DENIED], "denied", /ecr:InitiateLayerUpload/],
    ["is refused without an action", ["unauthorized: authentication required"], "denied", /ecr:PutImage/],
    ["breaks off", ["error writing layer: connection reset by peer"], "unreachable", /same command/],
    [
      "finds another image under its tag",
      ["tag invalid: The image tag '1' already exists and cannot be overwritten because the repository is immutable."],
      "conflict",
      /same command/,
    ],
  ] as const)("whose push %s says what to do", async (_, lines, code, hint) => {
    const { ensure, logins } = world(podman(() => ({ exitCode: 125, lines })));
    await expect(ensure()).rejects.toMatchObject({ code, hint: expect.stringMatching(hint) });
    expect(logins()).toEqual([]);
  });

  it("whose cache the repository does not take is told of as a push that is refused", async () => {
    const lines = ["STEP 1/2: FROM scratch", `Error: failed pushing cache to r.example/shop-dev: ${DENIED}`];
    const answers = podman(() => ({})).map(([words, said]) =>
      words === "podman build" ? ([words, { exitCode: 125, lines }] as const) : ([words, said] as const),
    );
    await expect(world(answers).ensure()).rejects.toMatchObject({
      code: "denied",
      hint: expect.stringContaining("ecr:InitiateLayerUpload"),
    });
  });

  it("that cannot be built shows the last 20 lines of its builder", async () => {
    const lines = Array.from({ length: 30 }, (_, n) => `line ${n + 1}`);
    const broken = podman(() => ({})).map(([words, said]) =>
      words === "podman build" ? ([words, { exitCode: 2, lines }] as const) : ([words, said] as const),
    );
    const thrown = await world(broken)
      .ensure()
      .catch((error: unknown) => error as Error);
    expect((thrown as Error).message.split("\n")).toEqual([
      "the image could not be built: podman ended with exit code 2",
      ...lines.slice(10).map((line) => `  ${line}`),
    ]);
  });

  it("for other machines than the tasks' is refused, built or found", async () => {
    const arm = { imagePlatforms: async () => ["linux/arm64"] };
    const built = world(
      podman(() => built.put()),
      arm,
    );
    await expect(built.ensure()).rejects.toMatchObject({
      message: `the image ${SOURCE.tag} is built for linux/arm64, and the tasks run linux/amd64`,
      code: "failed",
    });
    const found = world([], arm);
    found.put();
    await expect(found.ensure()).rejects.toMatchObject({ code: "failed", hint: expect.stringMatching(/^delete it/) });
  });

  it("is built by nobody where the environment has no repository", async () => {
    await expect(world([], { repositoryUri: async () => undefined }).ensure()).rejects.toMatchObject({
      message: "there is no repository shop-dev for the image",
      hint: "provision the environment first:  astro provision",
    });
  });

  it("brings a cache along from the build before, where a builder has one", async () => {
    const { ensure, put, calls } = world(
      [
        ["docker buildx inspect", { stdout: "Driver: docker-container\n" }],
        ["docker buildx build", () => put()],
        ["docker", {}],
      ],
      { newestTags: async () => ["build-cache-before"] },
    );
    await ensure();
    const words =
      calls.map((call) => call.words.join(" ")).find((line) => line.startsWith("docker buildx build")) ?? "";
    expect(words).toContain(`--cache-from type=registry,ref=${URI}:build-cache-before`);
    expect(words).toContain(`--cache-to type=registry,ref=${URI}:build-cache-${SOURCE.tag},mode=max`);
  });
});

describe("--image", () => {
  const named = (name: string, port: Partial<ImagesPort> = {}, platform?: string) => {
    const images = fakeImages(port);
    images.stored.set("v1", { digest: DIGEST, tags: ["v1"] });
    return namedImage(images, { name, repository: "shop-dev", platform, signal: new AbortController().signal });
  };

  it.each(["v1", DIGEST, `${URI}:v1`, `${URI}@${DIGEST}`, `${URI}:v1@${DIGEST}`])(
    "takes what is in the repository by its tag, its digest or its whole name: %s",
    async (name) => {
      expect(await named(name)).toEqual({
        ref: `${URI}@${DIGEST}`,
        digest: DIGEST,
        tag: "v1",
        dirty: false,
        built: false,
      });
    },
  );

  it.each([
    ["ghcr.io/acme/shop:v2", "ghcr.io/acme/shop"],
    ["localhost:5000/shop", "localhost:5000/shop"],
    [`public.ecr.aws/nginx/nginx@${DIGEST}`, "public.ecr.aws/nginx/nginx"],
  ])("pins a public image to its digest: %s", async (name, bare) => {
    expect(await named(name, { publicImage: async () => ({ digest: DIGEST, platforms: [] }) })).toMatchObject({
      ref: `${bare}@${DIGEST}`,
      tag: name,
    });
  });

  it("refuses what is not there, or for other machines", async () => {
    await expect(named("v2")).rejects.toMatchObject({
      code: "usage",
      message: "--image v2: the repository shop-dev has no image v2",
    });
    await expect(named("ghcr.io/acme/no:v1")).rejects.toMatchObject({ code: "usage" });
    const arm = { publicImage: async () => ({ digest: DIGEST, platforms: ["linux/arm64"] }) };
    await expect(named("ghcr.io/acme/shop:v2", arm, "linux/amd64")).rejects.toMatchObject({ code: "usage" });
  });

  it.each([
    "999999999999.dkr.ecr.eu-west-1.amazonaws.com/shop:v1",
    "123456789012.dkr.ecr.eu-west-1.amazonaws.com/other:v1",
  ])("refuses another private repository's, which the tasks may not pull, and says how they may: %s", async (name) => {
    await expect(named(name)).rejects.toMatchObject({ code: "usage", hint: expect.stringContaining("service.image") });
  });
});
