import { hex } from "../hash.ts";
import { textOf } from "../resources/kind.ts";
import { type Handler, type Result, text } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Thing } from "../world.ts";
import { allOf, oneOf, seconds, tagList } from "./shelf.ts";

const TYPE = "AWS::CertificateManager::Certificate";

/** The record that proves that the domain is the account's. */
function validationRecord(
  certificate: Thing,
  domain: string,
): { readonly Name: string; readonly Type: string; readonly Value: string } {
  const bare = domain.replace(/^\*\./, "");
  return {
    Name: `_${hex(32, certificate.account, bare)}.${bare}.`,
    Type: "CNAME",
    Value: `_${hex(32, certificate.id, bare)}.acm-validations.aws.`,
  };
}

function domainsOf({ properties }: Thing): readonly string[] {
  const names = properties.SubjectAlternativeNames;
  return [textOf(properties, "DomainName"), ...(Array.isArray(names) ? names.map(String) : [])];
}

const describeCertificate: Handler = (stage, call) => {
  const arn = text(call.input, "CertificateArn") ?? "";
  const found = oneOf(stage, call, TYPE, arn);
  if (!found) throw new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
  return { Certificate: certificateOf(found) };
};

function certificateOf(certificate: Thing): Result {
  const status = String(certificate.state.status ?? "ISSUED");
  return {
    CertificateArn: certificate.id,
    DomainName: textOf(certificate.properties, "DomainName"),
    SubjectAlternativeNames: [...new Set(domainsOf(certificate))],
    Status: status,
    Type: "AMAZON_ISSUED",
    KeyAlgorithm: "RSA-2048",
    CreatedAt: seconds(certificate.created),
    DomainValidationOptions: domainsOf(certificate).map((DomainName) => ({
      DomainName,
      ValidationMethod: textOf(certificate.properties, "ValidationMethod", "DNS"),
      ValidationStatus: status === "ISSUED" ? "SUCCESS" : "PENDING_VALIDATION",
      ResourceRecord: validationRecord(certificate, DomainName),
    })),
  };
}

/** AWS Certificate Manager, API version 2015-12-08: look-ups. */
export const ACM: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    DescribeCertificate: describeCertificate,
    ListCertificates: (stage, call) => ({
      CertificateSummaryList: allOf(stage, call, TYPE).map((one) => ({
        CertificateArn: one.id,
        DomainName: textOf(one.properties, "DomainName"),
        Status: String(one.state.status ?? "ISSUED"),
      })),
    }),
    ListTagsForCertificate: (stage, call) => {
      const found = oneOf(stage, call, TYPE, text(call.input, "CertificateArn") ?? "");
      return { Tags: found ? tagList(found) : [] };
    },
  },
};
