import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CloudWatchLogsClient, CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Context } from "../../src/context.ts";
import { doctor } from "../../src/operation/doctor.ts";
import { provision } from "../../src/operation/provision.ts";
import { type Rehearsal, startRehearsal } from "../../src/rehearsal/rehearsal.ts";
import type { Template } from "../../src/template/types.ts";
import { contextOn } from "../support/context-on.ts";

const REGION = "eu-west-1";
const YAML = `name: shop\nenvironments:\n  dev:\n    region: ${REGION}\n`;
const RESOURCES: Template["Resources"] = {
  LogGroup: { Type: "AWS::Logs::LogGroup", Properties: { LogGroupName: "/shop/dev/api" } },
  Address: { Type: "AWS::EC2::EIP", Properties: { Domain: "vpc" } },
};

let folder: string;
let rehearsal: Rehearsal;
let said: string;
let context: Context;

/** Starts an AWS that is served, as an emulator's is, in which `faults` wait. */
async function serve(faults: Parameters<typeof startRehearsal>[0]["faults"] = []): Promise<void> {
  rehearsal = await startRehearsal({ speed: "max", region: REGION, clients: "outside", faults });
  const write = (text: string) => {
    said += text;
  };
  context = contextOn(rehearsal, { cwd: folder, columns: 200, write });
}

/** Writes an assembly of one stack. */
function assemble(Resources: Template["Resources"]): void {
  const template = { Resources, Metadata: { "astro:phase": "vpc" } };
  writeFileSync(join(folder, "one.template.json"), JSON.stringify(template));
  const properties = { templateFile: "one.template.json", stackName: "shop-dev-one", tags: { Environment: "dev" } };
  const one = { type: "aws:cloudformation:stack", environment: `aws://unknown-account/${REGION}`, properties };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify({ version: "1", artifacts: { one } }));
}

const FLAGS = { rehearse: false, speed: "max", wait: false, yes: true, json: false };
const run = (more: object = {}) => provision(context, { ...FLAGS, assembly: folder, ...more });
const examine = (more: object = {}) => doctor(context, { ...FLAGS, yes: false, assembly: folder, ...more });
const calls = () => [...rehearsal.requests.keys()];
const leave = () =>
  new CloudWatchLogsClient({ ...clientOf(rehearsal), region: REGION }).send(
    new CreateLogGroupCommand({ logGroupName: "/shop/dev/api" }),
  );
const clientOf = ({ endpoint, credentials }: Rehearsal) => ({ endpoint, credentials });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "astro-preflight-"));
  said = "";
  writeFileSync(join(folder, "astro.yaml"), YAML);
  assemble(RESOURCES);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rehearsal.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("astro provision", () => {
  it("looks before it makes anything, says so in a line if all is well, and goes on", async () => {
    await serve();
    expect(await run()).toBe(0);
    expect(said).toMatch(/^ ✔ checked: 5 good$/m);
    expect(calls()).toEqual(expect.arrayContaining(["ec2:DescribeAddresses", "logs:DescribeLogGroups"]));
  });

  it("looks at nothing where nothing is to be changed", async () => {
    await serve();
    await run();
    const before = new Map(rehearsal.requests);
    expect(await run()).toBe(0);
    const after = [...rehearsal.requests].filter(([call, times]) => times > (before.get(call) ?? 0));
    expect(after.map(([call]) => call.split(":")[0])).not.toEqual(expect.arrayContaining(["ec2"]));
    expect(new Set(after.map(([call]) => call.split(":")[0]))).toEqual(
      new Set(["cloudformation", "dynamodb", "s3", "sts"]),
    );
  });

  it("stops at a problem before anything is begun, with each one's fix and the way on", async () => {
    await serve([{ quota: "eip", value: 0 }]);
    await leave();
    const stopped = await run().catch((error: unknown) => error);
    expect(stopped).toMatchObject({ code: "preflight", exit: 1 });
    const { message, hint } = stopped as { message: string; hint: string };
    expect(message).toMatch(
      /^2 problems are in the way, and nothing was changed:\nelastic-ips: 1 wanted, and none of 0 /,
    );
    expect(message).toMatch(/\nnames: LogGroup \/shop\/dev\/api is there already.*$/);
    expect(hint).toMatch(
      /^elastic-ips: release an unused address\n.*\n.*\nnames: give LogGroup.*\ndelete it if nothing needs it .*--delete-leftover LogGroup\n/,
    );
    expect(hint).toMatch(
      /astro doctor --env dev .*\n.*astro provision --env dev .*\n.*astro provision --env dev .*--no-preflight/,
    );
    expect(calls().filter((call) => /CreateChangeSet|CreateStack/.test(call))).toEqual([]);
    expect(calls()).not.toContain("servicequotas:RequestServiceQuotaIncrease");
  });

  it("lets pass what the run itself deletes", async () => {
    await serve();
    await leave();
    expect(await run({ deleteLeftover: ["LogGroup"] })).toBe(0);
  });

  it("does not look with --no-preflight", async () => {
    await serve();
    expect(await run({ noPreflight: true })).toBe(0);
    expect(calls()).not.toContain("ec2:DescribeAddresses");
    expect(said).not.toContain("checked");
  });

  it("goes on where look-ups are denied, and says how many were", async () => {
    await serve([
      { call: "ec2:*", effect: "denied", times: 9 },
      { call: "servicequotas:*", effect: "denied", times: 9 },
    ]);
    expect(await run()).toBe(0);
    expect(said).toMatch(/^ ✔ checked: 1 not checked, 4 good {2}\(full report: {2}astro doctor --env dev --assembly/m);
  });
});

describe("a warning before a provisioning", () => {
  const CERTIFICATE = {
    Certificate: {
      Type: "AWS::CertificateManager::Certificate",
      Properties: { DomainName: "app.example.com", ValidationMethod: "DNS" },
    },
  };

  it("is shown with its fix, and stops nothing", async () => {
    await serve();
    assemble(CERTIFICATE);
    expect(await run()).toBe(0);
    expect(said).toMatch(
      /^ ✔ checked: 1 warning, 4 good\n ! warning +delegation +no zone on Route 53 for app\.example\.com.*\n(.*\n)? +→ astro provision shows/m,
    );
  });

  it("is a line of JSON for who reads those", async () => {
    await serve();
    assemble(CERTIFICATE);
    expect(await run({ json: true })).toBe(0);
    expect(said).toMatch(
      /^\{"type":"preflight.warned","at":"[^"]+","environment":"dev","check":"delegation","finding":{"type":"no-zone","domains":\["app.example.com"\]}}$/m,
    );
  });
});

describe("astro doctor", () => {
  it("tells everything as JSON, each check with its code and document, and changes nothing", async () => {
    await serve();
    await leave();
    const { value, exit } = await examine({ json: true });
    expect(exit).toBe(1);
    expect(value).toMatchObject({ environment: "dev", region: REGION, account: rehearsal.account });
    expect(value.checks.map(({ code, outcome }) => [code, outcome])).toEqual([
      ["credentials", "ok"],
      ["account", "ok"],
      ["clock", "ok"],
      ["elastic-ips", "ok"],
      ["names", "ok"],
      ["names", "problem"],
    ]);
    expect(value.checks.every(({ document }) => document.length > 10)).toBe(true);
    expect(
      calls().filter((call) => !/:(Describe|Get|List|Head)/.test(call) && !call.startsWith("logs:Create")),
    ).toEqual([]);
  });

  it("shows problems last with what helps, then the next command", async () => {
    await serve([{ quota: "eip", value: 0 }]);
    const { render, exit } = await examine();
    expect(exit).toBe(1);
    const lines = render().trimEnd().split("\n");
    expect(lines[0]).toMatch(/^ dev in eu-west-1: 1 problem, 4 good/);
    expect(lines.slice(5).join(" ").replaceAll(/ +/g, " ")).toMatch(
      /^ ✖ problem elastic-ips 1 wanted, .* → release an unused address or choose fewer NAT gateways: .* Next fix the problems above, then run: astro doctor --env dev /,
    );
  });

  it("names astro provision as the next command if all is well", async () => {
    await serve();
    const { render, exit } = await examine();
    expect([exit, render().trimEnd().split("\n").at(-1)?.trim()]).toEqual([
      0,
      `Next        astro provision --env dev --assembly ${folder}`,
    ]);
  });

  it("does with --yes what takes nothing away, and leaves alone what does", async () => {
    await serve([{ quota: "eip", value: 0 }]);
    await leave();
    const { value } = await examine({ yes: true });
    expect(rehearsal.requests.get("servicequotas:RequestServiceQuotaIncrease")).toBe(1);
    expect(calls()).not.toContain("logs:DeleteLogGroup");
    expect(said).toContain("AWS was asked for 1; until it grants that, nothing has changed");
    expect(value.checks.filter(({ outcome }) => outcome === "problem").map(({ code }) => code)).toEqual([
      "elastic-ips",
      "names",
    ]);
  });

  it("leaves astro.yaml alone where no account is real", async () => {
    await serve();
    await examine({ yes: true });
    expect(readFileSync(join(folder, "astro.yaml"), "utf8")).toBe(YAML);
  });
});
