// As astro itself reads astro.yaml: made from its schema. It is yours, like all of this app.

/** Zones an environment can have: the architecture's most. */
const MOST_ZONES = 3;

/** Load balancers and database subnet groups want subnets in two zones, see the app's `stacks/network.ts`. */
const FEWEST_ZONES = 2;

/**
 * Regions in which Fargate runs in two zones only (Amazon ECS Developer Guide, "Supported Regions for Amazon ECS on AWS
 * Fargate": usw1-az1 and usw1-az3, cac1-az1 and cac1-az2). us-west-1 has no third for new accounts at all (Amazon EC2
 * User Guide, "Regions and Zones").
 */
const TWO_ZONES: readonly string[] = ["us-west-1", "ca-central-1"];

/** How many availability zones the workloads can run in. */
export function zoneCountOf(region: string): number {
  return TWO_ZONES.includes(region) ? 2 : MOST_ZONES;
}

/** `use1` of `us-east-1`: how ids of its zones begin (AWS RAM User Guide, "Availability Zone IDs for your AWS resources"). */
export function zoneIdStart(region: string): string {
  const [area = "", direction = "", number = ""] = region.split("-");
  return `${area}${direction.replace(/north|south|east|west|central/g, (word) => word.slice(0, 1))}${number}`;
}

/** Whether a zone's id or name is one of a region's. */
export function isZoneOf(zone: string, region: string): boolean {
  return isZoneId(zone)
    ? zone.startsWith(`${zoneIdStart(region)}-`)
    : zone.startsWith(region) && zone.length === region.length + 1;
}

/** What is wrong with a list of zones in which the tasks run in `azs`; `undefined` if nothing is. */
export function wrongWithZones(named: readonly string[], azs: number): string | undefined {
  const least = Math.max(azs, FEWEST_ZONES);
  if (named.length < least)
    return `name at least ${least}: load balancer and database want two zones, the tasks ${azs}`;
  if (new Set(named).size < named.length) return "a zone is named twice";
  return new Set(named.map(isZoneId)).size > 1
    ? "name all zones by id, or all by name: two of them might be the same zone"
    : undefined;
}

function isZoneId(zone: string): boolean {
  return /-az\d+$/.test(zone);
}
