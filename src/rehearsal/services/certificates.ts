import type { JsonObject } from "../../template/types.ts";
import { uuid } from "../hash.ts";
import { textOf } from "../resources/kind.ts";
import type { Stage } from "../stage.ts";
import { type Call, type Handler, type Result, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import type { Thing } from "../world.ts";
import { statusOf, CERTIFICATE as TYPE } from "./certificate-status.ts";
import { allOf, checkFree, make, oneOf, seconds, tag, tagList, tagsIn, unmake } from "./shelf.ts";
import { domainsOf, validationRecord } from "./validation.ts";

function theCertificate(stage: Stage, call: Call): Thing {
  const arn = text(call.input, "CertificateArn") ?? "";
  const found = oneOf(stage, call, TYPE, arn);
  if (!found) throw new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
  return found;
}

function certificateOf(stage: Stage, certificate: Thing): Result {
  const status = statusOf(stage, certificate);
  const method = textOf(certificate.properties, "ValidationMethod", "EMAIL");
  return {
    CertificateArn: certificate.id,
    DomainName: textOf(certificate.properties, "DomainName"),
    SubjectAlternativeNames: domainsOf(certificate),
    Status: status,
    Type: "AMAZON_ISSUED",
    KeyAlgorithm: "RSA-2048",
    CreatedAt: seconds(certificate.created),
    DomainValidationOptions: domainsOf(certificate).map((DomainName) => ({
      DomainName,
      ValidationMethod: method,
      ValidationStatus: { ISSUED: "SUCCESS", PENDING_VALIDATION: "PENDING_VALIDATION" }[status] ?? "FAILED",
      ...(method === "DNS" && { ResourceRecord: validationRecord(certificate, DomainName) }),
    })),
  };
}

const requestCertificate: Handler = (stage, call) => {
  const { input, place } = call;
  const id = uuid(stage.world.seed, "certificate", stage.world.serial, place.region);
  const names = texts(input, "SubjectAlternativeNames");
  const properties: JsonObject = {
    DomainName: text(input, "DomainName") ?? "",
    ValidationMethod: text(input, "ValidationMethod") ?? "EMAIL",
    ...(names.length > 0 && { SubjectAlternativeNames: names }),
  };
  const arn = `arn:aws:acm:${place.region}:${place.account}:certificate/${id}`;
  const tags = tagsIn(structures(input, "Tags"));
  make(stage, call, { type: TYPE, id: arn, properties, tags }).state.asked = true;
  return { CertificateArn: arn };
};

/** AWS Certificate Manager, API version 2015-12-08. */
export const ACM: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    AddTagsToCertificate: (stage, call) => {
      tag(theCertificate(stage, call), structures(call.input, "Tags"));
      return {};
    },
    DeleteCertificate: (stage, call) => {
      const found = theCertificate(stage, call);
      checkFree(stage, found, "ResourceInUseException");
      unmake(stage, found);
      return {};
    },
    DescribeCertificate: (stage, call) => ({ Certificate: certificateOf(stage, theCertificate(stage, call)) }),
    ListCertificates: (stage, call) => {
      const wanted = texts(call.input, "CertificateStatuses");
      const all = allOf(stage, call, TYPE).map((one) => ({
        CertificateArn: one.id,
        DomainName: textOf(one.properties, "DomainName"),
        Status: statusOf(stage, one),
      }));
      return { CertificateSummaryList: all.filter(({ Status }) => wanted.length === 0 || wanted.includes(Status)) };
    },
    ListTagsForCertificate: (stage, call) => ({ Tags: tagList(theCertificate(stage, call)) }),
    RequestCertificate: requestCertificate,
  },
};
