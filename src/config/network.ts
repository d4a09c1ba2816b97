import { z } from "zod";

/** Load balancers and database subnet groups want subnets in two zones, see the app's `stacks/network.ts`. */
const LEAST = 2;

const zones = z
  .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$|^[a-z]+\d+-az\d+$/, "a zone is use1-az1, or us-east-1a"))
  .describe("Which zones, by id (use1-az1) or name; without it the account's first. Kept once deployed.");

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
  .superRefine(({ azs, zones }, context) => {
    const message = zones && wrongWithZones(zones, azs);
    if (message !== undefined) context.addIssue({ code: "custom", path: ["zones"], message });
  })
  .describe("The VPC.");

/** `use1` of `us-east-1`: how ids of its zones begin (AWS RAM User Guide, "Availability Zone IDs for your AWS resources"). */
export function zoneIdStart(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${direction.replace(/north|south|east|west|central/g, (word) => word.slice(0, 1))}${number}`;
}

/** Whether a zone is called as those of a region are. */
export function isZoneOf(zone: string, region: string): boolean {
  return isId(zone)
    ? zone.startsWith(`${zoneIdStart(region)}-`)
    : zone.startsWith(region) && zone.length === region.length + 1;
}

/** What is wrong with a list of zones in which the tasks run in `azs`; `undefined` if nothing is. */
function wrongWithZones(named: readonly string[], azs: number): string | undefined {
  const least = Math.max(azs, LEAST);
  if (named.length < least)
    return `name at least ${least}: load balancer and database want two zones, the tasks ${azs}`;
  if (new Set(named).size < named.length) return "a zone is named twice";
  return new Set(named.map(isId)).size > 1
    ? "name all zones by id, or all by name: two might be the same place"
    : undefined;
}

function isId(zone: string): boolean {
  return /-az\d+$/.test(zone);
}
