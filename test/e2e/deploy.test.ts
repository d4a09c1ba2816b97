import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient, DescribeStacksCommand, ListChangeSetsCommand } from "@aws-sdk/client-cloudformation";
import { ECRClient, PutImageCommand } from "@aws-sdk/client-ecr";
import { ECSClient, ListTasksCommand } from "@aws-sdk/client-ecs";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { astro, type Ended, initOf, plainEnvironment } from "../support/cli.ts";
import { type Served, serveRehearsal } from "../support/served.ts";

const STACK = "shop-dev-service";
const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max"];
const BUILD = `import { mkdirSync, writeFileSync } from "node:fs";
mkdirSync("dist/assets", { recursive: true });
writeFileSync("dist/assets/app-0a1b2c3d.js", "console.log('shop')");
writeFileSync("dist/index.html", "<script src=/assets/app-0a1b2c3d.js></script>");
`;

let prepared: string;
let folder: string;
const running: ChildProcess[] = [];

/** A provisioned environment, with images in its repository that nobody has deployed yet. */
beforeAll(async () => {
  prepared = mkdtempSync(join(tmpdir(), "astro-deploy-"));
  expect(await astro(initOf("shop", "us-east-1"), { cwd: prepared })).toMatchObject({ code: 0 });
  edit(prepared, [["migrate"], ["alembic", "upgrade", "head"]]);
  const done = await astro(["provision", "--yes", ...REHEARSE], { cwd: prepared });
  expect(done.code, done.stderr).toBe(0);
  await served(prepared, async (config) => {
    for (const imageTag of ["v1", "v2"]) {
      const imageManifest = JSON.stringify({ schemaVersion: 2, tag: imageTag });
      await new ECRClient(config).send(new PutImageCommand({ repositoryName: "shop-dev", imageManifest, imageTag }));
    }
  });
}, 300_000);
afterAll(() => rmSync(prepared, { recursive: true, force: true }));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-deploy-"));
  cpSync(prepared, folder, { recursive: true });
});
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

function edit(project: string, ...values: readonly (readonly [path: readonly string[], value: unknown])[]): void {
  const file = join(project, "infra", "astro.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const [path, value] of values)
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  writeFileSync(file, String(document));
}

type Config = ConstructorParameters<typeof ECRClient>[0];

function configOf({ endpoint, environment }: Served): NonNullable<Config> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = "", AWS_SECRET_ACCESS_KEY: secretAccessKey = "" } = environment;
  return { endpoint, region: "us-east-1", credentials: { accessKeyId, secretAccessKey } };
}

/** Does something while the rehearsal of a project is served. */
async function served<T>(
  project: string,
  work: (config: NonNullable<Config>, environment: Served["environment"]) => Promise<T>,
): Promise<T> {
  const aws = await serveRehearsal(join(project, "infra"));
  try {
    return await work(configOf(aws), aws.environment);
  } finally {
    await aws.stop();
  }
}

const run = (command: string, ...args: readonly string[]): Promise<Ended> =>
  astro([command, ...REHEARSE, ...args], { cwd: folder });
const deploy = (...args: readonly string[]) => run("deploy", "--yes", ...args);

const words = ({ stderr, stdout }: Ended) => `${stderr}${stdout}`.replaceAll(/\s+/g, " ");

type Line = { readonly number: number; readonly of?: number; readonly running: boolean };

async function releases(): Promise<readonly Line[]> {
  return (JSON.parse((await run("releases", "--json")).stdout) as { readonly releases: readonly Line[] }).releases;
}

/** The image that the service's stack is told to run, and change sets that nobody has executed. */
async function standing(config: NonNullable<Config>) {
  const client = new CloudFormationClient(config);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
  const { Summaries = [] } = await client.send(new ListChangeSetsCommand({ StackName: STACK }));
  const image = Stacks[0]?.Parameters?.find(({ ParameterKey }) => ParameterKey === "Image")?.ParameterValue;
  return { image, changeSets: Summaries.length, status: Stacks[0]?.StackStatus };
}

describe("astro deploy", () => {
  it("releases an image after its migration; then there is nothing to do, for a provisioning neither", async () => {
    const first = await deploy("--image", "v1", "--json");
    expect(first.code, first.stderr).toBe(0);
    const events = first.stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { readonly type: string });
    const order = events.flatMap((event) => ("step" in event && event.type === "step.done" ? [event.step] : []));
    expect(order).toEqual(["migrate", "prove"]);
    expect(events[0]).toMatchObject({ type: "release.started", number: 1, steps: ["migrate", "roll-out", "prove"] });
    expect(events.at(-1)).toMatchObject({ type: "result", outcome: "done", outputs: { AppUrl: expect.any(String) } });
    const again = await deploy("--image", "v1");
    expect([again.code, words(again)]).toEqual([0, expect.stringContaining("nothing to deploy to dev: release 1")]);
    const provisioned = await run("provision", "--yes");
    expect([provisioned.code, words(provisioned)]).toEqual([0, expect.stringContaining("dev is up to date")]);
    expect(await releases()).toMatchObject([{ number: 1, running: true }]);
  });

  it("writes down what the repository shows with --yes alone, and a build that comes out the same is no release", async () => {
    mkdirSync(join(folder, "web"));
    writeFileSync(join(folder, "web", "build.mjs"), BUILD);
    writeFileSync(join(folder, "web", "index.html"), "");
    const found = { scripts: { build: "node build.mjs && : vite build" }, devDependencies: { vite: "7" } };
    writeFileSync(join(folder, "web", "package.json"), JSON.stringify(found));
    edit(folder, [["migrate"], undefined]);
    expect((await deploy("--image", "v1")).code).toBe(0);
    const file = join(folder, "infra", "astro.yaml");
    const before = readFileSync(file, "utf8");
    const asked = await run("deploy");
    expect([asked.code, words(asked)]).toEqual([5, expect.stringContaining("add to it what the repository shows")]);
    expect(words(asked)).toContain("output: dist} # found in web/package.json:1");
    expect(readFileSync(file, "utf8")).toBe(before);
    const first = await deploy();
    expect([first.code, words(first)]).toEqual([0, expect.stringContaining("written to infra/astro.yaml")]);
    const after = readFileSync(file, "utf8");
    expect(after).toContain(before.trimEnd());
    expect(after).toMatch(/\nfrontend:\n {2}directory: \.\.\/web\n {2}build: \[npm, run, build\]\n {2}output: dist\n$/);
    const again = await deploy();
    expect([again.code, words(again)]).toEqual([0, expect.stringContaining("nothing to deploy to dev: release 2")]);
    writeFileSync(join(folder, "web", "README.md"), "says nothing that is served");
    expect(words(await deploy())).toContain("nothing changed: release 2 of dev is up as it was");
    expect(words(await deploy())).toContain("nothing to deploy to dev: release 2");
    expect((await releases()).map(({ number }) => number)).toEqual([1, 2]);
  });

  it("says where the repository shows that the load balancer asks the app in vain", async () => {
    edit(folder, [["migrate"], undefined]);
    writeFileSync(join(folder, "Dockerfile"), 'FROM scratch\nEXPOSE 9000\nCMD ["/app"]\n');
    const none = await deploy("--builder", "docker");
    expect(none.code).toBe(1);
    expect(words(none)).toContain(
      "found in Dockerfile:2: service.port 9000, and dev has 8000. To have the load balancer ask there, before astro provision: astro init --env dev --port 9000",
    );
  });

  it("stops before the roll-out where the migration fails, and goes on with the same command", async () => {
    const failed = await deploy("--image", "v1", "--fault", "migration-fails");
    expect(failed.code).toBe(6);
    expect(words(failed)).toContain("the migration ended with exit code 1; nothing was rolled out");
    expect(words(failed)).toContain('column "customer" does not exist');
    expect(failed.stderr).not.toContain("rehearsed-Pa55word");
    const next = /astro deploy (--env (?:(?!astro).)*?--image v1)/.exec(words(failed))?.[1]?.split(" ") ?? [];
    expect(await served(folder, standing)).toMatchObject({ image: "", changeSets: 0 });
    expect((await astro(["deploy", ...next, "--yes"], { cwd: folder })).code).toBe(0);
    expect(await releases()).toMatchObject([{ number: 1 }]);
  });

  it("goes back to the image before where the new one cannot work, and releases nothing", async () => {
    expect((await deploy("--image", "v1")).code).toBe(0);
    const before = await served(folder, standing);
    const failed = await deploy("--image", "v2", "--fault", "crash-loop");
    expect([failed.code, words(failed)]).toEqual([6, expect.stringContaining("this one is rolled back")]);
    expect(await served(folder, standing)).toEqual({ ...before, status: "UPDATE_ROLLBACK_COMPLETE" });
    expect((await releases()).map(({ number }) => number)).toEqual([1]);
  });

  it("serves the frontend after the API, and a rollback brings both back without a build", async () => {
    mkdirSync(join(folder, "web"));
    writeFileSync(join(folder, "web", "build.mjs"), BUILD);
    edit(folder, [["frontend"], { directory: "../web", build: ["node", "build.mjs"], output: "dist" }]);
    const first = await deploy("--image", "v1");
    expect(first.code, first.stderr).toBe(0);
    writeFileSync(
      join(folder, "web", "build.mjs"),
      BUILD.replace("'shop'", "'a new shop'").replaceAll("0a1b2c3d", "4e5f6a7b"),
    );
    const second = await deploy("--image", "v2");
    expect([second.code, words(second)]).toEqual([0, expect.stringContaining("2 files sent")]);
    const back = await run("rollback", "--yes");
    expect(back.code, back.stderr).toBe(0);
    expect(words(back)).toContain("which is release 1 again");
    expect(words(back)).toContain("0 files sent");
    expect(await releases()).toMatchObject([
      { number: 1, running: false },
      { number: 2, running: false },
      { number: 3, of: 1, running: true },
    ]);
  });

  it("is refused where nothing can be released, each time with the way on", async () => {
    const unbuilt = await deploy();
    expect([unbuilt.code, words(unbuilt)]).toEqual([5, expect.stringContaining("not how the image is built")]);
    edit(folder, [["environments", "dev", "service", "image"], "1.27.3"]);
    const pinned = await deploy("--image", "v1");
    expect([pinned.code, words(pinned)]).toEqual([5, expect.stringContaining("dev is pinned to the image 1.27.3")]);
    rmSync(join(folder, "infra", ".astro"), { recursive: true });
    const nowhere = await deploy("--image", "v1");
    expect([nowhere.code, words(nowhere)]).toEqual([1, expect.stringContaining("dev is not provisioned in us-east-1")]);
    expect(words(nowhere)).toContain("astro provision --env dev --rehearse");
  });
});

describe("astro run", () => {
  it("streams what its task writes to stdout, and ends with its exit code", async () => {
    const early = await run("run", "--", "alembic", "current");
    expect([early.code, words(early)]).toEqual([1, expect.stringContaining("nothing of your own is deployed to dev")]);
    expect((await deploy("--image", "v1")).code).toBe(0);
    const done = await run("run", "--cpu", "512", "--memory", "1024", "--", "alembic", "current");
    expect([done.code, done.stdout]).toEqual([0, expect.stringContaining("stands for: alembic current")]);
    const failed = await run("run", "--fault", "migration-fails", "--", "alembic", "check");
    expect([failed.code, failed.stdout]).toEqual([1, expect.stringContaining("UndefinedColumn")]);
  });
});

describe("an environment that two deploy to", () => {
  /** A deployment in a process of its own, against AWS as a server of ours. */
  function begun(environment: Served["environment"], image = "v1", ...more: readonly string[]) {
    const args = [join(process.cwd(), "bin", "run.js"), "deploy", "--env", "dev", "--image", image, "--yes", ...more];
    const env = plainEnvironment(environment);
    const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    running.push(child);
    let said = "";
    child.stderr.on("data", (chunk) => (said += chunk));
    return { child, said: () => said };
  }
  const ended = (child: ChildProcess) =>
    new Promise<number | null>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode);
      else child.once("close", resolve);
    });
  const until = async (isMet: () => boolean) => {
    while (!isMet()) await new Promise((resolve) => setTimeout(resolve, 20));
  };

  it("lets one in, and names it to the other", async () => {
    await served(folder, async (config, environment) => {
      const both = [begun(environment), begun(environment)];
      const codes = await Promise.all(both.map(({ child }) => ended(child)));
      expect(codes.toSorted(), both.map(({ said }) => said()).join("\n")).toEqual([0, 1]);
      const loser = both[codes.indexOf(1)];
      expect(loser?.said().replaceAll(/\s+/g, " ")).toMatch(/deploy .*since|locked|another run/i);
      expect(await standing(config)).toMatchObject({ changeSets: 0, status: "UPDATE_COMPLETE" });
    });
    expect(await releases()).toHaveLength(1);
  });

  it("has the second wait with --wait, which then goes on: a release each, one after the other", async () => {
    await served(folder, async (config, environment) => {
      const first = begun(environment);
      await until(() => /reading the sources/.test(first.said()) || first.child.exitCode !== null);
      // It holds the lock, and stays where it is until the other one has met it.
      first.child.kill("SIGSTOP");
      const second = begun(environment, "v2", "--wait");
      await until(() => /waiting/i.test(second.said()) || second.child.exitCode !== null);
      expect([first.child.exitCode, second.child.exitCode], second.said()).toEqual([null, null]);
      first.child.kill("SIGCONT");
      expect(await Promise.all([first, second].map(({ child }) => ended(child))), second.said()).toEqual([0, 0]);
      expect(await standing(config)).toMatchObject({ changeSets: 0, status: "UPDATE_COMPLETE" });
    });
    const made = JSON.parse((await run("releases", "--json")).stdout) as { readonly releases: readonly object[] };
    expect(made.releases).toMatchObject([
      { number: 1, image: { tag: "v1" }, running: false },
      { number: 2, image: { tag: "v2" }, running: true },
    ]);
  });

  it.each([
    ["in its migration", /its task is \w+/],
    ["in its roll-out", /updating \d+ resource/],
  ])("is left whole by one that was killed %s: the same command makes one release of it", async (_, at) => {
    await served(folder, async (config, environment) => {
      const killed = begun(environment);
      await until(() => at.test(killed.said()) || killed.child.exitCode !== null);
      killed.child.kill("SIGKILL");
      await ended(killed.child);
      const again = begun(environment);
      expect(await ended(again.child), again.said()).toBe(0);
      expect(await standing(config)).toMatchObject({ changeSets: 0, status: "UPDATE_COMPLETE" });
      const stopped = { cluster: "shop-dev", family: "shop-dev-migrate", desiredStatus: "STOPPED" } as const;
      expect((await new ECSClient(config).send(new ListTasksCommand(stopped))).taskArns).toHaveLength(1);
    });
    expect(await releases()).toHaveLength(1);
  });
});
