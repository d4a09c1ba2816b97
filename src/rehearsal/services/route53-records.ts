import type { JsonObject } from "../../template/types.ts";
import { isOn, listOf, partOf, textOf } from "../resources/properties.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult, ResultValue } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestCall } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";
import { findResource, listResources } from "./common/resources.ts";

export const ZONE = "AWS::Route53::HostedZone";
export const RECORD = "AWS::Route53::RecordSet";

export const dotted = (name: string) => `${name.replace(/\.$/, "")}.`;
export const zoneName = (zone: ServiceResource) => dotted(textOf(zone.properties, "Name"));

export function theZone(simulator: Simulator, call: RestCall): ServiceResource {
  const id = call.parts[0] ?? "";
  const found = findResource(simulator, call, ZONE, id);
  if (!found) throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
  return found;
}

export function recordsOf(simulator: Simulator, call: RestCall, zone: ServiceResource): readonly JsonObject[] {
  const names = listOf(zone.attributes, "NameServers").map(dotted);
  const own: readonly JsonObject[] = [
    { Name: zoneName(zone), Type: "NS", TTL: 172800, ResourceRecords: names },
    {
      Name: zoneName(zone),
      Type: "SOA",
      TTL: 900,
      ResourceRecords: [`${names[0]} awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400`],
    },
  ];
  const others = listResources(simulator, call, RECORD).filter(
    ({ properties }) =>
      properties.HostedZoneId === zone.id ||
      (properties.HostedZoneName !== undefined && dotted(String(properties.HostedZoneName)) === zoneName(zone)),
  );
  return [...own, ...others.map(({ properties }) => properties)].toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Records are sorted by name with its labels reversed, then by type (API Reference, "ListResourceRecordSets"). */
function placeOf({ Name, Type, SetIdentifier = "" }: JsonObject): string {
  return [dotted(String(Name)).split(".").toReversed().join("."), Type, SetIdentifier].join(" ");
}

export function recordOf(record: JsonObject): CallResult {
  const { Name, Type, TTL, SetIdentifier, Weight, Region, Failover, MultiValueAnswer, HealthCheckId } = record;
  const target = partOf(record.AliasTarget);
  const values = listOf(record, "ResourceRecords");
  return {
    Name: dotted(String(Name)),
    Type,
    SetIdentifier,
    Weight,
    Region,
    Failover,
    GeoLocation: record.GeoLocation as ResultValue,
    MultiValueAnswer,
    TTL,
    ResourceRecords:
      values.length === 0
        ? undefined
        : named(
            "ResourceRecord",
            values.map((Value) => ({ Value })),
          ),
    AliasTarget:
      target.DNSName === undefined
        ? undefined
        : {
            HostedZoneId: target.HostedZoneId,
            DNSName: dotted(String(target.DNSName)),
            EvaluateTargetHealth: isOn(target.EvaluateTargetHealth),
          },
    HealthCheckId,
  };
}
