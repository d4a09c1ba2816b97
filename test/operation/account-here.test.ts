import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { environment as schema } from "../../src/config/schema.ts";
import type { Context } from "../../src/context.ts";
import { accountHere, ENDPOINTS, ENGINE } from "../../src/operation/account-here.ts";
import { init } from "../../src/operation/init.ts";
import { type RehearsalOptions, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import { contextOn } from "../support/context-on.ts";

const KEYED = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" };
const KEYS = { accessKeyId: "a", secretAccessKey: "s" };
const DEV = { yes: true, name: "shop", env: "dev", preset: "dev", region: "us-east-1" };

/** What a new dev comes to for somebody whose AWS is at this address; what was printed, and astro.yaml. */
async function made(endpoint: string, flags = {}, env = {}) {
  onTestFinished(() => void vi.unstubAllEnvs());
  const cwd = mkdtempSync(join(tmpdir(), "astro-zones-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  const printed: string[] = [];
  const context = contextOn({ endpoint, credentials: KEYS }, { cwd, columns: 80, write: (text) => printed.push(text) });
  const keys = { AWS_ACCESS_KEY_ID: "a", AWS_SECRET_ACCESS_KEY: "s" };
  const here = { ...context, env: { ...context.env, ...keys, ...env } };
  const before = performance.now();
  await init(here, "app", { ...DEV, ...flags });
  const seconds = (performance.now() - before) / 1000;
  const file = () => readFileSync(join(cwd, "app", "astro.yaml"), "utf8");
  return { screen: printed.join(""), file, again: () => init(here, "app", { ...DEV, nat: "none" }), seconds };
}

async function account() {
  const rehearsal = await startRehearsal({ speed: "max", region: "us-east-1", clients: "outside" });
  onTestFinished(rehearsal.close);
  return rehearsal;
}

describe("a new environment's zones", () => {
  it("are chosen by the account, where there is one, and shown with their source; one that is there keeps what it has", async () => {
    const { endpoint, requests } = await account();
    const { screen, file, again } = await made(endpoint);
    expect(file()).toMatch(/\n {6}zones: \[use1-az\d, use1-az\d\]/);
    expect(screen).toMatch(/zones: use1-az\d use1-az\d +the account's zones/);
    const [asked, text] = [requests.get("ec2:DescribeAvailabilityZones"), file().match(/zones: .*/)?.[0]];
    await again();
    expect(file()).toContain(text);
    expect(requests.get("ec2:DescribeAvailabilityZones")).toBe(asked);
  });

  it("are as many as the workloads want, and none of those that lack something", async () => {
    const { endpoint } = await account();
    const { file } = await made(endpoint, { azs: 3, nat: "none" });
    const chosen = /zones: \[(.*)\]/.exec(file())?.[1]?.split(", ");
    expect(chosen).toHaveLength(3);
    expect(new Set(chosen).size).toBe(3);
  });

  it("are left open without an account, without its permission, and where it does not answer in three seconds", async () => {
    const { endpoint } = await account();
    const nobody = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined };
    const machine = await made(
      endpoint,
      {},
      { ...nobody, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" },
    );
    expect(machine.file()).not.toContain("zones:");
    const silent = createServer(() => undefined).listen(0, "127.0.0.1");
    onTestFinished(() => {
      silent.closeAllConnections();
      silent.close();
    });
    await new Promise((resolve) => silent.once("listening", resolve));
    const late = await made(`http://127.0.0.1:${(silent.address() as AddressInfo).port}`);
    expect(late.file()).not.toContain("zones:");
    expect(late.seconds).toBeGreaterThan(2.5);
    const denied = await startRehearsal({
      speed: "max",
      region: "us-east-1",
      clients: "outside",
      faults: [{ call: "ec2:DescribeAvailabilityZones", effect: "denied" }],
    });
    onTestFinished(denied.close);
    expect((await made(denied.endpoint)).file()).not.toContain("zones:");
  });

  it("are asked about what the app has there", () => {
    const app = (file: string) => readFileSync(join("templates", "app", "stacks", file), "utf8");
    const listed = /INTERFACE_ENDPOINTS = \{([^}]*)\}/.exec(app("network.ts"))?.[1] ?? "";
    expect([...listed.matchAll(/"([\w.]+)"/g)].map(([, name]) => name)).toEqual(ENDPOINTS);
    expect(app("database.ts")).toMatch(new RegExp(`engineVersion: "${ENGINE.version}"`));
  });
});

describe("an account that is asked while somebody answers", () => {
  const environment = schema.parse({ region: "us-east-1" });
  const place = { region: "us-east-1", project: "shop", environment: "dev" };

  /** What the account tells, once all of it has come. */
  async function facts(options: Partial<RehearsalOptions> = {}, more: Partial<Context> = {}) {
    const rehearsal = await startRehearsal({ speed: "max", region: "us-east-1", clients: "outside", ...options });
    onTestFinished(rehearsal.close);
    onTestFinished(() => void vi.unstubAllEnvs());
    const context = contextOn(rehearsal, { cwd: tmpdir(), columns: 80, write: () => {} });
    const account = accountHere({ ...context, env: { ...context.env, ...KEYED }, ...more });
    // Nothing is asked, nor loaded for it, before that is begun.
    expect(account.of(place)).toEqual({});
    expect(rehearsal.requests.size).toBe(0);
    account.begin();
    await account.id();
    return { rehearsal, account };
  }

  it("tells whose it is in a line, and its regions, zones, classes and images as they come", async () => {
    const { account, rehearsal } = await facts();
    expect(account.news()).toEqual(["account 123456789012"]);
    expect(account.news()).toEqual([]);
    await vi.waitFor(() =>
      expect(account.of(place)).toMatchObject({
        id: "123456789012",
        regions: expect.arrayContaining(["us-east-1", "eu-west-1"]),
        hostedZones: [],
        withoutDatabaseClasses: [],
        withoutCacheNodes: [],
        standing: [],
        images: [],
      }),
    );
    const asked = rehearsal.requests.get("rds:DescribeOrderableDBInstanceOptions");
    account.of(place);
    expect(rehearsal.requests.get("rds:DescribeOrderableDBInstanceOptions")).toBe(asked);
  });

  it("says in a line why nobody tells", async () => {
    const denied = await facts({ faults: [{ call: "sts:GetCallerIdentity", effect: "denied" }] });
    expect(denied.account.news()).toEqual([expect.stringMatching(/GetCallerIdentity.*: the lists are built in/)]);
    const missing = { AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
    const nobody = await facts({}, { env: missing });
    expect(nobody.account.news()).toEqual([
      "no AWS credentials here: the lists are built in, and no account is pinned",
    ]);
    expect(nobody.account.of(place)).toEqual({});
  });

  it("tells of what is in an environment's way: quotas, and what a free plan has not", async () => {
    const ways = async (faults: RehearsalOptions["faults"]) =>
      (await facts({ ...(faults && { faults }) })).account.limits(place, environment);
    expect(await ways(undefined)).toEqual([]);
    expect(await ways([{ quota: "vpc", value: 0 }])).toEqual([expect.stringMatching(/VPCs in us-east-1/)]);
    expect(await ways([{ account: "free-plan" }])).toEqual([expect.stringMatching(/free plan, which has no 7 days/)]);
  });
});
