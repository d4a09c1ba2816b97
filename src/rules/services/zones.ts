import { isUnresolved, type Value } from "../../template/evaluate.ts";
import type { Other, Subject } from "../rule.ts";
import { list, text } from "../values.ts";

const SUBNET = "AWS::EC2::Subnet";

/** What tells a subnet's zone from others: two subnets of one key are in one zone; `undefined` if AWS chooses it. */
function zoneOf({ stack, properties, written }: Other): string | undefined {
  const name = properties.AvailabilityZone === undefined ? "AvailabilityZoneId" : "AvailabilityZone";
  if (properties[name] === undefined) return undefined;
  return text(properties[name]) ?? `${stack} ${JSON.stringify(written[name])}`;
}

/** How many values a list has; `undefined` where one of them may stand for none or for several. */
export function count(value: Value | undefined): number | undefined {
  if (!Array.isArray(value)) return undefined;
  const items = value as readonly Value[];
  const single = items.every((item) => text(item) !== undefined || (isUnresolved(item) && item.target !== undefined));
  return single ? items.length : undefined;
}

/** The only zone that these subnets are in; `undefined` if there are several, or if that cannot be told. */
export function onlyZone(subject: Subject, subnets: Value | undefined): string | undefined {
  const zones = list(subnets).map((one) => {
    const subnet = subject.find(one, SUBNET);
    return subnet && zoneOf(subnet);
  });
  const [zone, ...others] = zones;
  return zone !== undefined && others.every((other) => other === zone) ? zone : undefined;
}

/** The index of the first subnet that is in the zone of one before it. */
export function sameZone(subject: Subject, subnets: readonly (Value | undefined)[]): number | undefined {
  const zones = subnets.map((one) => {
    const subnet = subject.find(one, SUBNET);
    return subnet && zoneOf(subnet);
  });
  const index = zones.findIndex((zone, at) => zone !== undefined && zones.indexOf(zone) < at);
  return index < 0 ? undefined : index;
}

/** The zone's name if it has one that can be said, else how the template finds it. */
export function zoneWords(zone: string): string {
  return /^[a-z0-9-]+$/.test(zone) ? zone : "the one zone of these subnets";
}
