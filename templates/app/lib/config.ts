import { readFileSync } from "node:fs";
import { parse } from "yaml";

/** One environment of astro.yaml, every default filled in. */
export type Environment = {
  /** AWS region, us-east-1 for one. */
  region: string;
  /** The only account this environment may be deployed to; left out, the account of the credentials in use. */
  account?: string;
  /** ARN of the managed policy that bounds what every role may be given. */
  boundary?: string;
  /** Deletion protection for the database; data buckets, keys and secrets outlive their stacks. */
  protect: boolean;
  /** How `astro provision` orders the stacks; nothing in them depends on it. */
  order: "sequence" | "overlap";
  /** Whether `astro provision` leaves the waiting to a look afterwards; nothing in the stacks depends on it. */
  express: boolean;
  network: {
    /** Availability zones the workloads run in: 1 to 3, in us-west-1 and ca-central-1 to 2. */
    azs: number;
    /** Which zones, by id (use1-az1) or name (us-east-1a); left out, the account's first. Kept once deployed. */
    zones?: string[];
    /** NAT gateways: none (VPC endpoints instead), one for all zones, or one per zone. */
    nat: "none" | "one" | "per-az";
    /** VPC flow logs to CloudWatch Logs. */
    flowLogs: boolean;
  };
  service: {
    /** Run tasks on FARGATE_SPOT. */
    spot: boolean;
    /** Tasks that always run on FARGATE before any runs on Spot. */
    onDemandBase: number;
    /** CPU units of a task; 1024 are one vCPU. */
    cpu: number;
    /** Memory of a task in MB. */
    memory: number;
    /** Tasks that run; the least of them when `maxTasks` is set. */
    tasks: number;
    /** Scale out to this many tasks on CPU and requests. */
    maxTasks?: number;
    architecture: "x86_64" | "arm64";
    /** A tag or digest of this environment's repository, or a full image name; left out, a placeholder. */
    image?: string;
    /** Who rolls out new images: `elsewhere` is another tool, whose newest task definition every update leaves running. */
    releases?: "astro" | "elsewhere";
    /** Port the container listens on. */
    port: number;
    /** Path that answers 200 when a task is healthy. */
    healthPath: string;
    /** Seconds before failed health checks stop a new task: what it needs to start, migrations included. */
    graceSeconds: number;
    /** Days logs are kept. */
    logDays: number;
  };
  database: {
    /** RDS instance class. */
    class: string;
    /** A standby in a second zone, with failover. */
    multiAz: boolean;
    /** gp3 storage in GB; it can grow, never shrink. */
    storage: number;
    /** Storage grows by itself up to this many GB: at least 10 % more, or the same for no growth. */
    maxStorage: number;
    /** Days of daily backups and point-in-time recovery. */
    backupDays: number;
    /** KMS key of the storage: AWS managed, or the environment's own. */
    key: "aws" | "own";
    /** Take a snapshot when the database is removed. */
    finalSnapshot: boolean;
  };
  cache: {
    /** ElastiCache node type. */
    node: string;
    /** Replicas beside the primary; with one or more, failover is automatic. */
    replicas: number;
  };
  cdn: {
    /** Hours CloudFront keeps the frontend's files. */
    ttlHours: number;
    /** Content-Security-Policy header of the frontend; left out: its own files, the API and the PDFs. */
    contentSecurityPolicy?: string;
    /** AWS WAF with AWS's managed core rules. */
    waf: boolean;
    /** Paths that begin so take files: there the rules that look into bodies count, and do not block. */
    uploadPath: string;
  };
  loadBalancer: {
    /** No public address: only CloudFront reaches it, by a VPC origin. There is no api.NAME then, and no WebSocket. */
    private: boolean;
    /** Access logs to an S3 bucket. */
    accessLogs: boolean;
  };
  /** Own names and certificates: the frontend answers at app.NAME, the API at api.NAME. */
  domain?: {
    name: string;
    /** Route 53 hosted zone: its id, `create` for a new one, `elsewhere` if DNS is not on Route 53. */
    zone: string;
  };
  /** CloudWatch alarms and a dashboard, by e-mail. */
  alarms?: { email: string };
  /** An AWS budget in USD a month, with an alert by e-mail. */
  budget?: { monthly: number; email: string };
};

/** astro.yaml. */
export type Config = {
  name: string;
  environments: { [name: string]: Environment };
};

/** What an environment is when astro.yaml says nothing but its region. */
export const DEFAULTS: Omit<Environment, "region"> = {
  protect: false,
  order: "sequence",
  express: false,
  network: { azs: 1, nat: "one", flowLogs: false },
  service: {
    spot: true,
    onDemandBase: 0,
    cpu: 256,
    memory: 512,
    tasks: 1,
    architecture: "x86_64",
    port: 8000,
    healthPath: "/health",
    graceSeconds: 300,
    logDays: 14,
  },
  database: {
    class: "db.t3.micro",
    multiAz: false,
    storage: 20,
    maxStorage: 100,
    backupDays: 7,
    key: "aws",
    finalSnapshot: true,
  },
  cache: { node: "cache.t3.micro", replicas: 0 },
  cdn: { ttlHours: 1, waf: false, uploadPath: "/api/uploads" },
  loadBalancer: { private: false, accessLogs: false },
};

/** Reads astro.yaml. `astro` checks the file in full; here only what is missing altogether is an error. */
export function load(path: string): Config {
  return complete(parse(readFileSync(path, "utf8"), { merge: true }), path);
}

/** Fills in every default of a parsed astro.yaml; `path` is named in errors. */
export function complete(parsed: unknown, path = "astro.yaml"): Config {
  if (!isMap(parsed) || typeof parsed.name !== "string" || !isMap(parsed.environments)) {
    throw new Error(`${path} has no name or no environments`);
  }
  const environments = Object.entries(parsed.environments).map(([name, written]) => {
    if (!isMap(written) || typeof written.region !== "string") {
      throw new Error(`${path}: environment ${name} has no region`);
    }
    return [name, merge(DEFAULTS, written) as Environment] as const;
  });
  return { name: parsed.name, environments: Object.fromEntries(environments) };
}

type Values = { [key: string]: unknown };

function merge(defaults: Values, written: Values): Values {
  const merged: Values = { ...defaults };
  for (const [key, value] of Object.entries(written)) {
    const base = defaults[key];
    merged[key] = isMap(base) && isMap(value) ? merge(base, value) : (value ?? base);
  }
  return merged;
}

function isMap(value: unknown): value is Values {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
