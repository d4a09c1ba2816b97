import {
  ChangeResourceRecordSetsCommand,
  ListResourceRecordSetsCommand,
  type ListResourceRecordSetsResponse,
  type ResourceRecordSet,
  Route53Client,
} from "@aws-sdk/client-route-53";
import { ask, codeOf } from "./errors.ts";
import type { Session } from "./session.ts";

/** Route 53 has one endpoint for all regions, and signs with this one (AWS General Reference, "Route 53 endpoints"). */
const REGION = "us-east-1";

/** Where the records lead by which Certificate Manager sees that a domain is the account's (its User Guide, "DNS validation"). */
const VALIDATION = /\.acm-validations\.aws\.?$/;

/**
 * Deletes the records that validated certificates: CloudFormation writes them and leaves them, and a zone that holds
 * them cannot go. Returns how many; all other records stay.
 */
export async function dropValidations(session: Session, zone: string): Promise<number> {
  const client = session.client((settings) => new Route53Client(settings))(REGION);
  const drop = async () => {
    const left = await validations(client, zone);
    if (left.length === 0) return 0;
    const Changes = left.map((ResourceRecordSet) => ({ Action: "DELETE" as const, ResourceRecordSet }));
    await client.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: zone, ChangeBatch: { Changes } }));
    return left.length;
  };
  const isGone = (error: unknown) => codeOf(error) === "NoSuchHostedZone";
  return (await ask("route53:ChangeResourceRecordSets", drop, isGone)) ?? 0;
}

async function validations(client: Route53Client, HostedZoneId: string): Promise<readonly ResourceRecordSet[]> {
  const found: ResourceRecordSet[] = [];
  let page: Partial<ListResourceRecordSetsResponse> = {};
  do {
    const { NextRecordName: StartRecordName, NextRecordType: StartRecordType } = page;
    page = await client.send(new ListResourceRecordSetsCommand({ HostedZoneId, StartRecordName, StartRecordType }));
    found.push(...(page.ResourceRecordSets ?? []).filter(isValidation));
  } while (page.IsTruncated);
  return found;
}

function isValidation({ Type, ResourceRecords = [] }: ResourceRecordSet): boolean {
  return Type === "CNAME" && ResourceRecords.every(({ Value }) => VALIDATION.test(Value ?? ""));
}
