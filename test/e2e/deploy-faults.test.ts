import { mkdirSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Ended } from "../support/cli.ts";
import { type DeployProject, deployProject, doneIn, wordsOf } from "../support/deploy-project.ts";
import { type FakeDocker, fakeDocker } from "../support/fake-docker.ts";

let project: DeployProject;
let docker: FakeDocker;

beforeAll(async () => {
  project = await deployProject([
    [["build"], { context: "../app" }],
    [["migrate"], ["alembic", "upgrade", "head"]],
    [["frontend"], { directory: "../web", output: "dist" }],
  ]);
  docker = fakeDocker(join(project.folder, "docker"));
  project.write("app/Dockerfile", "FROM scratch\nCOPY main.py /\n");
  project.write("app/main.py", "print(1)\n");
  project.write("web/dist/index.html", "<!doctype html>");
}, 300_000);
afterAll(() => project?.remove());

const deploy = (...args: readonly string[]) => project.run(["deploy", "--yes", ...args], docker.env);
const releases = async () => wordsOf(await project.run(["releases", "--json"]));

/** Each leaves what runs as it was, and the same command goes on: the tests are one story. */
describe("a deployment", () => {
  it("without a builder names the four ways to get one, and the way without", async () => {
    const empty = join(project.folder, "empty");
    mkdirSync(empty);
    const none = await project.run(["deploy", "--yes"], { PATH: empty });
    expect(none.code).toBe(1);
    for (const way of ["Docker", "Podman", "Buildah", "Finch", "--image"]) expect(wordsOf(none)).toContain(way);
    const other = await project.run(["deploy", "--yes", "--builder", "podman"], { PATH: empty });
    expect(wordsOf(other)).toContain("the builder cannot be used: podman (not installed)");
    expect(await deploy("--builder", "kaniko")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("buildx, docker, podman, buildah, finch, nerdctl"),
    });
  });

  it("of a part that the app does not have is refused, and not called done", async () => {
    const worker = await deploy("--only", "worker");
    expect([worker.code, wordsOf(worker)]).toEqual([
      5,
      expect.stringMatching(/dev has neither a worker nor a schedule.*worker: \{command: .*astro provision --env dev/),
    ]);
  });

  it("whose build fails shows its last lines", async () => {
    docker.next("build-fails");
    const failed = await deploy();
    expect([failed.code, wordsOf(failed)]).toEqual([1, expect.stringContaining("docker ended with exit code 1")]);
    expect(failed.stderr).toContain("step 30: pip says no");
    expect(failed.stderr.split("the image could not be built")[1]).not.toContain("step 10: pip says no");
  });

  it("whose frontend must not be served is stopped before anything is changed", async () => {
    const dist = join(project.folder, "web", "dist");
    const refusals: [string, () => void, RegExp][] = [
      ["a .env", () => project.write("web/dist/.env", "KEY=1"), /output has \.env: would be there for everybody/],
      ["nothing", () => mkdirSync(dist), /output \S+ is empty/],
      [
        "a film",
        () => film(join(dist, "film.mp4")),
        /film\.mp4 has 5\.0 GB, and a file of a frontend has 5 GB at most/,
      ],
    ];
    const film = (file: string) => {
      project.write("web/dist/index.html", "<!doctype html>");
      project.write("web/dist/film.mp4", "");
      truncateSync(file, 5 * 1024 ** 3 + 1);
    };
    for (const [what, make, words] of refusals) {
      if (what === "nothing") rmSync(dist, { recursive: true });
      make();
      const refused = await deploy("--json");
      expect([refused.code, wordsOf(refused)], what).toEqual([5, expect.stringMatching(words)]);
      expect(doneIn(refused), what).toEqual([]);
      rmSync(join(dist, ".env"), { force: true });
      rmSync(join(dist, "film.mp4"), { force: true });
    }
    expect(await releases()).not.toContain('"number"');
  });

  it("whose push is denied names the action", async () => {
    project.write("app/main.py", "print(2)\n");
    const denied = await deploy("--fault", "push-denied");
    expect([denied.code, wordsOf(denied)]).toEqual([1, expect.stringMatching(/not allowed.*ask for ecr:\w+/)]);
  });

  it("whose push breaks off, and whose token then expires half-way, goes on with the same command", async () => {
    docker.next("push-breaks");
    const broken = await deploy();
    expect([broken.code, wordsOf(broken)]).toEqual([1, expect.stringContaining("the push to shop-dev broke off")]);
    expect(wordsOf(broken)).toContain("run the same command: layers that arrived are not sent again");
    docker.next("token-expires");
    const done = await deploy("--json");
    expect([done.code, doneIn(done)], wordsOf(done)).toEqual([
      0,
      ["build", "migrate", "shop-dev-service", "frontend", "prove"],
    ]);
    expect(done.stdout).toContain("Layer already exists");
    expect(await releases()).toContain('"number": 1');
  });

  it("of an image for another machine is stopped, and told again what helps", async () => {
    project.write("app/main.py", "print(3)\n");
    docker.next("other-machine");
    const built = await deploy();
    expect([built.code, wordsOf(built)]).toEqual([
      1,
      expect.stringMatching(/is built for linux\/arm64, and the tasks run linux\/amd64.*QEMU/),
    ]);
    const again = await deploy();
    expect([again.code, wordsOf(again)]).toEqual([1, expect.stringMatching(/delete it from the repository.*QEMU/)]);
  });

  it("of an image without the health path goes back to the one before, and serves no new frontend", async () => {
    project.write("app/main.py", "print(4)\n");
    project.write("web/dist/index.html", "<!doctype html><p>new</p>");
    const failed = await deploy("--fault", "health-check");
    expect([failed.code, wordsOf(failed)]).toEqual([6, expect.stringMatching(/health.*this one is rolled back/i)]);
    expect(failed.stderr).not.toContain("put in place");
    expect(await releases()).not.toContain('"number": 2');
    const done: Ended = await deploy("--json");
    expect([done.code, doneIn(done)], wordsOf(done)).toEqual([
      0,
      ["build", "migrate", "shop-dev-service", "frontend", "prove"],
    ]);
    expect(done.stdout).toMatch(/"step":"migrate","outcome":"unchanged"/);
    expect(await releases()).toContain('"number": 2');
  });
});
