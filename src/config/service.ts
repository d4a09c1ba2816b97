import * as z from "zod";
import { ruled } from "./ruled.ts";
import { imageRule, serviceRule } from "./rules.ts";

/** `service` of an environment. */
export const service = z
  .strictObject({
    spot: z.boolean().default(true).describe("Run tasks on FARGATE_SPOT (about 70 % cheaper, may be interrupted)."),
    onDemandBase: z.int().min(0).max(100).default(0).describe("Tasks on FARGATE before any runs on Spot."),
    cpu: z.int().default(256).describe("CPU units of a task; 1024 are one vCPU."),
    memory: z.int().default(512).describe("Memory of a task in MB."),
    tasks: z.int().min(1).max(100).default(1).describe("Number of tasks."),
    maxTasks: z.int().min(1).max(100).optional().describe("Scale out to this many tasks on CPU and requests."),
    architecture: z.enum(["x86_64", "arm64"]).default("x86_64").describe("CPU architecture of tasks and image."),
    image: z
      .string()
      .check(ruled(imageRule))
      .optional()
      .describe("Image to run: a tag (v1.2), a digest (sha256:…) or a full name; default: a placeholder."),
    releases: z
      .enum(["astro", "elsewhere"])
      .optional()
      .describe(
        "Who deploys new images: astro, or elsewhere (another tool, such as a CI: updates keep its latest task definition).",
      ),
    environment: z
      .record(z.string(), z.string())
      .optional()
      .describe("Variables of your own for every task: {LOG_LEVEL: info}. No secrets: they stay readable."),
    secrets: z
      .array(z.string())
      .optional()
      .describe("Variables of your own whose values astro secret set keeps in Secrets Manager: [STRIPE_KEY]."),
    port: z.int().min(1).max(65_535).default(8000).describe("Port the container listens on."),
    healthPath: z
      .string()
      // ELBv2 API Reference, CreateTargetGroup, HealthCheckPath.
      .max(1024, "a health path has at most 1024 characters")
      .regex(/^\/[!-~]*$/, "a health path begins with / and has no spaces")
      .default("/health")
      .describe("Path that answers 200 when a task is healthy."),
    graceSeconds: z
      .int()
      .min(0)
      .max(2_147_483_647)
      .default(300)
      .describe("Health check grace period of a new task in seconds, migrations included."),
    logDays: z.literal([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365]).default(14).describe("Log retention in days."),
  })
  .check(ruled(serviceRule))
  .describe("The FastAPI service on ECS Fargate.");
