import type { JsonObject } from "../../template/types.ts";
import { partOf, rowsOf } from "../resources/properties.ts";
import { hex } from "../state/hash.ts";
import { removeResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import type { CallResult } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import type { RestAnswer, RestCall } from "../wire/rest-xml.ts";
import { createResource, listResources } from "./common/resources.ts";
import { dotted, RECORD, theZone, zoneName } from "./route53-records.ts";

export function changeInfo(simulator: Simulator): CallResult {
  return {
    Id: `/change/C${hex(13, simulator.state.now).toUpperCase()}`,
    Status: "INSYNC",
    SubmittedAt: new Date(simulator.state.now).toISOString(),
  };
}

export function changeRecords(simulator: Simulator, call: RestCall): RestAnswer {
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
