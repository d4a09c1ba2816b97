import type { JsonObject } from "../../template/types.ts";
import { hex } from "../state/hash.ts";
import { everyResource } from "../state/resource-store.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { listOf, partOf, rowsOf, textOf } from "./properties.ts";

const dotted = (name: string) => `${name.replace(/\.$/, "").toLowerCase()}.`;

/** The domains that a certificate is for. */
export function domainsOf({ properties }: ServiceResource): readonly string[] {
  return [...new Set([textOf(properties, "DomainName"), ...listOf(properties, "SubjectAlternativeNames")])];
}

/**
 * The DNS record that validates the domain: one for an account and a name, in every region (ACM User Guide, "DNS
 * validation").
 */
export function validationRecord(
  certificate: ServiceResource,
  domain: string,
): { readonly Name: string; readonly Type: string; readonly Value: string } {
  const bare = domain.replace(/^\*\./, "");
  return {
    Name: `_${hex(32, certificate.account, bare)}.${bare}.`,
    Type: "CNAME",
    Value: `_${hex(32, certificate.account, bare, "value")}.acm-validations.aws.`,
  };
}

/**
 * Whether ACM finds the record of every domain in public DNS. A domain that no hosted zone here covers has its DNS
 * elsewhere, where the record is assumed to be added; validation mails are assumed to be answered.
 */
export function isValidated(simulator: Simulator, certificate: ServiceResource): boolean {
  if (textOf(certificate.properties, "ValidationMethod", "EMAIL") === "EMAIL") return true;
  return domainsOf(certificate).every((domain) => isProven(simulator, certificate, domain));
}

/**
 * CloudFormation's message for each record that has to be added (User Guide, "AWS::CertificateManager::Certificate": an
 * event lists it); where the hosted zone is given it adds the record itself.
 */
export function recordsToAdd(certificate: ServiceResource): readonly string[] {
  if (textOf(certificate.properties, "ValidationMethod", "EMAIL") === "EMAIL") return [];
  const asked = domainsOf(certificate).filter((domain) => !hostedZoneOf(certificate, domain));
  const words = asked.map((domain) => {
    const { Name, Type, Value } = validationRecord(certificate, domain);
    return `Content of DNS Record is: {Name: ${Name},Type: ${Type},Value: ${Value}}`;
  });
  // A name and its wildcard share one.
  return [...new Set(words)];
}

function hostedZoneOf({ properties }: ServiceResource, domain: string): string | undefined {
  const option = rowsOf(properties.DomainValidationOptions).find(({ DomainName }) => DomainName === domain);
  return option && textOf(option, "HostedZoneId");
}

function isProven(simulator: Simulator, certificate: ServiceResource, domain: string): boolean {
  const bare = dotted(domain.replace(/^\*\./, ""));
  if (simulator.faults.some(({ fault }) => "undelegated" in fault && covers(dotted(fault.undelegated), bare)))
    return false;
  const zones = askedFor(simulator, bare);
  const id = hostedZoneOf(certificate, domain);
  if (id) {
    // CloudFormation writes the record itself; a zone that is not known here existed before.
    const known = everyResource(simulator.state, ZONE).some((zone) => zone.id === id);
    return !known || zones.some((zone) => zone.id === id);
  }
  const { Name, Value } = validationRecord(certificate, domain);
  const written = new Set(zonesProving(simulator, certificate, domain));
  return (
    zones.length === 0 || zones.some((zone) => written.has(zone.id) || hasRecord(simulator, zone, dotted(Name), Value))
  );
}

/** The hosted zones in which CloudFormation wrote the record of a domain for other certificates of the account. */
function zonesProving(simulator: Simulator, certificate: ServiceResource, domain: string): readonly string[] {
  return everyResource(simulator.state, certificate.type)
    .filter(({ account }) => account === certificate.account)
    .flatMap((other) => hostedZoneOf(other, domain) ?? []);
}

const ZONE = "AWS::Route53::HostedZone";
const zoneName = (zone: ServiceResource) => dotted(textOf(zone.properties, "Name"));
const covers = (zone: string, name: string) => name === zone || name.endsWith(`.${zone}`);

/** The hosted zones that public DNS may use for a name: the longest of those delegated from the shorter ones here. */
function askedFor(simulator: Simulator, name: string): readonly ServiceResource[] {
  const covering = everyResource(simulator.state, ZONE).filter(
    (zone) => covers(zoneName(zone), name) && rowsOf(zone.properties.VPCs).length === 0,
  );
  let found: readonly ServiceResource[] = [];
  for (const length of [...new Set(covering.map((zone) => zoneName(zone).length))].sort((a, b) => a - b)) {
    const next = covering.filter(
      (zone) =>
        zoneName(zone).length === length && (found.length === 0 || found.some((one) => leads(simulator, one, zone))),
    );
    if (next.length > 0) found = next;
  }
  return found;
}

/** Whether the upper zone delegates to the lower one (Route 53 Developer Guide, "Routing traffic for subdomains"). */
function leads(simulator: Simulator, upper: ServiceResource, lower: ServiceResource): boolean {
  return recordsIn(simulator, upper).some(
    ({ Type, Name }) => Type === "NS" && dotted(String(Name)) === zoneName(lower),
  );
}

function hasRecord(simulator: Simulator, zone: ServiceResource, name: string, value: string): boolean {
  return recordsIn(simulator, zone).some(
    (record) =>
      record.Type === "CNAME" &&
      dotted(String(record.Name)) === name &&
      listOf(record, "ResourceRecords").some((one) => dotted(one) === dotted(value)),
  );
}

function recordsIn(simulator: Simulator, zone: ServiceResource): readonly JsonObject[] {
  return everyResource(simulator.state, "AWS::Route53::RecordSet")
    .map(({ properties }) => partOf(properties))
    .filter(
      ({ HostedZoneId, HostedZoneName }) =>
        HostedZoneId === zone.id || (HostedZoneName !== undefined && dotted(String(HostedZoneName)) === zoneName(zone)),
    );
}
