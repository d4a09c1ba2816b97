import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { givenAnswers } from "../../src/operation/answers.ts";
import { init } from "../../src/operation/init.ts";
import { contextWith } from "../support/context.ts";

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "astro-answers-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const ran = () => Promise.reject(new Error("nothing is run"));

/** `astro init`, and what it says. */
async function initialised(flags: Parameters<typeof init>[2], env = {}, folder = "infra") {
  let said = "";
  const plain = contextWith(ran).stderr;
  const stderr = {
    ...plain,
    write: (text: string) => {
      said += text;
    },
  };
  const context = contextWith(ran, { cwd, env, stderr });
  await init(context, folder, { yes: true, name: "shop", ...flags });
  return { said, text: readFileSync(join(cwd, folder, "astro.yaml"), "utf8") };
}

describe("a value", () => {
  it("is the flag's, else the file's, else the variable's, else what is found or the preset's; the review says whose", async () => {
    writeFileSync(join(cwd, "Dockerfile"), "FROM a\nEXPOSE 3000\nHEALTHCHECK CMD wget http://localhost:3000/found\n");
    writeFileSync(join(cwd, "answers.yaml"), "azs: 2\nnat: none\ntasks: 3\n");
    const env = { ASTRO_AZS: "1", ASTRO_NAT: "one", ASTRO_SPOT: "no", ASTRO_HEALTH_PATH: "/up", ASTRO_CPU: "" };
    const { said, text } = await initialised({ azs: "3", answers: "answers.yaml" }, env);
    expect(text).toMatch(
      /azs: 3 [\s\S]*nat: none [\s\S]*spot: false [\s\S]*cpu: 256 [\s\S]*tasks: 3 [\s\S]*port: 3000 /,
    );
    expect(text).toContain("healthPath: /up ");
    expect(said).toMatch(/azs: 3 +--azs +\$/m);
    expect(said).toMatch(/nat: none +answers\.yaml:2$/m);
    expect(said).toMatch(/spot: false +ASTRO_SPOT +\$/m);
    expect(said).toMatch(/port: 3000 +found in Dockerfile:2$/m);
    expect(said).toMatch(/cpu: 256, +preset dev$/m);
  });

  it.each([
    ["azs: 4\n", {}, "answers.yaml:1: azs is 4: expected a whole number 1 to 3"],
    ["", { ASTRO_AZS: "4" }, "ASTRO_AZS is 4: expected a whole number 1 to 3"],
    ["", { ASTRO_SPOT: "maybe" }, 'ASTRO_SPOT is "maybe": expected true or false'],
    ["region: eu-wst-1\n", {}, 'answers.yaml:1: region is "eu-wst-1": unknown region; did you mean eu-west-1?'],
    ["", { ASTRO_PRESET: "prd" }, 'ASTRO_PRESET is "prd": expected smallest, dev, staging or prod; did you mean prod?'],
    ["env: Dev\n", {}, 'answers.yaml:1: env is "Dev": '],
  ])(
    "of the file %j or the variables %j is checked as astro.yaml's is, and named by its place",
    async (text, env, words) => {
      writeFileSync(join(cwd, "answers.yaml"), text);
      await expect(initialised({ answers: "answers.yaml" }, env)).rejects.toMatchObject({
        code: "usage",
        message: expect.stringContaining(words),
      });
    },
  );
});

describe("answers that are saved", () => {
  it("make the same astro.yaml in another folder", async () => {
    const flags = { env: "prod", region: "eu-west-1", worker: "celery -A 'my app'", image: "1.10", "multi-az": false };
    const first = await initialised({ ...flags, "save-answers": "answers.yaml" });
    const again = await initialised({ name: undefined, answers: "answers.yaml" }, {}, "again");
    expect(again.text).toBe(first.text);
    expect(first.text).toContain('image: "1.10" ');
    expect(readFileSync(join(cwd, "answers.yaml"), "utf8")).toContain("worker: [celery, -A, my app]\n");
  });

  it("that cannot be written leave nothing behind", async () => {
    const tried = initialised({ "save-answers": join("none", "answers.yaml") });
    await expect(tried).rejects.toMatchObject({
      code: "failed",
      message: expect.stringContaining("cannot be written"),
    });
    expect(() => readFileSync(join(cwd, "infra", "astro.yaml"))).toThrow("ENOENT");
  });
});

describe("a file of answers", () => {
  const given = (answers: string) => givenAnswers({ cwd, env: {} }, { answers });

  it.each<[string, () => void, string]>([
    ["missing", () => {}, "ENOENT"],
    ["a folder", () => mkdirSync(join(cwd, "file")), "EISDIR"],
    ["a pipe", () => execFileSync("sh", ["-c", "mkfifo file"], { cwd }), "neither a file nor a folder"],
    ["too large", () => writeFileSync(join(cwd, "file"), "#".repeat(600_000)), "more than the 524288 bytes"],
    ["not UTF-8", () => writeFileSync(join(cwd, "file"), Buffer.from("name: caf\xe9\n", "latin1")), "it is not UTF-8"],
  ])("that is %s cannot be read", (_, make, words) => {
    make();
    expect(() => given("file")).toThrow(
      expect.objectContaining({ code: "usage", message: expect.stringContaining(`file cannot be read: ${words}`) }),
    );
  });
});
