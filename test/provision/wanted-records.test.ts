import { describe, expect, it } from "vitest";
import type { StackEvent } from "../../src/provision/cloud.ts";
import { recordWords, wantedRecord } from "../../src/provision/wanted-records.ts";

const CERTIFICATE = "AWS::CertificateManager::Certificate";
const event = (reason: string, type = CERTIFICATE): StackEvent => ({
  id: "1",
  at: new Date(0),
  logicalId: "Certificate",
  physicalId: "arn",
  type,
  status: "CREATE_IN_PROGRESS",
  reason,
});
const REASON =
  "Content of DNS Record is: {Name: _ab12.api.example.com.,Type: CNAME,Value: _cd34.xyz.acm-validations.aws.}";
const resource = (more: object = {}) => ({ Type: CERTIFICATE, Properties: { DomainName: "api.example.com", ...more } });

describe("the record a certificate waits for", () => {
  it("is read from CloudFormation's event", () => {
    expect(wantedRecord(event(REASON), resource())).toBe(
      "_ab12.api.example.com. CNAME\n_cd34.xyz.acm-validations.aws.",
    );
  });

  it("is nobody's business where CloudFormation adds it itself", () => {
    const known = { DomainValidationOptions: [{ DomainName: "api.example.com", HostedZoneId: { Ref: "Zone" } }] };
    expect(wantedRecord(event(REASON), resource(known))).toBeUndefined();
  });

  it("is in no other event", () => {
    expect(wantedRecord(event("Resource creation Initiated"), resource())).toBeUndefined();
    expect(wantedRecord(event(REASON, "AWS::SNS::Topic"), undefined)).toBeUndefined();
  });

  it("is said with what to do, all of them together", () => {
    expect(recordWords(["a CNAME\nb"])).toBe(
      "AWS waits until this record answers; add it where the domain's DNS is:\na CNAME\nb",
    );
    expect(recordWords(["a CNAME\nb", "c CNAME\nd"]).split("\n")).toHaveLength(5);
  });
});
