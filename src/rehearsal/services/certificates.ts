import type { JsonObject } from "../../template/types.ts";
import { certificateStatus, CERTIFICATE as TYPE } from "../resources/certificate-status.ts";
import { domainsOf, validationRecord } from "../resources/certificate-validation.ts";
import { textOf } from "../resources/properties.ts";
import { uuid } from "../state/hash.ts";
import type { Simulator } from "../state/simulator.ts";
import type { ServiceResource } from "../state/state.ts";
import { type Call, type CallResult, type Handler, structures, text, texts } from "../wire/call.ts";
import { AwsError } from "../wire/error.ts";
import { jsonProtocol, type Service } from "../wire/protocol.ts";
import {
  addTags,
  checkDeletable,
  createResource,
  deleteResource,
  findResource,
  listResources,
  seconds,
  tagList,
  tagsIn,
} from "./common/resources.ts";

function theCertificate(simulator: Simulator, call: Call): ServiceResource {
  const arn = text(call.input, "CertificateArn") ?? "";
  const found = findResource(simulator, call, TYPE, arn);
  if (!found) throw new AwsError("ResourceNotFoundException", `Could not find certificate ${arn}.`);
  return found;
}

function certificateOf(simulator: Simulator, certificate: ServiceResource): CallResult {
  const status = certificateStatus(simulator, certificate);
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

const requestCertificate: Handler = (simulator, call) => {
  const { input, scope } = call;
  const id = uuid(simulator.state.seed, "certificate", simulator.state.serial, scope.region);
  const names = texts(input, "SubjectAlternativeNames");
  const properties: JsonObject = {
    DomainName: text(input, "DomainName") ?? "",
    ValidationMethod: text(input, "ValidationMethod") ?? "EMAIL",
    ...(names.length > 0 && { SubjectAlternativeNames: names }),
  };
  const arn = `arn:aws:acm:${scope.region}:${scope.account}:certificate/${id}`;
  const tags = tagsIn(structures(input, "Tags"));
  createResource(simulator, call, { type: TYPE, id: arn, properties, tags }).state.asked = true;
  return { CertificateArn: arn };
};

/** AWS Certificate Manager, API version 2015-12-08. */
export const ACM: Service = {
  protocol: jsonProtocol("1.1"),
  operations: {
    AddTagsToCertificate: (simulator, call) => {
      addTags(theCertificate(simulator, call), structures(call.input, "Tags"));
      return {};
    },
    DeleteCertificate: (simulator, call) => {
      const found = theCertificate(simulator, call);
      checkDeletable(simulator, found, "ResourceInUseException");
      deleteResource(simulator, found);
      return {};
    },
    DescribeCertificate: (simulator, call) => ({
      Certificate: certificateOf(simulator, theCertificate(simulator, call)),
    }),
    ListCertificates: (simulator, call) => {
      const wanted = texts(call.input, "CertificateStatuses");
      const all = listResources(simulator, call, TYPE).map((one) => ({
        CertificateArn: one.id,
        DomainName: textOf(one.properties, "DomainName"),
        Status: certificateStatus(simulator, one),
      }));
      return { CertificateSummaryList: all.filter(({ Status }) => wanted.length === 0 || wanted.includes(Status)) };
    },
    ListTagsForCertificate: (simulator, call) => ({ Tags: tagList(theCertificate(simulator, call)) }),
    RequestCertificate: requestCertificate,
  },
};
