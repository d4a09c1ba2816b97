import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcomes, run } from "../support/cli.ts";
import { type Lab, openLab } from "../support/lab.ts";

let lab: Lab;
let app: string;
beforeAll(async () => {
  lab = await openLab();
  await lab.ours(["init", "infra", "--yes", "--name", "astro", "--env", "dev", "--region", "us-east-1"]);
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
const provision = () => lab.ours(["provision", "--env", "dev", "--yes", "--json", "--assembly", app]);

describe("the cdk client beside astro", () => {
  it("finds nothing to change in what astro has provisioned", async () => {
    await provision();
    expect(await cdk("diff", "--all", "--fail")).toContain("Number of stacks with differences: 0");
  });

  it("destroys it and deploys it again, onto astro's bootstrap bucket and with none of its own", async () => {
    await cdk("destroy", "--all", "--force");
    await cdk("deploy", "--all", "--require-approval", "never");
    const { Stacks } = (await lab.aws("cloudformation", "describe-stacks")) as { Stacks: { StackName: string }[] };
    const names = Stacks.map(({ StackName }) => StackName);
    expect(names).toContain("astro-dev-cdn");
    expect(names.filter((name) => name.includes("bootstrap") || name.includes("Toolkit"))).toEqual(["astro-bootstrap"]);
  });

  it("leaves stacks that astro takes for its own, with nothing to change", async () => {
    expect(new Set(Object.values(outcomes(await provision())))).toEqual(new Set(["unchanged"]));
  });
});
