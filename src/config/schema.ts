import { z } from "zod";
import { DOMAIN, domainOf } from "./domain.ts";
import { canPull, isLetGo } from "./image.ts";
import { isZoneOf, network, zoneIdStart } from "./network.ts";
import { ORDERS } from "./phases.ts";
import { hasVpcOrigins, REGION_CODES, zoneCountOf } from "./regions.ts";
import { service } from "./service.ts";
import { leastLimitOf, MOST_STORAGE } from "./sizes.ts";

/** The seed's name limits: bucket names carry name, environment, account and region in 63 characters (S3 User Guide). */
const LONGEST_PAIR = 25;

/** What names may not begin with: astro's own bucket and stack do, see plan/bootstrap. */
const OWN = "astro-bootstrap";

const word = (longest: number, what: string) =>
  z
    .string()
    .max(longest, `${what} has at most ${longest} characters`)
    .regex(
      /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
      `${what} is lower-case letters, digits and single hyphens, a letter first`,
    );

/**
 * Beginnings of a name that AWS keeps for itself, with load balancers (ELBv2 API Reference, CreateLoadBalancer) and buckets
 * (Amazon S3 User Guide, "Bucket naming rules").
 */
const KEPT = ["internal-", "sthree-", "amzn-s3-demo-"];

/** Whether AWS refuses what is called `name` and a hyphen and more. */
export function isKept(name: string): boolean {
  return KEPT.some((beginning) => `${name}-`.startsWith(beginning));
}

const projectName = word(15, "a name")
  .refine((name) => !isKept(name), `a name does not begin with ${KEPT.join(", ")}: AWS keeps these for itself`)
  .describe("Name of the project; the first part of every resource's name.");
const environmentName = word(9, "an environment's name").describe("Name of the environment, dev or prod for one.");

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
    storage: z.int().min(20).max(MOST_STORAGE).default(20).describe("gp3 storage in GB; it can grow, never shrink."),
    maxStorage: z.int().min(20).max(MOST_STORAGE).default(100).describe("Storage grows by itself up to this many GB."),
    backupDays: z.int().min(1).max(35).default(7).describe("Days of daily backups and point-in-time recovery."),
    key: z
      .enum(["aws", "own"])
      .default("aws")
      .describe("KMS key of the storage: AWS managed, or the environment's own."),
    finalSnapshot: z.boolean().default(true).describe("Take a snapshot when the database is removed."),
  })
  .superRefine(({ storage, maxStorage }, context) => {
    const least = leastLimitOf(storage);
    if (maxStorage === storage || maxStorage >= least) return;
    const message = `RDS takes at least 10 % above storage, ${least}, or storage itself, ${storage}, for no growth`;
    context.addIssue({ code: "custom", path: ["maxStorage"], message });
  })
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
    ttlHours: z.int().min(0).max(8760).default(1).describe("Hours CloudFront keeps the frontend's files."),
    contentSecurityPolicy: z
      .string()
      .min(1)
      .optional()
      .describe("Content-Security-Policy header of the frontend; without it: its own files, the API and the PDFs."),
    waf: z.boolean().default(false).describe("AWS WAF with AWS's managed core rules."),
    uploadPath: z
      .string()
      .max(200)
      .regex(/^\/api\/[\w./~-]*$/, "an upload path begins with /api/, where the CDN takes bodies, and has no spaces")
      .default("/api/uploads")
      .describe("Paths that begin so take files: there the WAF's rules for bodies count, and do not block."),
  })
  .describe("CloudFront in front of frontend and API.");

const domain = z
  .strictObject({
    name: z
      .string()
      .max(200)
      .regex(DOMAIN, {
        error: ({ input }) => {
          const name = domainOf(String(input));
          return name === undefined
            ? "a domain looks like example.com, lower case, without spaces"
            : `write it as the DNS does, ${name}`;
        },
      })
      .describe("The frontend answers at app.NAME, the API at api.NAME."),
    zone: z
      .string()
      .regex(/^(?:Z[A-Z0-9]{4,31}|create|elsewhere)$/, "a zone is a hosted zone's id (Z…), create, or elsewhere")
      .describe("Its hosted zone on Route 53: an id, create, or elsewhere."),
  })
  .describe("Own names and certificates.");

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
    boundary: boundaryArn
      .optional()
      .describe("ARN of the managed policy that bounds what every role of this environment may be given."),
    protect: z.boolean().default(false).describe("Deletion protection; data, keys and secrets outlive their stacks."),
    order: z
      .enum(ORDERS)
      .default("sequence")
      .describe(
        "Order of provisioning: sequence (phase after phase), or overlap (each stack once those it needs stand).",
      ),
    express: z
      .boolean()
      .default(false)
      .describe(
        "CloudFormation's express mode: it does not wait until things work, astro looks afterwards. Not with protect.",
      ),
    network: network.prefault({}),
    service: service.prefault({}),
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
  })
  .refine((value) => !(value.express && value.protect), {
    path: ["express"],
    message: "express is for environments without protect: what it calls done may not work yet",
  })
  .superRefine(({ region, network, service: { image }, account, boundary, loadBalancer }, context) => {
    if (loadBalancer.private && !hasVpcOrigins(region)) {
      const message = `CloudFront has no VPC origins in ${region}, so nothing could reach a private load balancer`;
      context.addIssue({ code: "custom", path: ["loadBalancer", "private"], message });
    }
    const owner = boundary?.split(":")[4] ?? "aws";
    if (account !== undefined && owner !== "aws" && owner !== account) {
      const message = `a permissions boundary is of the roles' own account, ${account}, or of AWS: this one is of ${owner}`;
      context.addIssue({ code: "custom", path: ["boundary"], message });
    }
    const most = zoneCountOf(region);
    if (network.azs > most) {
      const message = `in ${region} Fargate runs in ${most} zones only`;
      context.addIssue({ code: "custom", path: ["network", "azs"], message });
    }
    const foreign = network.zones?.find((zone) => !isZoneOf(zone, region));
    if (foreign !== undefined) {
      const message = `${foreign} is no zone of ${region}: they are called ${zoneIdStart(region)}-az1 or ${region}a`;
      context.addIssue({ code: "custom", path: ["network", "zones"], message });
    }
    if (image !== undefined && network.nat === "none" && !canPull(image, region)) {
      const message = `without a NAT gateway no task could pull it: tasks reach ECR of ${region} and no other registry`;
      context.addIssue({ code: "custom", path: ["service", "image"], message });
    }
  })
  .describe("One environment.");

export const config = z
  .strictObject({
    name: projectName,
    environments: z
      .record(environmentName, environment)
      .refine((value) => Object.keys(value).length > 0, "at least one environment is needed"),
  })
  .superRefine((value, context) => {
    for (const [key, { service }] of Object.entries(value.environments)) {
      if (service.image !== undefined && isLetGo(service.image, `${value.name}-${key}`)) {
        const message =
          "the repository keeps but the 20 newest images tagged build-…: give the one that is to run another tag";
        context.addIssue({ code: "custom", path: ["environments", key, "service", "image"], message });
      }
      if (value.name.length + 1 + key.length > LONGEST_PAIR) {
        context.addIssue({
          code: "custom",
          path: ["environments", key],
          message: `name and environment together have at most ${LONGEST_PAIR - 1} characters (bucket names)`,
        });
      }
      if (`${value.name}-${key}` === OWN) {
        const message = `${OWN} is what astro calls its own stack and bucket: take another name`;
        context.addIssue({ code: "custom", path: ["environments", key], message });
      }
    }
  })
  .superRefine(({ environments }, context) => {
    // One distribution has an alternate domain name, in all of AWS (Amazon CloudFront Developer Guide, "Requirements for
    // using alternate domain names").
    const holders = new Map<string, string>();
    for (const [key, { domain }] of Object.entries(environments)) {
      if (domain === undefined) continue;
      const holder = holders.get(domain.name);
      holders.set(domain.name, holder ?? key);
      if (holder === undefined) continue;
      const message = `environment ${holder} has this domain, and no two can: give this one ${key}.${domain.name}`;
      context.addIssue({ code: "custom", path: ["environments", key, "domain", "name"], message });
    }
  });

/** astro.yaml, with every default filled in. */
export type Config = z.output<typeof config>;
/** One environment of astro.yaml, with every default filled in. */
export type Environment = z.output<typeof environment>;
/** One environment as a person writes it. */
export type EnvironmentInput = z.input<typeof environment>;
