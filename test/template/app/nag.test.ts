import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";
import { afterAll, describe, expect, it, vi } from "vitest";
import { PRESETS } from "../../../src/config/presets.ts";
import { REGION_CODES } from "../../../src/config/regions.ts";
import { APP, appConfig } from "./synth.ts";

/** Findings of cdk-nag's AwsSolutions that stay, each with its reason; `stack/Resource rule`. */
const ACCEPTED: { readonly [finding: string]: string } = {
  "network/Vpc VPC7": "flow logs cost money: network.flowLogs turns them on",
  "network/AlbSecurityGroup EC23": "the load balancer is what the internet talks to",
  "secrets/JwtSecret SMG4": "rotation needs code that belongs to the application",
  "secrets/DatabaseSecret SMG4": "rotation needs code that belongs to the application",
  "secrets/CacheSecret SMG4": "rotation needs code that belongs to the application",
  "secrets/OriginSecret SMG4": "the load balancer and the CDN would have to change at once",
  "secrets/AppSecret SMG4": "its values are the owner's own: astro secret set",
  "service/UrlsSecret SMG4": "it is composed of the others, which nobody rotates either",
  "storage/FrontendBucket S1": "read by CloudFront alone, which has logs of its own",
  "storage/FrontendBucket S10": "its TLS-only policy is the cdn stack's, beside the distribution that it names",
  "storage/PdfsBucket S1": "server access logs cost money and a further bucket; the owner's choice",
  "storage/BackupsBucket S1": "server access logs cost money and a further bucket; the owner's choice",
  "database/Database RDS3": "the dev design is one zone; database.multiAz",
  "database/Database RDS10": "the dev design is unprotected; protect",
  "database/Database RDS11": "a port is no secret, and nothing but the tasks reaches it",
  "cache/Cache AEC4": "the dev design is one node; cache.replicas",
  "cache/Cache AEC5": "a port is no secret, and nothing but the tasks reaches it",
  "load-balancer/LoadBalancer ELB2": "access logs cost money: loadBalancer.accessLogs turns them on",
  "load-balancer/AccessLogsBucket S1": "logs of a bucket of logs have no end",
  "service/Cluster ECS4": "Container Insights costs money a metric; the README says how to turn it on",
  "service/TaskDefinition ECS2": "names and ports are no secrets; secrets come from Secrets Manager",
  "worker/TaskDefinition ECS2": "names and ports are no secrets; secrets come from Secrets Manager",
  "schedule/Task-tidy ECS2": "names and ports are no secrets; secrets come from Secrets Manager",
  "schedule/ScheduleRole IAM5": "a task has an id, and a task definition a revision, that nobody knows before",
  "service/ExecutionRole IAM5": "ecr:GetAuthorizationToken takes no resource",
  "service/TaskRole IAM5": "ECS Exec's actions take no resource, and the PDFs are every object of one bucket",
  "cdn/FrontendBucketPolicy S10": "it names the bucket by a value of Parameter Store, which the check does not follow",
  "cdn/Distribution CFR1": "whom the application serves is not for its infrastructure to say",
  "cdn/Distribution CFR2": "a web ACL costs money: cdn.waf turns it on",
  "cdn/Distribution CFR3": "access logs cost money and a further bucket; the owner's choice",
  "cdn/Distribution CFR4": "without a domain CloudFront's own certificate fixes the protocol",
  "cdn/Distribution CFR5": "without a domain the load balancer has no certificate to speak TLS with",
};

const everything = {
  region: "eu-west-1",
  ...PRESETS.prod.values,
  network: { azs: 3, nat: "per-az", flowLogs: true },
  database: { ...PRESETS.prod.values.database, key: "own" },
  service: { ...PRESETS.prod.values.service, image: "v1.2", architecture: "arm64" },
  worker: { command: ["celery"] },
  schedule: [{ name: "tidy", cron: "rate(1 day)", command: ["tidy"] }],
  cdn: { ttlHours: 24, waf: true },
  loadBalancer: { accessLogs: true },
  domain: { name: "example.com", zone: "create" },
  alarms: { email: "ops@example.com" },
  budget: { monthly: 500, email: "ops@example.com" },
};

type Report = {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations: readonly {
      readonly ruleName: string;
      readonly violatingConstructs: readonly { readonly constructPath: string }[];
    }[];
  }[];
};

const REPORT = "validation-report.json";

const { buildApp } = (await import(/* @vite-ignore */ join(APP, "lib/app.ts"))) as {
  buildApp(config: unknown, props: object): App;
};

const folder = mkdtempSync(join(tmpdir(), "astro-nag-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("what AWS's and the community's checks say of dev, prod and every option at once", () => {
  const environments = {
    dev: { region: "us-east-1", ...PRESETS.dev.values },
    prod: { region: "eu-west-1", ...PRESETS.prod.values },
    all: everything,
  };
  const found = findings("designs", environments, (app) => [new AwsSolutionsChecks(app)]);

  it("finds nothing that is not accepted for a reason", () => {
    expect(found.filter((one) => !(one in ACCEPTED))).toEqual([]);
  });

  it("accepts nothing that is no longer found", () => {
    expect(Object.keys(ACCEPTED).filter((one) => !found.includes(one))).toEqual([]);
  });
});

describe("what AWS's checks say of every option", () => {
  it("is the same in each region: none lacks a resource type", { timeout: 300_000 }, () => {
    // Two zones, and a class, that every region has.
    const common = {
      ...everything,
      network: { ...everything.network, azs: 2 },
      database: { ...everything.database, class: "db.t3.medium" },
    };
    const environments = REGION_CODES.map((region, index) => {
      const domain = { ...everything.domain, name: `r${index}.example.com` };
      return [`r${index}`, { ...common, region, domain }];
    });
    expect(findings("regions", Object.fromEntries(environments))).toEqual([]);
  });
});

/** Findings of AWS's cloudformation-validate, which CDK runs by itself, and of other checks. */
function findings(
  name: string,
  environments: object,
  others: (app: App) => readonly AwsSolutionsChecks[] = () => [],
): readonly string[] {
  const outdir = join(folder, name);
  vi.stubEnv("CDK_VALIDATION", undefined);
  try {
    const app = buildApp(appConfig.complete({ name: "astro", environments }), { outdir, stackTraces: false });
    Validations.of(app).addPlugins(...others(app));
    try {
      app.synth();
    } catch (error) {
      // Findings make it throw, after the report is written.
      if (!existsSync(join(outdir, REPORT))) throw error;
    }
  } finally {
    // Whoever comes after in this process synthesises without.
    vi.unstubAllEnvs();
  }
  if (!existsSync(join(outdir, REPORT))) return [];
  const report: Report = JSON.parse(readFileSync(join(outdir, REPORT), "utf8"));
  const all = report.pluginReports.flatMap(({ violations }) =>
    violations.flatMap(({ ruleName, violatingConstructs }) =>
      violatingConstructs.map(({ constructPath }) => `${short(constructPath)} ${rule(ruleName)}`),
    ),
  );
  return [...new Set(all)];
}

function short(path: string): string {
  return path.replace(/^astro-(dev|prod|all)-/, "");
}

/** `AwsSolutions-IAM5[Resource::*]` is IAM5. */
function rule(name: string): string {
  return name.replace("AwsSolutions-", "").replace(/\[.*$/, "");
}
