import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes, run } from "../support/cli.ts";
import { ACCOUNT, type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
let app: string;
beforeAll(async () => {
  lab = await openLab();
  await lab.init("dev", "--preset", "dev", "--region", "us-east-1");
  app = (await lab.assembly("dev", "assembly")).copy;
});
afterAll(() => lab?.close());

/** The unmodified `cdk` client on the same assembly. */
async function cdk(...args: readonly string[]): Promise<string> {
  const program = join(process.cwd(), "node_modules", "aws-cdk", "bin", "cdk");
  const words = [program, "--app", app, "--no-notices", "--no-color", ...args];
  const done = await run(process.execPath, words, {
    cwd: lab.folder,
    env: { ...lab.emulator.environment, CI: "true", CDK_DISABLE_CLI_TELEMETRY: "true" },
  });
  expect(done.code, done.stderr + done.stdout).toBe(0);
  return done.stdout + done.stderr;
}

async function stacks(): Promise<readonly string[]> {
  const { Stacks } = await lab.aws<{ Stacks: { StackName: string }[] }>("cloudformation", "describe-stacks");
  return Stacks.map(({ StackName }) => StackName).sort();
}

describe("the cdk client beside astro", () => {
  let ours: readonly string[];

  it("finds nothing to change in what astro has provisioned", async () => {
    await lab.provision("dev", app);
    ours = await stacks();
    expect(ours).toContain("astro-dev-cdn");
    expect(await cdk("diff", "--all", "--fail")).toContain("Number of stacks with differences: 0");
  });

  it("destroys it and deploys it again, onto astro's bootstrap bucket and with none of its own", async () => {
    await cdk("destroy", "--all", "--force");
    expect(await stacks()).toEqual(["astro-bootstrap"]);
    await cdk("deploy", "--all", "--require-approval", "never");
    expect(await stacks()).toEqual(ours);
    expect(await cdk("diff", "--all", "--fail")).toContain("Number of stacks with differences: 0");
    const bucket = ["--bucket", `astro-bootstrap-${ACCOUNT}-us-east-1`, "--prefix", "environments/astro/dev/assets/"];
    const { Contents } = await lab.aws<{ Contents: { Key: string }[] }>("s3api", "list-objects-v2", ...bucket);
    expect(Contents.map(({ Key }) => Key)).toEqual(
      ours.slice(1).map(() => expect.stringMatching(/^environments\/astro\/dev\/assets\/[0-9a-f]{64}\.json$/)),
    );
  });

  it("leaves stacks that astro takes for its own, with nothing to change", async () => {
    expect(new Set(Object.values(outcomes(await lab.provision("dev", app))))).toEqual(new Set(["unchanged"]));
  });

  it("takes them away again, and leaves nothing but the bootstrap", async () => {
    await cdk("destroy", "--all", "--force");
    expect(await stacks()).toEqual(["astro-bootstrap"]);
    const { Buckets } = await lab.aws<{ Buckets: { Name: string }[] }>("s3api", "list-buckets");
    expect(Buckets.map(({ Name }) => Name)).toEqual([`astro-bootstrap-${ACCOUNT}-us-east-1`]);
    expect(await lab.aws("ec2", "describe-vpcs", "--filters", "Name=tag:Project,Values=astro")).toEqual({ Vpcs: [] });
  });
});
