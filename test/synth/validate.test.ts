import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunCommand } from "../../src/child-process.ts";
import { synthesise } from "../../src/synth/synthesise.ts";
import { validate } from "../../src/synth/validate.ts";
import { contextWith } from "../support/context.ts";
import { stackOf } from "../support/stacks.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "astro-validate-"));
  await mkdir(join(folder, "bin"));
  await mkdir(join(folder, ".astro", "assembly"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const ASSEMBLY = { directory: "", stacks: [stackOf("one", "vpc")] };

describe("the verdict on an app's templates", () => {
  it("is asked for once, and again for other templates or by another release", async () => {
    await writeFile(join(folder, "cdk.json"), '{"app": "node bin/app.js"}');
    const asked: unknown[] = [];
    const context = contextWith(async (_, { env }) => {
      asked.push(env.CDK_VALIDATION);
      return { exitCode: 0, stdout: "", stderr: "" };
    });
    const judge = (given = context, assembly = ASSEMBLY) => validate(given, folder, "eu-west-1", "dev", assembly);
    await judge();
    await judge();
    expect(asked).toEqual(["true"]);
    await judge(context, { directory: "", stacks: [stackOf("two", "vpc")] });
    await judge({ ...context, version: "2.0.0" });
    expect(asked).toHaveLength(3);
  });

  it("of AWS's rule engine names the place in the app, the resource and what is wrong; a bad one is not kept", async () => {
    const app = (property: string) => `
      const { App, CfnResource, Stack } = require("aws-cdk-lib");
      const app = new App();
      const stack = new Stack(app, "shop");
      new CfnResource(stack, "Topic", { type: "AWS::SNS::Topic", properties: { ${property}: "x" } });
      app.synth();`;
    const flag = { "@aws-cdk/core:validateAgainstDefaultRules": true };
    await writeFile(join(folder, "cdk.json"), JSON.stringify({ app: "node bin/app.js", context: flag }));
    await writeFile(join(folder, "bin", "app.js"), app("DisplayNaem"));
    const run: RunCommand = async (command, { cwd, env }) => {
      const done = await execa(command, { cwd, env, shell: true, reject: false });
      return { exitCode: done.exitCode ?? 1, stdout: done.stdout, stderr: done.stderr };
    };
    const context = contextWith(run);
    const judge = async () => {
      const assembly = await synthesise(context, { directory: folder, config: {} }, "eu-west-1", "dev");
      await validate(context, folder, "eu-west-1", "dev", assembly);
    };
    const refusal = {
      code: "template",
      message: expect.stringMatching(/^bin\/app\.js:5:\d+: shop\/Topic: .*DisplayNaem/),
    };
    await expect(judge()).rejects.toMatchObject(refusal);
    await expect(judge()).rejects.toMatchObject(refusal);
    await writeFile(join(folder, "bin", "app.js"), app("DisplayName"));
    await judge();
  }, 120_000);
});
