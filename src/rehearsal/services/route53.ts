import type { JsonObject } from "../../template/types.ts";
import { hex } from "../hash.ts";
import { listOf, textOf } from "../resources/kind.ts";
import { isOn, partOf, rowsOf } from "../rules/rule.ts";
import type { Stage } from "../stage.ts";
import { removeThing } from "../things.ts";
import type { Result, ResultValue } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestAnswer, RestCall, RestService } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";
import type { Thing } from "../world.ts";
import { allOf, checkFree, make, oneOf, tagList, unmake } from "./shelf.ts";

const ZONE = "AWS::Route53::HostedZone";
const RECORD = "AWS::Route53::RecordSet";

const dotted = (name: string) => `${name.replace(/\.$/, "")}.`;
const zoneName = (zone: Thing) => dotted(textOf(zone.properties, "Name"));

function theZone(stage: Stage, call: RestCall): Thing {
  const id = call.parts[0] ?? "";
  const found = oneOf(stage, call, ZONE, id);
  if (!found) throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${id}`, 404);
  return found;
}

function recordsOf(stage: Stage, call: RestCall, zone: Thing): readonly JsonObject[] {
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
  const others = allOf(stage, call, RECORD).filter(
    ({ properties }) =>
      properties.HostedZoneId === zone.id ||
      (properties.HostedZoneName !== undefined && dotted(String(properties.HostedZoneName)) === zoneName(zone)),
  );
  return [...own, ...others.map(({ properties }) => properties)].toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/** Records are listed by name, its labels read backwards, then by type (API Reference, "ListResourceRecordSets"). */
function placeOf({ Name, Type, SetIdentifier = "" }: JsonObject): string {
  return [dotted(String(Name)).split(".").toReversed().join("."), Type, SetIdentifier].join(" ");
}

function zoneOf(stage: Stage, call: RestCall, zone: Thing): Result {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zoneName(zone),
    CallerReference: hex(32, zone.id),
    Config: { Comment: String(partOf(zone.properties.HostedZoneConfig).Comment ?? ""), PrivateZone: false },
    ResourceRecordSetCount: recordsOf(stage, call, zone).length,
  };
}

function recordOf(record: JsonObject): Result {
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

function changeInfo(stage: Stage): Result {
  return {
    Id: `/change/C${hex(13, stage.world.now).toUpperCase()}`,
    Status: "INSYNC",
    SubmittedAt: new Date(stage.world.now).toISOString(),
  };
}

function changeRecords(stage: Stage, call: RestCall): RestAnswer {
  const zone = theZone(stage, call);
  const changes = partOf(partOf(call.body.ChangeBatch as JsonObject).Changes).Change;
  for (const change of rowsOf(changes))
    apply(stage, call, zone, String(change.Action), partOf(change.ResourceRecordSet));
  return { root: "ChangeResourceRecordSetsResponse", value: { ChangeInfo: changeInfo(stage) } };
}

/** Members of a record that say for whom it answers, and when (API Reference, "ResourceRecordSet"). */
const ROUTING = ["Failover", "GeoLocation", "HealthCheckId", "MultiValueAnswer", "Region", "SetIdentifier", "Weight"];

function apply(stage: Stage, call: RestCall, zone: Thing, action: string, set: JsonObject): void {
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
  const there = allOf(stage, call, RECORD).find(
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
  if (action === "DELETE" && there) removeThing(stage.world, there);
  else if (there) there.properties = properties;
  else
    make(stage, call, {
      type: RECORD,
      id: `${zone.id}|${name}|${set.Type}|${properties.SetIdentifier ?? ""}`,
      properties,
    });
}

function createZone(stage: Stage, call: RestCall): RestAnswer {
  const name = dotted(String(call.body.Name ?? ""));
  stage.world.serial += 1;
  const zone = make(stage, call, {
    type: ZONE,
    id: `Z0${hex(18, stage.world.seed, name, stage.world.serial).toUpperCase()}`,
    properties: { Name: name },
  });
  return {
    root: "CreateHostedZoneResponse",
    status: 201,
    headers: { location: `/2013-04-01/hostedzone/${zone.id}` },
    value: { HostedZone: zoneOf(stage, call, zone), ChangeInfo: changeInfo(stage), DelegationSet: delegation(zone) },
  };
}

function delegation(zone: Thing): Result {
  return { NameServers: named("NameServer", listOf(zone.attributes, "NameServers")) };
}

function listZones(stage: Stage, call: RestCall, root: string, more: Result): RestAnswer {
  const from = call.query.get("dnsname");
  const zones = allOf(stage, call, ZONE).toSorted((a, b) => (zoneName(a) < zoneName(b) ? -1 : 1));
  const found = zones.filter((zone) => from === null || zoneName(zone) >= dotted(from));
  return {
    root,
    value: {
      HostedZones: named(
        "HostedZone",
        found.map((zone) => zoneOf(stage, call, zone)),
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
      handler: (stage, call) => listZones(stage, call, "ListHostedZonesResponse", {}),
    },
    {
      route: "GET hostedzonesbyname",
      operation: "ListHostedZonesByName",
      handler: (stage, call) =>
        listZones(stage, call, "ListHostedZonesByNameResponse", { DNSName: call.query.get("dnsname") ?? undefined }),
    },
    { route: "POST hostedzone", operation: "CreateHostedZone", handler: createZone },
    {
      route: "GET hostedzone/*",
      operation: "GetHostedZone",
      handler: (stage, call) => {
        const zone = theZone(stage, call);
        return {
          root: "GetHostedZoneResponse",
          value: { HostedZone: zoneOf(stage, call, zone), DelegationSet: delegation(zone) },
        };
      },
    },
    {
      route: "DELETE hostedzone/*",
      operation: "DeleteHostedZone",
      handler: (stage, call) => {
        const zone = theZone(stage, call);
        checkFree(stage, zone, "HostedZoneNotEmpty");
        unmake(stage, zone);
        return { root: "DeleteHostedZoneResponse", value: { ChangeInfo: changeInfo(stage) } };
      },
    },
    {
      route: "GET hostedzone/*/rrset",
      operation: "ListResourceRecordSets",
      handler: (stage, call) => ({
        root: "ListResourceRecordSetsResponse",
        value: {
          ResourceRecordSets: named("ResourceRecordSet", recordsOf(stage, call, theZone(stage, call)).map(recordOf)),
          IsTruncated: false,
          MaxItems: 300,
        },
      }),
    },
    { route: "POST hostedzone/*/rrset", operation: "ChangeResourceRecordSets", handler: changeRecords },
    {
      route: "GET change/*",
      operation: "GetChange",
      handler: (stage) => ({ root: "GetChangeResponse", value: { ChangeInfo: changeInfo(stage) } }),
    },
    {
      route: "GET tags/hostedzone/*",
      operation: "ListTagsForResource",
      handler: (stage, call) => {
        const zone = theZone(stage, call);
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
