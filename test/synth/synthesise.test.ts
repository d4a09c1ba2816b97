import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { ProgramResult } from "../../src/child-process.ts";
import type { Context } from "../../src/context.ts";
import { hashOf, MANIFEST_FILE, renderManifest } from "../../src/scaffold/manifest.ts";
import { synthesise } from "../../src/synth/synthesise.ts";
import { contextWith } from "../support/context.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "astro-synth-"));
  await write({ "cdk.json": '{"app": "node bin/app.js"}', "bin/app.js": "the app" });
  await put("astro.yaml", "name: shop");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** Files as some version of astro wrote them, and its note of that. */
async function write(files: { readonly [path: string]: string }, astro = "1.0.0"): Promise<void> {
  for (const [path, text] of Object.entries(files)) await put(path, text);
  const hashes = Object.entries(files).map(([path, text]) => [path, hashOf(text)]);
  await put(MANIFEST_FILE, renderManifest({ astro, files: Object.fromEntries(hashes) }));
}

/** A CDK that writes one stack each time it runs, or ends as `how` says. */
function cdk(how: Partial<ProgramResult> = {}, more: Partial<Context> = {}) {
  let runs = 0;
  const context = contextWith(async (_, { env }) => {
    runs += 1;
    const out = env.CDK_OUTDIR ?? "";
    await mkdir(out, { recursive: true });
    await writeFile(join(out, "one.template.json"), JSON.stringify({ Resources: { T: { Type: "AWS::SNS::Topic" } } }));
    const artifacts = { one: { type: "aws:cloudformation:stack", properties: { templateFile: "one.template.json" } } };
    await writeFile(join(out, "manifest.json"), JSON.stringify({ artifacts }));
    return { exitCode: 0, stdout: "", stderr: "", ...how };
  }, more);
  return { context, runs: () => runs };
}
const made = (context: Context, environment = "dev", region = "eu-west-1", cache?: readonly string[]) =>
  synthesise(context, { directory: folder, config: { cache: cache && [...cache] } }, region, environment);

describe("an app as astro wrote it", () => {
  it("is not run again as long as nothing of it changes", async () => {
    const { context, runs } = cdk();
    const first = await made(context);
    expect(await made(context)).toEqual(first);
    expect(runs()).toBe(1);
  });

  it.each<readonly [string, () => Promise<void>]>([
    ["astro.yaml", () => put("astro.yaml", "name: other")],
    ["the context", () => put("cdk.context.json", "{}")],
    ["a new file", () => put("words.txt", "new")],
    ["what is installed", () => put("node_modules/.package-lock.json", '{"packages": {}}')],
  ])("is run again after a change of %s", async (_, change) => {
    const { context, runs } = cdk();
    await made(context);
    await change();
    await made(context);
    expect(runs()).toBe(2);
  });

  it("is run for each environment and region, and again by another release or under another CDK setting", async () => {
    const { context, runs } = cdk();
    await made(context, "dev");
    await made(context, "prod");
    expect(runs()).toBe(2);
    await made(context, "dev", "us-east-1");
    await made({ ...context, version: "1.0.1" }, "prod");
    await made({ ...context, env: { CDK_DEBUG: "true" } }, "prod");
    expect(runs()).toBe(5);
  });

  it("does not mind what lies in node_modules, cdk.out or .astro, nor variables it does not read", async () => {
    const { context, runs } = cdk();
    await put("node_modules/.package-lock.json", "{}");
    await made(context);
    for (const path of ["node_modules/x/index.js", "cdk.out/manifest.json", ".astro/timings.json"])
      await put(path, "new");
    await made({ ...context, env: { AWS_PROFILE: "other" } });
    expect(runs()).toBe(1);
  });

  it("is run again if its assembly was touched or is not whole", async () => {
    const { context, runs } = cdk();
    await made(context);
    await put(".astro/assembly/dev/one.template.json", '{"Resources": {}}');
    await made(context);
    await rm(join(folder, ".astro/assembly/dev/one.template.json"));
    await made(context);
    expect(runs()).toBe(3);
  });

  it("is run again after a run that failed half-way, though the files are as they were", async () => {
    const good = cdk();
    await made(good.context);
    await put("astro.yaml", "name: broken");
    const bad = cdk({ exitCode: 1, stderr: "Error: broken" });
    await expect(made(bad.context)).rejects.toThrow("Error: broken");
    await put("astro.yaml", "name: shop");
    await made(good.context);
    expect(good.runs()).toBe(2);
  });
});

describe("an app that another version of astro wrote", () => {
  it("is not run again either, as long as it is as that one wrote it", async () => {
    await write({ "cdk.json": '{"app": "node bin/app.js"}', "bin/app.js": "the app of then" }, "0.9.0");
    const { context, runs } = cdk();
    await made(context);
    await made(context);
    expect(runs()).toBe(1);
  });
});

describe("an app of which nobody can say what it reads", () => {
  it.each<readonly [string, () => Promise<void>, Partial<Context>]>([
    ["an edited file", () => put("bin/app.js", 'execSync("git rev-parse HEAD")'), {}],
    ["a file removed", () => rm(join(folder, "bin/app.js")), {}],
    ["a program beside astro's", () => put("bin/app.cjs", ""), {}],
    ["no note of what astro wrote", () => rm(join(folder, MANIFEST_FILE)), {}],
    ["a note that is not astro's", () => put(MANIFEST_FILE, "[]"), {}],
    ["a file elsewhere", () => symlink(join(tmpdir(), "elsewhere"), join(folder, "link")), {}],
    [
      "a package that is linked",
      () => put("node_modules/.package-lock.json", '{"packages": {"x": {"link": true}}}'),
      {},
    ],
    ["packages nobody can name", () => put("node_modules/x/index.js", ""), {}],
    ["a program that Node runs first", async () => {}, { env: { NODE_OPTIONS: "--require ./clock.js" } }],
  ])("is run each time: %s", async (_, make, more) => {
    await make();
    const { context, runs } = cdk({}, more);
    await made(context);
    await made(context);
    expect(runs()).toBe(2);
  });
});

describe("an app of the user's that declares what it reads", () => {
  const GLOBS = ["../shared/**", "../.git/HEAD"];
  let home: string;
  beforeEach(async () => {
    home = folder;
    folder = join(home, "infra");
    await put("cdk.json", '{"app": "python3 app.py"}');
    await put("app.py", "the app");
    await put("../shared/rates.json", "{}");
    await put("../.git/HEAD", "ref: refs/heads/main");
    await put("../notes.txt", "");
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it("is not run again as long as nothing of that changes", async () => {
    const { context, runs } = cdk();
    await made(context, "dev", "eu-west-1", GLOBS);
    await put("../notes.txt", "not declared");
    await made(context, "dev", "eu-west-1", GLOBS);
    expect(runs()).toBe(1);
  });

  it("that it reads nothing besides its own files, too", async () => {
    const { context, runs } = cdk();
    await made(context, "dev", "eu-west-1", []);
    await put("../shared/rates.json", "[]");
    await made(context, "dev", "eu-west-1", []);
    expect(runs()).toBe(1);
  });

  it.each<readonly [string, () => Promise<void>]>([
    ["a declared file", () => put("../shared/rates.json", "[]")],
    ["a declared file that is hidden", () => put("../.git/HEAD", "ref: refs/heads/other")],
    ["a new file among the declared", () => put("../shared/deep/new.json", "{}")],
    ["a declared file that is gone", () => rm(join(folder, "../shared/rates.json"))],
    ["a source of its own", () => put("app.py", "another app")],
    ["a new file of its own", () => put("lib/new.py", "")],
  ])("is run again after a change of %s", async (_, change) => {
    const { context, runs } = cdk();
    await made(context, "dev", "eu-west-1", GLOBS);
    await change();
    await made(context, "dev", "eu-west-1", GLOBS);
    expect(runs()).toBe(2);
  });

  it("is run again when it declares something else", async () => {
    const { context, runs } = cdk();
    await made(context, "dev", "eu-west-1", GLOBS);
    await made(context, "dev", "eu-west-1", ["../shared/**"]);
    expect(runs()).toBe(2);
  });
});
