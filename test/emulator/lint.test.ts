import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { PRESETS } from "../../src/config/presets.ts";
import type { EnvironmentInput } from "../../src/config/schema.ts";
import { bootstrapStack } from "../../src/plan/bootstrap.ts";
import { astro, run } from "../support/cli.ts";
import { emulatorTools } from "../support/python.ts";

/** Warnings that stay, by rule, each with its reason. */
const EXPLAINED: { readonly [rule: string]: string } = {
  W3691:
    "EngineVersion 16 is the major version, of which RDS takes the latest minor; the rule knows full versions only",
};

const dev = PRESETS.dev.values;
const prod = PRESETS.prod.values;
const email = "ops@example.com";

/** Environments that have every resource of the app somewhere among them. */
const ENVIRONMENTS = {
  dev: { region: "us-east-1", ...dev },
  prod: { region: "us-east-1", ...prod },
  domain: { region: "us-east-1", ...prod, domain: { name: "example.com", zone: "Z0123456789ABCDEFGHIJ" } },
  all: {
    region: "eu-west-1",
    ...prod,
    network: { azs: 3, nat: "per-az", flowLogs: true },
    service: { ...prod.service, image: "v1.2", architecture: "arm64" },
    database: { ...prod.database, key: "own" },
    cdn: { ttlHours: 24, waf: true },
    loadBalancer: { accessLogs: true },
    domain: { name: "all.example.com", zone: "create", names: { app: "all.example.com" } },
    alarms: { email },
    budget: { monthly: 500, email },
  },
  hidden: { region: "eu-west-1", ...prod, loadBalancer: { private: true }, cdn: { ttlHours: 24, waf: true } },
  closed: {
    region: "eu-west-1",
    ...dev,
    network: { azs: 2, nat: "none" },
    service: { ...dev.service, image: "v1.2" },
    domain: { name: "closed.example.com", zone: "elsewhere" },
  },
} satisfies { readonly [name: string]: EnvironmentInput };

type Report = { readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[] };

const folder = mkdtempSync(join(tmpdir(), "astro-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const app = join(folder, "infra");
async function ours(...args: readonly string[]): Promise<void> {
  const done = await astro(args, { cwd: folder });
  expect(done.code, done.stderr).toBe(0);
}
beforeAll(async () => {
  const first = ["--name", "astro", "--env", "dev", "--region", "us-east-1"];
  await ours("init", "infra", "--yes", ...first);
  // YAML takes JSON as it is.
  writeFileSync(join(app, "astro.yaml"), JSON.stringify({ name: "astro", environments: ENVIRONMENTS }));
});

describe("cfn-lint", () => {
  type Found = { readonly Rule: { readonly Id: string }; readonly Filename: string; readonly Message: string };
  let found: readonly Found[];
  beforeAll(async () => {
    await ours("synth", "--all");
    const assembly = join(app, ".astro", "assembly", "all");
    writeFileSync(join(folder, "bootstrap.json"), bootstrapStack("eu-west-1").body);
    const right = readFileSync(join(assembly, "astro-dev-registry.template.json"), "utf8");
    writeFileSync(join(folder, "wrong.json"), right.replace("ScanOnPush", "ScanOnPull"));
    const files = [join(assembly, "*.template.json"), "bootstrap.json", "wrong.json"];
    const words = ["--format", "json", "--regions", "us-east-1", "eu-west-1", "--", ...files];
    // One run for all: its start takes longer than a template.
    const done = await run(join(emulatorTools(), "cfn-lint"), words, { cwd: folder });
    found = JSON.parse(done.stdout) as readonly Found[];
  });

  it("finds no error and no unexplained warning in any stack of dev, prod and the options, and in the bootstrap", () => {
    const ofOurs = found.filter(({ Filename }) => Filename !== "wrong.json");
    expect(ofOurs.filter(({ Rule }) => !(Rule.Id in EXPLAINED))).toEqual([]);
    expect(Object.keys(EXPLAINED).filter((id) => !ofOurs.some(({ Rule }) => Rule.Id === id))).toEqual([]);
  });

  it("finds what is wrong", () => {
    const ofWrong = found.filter(({ Filename }) => Filename === "wrong.json");
    expect(ofWrong.map(({ Rule }) => Rule.Id)).toEqual(["E3002"]);
  });
});

describe("AWS's cloudformation-validate, which CDK runs at every synthesis but astro's", () => {
  /** Runs the app as `cdk synth` does; its exit code, and the rules that were broken. */
  const synth = async (context: object) => {
    const output = mkdtempSync(join(folder, "cdk.out-"));
    const done = await run(process.execPath, ["-r", "tsx/cjs", "bin/app.ts"], {
      cwd: app,
      env: {
        NODE_PATH: join(process.cwd(), "node_modules"),
        CDK_OUTDIR: output,
        CDK_CONTEXT_JSON: JSON.stringify(context),
      },
    });
    const report = JSON.parse(readFileSync(join(output, "validation-report.json"), "utf8")) as Report;
    const violations = report.pluginReports.flatMap((plugin) => plugin.violations);
    return { code: done.code, broken: violations.map(({ ruleName }) => ruleName) };
  };

  it("finds no error in any stack", async () => {
    expect(await synth({})).toEqual({ code: 0, broken: [] });
  });

  it("finds what is wrong, and fails the synthesis", async () => {
    const file = join(app, "stacks", "registry.ts");
    const text = readFileSync(file, "utf8");
    // What the compiler cannot see: an escape hatch, to a property that there is not.
    writeFileSync(
      file,
      text.replace("keep(repo", 'repository.addPropertyOverride("ScanOnPull", true);\n    keep(repo'),
    );
    const { code, broken } = await synth({ environment: "dev" });
    expect(code).toBe(1);
    expect(broken).toEqual(["F3002"]);
  });
});
