import type { ResourceRecordSet } from "@aws-sdk/client-route-53";
import type { LookUps } from "../../preflight/look-ups.ts";
import { deletionCommand } from "../zones.ts";
import { type Asking, isOneOf } from "./asking.ts";

type Part = Pick<LookUps, "hostedZone" | "zonesNamed" | "recordsNamed">;

/** Zones of one name that are looked at, and records: more, nobody has of one. */
const MOST = 100;

/** Hosted zones, and what they hold under a name. Route 53 answers in alphabetical order from the name that it is asked for. */
export function dns({ at, ask }: Asking, home: string): Part {
  const route53 = async () => {
    const sdk = await import("@aws-sdk/client-route-53");
    return { sdk, client: at(home, "route53", (settings) => new sdk.Route53Client(settings)) };
  };
  return {
    hostedZone: async (Id) => {
      const { sdk, client } = await route53();
      const send = () => client.send(new sdk.GetHostedZoneCommand({ Id }));
      const found = await ask("route53:GetHostedZone", send, isOneOf("NoSuchHostedZone"));
      if (found === undefined) return undefined;
      return {
        name: (found.HostedZone?.Name ?? "").replace(/\.$/, ""),
        isPrivate: found.HostedZone?.Config?.PrivateZone ?? false,
        servers: found.DelegationSet?.NameServers ?? [],
      };
    },
    zonesNamed: async (name) => {
      const { sdk, client } = await route53();
      const command = new sdk.ListHostedZonesByNameCommand({ DNSName: name, MaxItems: MOST });
      const { HostedZones = [] } = await ask("route53:ListHostedZonesByName", () => client.send(command));
      return HostedZones.filter(({ Name, Config }) => plain(Name) === plain(name) && Config?.PrivateZone !== true).map(
        ({ Id = "", ResourceRecordSetCount = 0 }) => ({
          id: Id.replace("/hostedzone/", ""),
          // The two that every zone comes with say nothing of whom it serves.
          records: Math.max(0, ResourceRecordSetCount - 2),
        }),
      );
    },
    recordsNamed: async (HostedZoneId, name) => {
      const { sdk, client } = await route53();
      const command = new sdk.ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName: name, MaxItems: MOST });
      const send = () => client.send(command);
      const found = await ask("route53:ListResourceRecordSets", send, isOneOf("NoSuchHostedZone"));
      return (found?.ResourceRecordSets ?? [])
        .filter(({ Name }) => plain(Name) === plain(name))
        .map((record) => ({
          name: plain(record.Name),
          type: record.Type ?? "",
          says: leadsTo(record),
          removal: deletionCommand(HostedZoneId, [record]),
          ...(record.SetIdentifier !== undefined && { set: record.SetIdentifier }),
        }));
    },
  };
}

/** Small letters, without the root's dot; Route 53 writes a star as its octal code (API Reference, "ResourceRecordSet"). */
function plain(name = ""): string {
  return name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^\\052/, "*");
}

function leadsTo({ AliasTarget, ResourceRecords = [] }: ResourceRecordSet): string {
  return AliasTarget ? plain(AliasTarget.DNSName) : ResourceRecords.map(({ Value }) => Value).join(", ");
}
