import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes, run } from "../support/cli.ts";
import { ACCOUNT, type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
let app: string;
beforeAll(async () => {
  lab = await openLab();
  app = join(lab.folder, "infra");
});
afterAll(() => lab?.close());

/** Runs a program in the app's folder as its owner would; it must succeed. Returns what it said. */
async function inApp(program: string, ...args: readonly string[]): Promise<string> {
  const env = { ...lab.emulator.environment, CI: "true", NO_COLOR: "1", CDK_DISABLE_CLI_TELEMETRY: "true" };
  const done = await run(program, args, { cwd: app, env });
  expect(done.code, done.stderr + done.stdout).toBe(0);
  return done.stdout + done.stderr;
}
const npx = (...args: readonly string[]) => inApp("npx", "--no-install", ...args);

/** Every template of a folder by its file's name. */
function templates(folder: string): { readonly [file: string]: unknown } {
  const files = readdirSync(join(app, folder)).filter((name) => name.endsWith(".template.json"));
  return Object.fromEntries(files.map((name) => [name, JSON.parse(readFileSync(join(app, folder, name), "utf8"))]));
}

describe("an app as astro writes it, after a plain npm install", () => {
  it("passes its compiler and its own tests", async () => {
    await lab.init("dev", "--preset", "dev", "--region", "us-east-1", "--nat", "none");
    await lab.ours(["synth", "--env", "dev"]);
    await inApp("npm", "install", "--no-audit", "--no-fund");
    await npx("tsc", "--noEmit");
    expect(await inApp("npm", "test")).toMatch(/Tests +[1-9]\d* passed/);
  });

  it("is synthesised by cdk to what astro made of it with libraries of its own", async () => {
    const lent = templates(".astro/assembly/dev");
    expect(Object.keys(lent).length).toBeGreaterThanOrEqual(9);
    await npx("cdk", "synth", "--quiet");
    expect(templates("cdk.out")).toEqual(lent);
    await lab.ours(["synth", "--env", "dev"]);
    expect(templates(".astro/assembly/dev")).toEqual(lent);
  });
});

/** As large as parameters of 4 KB make it: above what CloudFormation takes without a bucket. */
const LARGE = `import * as ssm from "aws-cdk-lib/aws-ssm";
import type { Construct } from "constructs";
import { AstroStack, type Settings } from "../lib/astro-stack";

export class LargeStack extends AstroStack {
  constructor(scope: Construct, settings: Settings) {
    super(scope, settings, { name: "large", phase: "data", description: "Many words" });
    for (let index = 0; index < 15; index++) {
      new ssm.CfnParameter(this, \`Words\${index}\`, { type: "String", value: \`\${"word ".repeat(800)}\${index}\` });
    }
  }
}
`;

describe("stacks of the owner's own", () => {
  const bucket = ["--bucket", `astro-bootstrap-${ACCOUNT}-us-east-1`];
  const assets = async () => {
    const prefix = ["--prefix", "environments/astro/dev/assets/", "--query", "Contents[?ends_with(Key,`.zip`)].Key"];
    return lab.aws<readonly string[]>("s3api", "list-objects-v2", ...bucket, ...prefix);
  };
  let made: string;

  it("are written as the app's README says, and pass its compiler and its tests", async () => {
    const [, jobs = ""] = /```ts\n(.*?)```/s.exec(readFileSync(join(app, "README.md"), "utf8")) ?? [];
    add("jobs", "JobsStack", jobs);
    add("large", "LargeStack", LARGE);
    mkdirSync(join(app, "worker"));
    writeFileSync(join(app, "worker", "index.js"), "exports.handler = async () => {};\n");
    await npx("tsc", "--noEmit");
    await inApp("npm", "test");
  });

  it("are provisioned in the phase they name", async () => {
    const { copy } = await lab.assembly("dev", "own");
    made = await lab.provision("dev", copy);
    expect(outcomes(made)).toMatchObject({
      "astro-dev-jobs": "created",
      "astro-dev-large": "created",
    });
    const order = Object.keys(outcomes(made));
    expect(order.indexOf("astro-dev-jobs")).toBeGreaterThan(order.indexOf("astro-dev-network"));
    expect(order.indexOf("astro-dev-jobs")).toBeLessThan(order.indexOf("astro-dev-load-balancer"));
    expect(await lab.aws("sqs", "list-queues")).toMatchObject({ QueueUrls: [expect.stringContaining("Queue")] });
  });

  it("have their files in astro's bootstrap bucket", async () => {
    const files = await assets();
    expect(files).toEqual([expect.stringMatching(/^environments\/astro\/dev\/assets\/[0-9a-f]{64}\.zip$/)]);
    const { Functions } = await lab.aws<{ Functions: { CodeSize: number }[] }>("lambda", "list-functions");
    expect(Functions).toHaveLength(1);
    expect(Functions[0]?.CodeSize).toBeGreaterThan(0);
  });

  it("may be larger than CloudFormation takes at once", async () => {
    const body = readFileSync(join(lab.folder, "own", "astro-dev-large.template.json"), "utf8");
    expect(JSON.stringify(JSON.parse(body)).length).toBeGreaterThan(51_200);
    const { Parameters } = await lab.aws<{ Parameters: { Name: string }[] }>("ssm", "describe-parameters");
    // Beside what the app's stacks tell each other.
    expect(Parameters.filter(({ Name }) => !Name.startsWith("/astro/dev/"))).toHaveLength(15);
  });

  it("are deployed by cdk as well, with files in the same bucket", async () => {
    writeFileSync(join(app, "worker", "index.js"), "exports.handler = async () => 'new';\n");
    await npx("cdk", "deploy", "astro-dev-jobs", "astro-dev-large", "--exclusively", "--require-approval", "never");
    expect(await assets()).toHaveLength(2);
    const buckets = await lab.aws<readonly string[]>("s3api", "list-buckets", "--query", "Buckets[].Name");
    expect(buckets.filter((name) => /cdk|bootstrap/.test(name))).toEqual([bucket[1]]);
  });
});

/** Adds a stack to the app: a file, and its lines in lib/environment.ts. */
function add(file: string, name: string, code: string): void {
  writeFileSync(join(app, "stacks", `${file}.ts`), code);
  const environment = join(app, "lib", "environment.ts");
  const text = readFileSync(environment, "utf8");
  const line = `  new ${name}(scope, settings);\n`;
  const changed = text.replace("\n  // data\n", `\n  // data\n${line}`);
  expect(changed).toContain(line);
  writeFileSync(environment, `import { ${name} } from "../stacks/${file}";\n${changed}`);
}
