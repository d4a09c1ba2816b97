import type { Value } from "../template/evaluate.ts";
import type { PolicyResource } from "./resources.ts";
import { allow, type Statement } from "./statement.ts";
import { arnIn, type PolicyScope } from "./where.ts";

const WRITE = "route53:ChangeResourceRecordSets";
const NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";

/**
 * Hosted zones: those that the templates name, or any where one is only made; written to are the names that the templates
 * have, and those below them by which Certificate Manager sees whose they are (its User Guide, "DNS validation";Amazon Route 53 Developer Guide, "Using IAM policy
 * conditions for fine-grained access control").
 */
export function zones(
  actions: readonly string[],
  resources: readonly PolicyResource[],
  place: PolicyScope,
): readonly Statement[] {
  const records = resources.filter(({ type }) => type === "AWS::Route53::RecordSet");
  const made = resources.filter(({ type }) => type === "AWS::Route53::HostedZone");
  const certificates = resources.filter(({ type }) => type === "AWS::CertificateManager::Certificate");
  const ids = [
    ...records.map(({ properties }) => properties.HostedZoneId),
    ...made.map(() => undefined),
    ...certificates.flatMap(({ properties }) => listOf(properties.DomainValidationOptions).map(zoneOf)),
  ];
  if (ids.length === 0) return [];
  const known = ids.every((id) => typeof id === "string") ? ids : ["*"];
  const arns = known.map((id) => arnIn(place.region, `route53:::hostedzone/${String(id)}`, place));
  const hosts = records
    .map(({ properties }) => properties.Name)
    .concat(certificates.flatMap(({ properties: of }) => [of.DomainName, ...listOf(of.SubjectAlternativeNames)]));
  const names = [...new Set(hosts.filter((host) => typeof host === "string").map(normalised))].sort();
  return [
    ...allow(
      "Route53",
      actions.filter((action) => /:Get\w+$/.test(action)),
      [...arns, arnIn(place.region, "route53:::change/*", place)],
    ),
    ...allow("Route53Records", names.length > 0 && actions.includes(WRITE) ? [WRITE] : [], arns, {
      "ForAllValues:StringLike": { [NAMES]: names.flatMap((name) => [name, `_*.${name}`]) },
      Null: { [NAMES]: "false" },
    }),
  ];
}

function normalised(name: string): string {
  return name.toLowerCase().replace(/\.$/, "").replace(/^\*/, "\\052");
}

function zoneOf(option: Value): Value | undefined {
  return typeof option === "object" && option !== null && "HostedZoneId" in option ? option.HostedZoneId : undefined;
}

function listOf(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? value : [];
}
