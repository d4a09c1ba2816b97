import { describe, expect, it } from "vitest";
import { BUILDERS, type BuilderName, findBuilder } from "../../src/build/builder.ts";
import { buildSteps } from "../../src/build/words.ts";
import { contextWith } from "../support/context.ts";
import { fakeBuilders, type Ran } from "../support/fake-images.ts";

const NO_SHELL = () => Promise.reject(new Error("no shell is needed"));

/** A machine on which these answer, by the words they are asked. */
const machine = (answers: Parameters<typeof fakeBuilders>[0], calls: Ran[] = []) =>
  contextWith(NO_SHELL, { program: fakeBuilders(answers, calls) });

const DOCKER = [["docker version", { stdout: "27.0.1\n" }]] as const;
const BUILDX = [
  ...DOCKER,
  ["docker buildx version", {}],
  ["docker buildx inspect", { stdout: "Driver: docker\n" }],
] as const;
const NO_DAEMON = "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?";

const find = (context: ReturnType<typeof machine>, wanted?: BuilderName) => findBuilder(context, { wanted, cwd: "/" });

describe("the builder", () => {
  it.each([
    ["buildx", BUILDX],
    ["docker", DOCKER],
    ["podman", [["podman", { stdout: "podman version 4.3.1" }]]],
    ["buildah", [["buildah", { stdout: "buildah version 1.28.2" }]]],
    ["finch", [["finch", {}]]],
    ["nerdctl", [["nerdctl", {}]]],
  ] as const)("is %s where no other before it answers", async (name, answers) => {
    expect((await find(machine(answers))).name).toBe(name);
  });

  it("is the first of them in their order, or the one that is wanted", async () => {
    const all = machine([...BUILDX, ["podman", {}], ["nerdctl", {}]]);
    expect([(await find(all)).name, (await find(all, "nerdctl")).name]).toEqual(["buildx", "nerdctl"]);
  });

  it("is none whose daemon does not answer: each says why, and there are four ways to get one and one without", async () => {
    const without = machine([
      ["docker buildx", { exitCode: 1, lines: ["docker: unknown command: docker buildx", "", "Run 'docker --help'"] }],
      ["docker version", { exitCode: 1, lines: [NO_DAEMON] }],
    ]);
    await expect(find(without)).rejects.toMatchObject({
      code: "failed",
      message: `no builder of container images can be used here: docker buildx (docker: unknown command: docker buildx), docker (${NO_DAEMON}), podman (not installed), buildah (not installed), finch (not installed), nerdctl (not installed)`,
      hint: expect.stringMatching(/Docker[\s\S]*Podman[\s\S]*Buildah[\s\S]*Finch[\s\S]*--image/),
    });
    await expect(find(without, "docker")).rejects.toMatchObject({
      message: `the builder cannot be used: docker (${NO_DAEMON})`,
      hint: expect.stringContaining("--builder"),
    });
  });

  it("keeps its layers' cache in the repository where it can", async () => {
    const caching = async (name: BuilderName, answers: Parameters<typeof fakeBuilders>[0]) =>
      (await find(machine(answers), name)).caches;
    expect([
      await caching("buildx", BUILDX),
      await caching("buildx", [["docker", { stdout: "Name: ci\nDriver: docker-container\n" }]]),
      await caching("podman", [["podman", { stdout: "podman version 4.2.0" }]]),
      await caching("podman", [["podman", { stdout: "podman version 4.3.1" }]]),
      await caching("buildah", [["buildah", { stdout: "buildah version 1.26.0" }]]),
      await caching("buildah", [["buildah", { stdout: "buildah version 1.28.2" }]]),
      await caching("nerdctl", [["nerdctl", {}]]),
    ]).toEqual([false, true, false, true, false, true, false]);
  });
});

describe("the words of a build", () => {
  const BUILD = {
    context: "/shop",
    dockerfile: "/shop/api/Dockerfile",
    target: "api",
    args: { A: "1 2" },
    platform: "linux/arm64",
  };
  const TARGET = { repository: "r.example/shop-dev", tag: "abc", insecure: false, caches: ["build-cache-old"] };
  const program = { buildx: ["docker", "buildx"] } as { readonly [name: string]: readonly string[] };

  it.each([...BUILDERS].flatMap((name) => [true, false].map((caches) => [name, caches] as const)))(
    "of %s (a cache: %s)",
    (name, caches) => {
      const login = /podman|buildah/.test(name) ? ["--authfile", "/own/auth.json"] : [];
      const builder = { name, caches, program: program[name] ?? [name] };
      const steps = buildSteps(builder, BUILD, TARGET, { words: login, env: {} });
      expect({ build: steps.build.join(" "), push: steps.push?.join(" ") }).toMatchSnapshot();
    },
  );

  it("hand an argument over as one word, and push without TLS to this very machine alone", () => {
    const builder = { name: "buildx", caches: true, program: ["docker", "buildx"] } as const;
    const here = buildSteps(builder, BUILD, { ...TARGET, insecure: true }, { words: [], env: {} });
    expect(here.build).toContain("A=1 2");
    expect([here.build.includes("--push"), here.build.includes("--load"), here.push]).toEqual([
      false,
      true,
      ["docker", "push", "r.example/shop-dev:abc"],
    ]);
  });
});
