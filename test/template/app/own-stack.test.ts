import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { App, Duration, type Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as sqs from "aws-cdk-lib/aws-sqs";
import { afterAll, describe, expect, it } from "vitest";
import { APP, appConfig } from "./synth.ts";

type Settings = {
  readonly project: string;
  readonly environment: string;
  readonly prefix: string;
  readonly config: unknown;
};
type About = { readonly name: string; readonly phase: string; readonly description: string };
const { AstroStack } = (await import(/* @vite-ignore */ join(APP, "lib/astro-stack.ts"))) as {
  AstroStack: new (scope: App, settings: Settings, about: About) => Stack;
};

/** What the app's README tells an owner to write. */
class JobsStack extends AstroStack {
  constructor(scope: App, settings: Settings, code: string) {
    super(scope, settings, { name: "jobs", phase: "data", description: "Background jobs" });
    const queue = new sqs.Queue(this, "Queue", { enforceSSL: true, visibilityTimeout: Duration.minutes(5) });
    new lambda.Function(this, "Worker", {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: "index.handler",
      code: lambda.Code.fromAsset(code),
      environment: { QUEUE_URL: queue.queueUrl },
    });
  }
}

describe("a stack of the owner's own", () => {
  const folder = mkdtempSync(join(tmpdir(), "astro-own-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const code = join(folder, "code");
  const outdir = join(folder, "cdk.out");
  const assembly = synthesiseJobs();
  const stack = assembly.getStackByName("astro-dev-jobs");

  it("takes part in its phase, under the environment's name and tags", () => {
    expect(stack.template.Metadata).toEqual({ "astro:phase": "data" });
    expect(stack.tags).toEqual({ Project: "astro", Environment: "dev", ManagedBy: "astro" });
    expect(stack.environment.region).toBe("eu-west-1");
  });

  it("keeps the files of its function in its environment's folder of astro's bootstrap bucket, so that it needs no second one", () => {
    const manifest = JSON.parse(readFileSync(join(outdir, "astro-dev-jobs.assets.json"), "utf8"));
    const zipped = Object.values<{ source: { packaging: string }; destinations: object }>(manifest.files).filter(
      ({ source }) => source.packaging === "zip",
    );
    const [destination] = zipped.flatMap(({ destinations }) => Object.values(destinations));
    expect(destination).toEqual({
      bucketName: "astro-bootstrap-${AWS::AccountId}-eu-west-1",
      objectKey: expect.stringMatching(/^environments\/astro\/dev\/assets\/[0-9a-f]{64}\.zip$/),
      region: "eu-west-1",
    });
    const [worker] = Object.values<{ Type: string; Properties: { Code: object } }>(stack.template.Resources).filter(
      ({ Type }) => Type === "AWS::Lambda::Function",
    );
    expect(JSON.stringify(worker?.Properties.Code)).toContain("astro-bootstrap-${AWS::AccountId}-eu-west-1");
  });

  function synthesiseJobs() {
    mkdirSync(code);
    writeFileSync(join(code, "index.js"), "exports.handler = async () => {};\n");
    const { environments } = appConfig.complete({ name: "astro", environments: { dev: { region: "eu-west-1" } } });
    const app = new App({ outdir, analyticsReporting: false });
    const config = Object.values(environments)[0];
    new JobsStack(app, { project: "astro", environment: "dev", prefix: "astro-dev", config }, code);
    return app.synth();
  }
});

describe("the stack that the README tells an owner to add", () => {
  const folder = mkdtempSync(join(tmpdir(), "astro-readme-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const run = async (program: string, ...args: readonly string[]) => {
    const { VITEST: _, CDK_VALIDATION: __, ...env } = process.env;
    const path = join(folder, "node_modules", program);
    const { stdout } = await promisify(execFile)(process.execPath, [path, ...args], { cwd: folder, env });
    return stdout;
  };

  it("compiles, and the app's own tests pass, though it goes when its line goes", { timeout: 240_000 }, async () => {
    cpSync(APP, folder, { recursive: true });
    symlinkSync(MODULES, join(folder, "node_modules"));
    mkdirSync(join(folder, "worker"));
    writeFileSync(join(folder, "worker", "index.js"), "exports.handler = async () => {};\n");
    const [, stack = ""] = /```ts\n(.*?)```/s.exec(read("README.md")) ?? [];
    expect(stack).toContain("class JobsStack");
    write("stacks/jobs.ts", stack.replace('description: "Background jobs"', "$&, optional: true"));
    const marker = "  // ecs\n";
    const environment = read("lib/environment.ts");
    expect(environment).toContain(marker);
    const added = environment.replace(marker, `  new JobsStack(scope, settings);\n${marker}`);
    write("lib/environment.ts", `import { JobsStack } from "../stacks/jobs";\n${added}`);

    await run("typescript/bin/tsc", "--noEmit");
    expect(await run("vitest/vitest.mjs", "run", "--root", folder)).toMatch(/Test Files\s+1 passed/);
  });

  function read(path: string): string {
    return readFileSync(join(folder, path), "utf8");
  }

  function write(path: string, text: string): void {
    writeFileSync(join(folder, path), text);
  }
});

/** What the app would install is what we have installed: test/template/app/config.test.ts compares the versions. */
const MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
