import * as z from "zod";
import { ruled } from "./ruled.ts";
import { commandWordRule, frontendRule, relativePathRule, scheduledRule, scheduleRule, workerRule } from "./rules.ts";

const words = z.array(z.string().check(ruled(commandWordRule)));
const path = z.string().check(ruled(relativePathRule));

/** `build` of astro.yaml. */
export const build = z
  .strictObject({
    context: path.default("..").describe("Folder that is built, from astro.yaml's own."),
    dockerfile: path.default("Dockerfile").describe("The Dockerfile, from that folder."),
    target: z
      .string()
      .regex(/^[\w.-]{1,128}$/, "a build stage is letters, digits, dots, hyphens and underscores")
      .optional()
      .describe("Stage of the Dockerfile to build; default: its last."),
    args: z
      .record(
        z.string().regex(/^[A-Za-z_]\w*$/, "a build argument is letters, digits and underscores, no digit first"),
        z.string().check(ruled(commandWordRule)),
      )
      .optional()
      .describe("Build arguments. No secrets: they stay readable in the image."),
    platform: z
      .enum(["linux/amd64", "linux/arm64"])
      .optional()
      .describe("Platform of the image; default: that of service.architecture."),
  })
  .describe("How `astro deploy` builds the image.");

/** `migrate` of astro.yaml. */
export const migrate = words.describe(
  "Command of the image that migrates the database, run as a task of its own before each rollout.",
);

/** `frontend` of astro.yaml. */
export const frontend = z
  .strictObject({
    directory: path.describe("The frontend's folder, from astro.yaml's own."),
    build: words
      .optional()
      .describe("Command that builds it, run there: [npm, run, build]; default: nothing is to be built."),
    output: path.default("dist").describe("Folder with what is built, from the frontend's folder."),
  })
  .check(ruled(frontendRule))
  .describe("The frontend that `astro deploy` builds and uploads.");

/** `worker` of an environment. */
export const worker = z
  .strictObject({
    command: words.describe("Command of the worker: [celery, -A, app, worker]."),
    tasks: z.int().min(1).max(100).default(1).describe("Number of its tasks."),
    cpu: z.int().default(256).describe("CPU units of one of its tasks; 1024 are one vCPU."),
    memory: z.int().default(512).describe("Memory of one of its tasks in MB."),
    spot: z.boolean().default(true).describe("Run it on FARGATE_SPOT (about 70 % cheaper, may be interrupted)."),
  })
  .check(ruled(workerRule))
  .describe("A second service of the same image, without a load balancer.");

/** `schedule` of an environment. */
export const schedule = z
  .array(
    z
      .strictObject({
        name: z
          .string()
          .max(30, "a schedule's name has at most 30 characters")
          .regex(
            /^[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*$/,
            "a schedule's name is lower-case letters, digits and single hyphens, a letter first",
          )
          .describe("Its name."),
        cron: z
          .string()
          .check(ruled(scheduleRule))
          .describe("When, in UTC: cron(0 3 * * ? *) or rate(1 hour), as EventBridge Scheduler has it."),
        command: words.describe("Command of the task."),
      })
      .check(ruled(scheduledRule)),
  )
  .describe("One-off tasks of the same image at set times.");
