import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Context, wallClock } from "../../src/context.ts";
import { destroy } from "../../src/operation/destroy.ts";
import { plan } from "../../src/operation/plan.ts";
import { provision } from "../../src/operation/provision.ts";
import { contextWith } from "../support/context.ts";
import { FOREIGN, type Foreign } from "./foreign/apps.ts";

const FLAGS = { rehearse: true, speed: "max", wait: false, yes: true, json: false, seed: 7 } as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-foreign-"));
  // AWS's rule engine takes four fifths of a synthesis.
  vi.stubEnv("CDK_VALIDATION", "false");
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** The assembly of an app, and the world of somebody who has nothing but that. */
function work(name: string, { make }: Foreign) {
  const cwd = join(folder, name);
  const assets = join(cwd, "files");
  mkdirSync(assets, { recursive: true });
  const app = new App({ outdir: join(cwd, "cdk.out"), analyticsReporting: false, treeMetadata: false });
  make(app, assets);
  app.synth();
  let said = "";
  let tokens = 0;
  const terminal = {
    ...contextWith(() => Promise.reject(new Error("nothing is run"))).stderr,
    columns: 200,
    write: (text: string) => {
      said += text;
    },
  };
  const context: Context = contextWith(() => Promise.reject(new Error("nothing is run")), {
    cwd,
    env: { AWS_REGION: "eu-west-1" },
    stdout: terminal,
    stderr: terminal,
    clock: wallClock,
    token: () => `${name}${++tokens}`,
  });
  return { context, said: () => said };
}

describe("an app by others, as the CDK's default synthesizer makes it", () => {
  it.each(Object.entries(FOREIGN))("goes through plan, provision and destroy: %s", async (name, foreign) => {
    const { context, said } = work(name, foreign);
    const place = name === "database" ? {} : { project: name, env: "dev" };
    const flags = { ...FLAGS, ...place, assembly: "cdk.out" };
    const { value } = await plan(context, flags);
    const region = name === "site" ? "us-east-1" : "eu-west-1";
    expect(value).toMatchObject({ region, ...(name === "site" && { account: "210987654321" }) });
    expect((value as { stacks: { stack: string }[] }).stacks.map(({ stack }) => stack)).toEqual(["astro-bootstrap", ...foreign.stacks]);
    expect(said()).toContain("is given what  npx cdk bootstrap aws://");
    expect(await provision(context, flags), said()).toBe(0);
    const env = name === "database" ? "Production" : "dev";
    // What stands is found again without the assembly: by what was made from this folder, and by its tags.
    expect(await destroy(context, { ...FLAGS, bootstrap: false, confirm: env }), said()).toBe(0);
    expect(said()).toContain(`${env} is gone: ${foreign.stacks.length} stack`);
  }, 60_000);
});
