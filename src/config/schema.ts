import * as z from "zod";
import { build, frontend, migrate, schedule, worker } from "./app.ts";
import { ci } from "./ci.ts";
import { DOMAIN } from "./domain.ts";
import { network } from "./network.ts";
import { ORDERS } from "./phases.ts";
import { REGION_CODES } from "./regions.ts";
import { ruled } from "./ruled.ts";
import { configRule, databaseRule, domainMessage, domainRule, environmentRule, projectNameRule } from "./rules.ts";
import { service } from "./service.ts";
import { MOST_STORAGE } from "./sizes.ts";

/**
 * A name of at most `longest` characters. Bucket names carry the project's, the environment's, account and region in 63
 * characters (Amazon S3 User Guide, "Bucket naming rules"): that leaves 25 for the first two and a hyphen.
 */
const word = (longest: number, what: string) =>
  z
    .string()
    .max(longest, `${what} has at most ${longest} characters`)
    .regex(
      /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
      `${what} is lower-case letters, digits and single hyphens, a letter first`,
    );

const projectName = word(15, "a name")
  .check(ruled(projectNameRule))
  .describe("Name of the project; the first part of every resource's name.");
export const environmentName = word(9, "an environment's name").describe(
  "Name of the environment, such as dev or prod.",
);

const database = z
  .strictObject({
    class: z
      .string()
      .regex(
        /^db\.(t3|t4g|m5|m6g|m6i|m7g|m7i|r5|r6g|r6i|r7g|r7i)\.[a-z0-9]+$/,
        "an instance class looks like db.t4g.micro",
      )
      .default("db.t3.micro")
      .describe("RDS instance class."),
    multiAz: z.boolean().default(false).describe("A standby in a second zone, with failover."),
    storage: z.int().min(20).max(MOST_STORAGE).default(20).describe("gp3 storage in GB; can grow, never shrink."),
    maxStorage: z.int().min(20).max(MOST_STORAGE).default(100).describe("Storage autoscaling limit in GB."),
    backupDays: z.int().min(1).max(35).default(7).describe("Days of daily backups and point-in-time recovery."),
    key: z
      .enum(["aws", "own"])
      .default("aws")
      .describe("KMS key of the storage: AWS managed, or the environment's own."),
    finalSnapshot: z.boolean().default(true).describe("Take a final snapshot when the database is deleted."),
  })
  .check(ruled(databaseRule))
  .describe("PostgreSQL 16 on RDS.");

const cache = z
  .strictObject({
    node: z
      .string()
      .regex(/^cache\.(t3|t4g|m5|m6g|m7g|r5|r6g|r7g)\.[a-z0-9]+$/, "a node type looks like cache.t4g.micro")
      .default("cache.t3.micro")
      .describe("ElastiCache node type."),
    replicas: z
      .int()
      .min(0)
      .max(5)
      .default(0)
      .describe("Replicas beside the primary; with one or more, failover is automatic."),
  })
  .describe("Redis 7.1 on ElastiCache.");

const cdn = z
  .strictObject({
    ttlHours: z.int().min(0).max(8760).default(1).describe("Hours CloudFront caches the frontend's files."),
    contentSecurityPolicy: z
      .string()
      .min(1)
      .optional()
      .describe("Content-Security-Policy header of the frontend; default: its own files, the API and the PDFs."),
    waf: z.boolean().default(false).describe("AWS WAF with AWS's managed core rules."),
    uploadPath: z
      .string()
      .max(200)
      .regex(/^\/api\/[\w./~-]*$/, "an upload path begins with /api/, where the CDN takes bodies, and has no spaces")
      .default("/api/uploads")
      .describe("Path prefix of uploads: WAF rules that inspect bodies only count there."),
  })
  .describe("CloudFront in front of frontend and API.");

const hostName = z.string().max(200).regex(DOMAIN, { error: domainMessage });

const domain = z
  .strictObject({
    name: hostName.describe("The frontend answers at app.NAME and the API at api.NAME, unless names says otherwise."),
    zone: z
      .string()
      .regex(/^(?:Z[A-Z0-9]{4,31}|create|elsewhere)$/, "a zone is a hosted zone's id (Z…), create, or elsewhere")
      .describe("Its hosted zone on Route 53: an id, create, or elsewhere."),
    names: z
      .strictObject({
        app: hostName.optional().describe("Where the frontend answers: NAME itself, www.NAME, or any name below it."),
        api: hostName.optional().describe("Where the API answers: another one."),
      })
      .optional()
      .describe("Host names of your own."),
    redirect: z
      .boolean()
      .optional()
      .describe("NAME leads to www.NAME, or the other way round: to the one that is the frontend's. Default: true."),
  })
  .check(ruled(domainRule))
  .describe("Custom domain with certificates.");

const email = z.email("an e-mail address looks like ops@example.com");

/** The ARN of a permissions boundary. */
export const boundaryArn = z
  .string()
  .regex(
    /^arn:aws(?:-cn|-us-gov)?:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/,
    "a permissions boundary is a managed policy's ARN, arn:aws:iam::123456789012:policy/NAME",
  );

export const environment = z
  .strictObject({
    region: z.enum(REGION_CODES, "unknown region").describe("AWS region."),
    account: z
      .string("an account id is twelve digits, in quotes")
      .regex(/^\d{12}$/, "an account id is twelve digits")
      .optional()
      .describe("The only AWS account this environment may be deployed to."),
    boundary: boundaryArn.optional().describe("Permissions boundary of every role: the ARN of a managed policy."),
    protect: z.boolean().default(false).describe("Deletion protection; data, keys and secrets are retained."),
    order: z
      .enum(ORDERS)
      .default("sequence")
      .describe(
        "Order of provisioning: sequence (phase after phase), or overlap (each stack once those it needs are deployed).",
      ),
    express: z
      .boolean()
      .default(false)
      .describe(
        "CloudFormation's express mode: does not wait for resources to stabilise; astro checks afterwards. Not with protect.",
      ),
    network: network.prefault({}),
    service: service.prefault({}),
    worker: worker.optional(),
    schedule: schedule.optional(),
    database: database.prefault({}),
    cache: cache.prefault({}),
    cdn: cdn.prefault({}),
    loadBalancer: z
      .strictObject({
        private: z
          .boolean()
          .default(false)
          .describe("No public address: only CloudFront reaches it. Without api.NAME, and without WebSockets."),
        accessLogs: z.boolean().default(false).describe("Access logs to an S3 bucket."),
      })
      .prefault({})
      .describe("The Application Load Balancer."),
    domain: domain.optional(),
    alarms: z.strictObject({ email }).optional().describe("CloudWatch alarms and a dashboard, by e-mail."),
    budget: z
      .strictObject({ monthly: z.number().positive().describe("USD a month."), email })
      .optional()
      .describe("An AWS budget with an alert."),
    ci: ci.optional(),
  })
  .check(ruled(environmentRule))
  .describe("One environment.");

export const config = z
  .strictObject({
    name: projectName,
    cache: z
      .array(z.string().min(1, "a glob is not empty"))
      .optional()
      .describe(
        "Globs, from the app's folder, of what the app reads besides its own files: then a synthesis is repeated only after a change. An app that you did not change needs none.",
      ),
    build: build.optional(),
    migrate: migrate.optional(),
    frontend: frontend.optional(),
    environments: z.record(environmentName, environment),
  })
  .check(ruled(configRule));

/** astro.yaml, with every default filled in. */
export type Config = z.output<typeof config>;
/** One environment of astro.yaml, with every default filled in. */
export type Environment = z.output<typeof environment>;
/** One environment as a person writes it. */
export type EnvironmentInput = z.input<typeof environment>;
