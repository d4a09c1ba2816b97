import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandResult, Context } from "../../src/context.ts";
import { synthesise } from "../../src/synth/synthesise.ts";
import { contextWith } from "../support/context.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "astro-synth-"));
  await put("cdk.json", '{"app": "node bin/app.js"}');
  await put("bin/app.js", "the app");
  await put("astro.yaml", "name: shop");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** A CDK that writes one stack each time it runs, or ends as `how` says. */
function cdk(how: Partial<CommandResult> = {}, more: Partial<Context> = {}) {
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
const made = (context: Context, environment = "dev", region = "eu-west-1") =>
  synthesise(context, folder, region, environment);

describe("an app that was synthesised", () => {
  it("is not run again as long as nothing of it changes", async () => {
    const { context, runs } = cdk();
    const first = await made(context);
    expect(await made(context)).toEqual(first);
    expect(runs()).toBe(1);
  });

  it.each<readonly [string, () => Promise<void>]>([
    ["a source", () => put("bin/app.js", "another app")],
    ["astro.yaml", () => put("astro.yaml", "name: other")],
    ["the context", () => put("cdk.context.json", "{}")],
    ["a new file", () => put("lib/new.js", "")],
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

describe("an app that may depend on something else", () => {
  it.each<readonly [string, () => Promise<void>]>([
    ["the environment", () => put("bin/app.js", "process.env.STAGE")],
    ["the clock", () => put("lib/when.ts", "new Date()")],
    ["a file elsewhere", () => symlink(join(tmpdir(), "elsewhere"), join(folder, "link"))],
    ["a package that is linked", () => put("node_modules/.package-lock.json", '{"packages": {"x": {"link": true}}}')],
    ["packages nobody can name", () => put("node_modules/x/index.js", "")],
    ["another language", () => put("cdk.json", '{"app": "python3 app.py"}')],
  ])("is run each time: %s", async (_, make) => {
    await make();
    const { context, runs } = cdk();
    await made(context);
    await made(context);
    expect(runs()).toBe(2);
  });
});
