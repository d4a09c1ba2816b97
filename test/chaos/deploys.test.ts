import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ECSClient, ListTasksCommand } from "@aws-sdk/client-ecs";
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "yaml";
import { astro } from "../support/cli.ts";
import { type FakeDocker, fakeDocker } from "../support/fake-docker.ts";
import { writersWithoutLock } from "../support/journal.ts";
import { dice, oneOf } from "./dice.ts";
import { makeProject, type Project, ROUNDS, type Standing, standingIn } from "./project.ts";
import { travel } from "./travel.ts";

/** Points at which a deployment is killed; at some of them by what its docker does. */
const POINTS = ROUNDS(4, 60);
const SEED = 20_261_131;
const PLACES = ["login", "build", "layer", "manifest"] as const;

const DEPLOY = ["deploy", "--env", "dev", "--yes", "--json"];
const MIGRATE = ["alembic", "upgrade", "head"];

let project: Project;
let docker: FakeDocker;
/** A folder whose rehearsal has the first release; what becomes of the second one undisturbed. */
let from: string;
let calls: number;
let end: Standing;

/** The sources as they are at a release: an image's, and a frontend that is built already. */
function sources(hash: string): void {
  const [app, dist] = [join(project.folder, "app"), join(project.folder, "web", "dist")];
  rmSync(dist, { recursive: true, force: true });
  for (const folder of [app, join(dist, "assets")]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(app, "Dockerfile"), "FROM scratch\nCOPY main.py /\n");
  writeFileSync(join(app, "main.py"), `print("${hash}")\n`);
  for (const name of ["app", "part", "more"]) writeFileSync(join(dist, "assets", `${name}-${hash}.js`), `// ${hash}`);
  const named = ["app", "part", "more"].map((name) => `<script src="/assets/${name}-${hash}.js"></script>`);
  writeFileSync(join(dist, "index.html"), `<!doctype html>${named.join("")}`);
}

beforeAll(async () => {
  project = await makeProject(["dev"], (file) => {
    const document = parseDocument(readFileSync(file, "utf8"));
    document.setIn(["build"], { context: "../app" });
    document.setIn(["migrate"], MIGRATE);
    document.setIn(["frontend"], { directory: "../web", output: "dist" });
    writeFileSync(file, String(document));
  });
  docker = fakeDocker(join(project.folder, "docker"));
  const rehearse = ["--rehearse", "--speed", "max", "--dir", join(project.folder, "infra")];
  const options = { cwd: project.folder, env: docker.env };
  sources("0a1b2c3d");
  const provision = ["provision", "--env", "dev", "--yes", "--no-preflight", ...rehearse];
  for (const args of [
    [...provision, "--assembly", project.assembly("dev", "first")],
    [...DEPLOY, ...rehearse],
  ]) {
    const done = await astro(args, options);
    expect(done.code, `${args.join(" ")}: ${done.stdout.slice(-1500)}${done.stderr}`).toBe(0);
  }
  from = join(project.folder, "infra");
  sources("4e5f6a7b");
  const travelled = await travel(project, { args: DEPLOY, from, env: docker.env, look });
  expect(travelled.first.code, `${travelled.first.stdout.slice(-1500)}${travelled.first.stderr}`).toBe(0);
  calls = travelled.calls;
  end = standingIn(travelled.copy);
  expect(left(end)).toContain("releases/000002.json");
}, 600_000);
afterAll(() => project?.remove());

const credentials = { accessKeyId: "OWNER", secretAccessKey: "x" };

/** The frontend as it is served: its page names nothing that is not there. */
async function look(endpoint: string): Promise<void> {
  const s3 = new S3Client({ endpoint, region: "us-east-1", forcePathStyle: true, credentials });
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets.map(({ Name = "" }) => Name).find((name) => name.includes("frontend"));
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const keys = Contents.map(({ Key }) => Key);
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key: "index.html" }));
  const page = (await Body?.transformToString()) ?? "";
  const named = [...page.matchAll(/src="\/([^"]+)"/g)].map(([, path]) => path);
  expect(named).toHaveLength(3);
  expect(named.filter((path) => !keys.includes(path))).toEqual([]);
}

/** Migrations that ran: those of the first release and of the second. */
async function migrations(endpoint: string): Promise<number> {
  const ecs = new ECSClient({ endpoint, region: "us-east-1", credentials });
  const of = { cluster: "shop-dev", family: "shop-dev-migrate" } as const;
  const all = await Promise.all(
    (["RUNNING", "STOPPED"] as const).map((desiredStatus) => ecs.send(new ListTasksCommand({ ...of, desiredStatus }))),
  );
  return all.flatMap(({ taskArns = [] }) => taskArns).length;
}

/** Releases and what is kept and served of the frontend, by the ends of their names. */
const left = ({ objects }: Standing) =>
  objects.flatMap((key) => /\/((?:releases|frontend|assets)\/.*|index\.html)$/.exec(key)?.[1] ?? []);

/** Kills a deployment, at a call or by what its docker does; true if it came that far. */
async function kill(point: { readonly call: number; readonly heard: boolean }, place?: string): Promise<boolean> {
  const where = place ?? `call ${point.call} of ${calls}, heard: ${point.heard}`;
  let migrated = 0;
  const done = await travel(project, {
    args: DEPLOY,
    from,
    point: { ...point, blow: "killed" },
    env: docker.env,
    ...(place && { firstEnv: { DOCKER_KILLS: place } }),
    look: async (endpoint) => {
      await look(endpoint);
      migrated = await migrations(endpoint);
    },
  });
  const { first, again, journal, copy } = done;
  const said = [first, again].map((ended) => `${ended?.code}: ${ended?.stdout.slice(-800)}\n${ended?.stderr}`);
  const all = `${where}\n${said.join("\n---\n")}`;
  expect(again?.code, all).toBe(0);
  expect(writersWithoutLock(journal), all).toEqual([]);
  expect(migrated, all).toBe(2);
  const stands = standingIn(copy);
  project.drop(copy);
  expect(stands.left, all).toEqual([]);
  expect(left(stands), all).toEqual(left(end));
  expect(stands.stacks, all).toEqual(end.stacks);
  return first.code === null;
}

describe("a deployment that is killed anywhere, and run again", () => {
  it(
    `makes one release of one migration, and never serves a page that names what is not there, ${POINTS} times`,
    async () => {
      const roll = dice(SEED);
      for (let count = 0; count < POINTS; ) {
        const inDocker = roll() < 0.25;
        const [call, heard] = [1 + Math.floor(roll() * (calls - 1)), roll() < 0.5];
        const place = oneOf(roll, PLACES);
        // How often a run looks depends on the machine: one that was through sooner does not count.
        const wasKilled = await (inDocker ? kill({ call: 0, heard }, place) : kill({ call, heard }));
        if (wasKilled) count += 1;
      }
    },
    POINTS * 180_000,
  );
});
