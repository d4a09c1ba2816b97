// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import type { Schema } from "./check";
import { configRule, environmentRule, projectNameRule } from "./rules";
import { ALARMS, BUDGET, CACHE, CDN, DATABASE, DOMAIN, LOAD_BALANCER, NETWORK, SERVICE } from "./sections";

/** One environment of astro.yaml, every default filled in. */
export type Environment = {
  /** AWS region. */
  region: string;
  /** The only AWS account this environment may be deployed to. */
  account?: string;
  /** Permissions boundary of every role: the ARN of a managed policy. */
  boundary?: string;
  /** Deletion protection; data, keys and secrets are retained. */
  protect: boolean;
  /**
   * Order of provisioning: sequence (phase after phase), or overlap (each stack once those it needs are
   * deployed).
   */
  order: "sequence" | "overlap";
  /**
   * CloudFormation's express mode: does not wait for resources to stabilise; astro checks afterwards. Not
   * with protect.
   */
  express: boolean;
  /** The VPC. */
  network: {
    /** Availability zones the workloads run in: 1 to 3. */
    azs: number;
    /** NAT gateways: none (VPC endpoints instead), one, or per-az. */
    nat: "none" | "one" | "per-az";
    /** Zones by id (use1-az1) or name; default: the account's first. They cannot change once deployed. */
    zones?: string[];
    /** VPC flow logs to CloudWatch Logs. */
    flowLogs: boolean;
  };
  /** The FastAPI service on ECS Fargate. */
  service: {
    /** Run tasks on FARGATE_SPOT (about 70 % cheaper, may be interrupted). */
    spot: boolean;
    /** Tasks on FARGATE before any runs on Spot. */
    onDemandBase: number;
    /** CPU units of a task; 1024 are one vCPU. */
    cpu: number;
    /** Memory of a task in MB. */
    memory: number;
    /** Number of tasks. */
    tasks: number;
    /** Scale out to this many tasks on CPU and requests. */
    maxTasks?: number;
    /** CPU architecture of tasks and image. */
    architecture: "x86_64" | "arm64";
    /** Image to run: a tag (v1.2), a digest (sha256:…) or a full name; default: a placeholder. */
    image?: string;
    /**
     * Who deploys new images: astro, or elsewhere (another tool, such as a CI: updates keep its latest task
     * definition).
     */
    releases?: "astro" | "elsewhere";
    /** Port the container listens on. */
    port: number;
    /** Path that answers 200 when a task is healthy. */
    healthPath: string;
    /** Health check grace period of a new task in seconds, migrations included. */
    graceSeconds: number;
    /** Log retention in days. */
    logDays: 1 | 3 | 5 | 7 | 14 | 30 | 60 | 90 | 120 | 150 | 180 | 365;
  };
  /** PostgreSQL 16 on RDS. */
  database: {
    /** RDS instance class. */
    class: string;
    /** A standby in a second zone, with failover. */
    multiAz: boolean;
    /** gp3 storage in GB; can grow, never shrink. */
    storage: number;
    /** Storage autoscaling limit in GB. */
    maxStorage: number;
    /** Days of daily backups and point-in-time recovery. */
    backupDays: number;
    /** KMS key of the storage: AWS managed, or the environment's own. */
    key: "aws" | "own";
    /** Take a final snapshot when the database is deleted. */
    finalSnapshot: boolean;
  };
  /** Redis 7.1 on ElastiCache. */
  cache: {
    /** ElastiCache node type. */
    node: string;
    /** Replicas beside the primary; with one or more, failover is automatic. */
    replicas: number;
  };
  /** CloudFront in front of frontend and API. */
  cdn: {
    /** Hours CloudFront caches the frontend's files. */
    ttlHours: number;
    /** Content-Security-Policy header of the frontend; default: its own files, the API and the PDFs. */
    contentSecurityPolicy?: string;
    /** AWS WAF with AWS's managed core rules. */
    waf: boolean;
    /** Path prefix of uploads: WAF rules that inspect bodies only count there. */
    uploadPath: string;
  };
  /** The Application Load Balancer. */
  loadBalancer: {
    /** No public address: only CloudFront reaches it. Without api.NAME, and without WebSockets. */
    private: boolean;
    /** Access logs to an S3 bucket. */
    accessLogs: boolean;
  };
  /** Custom domain with certificates. */
  domain?: {
    /** The frontend answers at app.NAME, the API at api.NAME. */
    name: string;
    /** Its hosted zone on Route 53: an id, create, or elsewhere. */
    zone: string;
  };
  /** CloudWatch alarms and a dashboard, by e-mail. */
  alarms?: {
    email: string;
  };
  /** An AWS budget with an alert. */
  budget?: {
    /** USD a month. */
    monthly: number;
    email: string;
  };
};

/** astro.yaml. */
export type Config = {
  /** Name of the project; the first part of every resource's name. */
  name: string;
  /**
   * Globs, from the app's folder, of what the app reads besides its own files: then a synthesis is repeated
   * only after a change. An app that you did not change needs none.
   */
  cache?: string[];
  environments: { [name: string]: Environment };
};

/** What astro.yaml may hold, and what is taken for what it leaves out. */
export const SCHEMA: Schema = {
  type: "object",
  properties: {
    name: {
      type: "string",
      checks: [
        { maxLength: 15, message: "a name has at most 15 characters" },
        {
          pattern: /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
          message: "a name is lower-case letters, digits and single hyphens, a letter first",
        },
        { rule: projectNameRule },
      ],
    },
    cache: {
      type: "array",
      optional: true,
      items: { type: "string", checks: [{ minLength: 1, message: "a glob is not empty" }] },
    },
    environments: {
      type: "object",
      names: {
        type: "string",
        checks: [
          { maxLength: 9, message: "an environment's name has at most 9 characters" },
          {
            pattern: /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
            message: "an environment's name is lower-case letters, digits and single hyphens, a letter first",
          },
        ],
      },
      each: {
        type: "object",
        properties: {
          region: {
            type: "string",
            enum: [
              "us-east-1",
              "us-east-2",
              "us-west-1",
              "us-west-2",
              "ca-central-1",
              "ca-west-1",
              "mx-central-1",
              "sa-east-1",
              "eu-west-1",
              "eu-west-2",
              "eu-west-3",
              "eu-central-1",
              "eu-central-2",
              "eu-north-1",
              "eu-south-1",
              "eu-south-2",
              "il-central-1",
              "me-central-1",
              "me-south-1",
              "af-south-1",
              "ap-east-1",
              "ap-east-2",
              "ap-south-1",
              "ap-south-2",
              "ap-northeast-1",
              "ap-northeast-2",
              "ap-northeast-3",
              "ap-southeast-1",
              "ap-southeast-2",
              "ap-southeast-3",
              "ap-southeast-4",
              "ap-southeast-5",
              "ap-southeast-6",
              "ap-southeast-7",
            ],
            message: "unknown region",
          },
          account: {
            type: "string",
            message: "an account id is twelve digits, in quotes",
            optional: true,
            checks: [{ pattern: /^\d{12}$/, message: "an account id is twelve digits" }],
          },
          boundary: {
            type: "string",
            optional: true,
            checks: [
              {
                pattern: /^arn:aws(?:-cn|-us-gov)?:iam::(?:\d{12}|aws):policy\/[\w+=,.@/-]+$/,
                message: "a permissions boundary is a managed policy's ARN, arn:aws:iam::123456789012:policy/NAME",
              },
            ],
          },
          protect: { type: "boolean", default: false },
          order: { type: "string", enum: ["sequence", "overlap"], default: "sequence" },
          express: { type: "boolean", default: false },
          network: NETWORK,
          service: SERVICE,
          database: DATABASE,
          cache: CACHE,
          cdn: CDN,
          loadBalancer: LOAD_BALANCER,
          domain: DOMAIN,
          alarms: ALARMS,
          budget: BUDGET,
        },
        rule: environmentRule,
      },
    },
  },
  rule: configRule,
};
