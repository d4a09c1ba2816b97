import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, type Ended, INIT, jsonLines, outcomes } from "../support/cli.ts";

let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-job-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const REHEARSE = ["--env", "dev", "--rehearse", "--speed", "max"];
const provision = (...more: string[]) => astro(["provision", ...REHEARSE, "--yes", "--json", ...more], { cwd: folder });
const destroy = (...more: string[]) =>
  astro(["destroy", ...REHEARSE, "--yes", "--confirm", "dev", "--json", ...more], { cwd: folder });
const plan = async () => {
  const { stdout } = await astro(["plan", ...REHEARSE, "--json"], { cwd: folder });
  return JSON.parse(stdout) as { stacks: { stack: string; action: string; changes: { action: string }[] }[] };
};
const kinds = (ended: Ended) => new Set(Object.values(outcomes(ended.stdout)));
const result = (ended: Ended) => jsonLines(ended.stdout).at(-1) ?? {};

describe("the main job, rehearsed", () => {
  it("stops where a resource fails, names it, and says what to do in the last lines", async () => {
    const text = await astro(
      [
        "provision",
        ...REHEARSE,
        "--yes",
        "--fault",
        "AWS::RDS::DBInstance=RDS does not support creating a DB instance",
      ],
      { cwd: folder },
    );
    expect(text.code).toBe(6);
    const last = text.stderr.trimEnd().split("\n").slice(-14).join("\n");
    expect(last).toMatch(/6 stacks done, 3 not started/);
    expect(last).toMatch(/Failed +Database, AWS::RDS::DBInstance/);
    expect(last.replace(/\s+/g, " ")).toMatch(/AWS says .*RDS does not support creating a DB instance/);
    expect(last).toMatch(/Do this .*--db-class/s);
    expect(last).toMatch(/astro provision --env dev --rehearse/);
  });

  it("goes on from there with the same command, finished stacks untouched", async () => {
    const ended = await provision();
    expect(ended.code, ended.stderr).toBe(0);
    expect(outcomes(ended.stdout)).toMatchObject({
      "astro-bootstrap": "unchanged",
      "shop-dev-network": "unchanged",
      "shop-dev-secrets": "unchanged",
      "shop-dev-database": "created",
      "shop-dev-service": "created",
      "shop-dev-cdn": "created",
    });
    const recovering = jsonLines(ended.stdout).filter((event) => event.type === "stack.recovering");
    expect(recovering).toMatchObject([
      { stack: "shop-dev-database", from: "ROLLBACK_COMPLETE", how: "delete-and-create" },
    ]);
    expect(result(ended)).toMatchObject({ type: "result", outcome: "done" });
    const outputs = result(ended).outputs as { readonly [name: string]: string };
    expect(outputs.AppUrl).toMatch(/^https:\/\/.+\.cloudfront\.net$/);
    // Without a domain the API is the CDN's: the load balancer refuses everybody else.
    expect(outputs.ApiUrl).toBeUndefined();
    expect(outputs.RepositoryUri).toMatch(/\.dkr\.ecr\.us-east-1\.amazonaws\.com\/shop-dev$/);
    expect(JSON.stringify(ended.stdout)).not.toMatch(/SecretString|"password"/i);
  });

  it("changes nothing the second time", async () => {
    const ended = await provision();
    expect([ended.code, kinds(ended)]).toEqual([0, new Set(["unchanged"])]);
    expect(new Set((await plan()).stacks.map((stack) => stack.action))).toEqual(new Set(["unchanged"]));
  });

  it("plans a changed value as a change of the one stack it concerns, and applies just that", async () => {
    const file = join(folder, "infra", "astro.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("storage: 20", "storage: 40"));
    const moving = (await plan()).stacks.filter((stack) => stack.action !== "unchanged");
    expect(moving).toMatchObject([
      {
        stack: "shop-dev-database",
        action: "update",
        changes: [
          { logicalId: "Database", type: "AWS::RDS::DBInstance", action: "change", causes: ["AllocatedStorage"] },
        ],
      },
    ]);
    const changed = Object.entries(outcomes((await provision()).stdout)).filter(
      ([, outcome]) => outcome !== "unchanged",
    );
    expect(changed).toEqual([["shop-dev-database", "updated"]]);
  });

  it("is not destroyed without the environment's name", async () => {
    // What is then told to type is the rehearsal's removal, not the real thing's.
    const how = expect.stringMatching(/astro destroy --env dev --rehearse --speed max --yes --confirm dev/);
    const unnamed = await astro(["destroy", ...REHEARSE, "--yes"], { cwd: folder });
    expect([unnamed.code, unnamed.stderr]).toEqual([2, how]);
    const misnamed = await astro(["destroy", ...REHEARSE, "--yes", "--confirm", "prod"], { cwd: folder });
    expect([misnamed.code, misnamed.stderr]).toEqual([3, how]);
    expect(new Set((await plan()).stacks.map((stack) => stack.action))).toEqual(new Set(["unchanged"]));
  });

  it("is destroyed back to front, keeps the bootstrap and says so; a second time there is nothing to do", async () => {
    const ended = await destroy();
    expect(ended.code, ended.stderr).toBe(0);
    const removed = Object.keys(outcomes(ended.stdout));
    expect(kinds(ended)).toEqual(new Set(["removed"]));
    expect(removed[0]).toBe("shop-dev-cdn");
    expect(removed.at(-1)).toBe("shop-dev-network");
    expect(removed).not.toContain("astro-bootstrap");
    expect(result(ended).kept).toContainEqual({ type: "bootstrap", stack: "astro-bootstrap", because: "not-asked" });
    const again = await destroy();
    expect([again.code, outcomes(again.stdout)]).toEqual([0, {}]);
  });

  it("takes the bootstrap too when asked", async () => {
    const ended = await destroy("--bootstrap");
    expect([ended.code, outcomes(ended.stdout)]).toEqual([0, { "astro-bootstrap": "removed" }]);
  });
});

describe("without an AWS account", () => {
  it("a real provisioning says so, offers the rehearsal, and ends with 4", async () => {
    const none = { AWS_CONFIG_FILE: join(folder, "none"), AWS_SHARED_CREDENTIALS_FILE: join(folder, "none") };
    const ended = await astro(["provision", "--env", "dev", "--yes"], { cwd: folder, env: none });
    expect(ended.code).toBe(4);
    expect(ended.stderr).toMatch(/no AWS credentials found/);
    expect(ended.stderr).toMatch(/--rehearse/);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  });
});
