import { isUnresolved, type Value } from "../../template/evaluate.ts";
import type { Other, RuleSubject } from "../rule.ts";
import { asList, asText } from "../values.ts";

const SUBNET = "AWS::EC2::Subnet";

/** A region's own zones, by name or by id; a Local Zone is called us-west-2-lax-1a, or usw2-lax1-az1. */
const ZONE = /^[a-z]{2}(-[a-z]+)+-\d[a-z]$|^[a-z]+\d-az\d+$/;

/** A key of a subnet's zone: two subnets with one key are in one zone; `undefined` if AWS chooses it. */
function zoneOf({ stack, properties, written }: Other): string | undefined {
  const name = properties.AvailabilityZone === undefined ? "AvailabilityZoneId" : "AvailabilityZone";
  if (properties[name] === undefined) return undefined;
  return asText(properties[name]) ?? `${stack} ${JSON.stringify(written[name])}`;
}

/** The number of values of a list; `undefined` if one of them may be none or several. */
export function knownLength(value: Value | undefined): number | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Value[];
  const single = items.every((item) => asText(item) !== undefined || (isUnresolved(item) && item.target !== undefined));
  return single ? items.length : undefined;
}

/**
 * The words for the one zone that all these subnets are in; `undefined` if there are several, or if it is not known.
 * Local Zones and Outposts do not count: services that need two zones elsewhere need one there.
 */
export function onlyZone({ find }: RuleSubject, subnets: Value | undefined): string | undefined {
  const found = asList(subnets).map((one) => find(one, SUBNET));
  if (knownLength(subnets) === undefined || found.length === 0 || !found.every(isOrdinary)) return undefined;
  const [zone, ...others] = found.map((subnet) => subnet && zoneOf(subnet));
  // One subnet is in one zone, also where AWS chooses which.
  if (others.length > 0 && (zone === undefined || others.some((other) => other !== zone))) return undefined;
  return zone !== undefined && ZONE.test(zone) ? zone : "the one zone of these subnets";
}

function isOrdinary(subnet: Other | undefined): boolean {
  if (subnet === undefined || subnet.properties.OutpostArn !== undefined) return false;
  const zone = asText(subnet.properties.AvailabilityZone ?? subnet.properties.AvailabilityZoneId);
  return zone === undefined || ZONE.test(zone);
}

/** The index of the first subnet that is in the zone of one before it. */
export function sameZone({ find }: RuleSubject, subnets: readonly (Value | undefined)[]): number | undefined {
  const zones = subnets.map((one) => {
    const subnet = find(one, SUBNET);
    return subnet && zoneOf(subnet);
  });
  const index = zones.findIndex((zone, at) => zone !== undefined && zones.indexOf(zone) < at);
  return index < 0 ? undefined : index;
}
