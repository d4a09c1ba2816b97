import { listOf, partOf } from "../resources/properties.ts";
import { hex } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult } from "../wire/call.ts";
import type { RestAnswer, RestCall, RestService } from "../wire/rest-xml.ts";
import { named } from "../wire/xml.ts";
import { checkDeletable, createResource, deleteResource, listResources, tagList } from "./common/resources.ts";
import { changeInfo, changeRecords } from "./route53-changes.ts";
import { dotted, recordOf, recordsOf, theZone, ZONE, zoneName } from "./route53-records.ts";

function zoneOf(simulator: Simulator, call: RestCall, zone: ServiceResource): CallResult {
  return {
    Id: `/hostedzone/${zone.id}`,
    Name: zoneName(zone),
    CallerReference: hex(32, zone.id),
    Config: { Comment: String(partOf(zone.properties.HostedZoneConfig).Comment ?? ""), PrivateZone: false },
    ResourceRecordSetCount: recordsOf(simulator, call, zone).length,
  };
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
