import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { astro, INIT, jsonLines, outcomes, run } from "../support/cli.ts";
import { isWrite, writersWithoutLock } from "../support/journal.ts";
import { servedHere, wayTo, withClock } from "../support/served.ts";

const SPEED = 10;

let folder: string;
let served: Awaited<ReturnType<typeof servedHere>>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-mishaps-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  served = await servedHere(folder);
});
afterEach(async () => {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A cloud assembly of one stack of the environment: a bucket, and a log group that is kept for so many days. */
function assembly(days: number): string {
  const at = join(folder, `app-${days}`);
  mkdirSync(at);
  const template = {
    Metadata: { "astro:phase": "data" },
    Resources: {
      Files: { Type: "AWS::S3::Bucket", Properties: { BucketName: "shop-dev-files" } },
      Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: days } },
    },
  };
  writeFileSync(join(at, "files.json"), JSON.stringify(template));
  const properties = { templateFile: "files.json", tags: { ManagedBy: "astro", Project: "shop", Environment: "dev" } };
  const artifact = { type: "aws:cloudformation:stack", environment: "aws://unknown-account/us-east-1", properties };
  writeFileSync(
    join(at, "manifest.json"),
    JSON.stringify({ version: "48.0.0", artifacts: { "shop-dev-files": artifact } }),
  );
  return at;
}

const COMMON = () => ["--env", "dev", "--json", "--dir", join(folder, "infra")];
const PROVISION = (days: number) => ["provision", "--yes", "--no-preflight", "--assembly", assembly(days), ...COMMON()];
const DESTROY = () => ["destroy", "--yes", "--confirm", "dev", ...COMMON()];

/** The runs of an environment's life: each begins where the one before it ended. */
const LIFE: readonly (readonly [kind: string, args: () => readonly string[], outcome: string])[] = [
  ["a creation", () => PROVISION(7), "created"],
  ["an update", () => PROVISION(14), "updated"],
  ["a removal", DESTROY, "removed"],
];

describe("a network that is gone for two minutes", () => {
  it("in a creation, an update and a removal is waited for, and said", async () => {
    let goneUntil = 0;
    let goes = Number.POSITIVE_INFINITY;
    const before = async ({ call }: { readonly call: number }) => {
      if (call === goes) goneUntil = Date.now() + 120_000 / SPEED;
      return Date.now() < goneUntil ? "drop" : "pass";
    };
    // As the lock is taken, which the bootstrap has made a table for; while a change set is made; while a stack goes.
    for (const [[kind, args, outcome], gone] of LIFE.map((one, at) => [one, [14, 14, 9][at] ?? 0] as const)) {
      const way = await wayTo(served.endpoint, { before }, SPEED);
      goes = gone;
      const env = { ...served.environment, AWS_ENDPOINT_URL: way.endpoint, ...withClock(SPEED), [CLOCK_SPEED]: "1" };
      const { code, stdout, stderr } = await astro(args(), { cwd: folder, env });
      await way.close();
      expect(code, `${kind}: ${stdout}\n${stderr}`).toBe(0);
      expect(outcomes(stdout), kind).toMatchObject({ "shop-dev-files": outcome });
      const said = jsonLines(stdout).filter(({ type }) => type === "network.lost");
      expect(said, `${kind}: ${stdout}`).toHaveLength(1);
      expect(Date.now(), kind).toBeGreaterThan(goneUntil);
    }
    expect(writersWithoutLock(served.calls())).toEqual([]);
  });
});

describe("credentials that become another account's in mid-run", () => {
  it("are noticed before the next write, in a creation, an update and a removal", async () => {
    const [own, other] = ["123456789012", "210987654321"] as const;
    const account = join(folder, "account");
    const program = join(folder, "keys.cjs");
    const config = join(folder, "config");
    // Hands out credentials that are soon too old, as a profile's program may (AWS SDKs and Tools Reference Guide, "Process
    // credential provider"): each call asks it anew.
    writeFileSync(
      program,
      `const AccessKeyId = require("node:fs").readFileSync(${JSON.stringify(account)}, "utf8");
      const Expiration = new Date(Date.now() + 60000);
      console.log(JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: "x", SessionToken: "x", Expiration }));`,
    );
    writeFileSync(config, `[default]\ncredential_process = "${process.execPath}" "${program}"\n`);
    const sign = (name: string) => writeFileSync(account, name);
    for (const [kind, args, outcome] of LIFE) {
      let isOther = false;
      const before = async ({ call }: { readonly call: number }) => {
        isOther ||= call >= 9;
        sign(isOther ? other : own);
        // Credentials that soon are too old are renewed beside the work.
        if (isOther) await wait(400);
        return "pass" as const;
      };
      sign(own);
      const way = await wayTo(served.endpoint, { before });
      const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: _secret, ...rest } = served.environment;
      const env = { ...rest, AWS_ENDPOINT_URL: way.endpoint, AWS_CONFIG_FILE: config };
      const given = args();
      const from = served.calls().length;
      const { code, stdout, stderr } = await astro(given, { cwd: folder, env });
      await way.close();
      const error = { code: "wrong-account", message: expect.stringMatching(new RegExp(`${own}.*${other}`)) };
      expect(jsonLines(stdout).at(-1)?.error, `${kind}: ${stdout}\n${stderr}`).toMatchObject(error);
      expect(code, kind).toBe(4);
      const strange = served
        .calls()
        .slice(from)
        .filter((call) => call.by === other && isWrite(call));
      expect(strange, kind).toEqual([]);
      const again = await astro(given, { cwd: folder, env: served.environment });
      expect(again.code, `${kind}: ${again.stdout}\n${again.stderr}`).toBe(0);
      expect(["unchanged", outcome], kind).toContain(outcomes(again.stdout)["shop-dev-files"] ?? outcome);
    }
  });
});

describe("a disk that is full", () => {
  /** Runs astro where no file may grow beyond so many blocks of 512 bytes: what a full disk does to a write (setrlimit(2)). */
  const cramped = (blocks: number, args: readonly string[], env: { readonly [name: string]: string } = {}) => {
    const words = [process.execPath, join(process.cwd(), "bin", "run.js"), ...args]
      .map((word) => `'${word}'`)
      .join(" ");
    return run("/bin/sh", ["-c", `ulimit -f ${blocks}; ${words} | cat`], { cwd: folder, env });
  };

  it("keeps nobody from working on AWS: what is kept there is a comfort", async () => {
    for (const [kind, args, outcome] of LIFE) {
      const { stdout, stderr } = await cramped(0, args(), served.environment);
      expect(outcomes(stdout), `${kind}: ${stdout}\n${stderr}`).toMatchObject({ "shop-dev-files": outcome });
    }
  });

  it("stops a rehearsal, which keeps its AWS there, with a word; the same command goes on once there is room", async () => {
    for (const [kind, args, outcome] of LIFE) {
      const given = [...args(), "--rehearse", "--speed", "max"];
      const state = () => {
        const at = join(folder, "infra", ".astro", "rehearsal");
        return readdirSync(at, { recursive: true })
          .map(String)
          .filter((name) => name.endsWith("world.json"))
          .map((name) => readFileSync(join(at, name), "utf8"));
      };
      const full = await cramped(16, given);
      expect(full.stdout + full.stderr, kind).toMatch(/EFBIG|file too large/);
      expect(full.stderr, kind).not.toContain("a fault of astro");
      for (const text of state()) JSON.parse(text);
      const again = await astro(given, { cwd: folder });
      expect(again.code, `${kind}: ${again.stdout}\n${again.stderr}`).toBe(0);
      expect(["unchanged", outcome], kind).toContain(outcomes(again.stdout)["shop-dev-files"] ?? outcome);
    }
  });
});
