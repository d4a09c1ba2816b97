import type { JsonObject } from "../../template/types.ts";
import { isOn, listOf, partOf, rowsOf, textOf } from "../resources/properties.ts";
import { hex } from "../state/hash.ts";
import { removeResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult, ResultValue } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestAnswer, RestCall, RestService } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";
import {
  checkDeletable,
  createResource,
  deleteResource,
  findResource,
  listResources,
  tagList,
} from "./common/resources.ts";

const ZONE = "AWS::Route53::HostedZone";
const RECORD = "AWS::Route53::RecordSet";

const dotted = (name: string) => `${name.replace(/\.$/, "")}.`;
const zoneName = (zone: ServiceResource) => dotted(textOf(zone.properties, "Name"));

function theZone(simulator: Simulator, call: RestCall): ServiceResource {
  const id = call.parts[0] ?? "";
  const found = findResource(simulator, call, ZONE, id);
  if (!found) throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
  return found;
}

function recordsOf(simulator: Simulator, call: RestCall, zone: ServiceResource): readonly JsonObject[] {
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

function zoneOf(simulator: Simulator, call: RestCall, zone: ServiceResource): CallResult {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zoneName(zone),
    CallerReference: hex(32, zone.id),
    Config: { Comment: String(partOf(zone.properties.HostedZoneConfig).Comment ?? ""), PrivateZone: false },
    ResourceRecordSetCount: recordsOf(simulator, call, zone).length,
  };
}

function recordOf(record: JsonObject): CallResult {
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

function changeInfo(simulator: Simulator): CallResult {
  return {
    Id: `/change/C${hex(13, simulator.state.now).toUpperCase()}`,
    Status: "INSYNC",
    SubmittedAt: new Date(simulator.state.now).toISOString(),
  };
}

function changeRecords(simulator: Simulator, call: RestCall): RestAnswer {
  const zone = theZone(simulator, call);
  const changes = partOf(partOf(call.body.ChangeBatch as JsonObject).Changes).Change;
  for (const change of rowsOf(changes))
    apply(simulator, call, zone, String(change.Action), partOf(change.ResourceRecordSet));
  return { root: "ChangeResourceRecordSetsResponse", value: { ChangeInfo: changeInfo(simulator) } };
}

/** Members of a record's routing policy (API Reference, "ResourceRecordSet"). */
const ROUTING = ["Failover", "GeoLocation", "HealthCheckId", "MultiValueAnswer", "Region", "SetIdentifier", "Weight"];

function apply(simulator: Simulator, call: RestCall, zone: ServiceResource, action: string, set: JsonObject): void {
  const name = dotted(String(set.Name));
  const values = rowsOf(partOf(set.ResourceRecords).ResourceRecord).map(({ Value }) => String(Value));
  const properties: JsonObject = {
    HostedZoneId: zone.id,
    Name: name,
    Type: String(set.Type),
    ...(set.TTL !== undefined && { TTL: String(set.TTL) }),
    ...(values.length > 0 && { ResourceRecords: values }),
    ...(set.AliasTarget !== undefined && { AliasTarget: set.AliasTarget }),
    ...Object.fromEntries(ROUTING.flatMap((name) => (set[name] === undefined ? [] : [[name, set[name]]]))),
  };
  const there = listResources(simulator, call, RECORD).find(
    (one) =>
      one.properties.HostedZoneId === zone.id &&
      dotted(String(one.properties.Name)) === name &&
      one.properties.Type === set.Type &&
      one.properties.SetIdentifier === properties.SetIdentifier,
  );
  const words = `[name='${name}', type='${set.Type}']`;
  if (action === "CREATE" && there)
    throw new AwsError("InvalidChangeBatch", `[Tried to create resource record set ${words} but it already exists]`);
  if (action === "DELETE" && !there)
    throw new AwsError("InvalidChangeBatch", `[Tried to delete resource record set ${words} but it was not found]`);
  if (!name.endsWith(zoneName(zone)))
    throw new AwsError(
      "InvalidChangeBatch",
      `[RRSet with DNS name ${name} is not permitted in zone ${zoneName(zone)}]`,
    );
  if (action === "DELETE" && there) removeResource(simulator.state, there);
  else if (there) there.properties = properties;
  else
    createResource(simulator, call, {
      type: RECORD,
      id: `${zone.id}|${name}|${set.Type}|${properties.SetIdentifier ?? ""}`,
      properties,
    });
}

function createZone(simulator: Simulator, call: RestCall): RestAnswer {
  const name = dotted(String(call.body.Name ?? ""));
  simulator.state.serial += 1;
  const zone = createResource(simulator, call, {
    type: ZONE,
    id: `Z0${hex(18, simulator.state.seed, name, simulator.state.serial).toUpperCase()}`,
    properties: { Name: name },
  });
  return {
    root: "CreateHostedZoneResponse",
    status: 201,
    headers: { location: `/2013-04-01/hostedzone/${zone.id}` },
    value: {
      HostedZone: zoneOf(simulator, call, zone),
      ChangeInfo: changeInfo(simulator),
      DelegationSet: delegation(zone),
    },
  };
}

function delegation(zone: ServiceResource): CallResult {
  return { NameServers: named("NameServer", listOf(zone.attributes, "NameServers")) };
}

function listZones(simulator: Simulator, call: RestCall, root: string, more: CallResult): RestAnswer {
  const from = call.query.get("dnsname");
  const zones = listResources(simulator, call, ZONE).toSorted((a, b) => (zoneName(a) < zoneName(b) ? -1 : 1));
  const found = zones.filter((zone) => from === null || zoneName(zone) >= dotted(from));
  return {
    root,
    value: {
      HostedZones: named(
        "HostedZone",
        found.map((zone) => zoneOf(simulator, call, zone)),
      ),
      ...more,
      IsTruncated: false,
      MaxItems: 100,
    },
  };
}

/** Amazon Route 53, API version 2013-04-01: hosted zones and their records. */
export const ROUTE53: RestService = {
  prefixes: ["2013-04-01"],
  namespace: "https://route53.amazonaws.com/doc/2013-04-01/",
  lists: ["Change", "ResourceRecord"],
  routes: [
    {
      route: "GET hostedzone",
      operation: "ListHostedZones",
      handler: (simulator, call) => listZones(simulator, call, "ListHostedZonesResponse", {}),
    },
    {
      route: "GET hostedzonesbyname",
      operation: "ListHostedZonesByName",
      handler: (simulator, call) =>
        listZones(simulator, call, "ListHostedZonesByNameResponse", {
          DNSName: call.query.get("dnsname") ?? undefined,
        }),
    },
    { route: "POST hostedzone", operation: "CreateHostedZone", handler: createZone },
    {
      route: "GET hostedzone/*",
      operation: "GetHostedZone",
      handler: (simulator, call) => {
        const zone = theZone(simulator, call);
        return {
          root: "GetHostedZoneResponse",
          value: { HostedZone: zoneOf(simulator, call, zone), DelegationSet: delegation(zone) },
        };
      },
    },
    {
      route: "DELETE hostedzone/*",
      operation: "DeleteHostedZone",
      handler: (simulator, call) => {
        const zone = theZone(simulator, call);
        checkDeletable(simulator, zone, "HostedZoneNotEmpty");
        deleteResource(simulator, zone);
        return { root: "DeleteHostedZoneResponse", value: { ChangeInfo: changeInfo(simulator) } };
      },
    },
    {
      route: "GET hostedzone/*/rrset",
      operation: "ListResourceRecordSets",
      handler: (simulator, call) => ({
        root: "ListResourceRecordSetsResponse",
        value: {
          ResourceRecordSets: named(
            "ResourceRecordSet",
            recordsOf(simulator, call, theZone(simulator, call)).map(recordOf),
          ),
          IsTruncated: false,
          MaxItems: 300,
        },
      }),
    },
    { route: "POST hostedzone/*/rrset", operation: "ChangeResourceRecordSets", handler: changeRecords },
    {
      route: "GET change/*",
      operation: "GetChange",
      handler: (simulator) => ({ root: "GetChangeResponse", value: { ChangeInfo: changeInfo(simulator) } }),
    },
    {
      route: "GET tags/hostedzone/*",
      operation: "ListTagsForResource",
      handler: (simulator, call) => {
        const zone = theZone(simulator, call);
        return {
          root: "ListTagsForResourceResponse",
          value: {
            ResourceTagSet: { ResourceType: "hostedzone", ResourceId: zone.id, Tags: named("Tag", tagList(zone)) },
          },
        };
      },
    },
  ],
};
