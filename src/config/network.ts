import * as z from "zod";
import { ruled } from "./ruled.ts";
import { networkRule } from "./rules.ts";

const zones = z
  .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$|^[a-z]+\d+-az\d+$/, "a zone is use1-az1, or us-east-1a"))
  .describe("Zones by id (use1-az1) or name; default: the account's first. They cannot change once deployed.");

/** `network` of an environment. */
export const network = z
  .strictObject({
    azs: z.int().min(1).max(3).default(1).describe("Availability zones the workloads run in: 1 to 3."),
    nat: z
      .enum(["none", "one", "per-az"])
      .default("one")
      .describe("NAT gateways: none (VPC endpoints instead), one, or per-az."),
    zones: zones.optional(),
    flowLogs: z.boolean().default(false).describe("VPC flow logs to CloudWatch Logs."),
  })
  .check(ruled(networkRule))
  .describe("The VPC.");
