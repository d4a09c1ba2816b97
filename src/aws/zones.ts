import {
  ChangeResourceRecordSetsCommand,
  GetHostedZoneCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsResponse,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { type CommandLine, command } from "../command-line.ts";
import { AstroError } from "../errors.ts";
import type { InTheWay } from "../provision/cloud.ts";
import { callOptional, codeOf } from "./errors.ts";
import type { AwsSession } from "./session.ts";

/** Route 53 has one endpoint for all regions, and signs with this one (AWS General Reference, "Route 53 endpoints"). */
const REGION = "us-east-1";

/** Where the records lead by which Certificate Manager sees that a domain is the account's (its User Guide, "DNS validation"). */
const VALIDATION = /\.acm-validations\.aws\.?$/;

/** Changes ChangeResourceRecordSets takes in one call (Amazon Route 53 API Reference: 1,000 records). */
const BATCH = 1000;

/** Records that are named, and deleted by the command that is offered. */
const NAMED = 3;

/**
 * Deletes the records that validated certificates: CloudFormation writes them and leaves them, and a zone that holds
 * them cannot go. Returns how many. Throws AstroError("failed"), and deletes nothing, if there are others: they are
 * somebody's, and as long as they stand the zone cannot go anyway.
 */
export async function dropValidations(session: AwsSession, zone: string): Promise<number> {
  const client = session.client((settings) => new Route53Client(settings))(REGION);
  const drop = async () => {
    const records = await recordsOf(client, zone);
    const left = records.filter(isValidation);
    const others = records.filter((record) => !isValidation(record));
    if (others.length > 0) throw foreign(zone, others);
    for (let at = 0; at < left.length; at += BATCH) {
      await client.send(new ChangeResourceRecordSetsCommand(deletionOf(zone, left.slice(at, at + BATCH))));
    }
    return left.length;
  };
  const isGone = (error: unknown) => codeOf(error) === "NoSuchHostedZone";
  return (await callOptional("route53:ChangeResourceRecordSets", drop, isGone)) ?? 0;
}

/**
 * Records of a zone that are no certificate's and have none of the names `own`, which are CloudFormation's physical ids of
 * records (Template Reference, AWS::Route53::RecordSet, Ref).
 */
export async function recordsInTheWay(
  session: AwsSession,
  zone: string,
  own: readonly string[],
): Promise<readonly InTheWay[]> {
  const client = session.client((settings) => new Route53Client(settings))(REGION);
  const isGone = (error: unknown) => codeOf(error) === "NoSuchHostedZone";
  const found = (await callOptional("route53:ListResourceRecordSets", () => recordsOf(client, zone), isGone)) ?? [];
  const plain = (name = "") => name.toLowerCase().replace(/\.$/, "");
  const names = new Set(own.map(plain));
  const others = found.filter((record) => !isValidation(record) && !names.has(plain(record.Name)));
  return others.map((record) => ({
    by: {
      resourceType: "AWS::Route53::RecordSet",
      name: plain(record.Name),
      recordType: record.Type ?? "",
      zone,
    },
    removal: deletionCommand(zone, [record]),
  }));
}

function deletionOf(zone: string, records: readonly ResourceRecordSet[]) {
  const Changes = records.map((ResourceRecordSet) => ({ Action: "DELETE" as const, ResourceRecordSet }));
  return { HostedZoneId: zone, ChangeBatch: { Changes } };
}

/** All records of a zone but the two at its top that it comes with (Route 53 Developer Guide, "NS and SOA records"). */
async function recordsOf(client: Route53Client, zone: string): Promise<readonly ResourceRecordSet[]> {
  const { HostedZone } = await client.send(new GetHostedZoneCommand({ Id: zone }));
  const found: ResourceRecordSet[] = [];
  let page: Partial<ListResourceRecordSetsResponse> = {};
  do {
    const { NextRecordName: StartRecordName, NextRecordType: StartRecordType, NextRecordIdentifier } = page;
    const start = { StartRecordName, StartRecordType, StartRecordIdentifier: NextRecordIdentifier };
    page = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId: zone, ...start }));
    found.push(...(page.ResourceRecordSets ?? []));
  } while (page.IsTruncated);
  return found.filter(({ Name, Type }) => Name !== HostedZone?.Name || (Type !== "NS" && Type !== "SOA"));
}

function isValidation({ Type, ResourceRecords = [] }: ResourceRecordSet): boolean {
  const isAlias = ResourceRecords.length === 0;
  return Type === "CNAME" && !isAlias && ResourceRecords.every(({ Value }) => VALIDATION.test(Value ?? ""));
}

/** The command of the `aws` client that deletes records as they are. */
export function deletionCommand(zone: string, records: readonly ResourceRecordSet[]): CommandLine {
  const batch = JSON.stringify(deletionOf(zone, records).ChangeBatch);
  return command`aws route53 change-resource-record-sets --hosted-zone-id ${zone} --change-batch ${batch}`;
}

function foreign(zone: string, records: readonly ResourceRecordSet[]): AstroError {
  const named = records.slice(0, NAMED);
  const more = records.length > NAMED ? ` and ${records.length - NAMED} more` : "";
  return new AstroError(
    "failed",
    `hosted zone ${zone} holds records that no stack of this environment made: ${named.map(({ Name, Type }) => `${Name} ${Type}`).join(", ")}${more}`,
    {
      text: "if nobody needs them, delete them, then run the same command again",
      command: deletionCommand(zone, named),
    },
  );
}
