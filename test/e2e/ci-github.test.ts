import { execFileSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parse } from "yaml";
import type { ServiceResource, State } from "../../src/rehearsal/state/state.ts";
import { astro, INIT } from "../support/cli.ts";
import { rehearsalIn, stateIn } from "../support/kept.ts";

const folder = mkdtempSync(join(tmpdir(), "astro-ci-github-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (...path: readonly string[]) => join(folder, ...path);
const CONFIG = file("infra", "astro.yaml");
const WORKFLOW = file(".github", "workflows", "astro.yml");
const PROVIDER = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";

const git = (...words: readonly string[]) => execFileSync("git", words, { cwd: folder });

async function ran(...args: readonly string[]) {
  const { code, stdout, stderr } = await astro(args, { cwd: folder });
  expect(code, `${args.join(" ")}\n${stdout}\n${stderr}`).toBe(0);
  return { stdout, stderr: stderr.replace(/\s+/g, " ") };
}
const ci = async (...args: readonly string[]) =>
  JSON.parse((await ran("ci", "github", "--rehearse", "--yes", "--json", ...args)).stdout) as {
    readonly written: readonly string[];
    readonly kept?: string;
    readonly next: readonly { readonly command: readonly string[] }[];
  };

/** What the rehearsed account has of a type, by its id. */
const there = (type: string): { readonly [id: string]: ServiceResource } => {
  const world = readFileSync(join(stateIn(rehearsalIn(file("infra"))), "world.json"), "utf8");
  const { resources } = JSON.parse(world) as State;
  const all = Object.values(resources).flatMap((things) => Object.values(things));
  return Object.fromEntries(all.filter((thing) => thing.type === type).map((thing) => [thing.id, thing]));
};

beforeAll(async () => {
  git("init", "--quiet", "--initial-branch=main", ".");
  git("remote", "add", "origin", "git@github.com:octo-org/shop.git");
  await ran(...INIT);
});

it("refuses what is no repository of GitHub, and says what is missing", async () => {
  git("remote", "set-url", "origin", "https://git.example.com/octo-org/shop.git");
  const lost = await astro(["ci", "github", "--rehearse", "--yes"], { cwd: folder });
  expect(lost).toMatchObject({ code: 2, stderr: expect.stringContaining("--repository OWNER/NAME") });
  const wrong = await astro(["ci", "github", "--rehearse", "--repository", "shop"], { cwd: folder });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--repository is "shop"') });
  const branch = await astro(["ci", "github", "--rehearse", "--repository", "o/r", "--branch", "a b"], { cwd: folder });
  expect(branch).toMatchObject({ code: 2, stderr: expect.stringContaining('--branch is "a b"') });
  git("remote", "set-url", "origin", "git@github.com:octo-org/shop.git");
});

it("writes policies, astro.yaml and a workflow, and says what is next, in order", async () => {
  const before = readFileSync(CONFIG, "utf8");
  const { written, next } = await ci();
  expect(written).toEqual([
    "infra/ci/dev/deploy.json",
    "infra/ci/dev/plan.json",
    "infra/astro.yaml",
    ".github/workflows/astro.yml",
  ]);
  expect(next.map(({ command }) => command.slice(0, 2).join(" "))).toEqual([
    "git add",
    "git commit",
    "astro provision",
    "git push",
  ]);
  const after = readFileSync(CONFIG, "utf8");
  expect(after.startsWith(before.trimEnd())).toBe(true);
  expect(parse(after).environments.dev.ci).toEqual({ github: { repository: "octo-org/shop", branch: "main" } });
  expect(Object.keys(parse(readFileSync(WORKFLOW, "utf8")).jobs)).toEqual(["plan", "deploy-dev"]);
});

it("then the next provisioning makes the roles, for that repository alone", async () => {
  await ran("provision", "--rehearse", "--speed", "max", "--yes");
  const roles = there("AWS::IAM::Role");
  const trusted = (name: string) => JSON.stringify(roles[name]?.properties.AssumeRolePolicyDocument);
  expect(trusted("shop-dev-deploy")).toContain(
    '"token.actions.githubusercontent.com:sub":"repo:octo-org/shop:ref:refs/heads/main"',
  );
  expect(trusted("shop-dev-plan")).toContain(
    '"token.actions.githubusercontent.com:sub":"repo:octo-org/shop:pull_request"',
  );
  for (const name of ["shop-dev-deploy", "shop-dev-plan"]) {
    expect(trusted(name)).toContain('"token.actions.githubusercontent.com:aud":"sts.amazonaws.com"');
    expect(trusted(name)).toContain(`"Federated":"${PROVIDER}"`);
    expect(roles[name]?.properties.ManagedPolicyArns).toContain(`arn:aws:iam::123456789012:policy/${name}-1`);
  }
  expect(Object.keys(there("AWS::IAM::OIDCProvider"))).toEqual([PROVIDER]);
});

it("changes nothing the second time, and neither does a provisioning", async () => {
  expect(await ci()).toMatchObject({ written: [], next: [] });
  const { stdout, stderr } = await ran("plan", "--rehearse");
  expect(stdout).toContain("dev is up to date");
  expect(stderr).not.toContain("ci github");
});

it("keeps a workflow that somebody edited", async () => {
  const text = readFileSync(WORKFLOW, "utf8");
  writeFileSync(WORKFLOW, text.replace("ubuntu-latest", "ubuntu-24.04"));
  expect(await ci("--branch", "trunk")).toMatchObject({
    written: ["infra/astro.yaml"],
    kept: ".github/workflows/astro.yml",
  });
  expect(readFileSync(WORKFLOW, "utf8")).toContain("ubuntu-24.04");
  writeFileSync(WORKFLOW, text);
  await ci("--branch", "main");
});

it("says when the app has changed since the policies were written", async () => {
  appendFileSync(CONFIG, "    alarms:\n      email: ops@example.com\n");
  const { stderr } = await ran("plan", "--rehearse");
  expect(stderr).toContain("the app has changed since infra/ci/dev/deploy.json");
  expect(stderr).toContain("astro ci github --env dev");
  expect((await ci()).written).toContain("infra/ci/dev/deploy.json");
  expect((await ran("plan", "--rehearse")).stderr).not.toContain("ci github");
});

it("has a second environment go by the provider that the account has, and leaves that when the first one goes", async () => {
  await ran("init", "infra", "--yes", "--env", "two", "--preset", "dev", "--region", "us-east-1");
  await ci("--env", "two");
  expect(parse(readFileSync(CONFIG, "utf8")).environments.two.ci.github.provider).toBe(PROVIDER);
  expect(Object.keys(parse(readFileSync(WORKFLOW, "utf8")).jobs)).toEqual(["plan", "deploy-dev", "deploy-two"]);
  const { stdout, stderr } = await ran("destroy", "--env", "dev", "--rehearse", "--speed", "max", "--confirm", "dev");
  expect(`${stdout} ${stderr}`.replace(/\s+/g, " ")).toContain("other environments may go by it");
  expect(Object.keys(there("AWS::IAM::OIDCProvider"))).toEqual([PROVIDER]);
  expect(there("AWS::IAM::Role")["shop-dev-deploy"]).toBeUndefined();
});
