// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

import type { Schema } from "./check";
import {
  commandWordRule,
  configRule,
  environmentRule,
  frontendRule,
  projectNameRule,
  relativePathRule,
  scheduledRule,
  scheduleRule,
} from "./rules";
import { ALARMS, BUDGET, CACHE, CDN, CI, DATABASE, DOMAIN, LOAD_BALANCER, NETWORK, SERVICE, WORKER } from "./sections";

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
          network: NETWORK,
          service: SERVICE,
          worker: WORKER,
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
          database: DATABASE,
          cache: CACHE,
          cdn: CDN,
          loadBalancer: LOAD_BALANCER,
          domain: DOMAIN,
          alarms: ALARMS,
          budget: BUDGET,
          ci: CI,
        },
        rule: environmentRule,
      },
    },
  },
  rule: configRule,
};
