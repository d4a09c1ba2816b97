import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudFormationClient, CreateStackCommand, paginateDescribeStacks } from "@aws-sdk/client-cloudformation";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { astro } from "../support/cli.ts";
import { servedHere } from "../support/served.ts";

/** One account, and two projects whose names give the same names of stacks. */
let root: string;
let served: Awaited<ReturnType<typeof servedHere>>;
let cloudformation: CloudFormationClient;

const FIRST = { folder: "first", name: "shop-eu", env: "dev" };
const SECOND = { folder: "second", name: "shop", env: "eu-dev" };
const run = ({ folder }: { readonly folder: string }, ...args: readonly string[]) =>
  astro(args, { cwd: join(root, folder), env: served.environment });

async function initialise({ folder, name, env }: typeof FIRST): Promise<void> {
  mkdirSync(join(root, folder));
  const flags = ["--yes", "--name", name, "--env", env, "--preset", "dev", "--region", "us-east-1"];
  expect(await astro(["init", "infra", ...flags], { cwd: join(root, folder) })).toMatchObject({ code: 0 });
}

/** Every stack with all that DescribeStacks says of it. */
async function standing(): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {})) all.push(...Stacks);
  return all;
}

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "astro-owners-"));
  await initialise(FIRST);
  await initialise(SECOND);
  served = await servedHere(join(root, FIRST.folder, "infra"));
  const { AWS_ENDPOINT_URL: endpoint = "", AWS_ACCESS_KEY_ID = "", AWS_SECRET_ACCESS_KEY = "" } = served.environment;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY };
  cloudformation = new CloudFormationClient({ endpoint, region: "us-east-1", credentials });
  expect(await run(FIRST, "provision", "--yes", "--no-preflight")).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await served.stop();
  rmSync(root, { recursive: true, force: true });
});

describe("two projects whose stacks have the same names", () => {
  it.each([
    ["plan", []],
    ["provision", ["--yes"]],
    ["provision", ["--yes", "--no-preflight", "--json"]],
    ["doctor", []],
    ["status", []],
    ["attach", []],
    ["destroy", ["--yes", "--confirm", "eu-dev"]],
    ["destroy", ["--yes", "--confirm", "eu-dev", "--bootstrap"]],
  ])("%s %j of the second stops, says whose they are, and touches nothing", async (command, flags) => {
    const before = await standing();
    const { code, stderr } = await run(SECOND, command, ...flags);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/shop-eu-dev-network\s.*\sshop-eu, environment dev/s)]);
    expect(await standing()).toEqual(before);
  });

  it("the first goes on as before", async () => {
    expect(await run(FIRST, "plan")).toMatchObject({ code: 0 });
    expect(await run(FIRST, "status")).toMatchObject({ code: 0 });
  });
});

describe("a stack without tags under a wanted name", () => {
  const Topic = { Type: "AWS::SNS::Topic", Properties: { DisplayName: "theirs" } };
  const third = { folder: "third", name: "till", env: "dev" };
  const stackNow = async () =>
    (await standing()).find((one) => (one as { StackName?: string }).StackName === "till-dev-registry");

  beforeAll(async () => {
    await initialise(third);
    expect(await run(third, "plan", "--out", "plan.json")).toMatchObject({ code: 0 });
    const TemplateBody = JSON.stringify({ Resources: { Topic } });
    await cloudformation.send(new CreateStackCommand({ StackName: "till-dev-registry", TemplateBody }));
    const made = async () => expect(await stackNow()).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    await vi.waitFor(made, { timeout: 20_000, interval: 100 });
  });

  it("stops a provisioning, with when somebody made it", async () => {
    const before = await standing();
    const { code, stderr } = await run(third, "provision", "--yes", "--no-preflight");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/till-dev-registry.*no tags.*--adopt-stack/s)]);
    expect(stderr).toMatch(/created by somebody else on \d{4}-\d\d-\d\d/);
    expect(await standing()).toEqual(before);
  });

  it("stops a plan that was kept before it came", async () => {
    const { code, stderr } = await run(third, "provision", "plan.json", "--yes");
    expect([code, stderr]).toEqual([1, expect.stringMatching(/till-dev-registry.*no tags/s)]);
  });

  it("stops a removal, which can let it be", async () => {
    const destroy = ["destroy", "--yes", "--confirm", "dev"];
    const { code, stderr } = await run(third, ...destroy);
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/astro destroy --env dev --leave-stack till-dev-registry/),
    ]);
    const before = await stackNow();
    expect(await run(third, ...destroy, "--leave-stack", "till-dev-registry")).toMatchObject({ code: 0 });
    expect(await stackNow()).toEqual(before);
  });

  it("is taken over only by the flag that names it, and the plan says so", async () => {
    const other = await run(third, "plan", "--adopt-stack", "till-dev-cdn");
    expect(other).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("--adopt-stack till-dev-cdn --adopt-stack till-dev-registry"),
    });
    const plan = await run(third, "plan", "--adopt-stack", "till-dev-registry");
    expect([plan.code, plan.stdout]).toEqual([0, expect.stringMatching(/registry.*taken over/s)]);
    const over = ["provision", "--yes", "--no-preflight", "--adopt-stack", "till-dev-registry"];
    // What it holds is gated like anything else.
    const gated = expect.stringMatching(
      /Topic .* would be removed.*--adopt-stack till-dev-registry --allow-replace Topic/s,
    );
    expect(await run(third, ...over)).toMatchObject({ code: 3, stderr: gated });
    const done = await run(third, ...over, "--allow-replace", "Topic");
    expect(done.code, done.stderr).toBe(0);
    expect(await stackNow()).toMatchObject({
      Tags: expect.arrayContaining([{ Key: "Project", Value: "till" }]),
    });
    expect(await run(third, "plan")).toMatchObject({ code: 0 });
  });
});
