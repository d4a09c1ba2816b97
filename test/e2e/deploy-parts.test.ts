import { join } from "node:path";
import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { jsonLines } from "../support/cli.ts";
import { type DeployProject, deployProject, doneIn, wordsOf } from "../support/deploy-project.ts";
import { KEYS, openTerminal } from "../support/pty.ts";
import { serveRehearsal } from "../support/served.ts";

let project: DeployProject;

beforeAll(async () => {
  project = await deployProject([
    [["migrate"], ["alembic", "upgrade", "head"]],
    [["frontend"], { directory: "../web", output: "dist" }],
    [["environments", "dev", "worker"], { command: ["celery", "worker"], tasks: 1, cpu: 256, memory: 512, spot: true }],
  ]);
  project.write("web/dist/index.html", "<!doctype html>");
  const aws = await serveRehearsal(`${project.folder}/infra`);
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = aws.environment;
  const ecr = new ECRClient({
    endpoint: aws.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId, secretAccessKey },
  });
  for (const imageTag of ["v1", "v2", "v3"]) {
    const imageManifest = JSON.stringify({ schemaVersion: 2, tag: imageTag });
    await ecr.send(new PutImageCommand({ repositoryName: "shop-dev", imageManifest, imageTag }));
  }
  await aws.stop();
}, 300_000);
afterAll(() => project?.remove());

const deploy = (...args: readonly string[]) => project.run(["deploy", "--yes", "--json", ...args]);

type Line = { readonly number: number; readonly of?: number; readonly only?: string; readonly running: boolean };

async function releases(): Promise<readonly Line[]> {
  const { stdout } = await project.run(["releases", "--json"]);
  return (JSON.parse(stdout) as { readonly releases: readonly Line[] }).releases;
}

/** One story, in the order of the tests. */
describe("a part of a release", () => {
  it("is the migration alone: nothing is rolled out, and nothing released", async () => {
    const done = await deploy("--only", "migrate", "--image", "v1");
    expect([done.code, doneIn(done)], wordsOf(done)).toEqual([0, ["migrate"]]);
    expect(await releases()).toEqual([]);
  });

  it("is a migration that is stopped by who cancels it, and says before what that leaves", async () => {
    const words = [
      "deploy",
      "--env",
      "dev",
      "--rehearse",
      "--speed",
      "4",
      "--yes",
      "--only",
      "migrate",
      "--image",
      "v3",
    ];
    const screen = openTerminal(process.execPath, [join(process.cwd(), "bin", "run.js"), ...words], {
      cwd: project.folder,
    });
    try {
      await screen.waitFor(/migrate +its task is/);
      screen.type(KEYS.ctrlC);
      await screen.waitFor("What now?");
      screen.type(KEYS.down + KEYS.down + KEYS.enter);
      await screen.waitFor(/The migration is stopped halfway: what it has done so far stays\. Cancel\?/);
      screen.type(`y${KEYS.enter}`);
      expect(await screen.exit()).toBe(3);
      expect(screen.text()).toMatch(/cancelled before anything was rolled out/);
    } finally {
      screen.close();
    }
  });

  it("is called by what it did: a migration alone is no release that is up", async () => {
    const done = await project.run(["deploy", "--yes", "--only", "migrate", "--image", "v1"]);
    expect(wordsOf(done)).toMatch(/✔ the database of dev is migrated(?: in \S+(?: \S+)?)?; nothing was rolled out/);
    expect(wordsOf(done)).not.toContain("is up");
  });

  it("is all of them without --only: the worker first, then the API, then the frontend", async () => {
    const done = await deploy("--image", "v1");
    expect([done.code, doneIn(done)], wordsOf(done)).toEqual([
      0,
      ["build", "migrate", "shop-dev-worker", "shop-dev-service", "frontend", "prove"],
    ]);
  });

  it("is the worker, the API or the frontend", async () => {
    const worker = await deploy("--only", "worker", "--image", "v2");
    expect([worker.code, doneIn(worker)], wordsOf(worker)).toEqual([0, ["shop-dev-worker"]]);
    const api = await deploy("--only", "api", "--image", "v2");
    expect([api.code, doneIn(api)], wordsOf(api)).toEqual([0, ["shop-dev-service", "prove"]]);
    project.write("web/dist/index.html", "<!doctype html><p>new</p>");
    const frontend = await deploy("--only", "frontend");
    expect([frontend.code, doneIn(frontend)], wordsOf(frontend)).toEqual([0, ["build", "frontend", "prove"]]);
    expect((await releases()).map(({ number, only }) => [number, only])).toEqual([
      [1, undefined],
      [2, "worker"],
      [3, undefined],
      [4, "frontend"],
    ]);
  });

  it("is stopped by --fail-on critical before anything is rolled out", async () => {
    const stopped = await deploy("--image", "v3", "--fail-on", "critical", "--fault", "scan-critical");
    expect([stopped.code, doneIn(stopped)], wordsOf(stopped)).toEqual([1, []]);
    expect(wordsOf(stopped)).toMatch(/1 findings? of severity CRITICAL: CVE-\S+.*nothing was rolled out/);
  });

  it("goes on in AWS with --detach, and attach follows it", async () => {
    const left = await deploy("--only", "api", "--image", "v3", "--detach");
    expect(left.code, wordsOf(left)).toBe(0);
    expect(jsonLines(left.stdout).at(-1)).toMatchObject({ type: "result", outcome: "interrupted" });
    expect((await releases()).at(-1)).toMatchObject({ number: 5 });
    const followed = await project.run(["attach"]);
    expect(followed.code, wordsOf(followed)).toBe(0);
    const again = await deploy("--only", "api", "--image", "v3");
    expect([again.code, wordsOf(again)]).toEqual([0, expect.stringContaining('"outcome":"unchanged"')]);
  });

  it("goes back by a rollback, to the release before or to the one that is named", async () => {
    const back = await project.run(["rollback", "--yes", "--json"]);
    expect(back.code, wordsOf(back)).toBe(0);
    expect((await releases()).at(-1)).toMatchObject({ number: 6, of: 4, running: true });
    const first = await project.run(["rollback", "--yes", "--json", "--to", "1"]);
    expect([first.code, doneIn(first)], wordsOf(first)).toEqual([
      0,
      ["shop-dev-worker", "shop-dev-service", "frontend", "prove"],
    ]);
    expect((await releases()).at(-1)).toMatchObject({ number: 7, of: 1, running: true });
    const nowhere = await project.run(["rollback", "--yes", "--to", "99"]);
    expect([nowhere.code, wordsOf(nowhere)]).toEqual([2, expect.stringContaining("dev has no such release")]);
  });
});
