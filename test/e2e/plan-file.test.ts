import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { astro, initOf, outcomes } from "../support/cli.ts";

let folder: string;
let config: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-plan-file-"));
  config = join(folder, "infra", "astro.yaml");
  await astro(initOf("astro", "us-east-1"), { cwd: folder });
  await run("provision", "--yes", "--json");
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (command: string, ...more: readonly string[]) =>
  astro([command, ...more, "--rehearse", "--speed", "max"], { cwd: folder });
const change = (from: RegExp, to: string) => writeFileSync(config, readFileSync(config, "utf8").replace(from, to));
const updated = (stdout: string) =>
  Object.entries(outcomes(stdout)).flatMap(([stack, outcome]) => (outcome === "unchanged" ? [] : [[stack, outcome]]));

describe("a plan that is kept in a file", () => {
  it("is carried out exactly, whatever the app says meanwhile", async () => {
    change(/storage: 20/, "storage: 40");
    expect((await run("plan", "--env", "dev", "--out", "plan.json")).code).toBe(0);
    change(/memory: 512/, "memory: 1024");
    const ended = await run("provision", "plan.json", "--yes", "--json");
    expect([ended.code, updated(ended.stdout)]).toEqual([0, [["astro-dev-database", "updated"]]]);
  });

  it("is refused with 1 once the world has moved: what moved, and the command that plans again", async () => {
    const ended = await run("provision", "plan.json", "--yes", "--json");
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/plan\.json: the plan is stale: astro-dev-database in us-east-1 was updated at/);
    expect(ended.stderr).toMatch(/astro plan --env dev --out plan\.json/);
  });

  it("is refused with 1 once a file that it would publish is another one, in a folder or alone", async () => {
    const app = join(folder, "assembly");
    mkdirSync(join(app, "code", "lib"), { recursive: true });
    const at = "environments/astro/dev/assets/";
    const destinations = (objectKey: string) => ({
      here: {
        bucketName: "astro-bootstrap-123456789012-us-east-1",
        objectKey: `${at}${objectKey}`,
        region: "us-east-1",
      },
    });
    const files = {
      a: { source: { path: "alone.txt", packaging: "file" }, destinations: destinations("a.txt") },
      b: { source: { path: "code", packaging: "zip" }, destinations: destinations("b.zip") },
    };
    const write = (name: string, text: string) => writeFileSync(join(app, name), text);
    write("alone.txt", "agreed to");
    write("code/lib/index.js", "agreed to");
    write("files.assets.json", JSON.stringify({ version: "48.0.0", files }));
    write("files.json", JSON.stringify({ Resources: { Topic: { Type: "AWS::SNS::Topic" } } }));
    const artifacts = {
      "files.assets": { type: "cdk:asset-manifest", properties: { file: "files.assets.json" } },
      "astro-dev-files": {
        type: "aws:cloudformation:stack",
        environment: "aws://unknown-account/us-east-1",
        dependencies: ["files.assets"],
        properties: { templateFile: "files.json", tags: { ManagedBy: "astro", Project: "astro", Environment: "dev" } },
      },
    };
    write("manifest.json", JSON.stringify({ version: "48.0.0", artifacts }));
    const planned = await run("plan", "--assembly", app, "--out", "files-plan.json");
    expect(planned.code, planned.stderr).toBe(0);
    for (const name of ["alone.txt", "code/lib/index.js"]) {
      write(name, "somebody else's");
      const ended = await run("provision", "files-plan.json", "--yes", "--no-preflight");
      expect([ended.code, ended.stderr]).toEqual([
        1,
        expect.stringMatching(/files-plan\.json: the plan is stale: .*one of the files of astro-dev-files/),
      ]);
      write(name, "agreed to");
    }
    write("code/lib/more.js", "somebody else's");
    expect(await run("provision", "files-plan.json", "--yes", "--no-preflight")).toMatchObject({ code: 1 });
  });

  it("holds templates but no secrets, and is refused with 5 once it was edited", async () => {
    const text = readFileSync(join(folder, "plan.json"), "utf8");
    expect(JSON.parse(text)).toMatchObject({ format: "astro-plan", version: 2, content: { rehearsal: true } });
    expect(text).toContain("AWS::RDS::DBInstance");
    expect(text).not.toMatch(/AKIA|secretAccessKey|BEGIN .*PRIVATE KEY/);
    writeFileSync(join(folder, "edited.json"), text.replace('"40"', '"400"'));
    const ended = await run("provision", "edited.json", "--yes");
    expect(ended.code).toBe(5);
    expect(ended.stderr).toMatch(/edited\.json: modified since astro wrote it/);
  });

  it.each<readonly [string, string, RegExp]>([
    ["no JSON", "plan:", /not JSON/],
    ["another file", '{"name": "x"}', /not a plan file written by astro/],
    [
      "a later version",
      '{"format": "astro-plan", "version": 9}',
      /a plan file of version 9, but this astro reads version 2/,
    ],
    [
      "the version before",
      '{"format": "astro-plan", "version": 1}',
      /a plan file of version 1, but this astro reads version 2[\s\S]*astro plan --out bad\.json/,
    ],
  ])("is refused with 5 if it is %s", async (_, text, words) => {
    writeFileSync(join(folder, "bad.json"), text);
    const ended = await run("provision", "bad.json", "--yes");
    expect(ended.code).toBe(5);
    expect(ended.stderr).toMatch(words);
  });

  it("is refused outside the rehearsal it was made in, and for another environment", async () => {
    const real = await astro(["provision", "plan.json", "--yes"], { cwd: folder });
    expect([real.code, real.stderr]).toEqual([
      2,
      expect.stringMatching(/a plan for the simulated AWS[\s\S]*add --rehearse/),
    ]);
    const other = await run("provision", "plan.json", "--env", "prod", "--yes");
    expect([other.code, other.stderr]).toEqual([2, expect.stringMatching(/a plan for dev, but --env is prod/)]);
  });
});

describe("the gate", () => {
  const named = "--allow-replace NatAddress1 --allow-replace NatGateway1";

  it("is not asked of what AWS would refuse: that is refused with 5, and the way on is said", async () => {
    change(/ {6}storage: 40/, "      storage: 40\n      key: own");
    const ended = await run("provision", "--env", "dev", "--yes", "--json", "--allow-replace", "Database");
    expect([ended.code, outcomes(ended.stdout)]).toEqual([5, {}]);
    const said = ended.stderr.replace(/\s+/g, " ");
    expect(said).toContain("cannot update a stack when a custom-named resource requires replacing. Rename astro-dev");
    expect(said).toContain("Database: undo the change of KmsKeyId");
    change(/\n {6}key: own/, "");
  });

  it("stops with 3 before anything changes, --yes or not, and names the command that goes on", async () => {
    change(/nat: one/, "nat: none");
    const ended = await run("provision", "--env", "dev", "--yes", "--json");
    expect(ended.code).toBe(3);
    expect(ended.stderr).toMatch(
      /NatAddress1 \(AWS::EC2::EIP\) of astro-dev-network would be removed; lost: its address/,
    );
    expect(ended.stderr).toContain(`astro provision --env dev ${named} --rehearse --speed max`);
    expect(outcomes(ended.stdout)).toEqual({});
  });

  it("stops a kept plan too, naming its file in the command", async () => {
    await run("plan", "--env", "dev", "--out", "replace.json");
    const ended = await run("provision", "replace.json", "--yes", "--json");
    expect(ended.code).toBe(3);
    expect(ended.stderr).toContain(`astro provision replace.json --env dev ${named}`);
  });

  it("passes once the resources are named", async () => {
    const ended = await run("provision", "--env", "dev", "--yes", "--json", ...named.split(" "));
    expect([ended.code, outcomes(ended.stdout)]).toEqual([
      0,
      expect.objectContaining({ "astro-dev-network": "updated" }),
    ]);
  });
});

describe("an overlapping provisioning", () => {
  it("is chosen by the flag, or in astro.yaml for good", async () => {
    const flagged = await run("plan", "--env", "dev", "--order", "overlap", "--json");
    expect(JSON.parse(flagged.stdout)).toMatchObject({ order: "overlap" });
    change(/ {4}protect:/, "    order: overlap\n    protect:");
    const written = await run("plan", "--env", "dev", "--json");
    expect(JSON.parse(written.stdout)).toMatchObject({ order: "overlap" });
    expect((await run("plan", "--env", "dev", "--order", "sideways")).code).toBe(2);
  });
});
