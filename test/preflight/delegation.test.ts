import { describe, expect, it } from "vitest";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { Json, JsonObject } from "../../src/template/types.ts";
import { deployedAs, found } from "../support/preflight.ts";
import { outputOf, stackOf } from "../support/stacks.ts";

const certificate = (zone?: Json, more: JsonObject = {}) => {
  const options: JsonObject =
    zone === undefined ? {} : { DomainValidationOptions: [{ DomainName: "app.example.com", HostedZoneId: zone }] };
  return stackOf("shop-dev-certificate", "dns", {
    resources: {
      Certificate: {
        Type: "AWS::CertificateManager::Certificate",
        Properties: { DomainName: "app.example.com", ValidationMethod: "DNS", ...options, ...more },
      },
    },
  });
};
const ZONE = stackOf("shop-dev-zone", "dns", {
  resources: { Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } } },
  outputs: { Id: { Value: { Ref: "Zone" } } },
});
const SERVERS = ["ns-1.awsdns-01.org", "ns-2.awsdns-02.com"];
const zone = (isPrivate = false) => ({
  hostedZone: async (id: string) => (id === "Z123" ? { name: "example.com", isPrivate, servers: SERVERS } : undefined),
});
const dns = (...names: readonly string[]) => ({
  look: zone(),
  nameServers: async (domain: string) => (domain === "example.com" ? names : []),
});

describe("a name that another certificate proves", () => {
  it("needs nobody to add a record, in whatever region and whether that one stands already", async () => {
    const first = certificate("Z123");
    const second = { ...certificate(), name: "shop-dev-certificate-cdn", region: "us-east-1" };
    const live = dns(...SERVERS);
    const good = [{ code: "delegation", outcome: "ok", words: "example.com leads to its zone Z123" }];
    expect(await found("delegation", [first, second], live)).toEqual(good);
    expect(
      await found("delegation", [first, second], { ...live, deployed: [deployedAs(first, "CREATE_COMPLETE")] }),
    ).toEqual([]);
    expect(await found("delegation", [second], live)).toMatchObject([{ outcome: "warning" }]);
  });
});

describe("the delegation of a domain", () => {
  it("is good if the DNS names the zone's servers, however they are spelt", async () => {
    const live = dns("NS-2.awsdns-02.com.", "ns-1.awsdns-01.org");
    expect(await found("delegation", [certificate("Z123")], live)).toEqual([
      { code: "delegation", outcome: "ok", words: "example.com leads to its zone Z123" },
    ]);
  });

  it("is a problem if it names others, or none, and says what to enter at the registrar", async () => {
    expect(await found("delegation", [certificate("Z123")], dns("ns1.elsewhere.net"))).toMatchObject([
      {
        outcome: "problem",
        words: "example.com leads to ns1.elsewhere.net: not to its zone Z123",
        fix: {
          hints: expect.arrayContaining([
            expect.objectContaining({ text: expect.stringContaining("ns-1.awsdns-01.org ns-2.awsdns-02.com") }),
          ]),
        },
      },
    ]);
    expect(await found("delegation", [certificate("Z123")], dns())).toMatchObject([
      { outcome: "problem", words: "the DNS knows no name servers of example.com" },
    ]);
  });

  it("is a warning if it names others beside them", async () => {
    expect(await found("delegation", [certificate("Z123")], dns(...SERVERS, "ns1.old.net"))).toMatchObject([
      { outcome: "warning", words: "example.com leads to ns1.old.net too, which are not of its zone Z123" },
    ]);
  });

  it("is a problem if the account has no such zone, or a private one", async () => {
    expect(await found("delegation", [certificate("Z999")], dns())).toMatchObject([
      { outcome: "problem", words: "this account has no hosted zone Z999" },
    ]);
    const look = zone(true);
    expect(await found("delegation", [certificate("Z123")], { look })).toMatchObject([
      { outcome: "problem", words: expect.stringContaining("private") },
    ]);
  });

  it("of a zone that is made on the way, or is elsewhere, is a warning: it wants a hand", async () => {
    const made = [ZONE, certificate(outputOf("shop-dev-zone", "Id"))];
    expect(await found("delegation", made)).toMatchObject([
      { outcome: "warning", words: expect.stringContaining("zone of example.com is made on the way") },
    ]);
    expect(await found("delegation", [certificate()])).toMatchObject([
      { outcome: "warning", words: expect.stringContaining("no zone on Route 53 for app.example.com") },
    ]);
  });

  it("of every name of a certificate is asked for", async () => {
    const both = certificate(undefined, { SubjectAlternativeNames: ["example.com"] });
    expect(await found("delegation", [both])).toMatchObject([
      { words: expect.stringContaining("no zone on Route 53 for app.example.com, example.com:") },
    ]);
  });

  it("is a problem if the zone is another domain's, for any of the names", async () => {
    const other = certificate("Z123", { SubjectAlternativeNames: ["app.example.org"] });
    expect(await found("delegation", [other], dns(...SERVERS))).toMatchObject([
      { outcome: "problem", words: "Z123 is the zone of example.com, which app.example.org is not in" },
    ]);
  });

  it("of a zone made by an earlier run is looked at as any other", async () => {
    const made = [ZONE, certificate(outputOf("shop-dev-zone", "Id"))];
    const deployed = [deployedAs(ZONE, "CREATE_COMPLETE", { Id: "Z123" })];
    expect(await found("delegation", made, { deployed, ...dns(...SERVERS) })).toMatchObject([{ outcome: "ok" }]);
  });

  it("of a zone made by an earlier run is looked at too where its id is in Parameter Store alone", async () => {
    const name = "/shop/dev/zone/ZoneId";
    const shared = stackOf("shop-dev-zone", "dns", {
      resources: {
        Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com" } },
        Id: { Type: "AWS::SSM::Parameter", Properties: { Name: name, Type: "String", Value: { Ref: "Zone" } } },
      },
    });
    const reader = certificate({ Ref: "ZoneId" });
    const parameters = { ZoneId: { Type: "AWS::SSM::Parameter::Value<String>", Default: name } };
    const both = [shared, { ...reader, template: { ...reader.template, Parameters: parameters } }];
    const look = (stack: string) => ({
      ...zone(),
      zonesNamed: async () => ["Z999", "Z123"].map((id) => ({ id, records: 2 })),
      holder: async (_: string, __: string, id: string) =>
        id === "Z123" ? { stack, tags: {}, createdAt: new Date(0) } : undefined,
    });
    const deployed = [deployedAs(shared, "CREATE_COMPLETE")];
    const live = dns("ns1.elsewhere.net");
    expect(await found("delegation", both, { ...live, deployed, look: look("shop-dev-zone") })).toMatchObject([
      { outcome: "problem", words: "example.com leads to ns1.elsewhere.net: not to its zone Z123" },
    ]);
    expect(await found("delegation", both, { ...live, look: look("shop-dev-zone") })).toMatchObject([
      { outcome: "warning", words: expect.stringContaining("made on the way") },
    ]);
  });

  it("is taken for right where no DNS leads, be the zone known or not", async () => {
    const nowhere = { real: false, nameServers: async () => undefined };
    const both = certificate("Z999", { SubjectAlternativeNames: ["api.example.com", "example.com"] });
    for (const one of [certificate("Z999"), both]) {
      expect(await found("delegation", [one], nowhere)).toMatchObject([{ outcome: "ok" }]);
    }
  });

  it("is not checked where the look-up is denied", async () => {
    const look = { hostedZone: () => Promise.reject(new NotChecked("denied")) };
    expect(await found("delegation", [certificate("Z123")], { look })).toMatchObject([{ outcome: "not-checked" }]);
  });

  it("is not checked where no DNS answers", async () => {
    const nameServers = () => Promise.reject(new Error("queryNs ETIMEOUT example.com"));
    expect(await found("delegation", [certificate("Z123")], { look: zone(), nameServers })).toMatchObject([
      { outcome: "not-checked", words: "no DNS tells of example.com: queryNs ETIMEOUT example.com" },
    ]);
  });

  it("is of no concern once the certificate stands", async () => {
    const asked: string[] = [];
    const deployed = [deployedAs(certificate("Z123"), "CREATE_COMPLETE")];
    expect(await found("delegation", [certificate("Z123")], { deployed, asked })).toEqual([]);
    expect(asked).not.toContain("hostedZone");
  });
});
