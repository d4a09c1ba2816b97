import { constraint, first, fits } from "../checks.ts";
import type { Rule } from "../rule.ts";
import { asList, asText, items } from "../values.ts";

const CERTIFICATE = "AWS::CertificateManager::Certificate";

const REQUEST = "AWS Certificate Manager API Reference, RequestCertificate";

/** ACM's own pattern for a domain name (RequestCertificate, DomainName). */
const DOMAIN = /^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$/;

const names = (path: string, member: string) =>
  fits(
    path,
    (name) => DOMAIN.test(name) && name.length <= 253,
    (name) => constraint(name, member, `satisfy regular expression pattern: ${DOMAIN.source}`),
  );

/** Certificates. */
export const ACM_RULES: readonly Rule[] = [
  {
    id: "certificate-domain",
    types: [CERTIFICATE],
    document: `${REQUEST} (DomainName, SubjectAlternativeNames)`,
    check: first(names("DomainName", "domainName"), names("SubjectAlternativeNames.*", "subjectAlternativeNames")),
  },
  {
    id: "certificate-domain-length",
    types: [CERTIFICATE],
    document: `${REQUEST} (DomainName)`,
    approximate: true,
    check: fits(
      "DomainName",
      (name) => name.length <= 64,
      (name) => `The first domain name can be no longer than 64 characters: ${name}`,
    ),
  },
  {
    id: "certificate-validation-domain",
    types: [CERTIFICATE],
    document: `${REQUEST} (InvalidDomainValidationOptionsException)`,
    approximate: true,
    check: ({ properties: { DomainName, SubjectAlternativeNames, DomainValidationOptions } }) => {
      const all = [DomainName, ...asList(SubjectAlternativeNames)].map(asText);
      const wildcards = all.map((name) => name?.replace(/^\*\./, ""));
      if (all.includes(undefined)) return undefined;
      for (const [index, option] of items(DomainValidationOptions)) {
        const [domain, proof] = [asText(option.DomainName), asText(option.ValidationDomain)];
        const property = `DomainValidationOptions/${index}/`;
        if (domain === undefined) continue;
        if (![...all, ...wildcards].includes(domain)) {
          const message = `DomainValidationOptions name ${domain}, which the certificate is not requested for`;
          return { property: `${property}DomainName`, value: domain, message };
        }
        const bare = domain.replace(/^\*\./, "");
        if (proof === undefined || bare === proof || bare.endsWith(`.${proof}`)) continue;
        const message = `The validation domain ${proof} must be the same as ${domain} or a superdomain of it`;
        return { property: `${property}ValidationDomain`, value: proof, message };
      }
      return undefined;
    },
  },
  {
    id: "certificate-zone",
    types: [CERTIFICATE],
    document:
      "CloudFormation Template Reference, AWS::CertificateManager::Certificate DomainValidationOption (HostedZoneId)",
    check: ({ properties: { DomainValidationOptions }, find }) => {
      for (const [index, { DomainName, HostedZoneId }] of items(DomainValidationOptions)) {
        const domain = asText(DomainName)?.replace(/^\*\./, "").toLowerCase();
        const zone = asText(find(HostedZoneId, "AWS::Route53::HostedZone")?.properties.Name)
          ?.replace(/\.$/, "")
          .toLowerCase();
        if (domain === undefined || zone === undefined || `.${domain}`.endsWith(`.${zone}`)) continue;
        const message = `[RRSet with DNS name ${domain}. is not permitted in zone ${zone}.]`;
        return { property: `DomainValidationOptions/${index}/HostedZoneId`, value: zone, message };
      }
      return undefined;
    },
  },
  {
    id: "certificate-zone-method",
    types: [CERTIFICATE],
    document:
      "CloudFormation Template Reference, AWS::CertificateManager::Certificate DomainValidationOption (HostedZoneId)",
    approximate: true,
    check: ({ properties: { DomainValidationOptions, ValidationMethod = "EMAIL" } }) => {
      const found = items(DomainValidationOptions).find(([, { HostedZoneId }]) => HostedZoneId !== undefined);
      const message = "HostedZoneId can only be specified when the validation method is DNS";
      return found && asText(ValidationMethod) === "EMAIL"
        ? { property: `DomainValidationOptions/${found[0]}/HostedZoneId`, message }
        : undefined;
    },
  },
];
