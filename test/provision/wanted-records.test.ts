import { describe, expect, it } from "vitest";
import type { DeployedStack } from "../../src/plan/deployed.ts";
import type { StackEvent } from "../../src/provision/cloud.ts";
import { stackKey } from "../../src/provision/engine.ts";
import { certificateNeeds, wantedRecord } from "../../src/provision/wanted-records.ts";
import type { Json, Resource } from "../../src/template/types.ts";
import { SITE, stackOf } from "../support/stacks.ts";

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
    expect(wantedRecord(event(REASON), resource())).toEqual({
      name: "_ab12.api.example.com.",
      type: "CNAME",
      value: "_cd34.xyz.acm-validations.aws.",
    });
  });

  it("is not shown where CloudFormation adds it itself", () => {
    const known = { DomainValidationOptions: [{ DomainName: "api.example.com", HostedZoneId: { Ref: "Zone" } }] };
    expect(wantedRecord(event(REASON), resource(known))).toBeUndefined();
  });

  it("is not shown where the record of another certificate validates it", () => {
    const proven = { ...resource(), Metadata: { "astro:proven-by": "shop-dev-certificate" } };
    expect(wantedRecord(event(REASON), proven)).toBeUndefined();
  });

  it("is in no other event", () => {
    expect(wantedRecord(event("Resource creation Initiated"), resource())).toBeUndefined();
    expect(wantedRecord(event(REASON, "AWS::SNS::Topic"), undefined)).toBeUndefined();
  });
});

const ZONE: DeployedStack = {
  name: "shop-dev-zone",
  region: SITE.region,
  id: "arn",
  status: "CREATE_COMPLETE",
  outputs: {
    ZoneId: "Z1",
    NameServers: "ns-100.awsdns-12.com ns-612.awsdns-09.net ns-1124.awsdns-10.org ns-1636.awsdns-44.co.uk",
  },
  tags: {},
  createdAt: new Date(0),
  terminationProtection: false,
};
const deployed = new Map([[stackKey(ZONE), ZONE]]);

/** What the engine finds to be done at each of the reasons that CloudFormation gives while it makes the certificate. */
function needed(certificate: Resource, reasons: readonly string[]) {
  const source = stackOf("shop-dev-certificate", "dns", { resources: { Certificate: certificate } });
  const where = { stack: source.name, region: source.region, phase: source.phase };
  const needs = certificateNeeds(
    { deployed, stacks: [source] },
    { ...where, action: "create", changes: [], resources: 1, needs: ["shop-dev-zone"] },
  );
  return reasons.map((reason) => needs(event(reason)));
}

describe("what a person has to do before a certificate is issued", () => {
  const inZone = (HostedZoneId: Json) =>
    resource({ DomainValidationOptions: [{ DomainName: "api.example.com", HostedZoneId }] });
  const INITIATED = "Resource creation Initiated";

  it("is to enter the name servers of a zone that the environment made; said once", () => {
    const nameServers = [
      "ns-100.awsdns-12.com",
      "ns-612.awsdns-09.net",
      "ns-1124.awsdns-10.org",
      "ns-1636.awsdns-44.co.uk",
    ];
    expect(needed(inZone({ Ref: "ZoneZoneId" }), [INITIATED, INITIATED])).toEqual([{ nameServers }, undefined]);
  });

  it("is nothing where the zone was there before", () => {
    expect(needed(inZone("Z0123456789ABCDEFGHIJ"), [INITIATED])).toEqual([undefined]);
  });

  it("is to add records where the DNS is elsewhere: each is said once, with those before it", () => {
    const other = REASON.replaceAll("api.", "app.");
    expect(needed(resource(), [REASON, REASON, other]).map((one) => one?.records?.length)).toEqual([1, undefined, 2]);
  });
});
