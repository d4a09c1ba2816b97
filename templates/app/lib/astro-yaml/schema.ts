// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import type { Schema } from "./check";
import {
  commandWordRule,
  configRule,
  databaseRule,
  domainMessage,
  environmentRule,
  frontendRule,
  imageRule,
  networkRule,
  projectNameRule,
  relativePathRule,
  scheduledRule,
  scheduleRule,
  serviceRule,
  workerRule,
} from "./rules";

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
  /** A second service of the same image, without a load balancer. */
  worker?: {
    /** Command of the worker: [celery, -A, app, worker]. */
    command: string[];
    /** Number of its tasks. */
    tasks: number;
    /** CPU units of one of its tasks; 1024 are one vCPU. */
    cpu: number;
    /** Memory of one of its tasks in MB. */
    memory: number;
    /** Run it on FARGATE_SPOT (about 70 % cheaper, may be interrupted). */
    spot: boolean;
  };
  /** One-off tasks of the same image at set times. */
  schedule?: {
    /** Its name. */
    name: string;
    /** When, in UTC: cron(0 3 * * ? *) or rate(1 hour), as EventBridge Scheduler has it. */
    cron: string;
    /** Command of the task. */
    command: string[];
  }[];
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
  /** How `astro deploy` builds the image. */
  build?: {
    /** Folder that is built, from astro.yaml's own. */
    context: string;
    /** The Dockerfile, from that folder. */
    dockerfile: string;
    /** Stage of the Dockerfile to build; default: its last. */
    target?: string;
    /** Build arguments. No secrets: they stay readable in the image. */
    args?: { [name: string]: string };
    /** Platform of the image; default: that of service.architecture. */
    platform?: "linux/amd64" | "linux/arm64";
  };
  /** Command of the image that migrates the database, run as a task of its own before each rollout. */
  migrate?: string[];
  /** The frontend that `astro deploy` builds and uploads. */
  frontend?: {
    /** The frontend's folder, from astro.yaml's own. */
    directory: string;
    /** Command that builds it, run there: [npm, run, build]; default: nothing is to be built. */
    build?: string[];
    /** Folder with what is built, from the frontend's folder. */
    output: string;
  };
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
    build: {
      type: "object",
      optional: true,
      properties: {
        context: { type: "string", default: "..", checks: [{ rule: relativePathRule }] },
        dockerfile: { type: "string", default: "Dockerfile", checks: [{ rule: relativePathRule }] },
        target: {
          type: "string",
          optional: true,
          checks: [
            { pattern: /^[\w.-]{1,128}$/, message: "a build stage is letters, digits, dots, hyphens and underscores" },
          ],
        },
        args: {
          type: "object",
          optional: true,
          names: {
            type: "string",
            checks: [
              {
                pattern: /^[A-Za-z_]\w*$/,
                message: "a build argument is letters, digits and underscores, no digit first",
              },
            ],
          },
          each: { type: "string", checks: [{ rule: commandWordRule }] },
        },
        platform: { type: "string", enum: ["linux/amd64", "linux/arm64"], optional: true },
      },
    },
    migrate: { type: "array", optional: true, items: { type: "string", checks: [{ rule: commandWordRule }] } },
    frontend: {
      type: "object",
      optional: true,
      properties: {
        directory: { type: "string", checks: [{ rule: relativePathRule }] },
        build: { type: "array", optional: true, items: { type: "string", checks: [{ rule: commandWordRule }] } },
        output: { type: "string", default: "dist", checks: [{ rule: relativePathRule }] },
      },
      rule: frontendRule,
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
          network: {
            type: "object",
            default: {},
            properties: {
              azs: { type: "integer", minimum: 1, maximum: 3, default: 1 },
              nat: { type: "string", enum: ["none", "one", "per-az"], default: "one" },
              zones: {
                type: "array",
                optional: true,
                items: {
                  type: "string",
                  checks: [
                    {
                      pattern: /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$|^[a-z]+\d+-az\d+$/,
                      message: "a zone is use1-az1, or us-east-1a",
                    },
                  ],
                },
              },
              flowLogs: { type: "boolean", default: false },
            },
            rule: networkRule,
          },
          service: {
            type: "object",
            default: {},
            properties: {
              spot: { type: "boolean", default: true },
              onDemandBase: { type: "integer", minimum: 0, maximum: 100, default: 0 },
              cpu: { type: "integer", default: 256 },
              memory: { type: "integer", default: 512 },
              tasks: { type: "integer", minimum: 1, maximum: 100, default: 1 },
              maxTasks: { type: "integer", minimum: 1, maximum: 100, optional: true },
              architecture: { type: "string", enum: ["x86_64", "arm64"], default: "x86_64" },
              image: { type: "string", optional: true, checks: [{ rule: imageRule }] },
              releases: { type: "string", enum: ["astro", "elsewhere"], optional: true },
              port: { type: "integer", minimum: 1, maximum: 65535, default: 8000 },
              healthPath: {
                type: "string",
                default: "/health",
                checks: [{ pattern: /^\/[!-~]*$/, message: "a health path begins with / and has no spaces" }],
              },
              graceSeconds: { type: "integer", minimum: 0, maximum: 2147483647, default: 300 },
              logDays: { type: "number", enum: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], default: 14 },
            },
            rule: serviceRule,
          },
          worker: {
            type: "object",
            optional: true,
            properties: {
              command: { type: "array", items: { type: "string", checks: [{ rule: commandWordRule }] } },
              tasks: { type: "integer", minimum: 1, maximum: 100, default: 1 },
              cpu: { type: "integer", default: 256 },
              memory: { type: "integer", default: 512 },
              spot: { type: "boolean", default: true },
            },
            rule: workerRule,
          },
          schedule: {
            type: "array",
            optional: true,
            items: {
              type: "object",
              properties: {
                name: {
                  type: "string",
                  checks: [
                    { maxLength: 30, message: "a schedule's name has at most 30 characters" },
                    {
                      pattern: /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
                      message: "a schedule's name is lower-case letters, digits and single hyphens, a letter first",
                    },
                  ],
                },
                cron: { type: "string", checks: [{ rule: scheduleRule }] },
                command: { type: "array", items: { type: "string", checks: [{ rule: commandWordRule }] } },
              },
              rule: scheduledRule,
            },
          },
          database: {
            type: "object",
            default: {},
            properties: {
              class: {
                type: "string",
                default: "db.t3.micro",
                checks: [
                  {
                    pattern: /^db\.(t3|t4g|m5|m6g|m6i|m7g|m7i|r5|r6g|r6i|r7g|r7i)\.[a-z0-9]+$/,
                    message: "an instance class looks like db.t4g.micro",
                  },
                ],
              },
              multiAz: { type: "boolean", default: false },
              storage: { type: "integer", minimum: 20, maximum: 65536, default: 20 },
              maxStorage: { type: "integer", minimum: 20, maximum: 65536, default: 100 },
              backupDays: { type: "integer", minimum: 1, maximum: 35, default: 7 },
              key: { type: "string", enum: ["aws", "own"], default: "aws" },
              finalSnapshot: { type: "boolean", default: true },
            },
            rule: databaseRule,
          },
          cache: {
            type: "object",
            default: {},
            properties: {
              node: {
                type: "string",
                default: "cache.t3.micro",
                checks: [
                  {
                    pattern: /^cache\.(t3|t4g|m5|m6g|m7g|r5|r6g|r7g)\.[a-z0-9]+$/,
                    message: "a node type looks like cache.t4g.micro",
                  },
                ],
              },
              replicas: { type: "integer", minimum: 0, maximum: 5, default: 0 },
            },
          },
          cdn: {
            type: "object",
            default: {},
            properties: {
              ttlHours: { type: "integer", minimum: 0, maximum: 8760, default: 1 },
              contentSecurityPolicy: { type: "string", optional: true, checks: [{ minLength: 1 }] },
              waf: { type: "boolean", default: false },
              uploadPath: {
                type: "string",
                default: "/api/uploads",
                checks: [
                  { maxLength: 200 },
                  {
                    pattern: /^\/api\/[\w./~-]*$/,
                    message: "an upload path begins with /api/, where the CDN takes bodies, and has no spaces",
                  },
                ],
              },
            },
          },
          loadBalancer: {
            type: "object",
            default: {},
            properties: {
              private: { type: "boolean", default: false },
              accessLogs: { type: "boolean", default: false },
            },
          },
          domain: {
            type: "object",
            optional: true,
            properties: {
              name: {
                type: "string",
                checks: [
                  { maxLength: 200 },
                  {
                    pattern: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/,
                    message: domainMessage,
                  },
                ],
              },
              zone: {
                type: "string",
                checks: [
                  {
                    pattern: /^(?:Z[A-Z0-9]{4,31}|create|elsewhere)$/,
                    message: "a zone is a hosted zone's id (Z…), create, or elsewhere",
                  },
                ],
              },
            },
          },
          alarms: {
            type: "object",
            optional: true,
            properties: {
              email: {
                type: "string",
                message: "an e-mail address looks like ops@example.com",
                checks: [
                  {
                    pattern:
                      /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/,
                    message: "an e-mail address looks like ops@example.com",
                  },
                ],
              },
            },
          },
          budget: {
            type: "object",
            optional: true,
            properties: {
              monthly: { type: "number", exclusiveMinimum: 0 },
              email: {
                type: "string",
                message: "an e-mail address looks like ops@example.com",
                checks: [
                  {
                    pattern:
                      /^(?:[A-Za-z0-9_'+-]+\.)*[A-Za-z0-9_'+-]*[A-Za-z0-9_+-]@(?:[A-Za-z0-9][A-Za-z0-9-]*\.)+[A-Za-z]{2,}$/,
                    message: "an e-mail address looks like ops@example.com",
                  },
                ],
              },
            },
          },
        },
        rule: environmentRule,
      },
    },
  },
  rule: configRule,
};
