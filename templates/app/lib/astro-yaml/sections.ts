// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import type { Schema } from "./check";
import {
  commandWordRule,
  databaseRule,
  domainMessage,
  domainRule,
  imageRule,
  networkRule,
  serviceRule,
  workerRule,
} from "./rules";

export const NETWORK: Schema = {
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
          { pattern: /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$|^[a-z]+\d+-az\d+$/, message: "a zone is use1-az1, or us-east-1a" },
        ],
      },
    },
    flowLogs: { type: "boolean", default: false },
  },
  rule: networkRule,
};

export const SERVICE: Schema = {
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
    environment: { type: "object", optional: true, names: { type: "string" }, each: { type: "string" } },
    secrets: { type: "array", optional: true, items: { type: "string" } },
    port: { type: "integer", minimum: 1, maximum: 65535, default: 8000 },
    healthPath: {
      type: "string",
      default: "/health",
      checks: [
        { maxLength: 1024, message: "a health path has at most 1024 characters" },
        { pattern: /^\/[!-~]*$/, message: "a health path begins with / and has no spaces" },
      ],
    },
    graceSeconds: { type: "integer", minimum: 0, maximum: 2147483647, default: 300 },
    logDays: { type: "number", enum: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], default: 14 },
  },
  rule: serviceRule,
};

export const WORKER: Schema = {
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
};

export const DATABASE: Schema = {
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
};

export const CACHE: Schema = {
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
};

export const CDN: Schema = {
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
};

export const LOAD_BALANCER: Schema = {
  type: "object",
  default: {},
  properties: { private: { type: "boolean", default: false }, accessLogs: { type: "boolean", default: false } },
};

export const DOMAIN: Schema = {
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
    names: {
      type: "object",
      optional: true,
      properties: {
        app: {
          type: "string",
          optional: true,
          checks: [
            { maxLength: 200 },
            {
              pattern: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/,
              message: domainMessage,
            },
          ],
        },
        api: {
          type: "string",
          optional: true,
          checks: [
            { maxLength: 200 },
            {
              pattern: /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$/,
              message: domainMessage,
            },
          ],
        },
      },
    },
    redirect: { type: "boolean", optional: true },
  },
  rule: domainRule,
};

export const ALARMS: Schema = {
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
};

export const BUDGET: Schema = {
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
};

export const CI: Schema = {
  type: "object",
  optional: true,
  properties: {
    github: {
      type: "object",
      properties: {
        repository: {
          type: "string",
          checks: [
            { maxLength: 140, message: "a repository of GitHub is OWNER/NAME, at most 140 characters" },
            {
              pattern: /^[A-Za-z0-9](?:[A-Za-z0-9]|-(?=[A-Za-z0-9]))*\/(?!\.{1,2}$)[\w.-]+$/,
              message: "a repository of GitHub is OWNER/NAME",
            },
          ],
        },
        ids: {
          type: "string",
          optional: true,
          checks: [
            { pattern: /^\d+\/\d+$/, message: "ids are the owner's and the repository's numbers, 123456/456789" },
          ],
        },
        branch: {
          type: "string",
          default: "main",
          checks: [
            { maxLength: 200, message: "a branch's name has at most 200 characters" },
            {
              pattern: /^(?!.*(?:\/\/|\.\.))[A-Za-z0-9_][\w./-]*[A-Za-z0-9_]$|^[A-Za-z0-9_]$/,
              message: "a branch is letters, digits, dots, hyphens, underscores and slashes",
            },
          ],
        },
        provider: {
          type: "string",
          optional: true,
          checks: [
            {
              pattern: /^arn:aws(?:-cn|-us-gov)?:iam::\d{12}:oidc-provider\/token\.actions\.githubusercontent\.com$/,
              message:
                "the provider is an ARN, arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com",
            },
          ],
        },
      },
    },
  },
};
