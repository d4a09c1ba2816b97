import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CLOCK_SPEED } from "../../src/operation/target.ts";
import { astro, INIT, outcomes } from "../support/cli.ts";
import { servedHere } from "../support/served.ts";

let folder: string;
let work: Awaited<ReturnType<typeof servedHere>>;
let home: Awaited<ReturnType<typeof servedHere>>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "astro-two-profiles-"));
  expect(await astro(INIT, { cwd: folder })).toMatchObject({ code: 0 });
  const [one, other] = ["work", "home"].map((name) => join(folder, "aws", name)) as [string, string];
  for (const at of [one, other]) mkdirSync(at, { recursive: true });
  [work, home] = [await servedHere(one), await servedHere(other)];
  const config = Object.entries({ work, home }).map(
    ([name, { endpoint }]) => `[profile ${name}]\nendpoint_url = ${endpoint}\n`,
  );
  const credentials = Object.entries({ work, home }).map(([name, { environment }]) => {
    const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret } = environment;
    return `[${name}]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`;
  });
  writeFileSync(join(folder, "config"), config.join(""));
  writeFileSync(join(folder, "credentials"), credentials.join(""));
});
afterEach(async () => {
  await work.stop();
  await home.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A person whose variables name the profile home and hold keys besides, of nobody. */
const env = () => ({
  AWS_CONFIG_FILE: join(folder, "config"),
  AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
  AWS_PROFILE: "home",
  AWS_ACCESS_KEY_ID: "AKIAENV",
  AWS_SECRET_ACCESS_KEY: "x",
  AWS_SESSION_TOKEN: "t",
  [CLOCK_SPEED]: "100",
});
const here = (args: readonly string[]) => astro(args, { cwd: folder, env: env() });

/** A cloud assembly of one bucket, or of one that cannot be made. */
function assembly(name: string, Properties: object): string {
  const at = join(folder, name);
  mkdirSync(at);
  const Resources = { Files: { Type: "AWS::S3::Bucket", Properties } };
  writeFileSync(join(at, "files.json"), JSON.stringify({ Metadata: { "astro:phase": "data" }, Resources }));
  const properties = { templateFile: "files.json", tags: { ManagedBy: "astro", Project: "shop", Environment: "dev" } };
  const artifact = { type: "aws:cloudformation:stack", environment: "aws://unknown-account/us-east-1", properties };
  const artifacts = { "shop-dev-files": artifact };
  writeFileSync(join(at, "manifest.json"), JSON.stringify({ version: "48.0.0", artifacts }));
  return at;
}

describe("--profile", () => {
  it("goes to the account of its profile, whatever the variables say, and what is printed goes there too", async () => {
    const app = assembly("app", { BucketName: "shop-dev-files" });
    const before = readFileSync(join(folder, "infra", "astro.yaml"), "utf8");
    const provision = ["provision", "--yes", "--no-preflight", "--assembly", app, "--profile", "work"];
    const made = await here([...provision, "--json"]);
    expect(made, made.stderr).toMatchObject({ code: 0 });
    expect(outcomes(made.stdout)).toMatchObject({ "shop-dev-files": "created" });
    expect(home.calls()).toEqual([]);
    expect(readFileSync(join(folder, "infra", "astro.yaml"), "utf8")).toBe(before);

    const status = await here(["status", "--profile=work"]);
    expect(status).toMatchObject({ code: 0 });
    expect(status.stdout).toContain("profile work");
    expect(status.stdout).toMatch(/Next +astro plan --env dev --profile work$/m);

    // What the screen says is typed as it is.
    const refused = await here(["destroy", "--profile", "work"]);
    expect(refused.code, refused.stderr).toBe(2);
    const line = /astro destroy .*/.exec(refused.stderr.replaceAll(/\s+/g, " "))?.[0] ?? "";
    expect(line).toMatch(/^astro destroy --env dev .*--profile work .*--confirm dev/);
    const gone = await here(line.trim().split(" ").slice(1));
    expect(gone, gone.stderr).toMatchObject({ code: 0 });
    expect(home.calls()).toEqual([]);
    const without = await here(["status", "--env", "dev"]);
    expect(without.stdout).toContain("keys of the environment");
    expect(home.calls()).not.toEqual([]);
  });

  it("says which account astro init asks, and is in what that advises, not in astro.yaml", async () => {
    const args = ["init", "--yes", "--env", "prod", "--preset", "prod", "--nat", "one", "--profile", "work"];
    const { code, stderr } = await here(args);
    expect(code, stderr).toBe(0);
    expect(work.calls()).not.toEqual([]);
    expect(home.calls()).toEqual([]);
    expect(stderr.replaceAll(/\s+/g, " ")).toMatch(/astro init --env prod --profile work/);
    const config = readFileSync(join(folder, "infra", "astro.yaml"), "utf8");
    expect(config).toContain("prod:");
    expect(config).not.toMatch(/\b(profile|work)\b/);
  });

  it("is refused before anything is asked or read if there is none such, and is not looked at in a rehearsal", async () => {
    for (const args of [["status"], ["init", "other", "--yes"], ["run", "--", "true"]]) {
      const { code, stderr } = await here([...args.slice(0, 1), "--profile", "wrok", ...args.slice(1)]);
      expect(code, stderr).toBe(4);
      expect(stderr.replaceAll(/\s+/g, "")).toContain(
        `thereisnoAWSprofilewrokin${join(folder, "config")}or${join(folder, "credentials")}`,
      );
      expect(stderr).toContain("did you mean work?");
    }
    expect([...work.calls(), ...home.calls()]).toEqual([]);
    const rehearsed = await here(["status", "--rehearse", "--speed", "max", "--profile", "wrok"]);
    expect(rehearsed, rehearsed.stderr).toMatchObject({ code: 0 });
    expect([...work.calls(), ...home.calls()]).toEqual([]);
  });
});
