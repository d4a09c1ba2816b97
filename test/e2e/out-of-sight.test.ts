import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, initOf, jsonLines } from "../support/cli.ts";

/** An environment that stands in Frankfurt, and what becomes of it when astro.yaml says something else. */
let folder: string;
let written: string;
const REHEARSE = ["--rehearse", "--speed", "max"];
const run = (...args: readonly string[]) => astro([...args, ...REHEARSE], { cwd: folder });
const yaml = () => join(folder, "infra", "astro.yaml");
const memory = () => join(folder, "infra", ".astro", "deployed", "rehearsal.json");
const say = (from: string | RegExp, to: string) => writeFileSync(yaml(), written.replace(from, to));
const region = () => say("eu-central-1", "eu-west-1");
const name = () => say("name: shop", "name: store");
const key = () => say(/^ {2}dev:/m, "  main:");

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-sight-"));
  expect(await astro(initOf("shop", "eu-central-1"), { cwd: folder })).toMatchObject({ code: 0 });
  written = readFileSync(yaml(), "utf8");
  expect(await run("provision", "--yes", "--no-preflight")).toMatchObject({ code: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("an environment that astro.yaml no longer names", () => {
  const where = "shop, environment dev, in eu-central-1 of account 123456789012";
  const cases = [
    ["its region changed", region, "dev", "astro destroy --env dev --region eu-central-1 --rehearse --speed max"],
    ["the project's name changed", name, "dev", "astro destroy --env dev --region eu-central-1 --project shop"],
    ["its key changed", key, "main", "astro destroy --env dev --region eu-central-1"],
  ] as const;

  it.each(cases)("stops every command that would go by: %s", async (_, change, env, way) => {
    change();
    for (const command of [
      ["plan"],
      ["provision", "--yes", "--no-preflight"],
      ["doctor"],
      ["status"],
      ["attach"],
      ["destroy", "--yes", "--confirm", env],
    ]) {
      const { code, stderr } = await run(...command, "--env", env);
      expect([command[0], code, stderr]).toEqual([command[0], 1, expect.stringContaining(where)]);
      expect(stderr).toContain(way);
      expect(stderr).toMatch(/since \d{4}-\d\d-\d\d/);
      expect(stderr).toMatch(/about \$\d+ a month/);
    }
  });

  it("lets another stand beside it where that is wanted, and says each time that it is there", async () => {
    key();
    const { code, stdout, stderr } = await run("plan", "--env", "main", "--beside", "shop/dev/eu-central-1");
    expect([code, stdout]).toEqual([0, expect.stringContaining("9 new")]);
    expect(stderr).toContain(where);
  });

  it("is seen without the memory too, where it stands in the same region", async () => {
    key();
    const text = readFileSync(memory(), "utf8");
    rmSync(memory());
    const { code, stderr } = await run("plan", "--env", "main");
    expect([code, stderr]).toEqual([1, expect.stringContaining(where)]);
    writeFileSync(memory(), text);
  });

  it("has a status, and is found by its key alone", async () => {
    key();
    const { code, stdout } = await run("status", "--env", "dev");
    expect([code, stdout]).toEqual([0, expect.stringMatching(/dev in eu-central-1.*deployed/s)]);
  });

  it("names those there are, where nothing ever stood", async () => {
    key();
    const { code, stderr } = await run("destroy", "--env", "old", "--yes", "--confirm", "old");
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/--env is "old".*astro destroy --env old --region REGION/s),
    ]);
  });
});

describe("the memory", () => {
  it("is kept apart from that of AWS itself, and holds a line for what stands", () => {
    expect(existsSync(join(folder, "infra", "astro.deployed.json"))).toBe(false);
    const lines = readFileSync(memory(), "utf8").split("\n");
    expect(lines.filter((line) => line.includes("shop"))).toHaveLength(1);
  });

  it("that is broken is refused with its line, and nothing is done", async () => {
    writeFileSync(yaml(), written);
    const text = readFileSync(memory(), "utf8");
    writeFileSync(memory(), text.replace('"region": "eu-central-1"', '"region": 7'));
    const { code, stderr } = await run("plan");
    expect([code, stderr]).toEqual([5, expect.stringMatching(/rehearsal\.json:3:\d+: .*region is 7/)]);
    writeFileSync(memory(), text);
  });
});

describe("the way that was said", () => {
  it("removes what stands there, and the memory of it with it", async () => {
    region();
    const { stderr } = await run("plan");
    const command = /astro (destroy --env dev --region eu-central-1 --rehearse --speed max)/.exec(stderr)?.[1] ?? "";
    const args = [...command.split(" "), "--yes", "--confirm", "dev", "--json"];
    const { code, stdout } = await astro(args, { cwd: folder });
    expect([code, jsonLines(stdout).at(-1)]).toEqual([0, expect.objectContaining({ outcome: "done" })]);
    expect(await run("plan")).toMatchObject({ code: 0, stdout: expect.stringMatching(/all new|9 new/) });
    const nothing = await run("destroy", "--yes", "--confirm", "dev");
    expect([nothing.code, nothing.stderr]).toEqual([
      0,
      expect.stringMatching(
        /nothing to destroy.*eu-west-1, us-east-1 of account 123456789012.*Project=shop, Environment=dev/s,
      ),
    ]);
    expect(existsSync(memory()) ? readFileSync(memory(), "utf8") : "").not.toContain("shop");
  });
});
