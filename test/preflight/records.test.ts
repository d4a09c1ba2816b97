import { describe, expect, it } from "vitest";
import { command } from "../../src/command-line.ts";
import { NotChecked } from "../../src/preflight/finding.ts";
import type { ZoneRecord } from "../../src/preflight/look-ups.ts";
import type { Template } from "../../src/template/types.ts";
import { deployedAs, fixWords, found } from "../support/preflight.ts";
import { outputOf, stackOf } from "../support/stacks.ts";

const record = (Type: string, more: object = {}) => ({
  Type: "AWS::Route53::RecordSet",
  Properties: { HostedZoneId: "Z1", Name: "api.example.com", Type, ...more },
});
const dns = (resources: Template["Resources"]) => stackOf("shop-dev-dns", "dns", { resources });
const there = (...records: readonly Partial<ZoneRecord>[]) => ({
  look: {
    recordsNamed: async (zone: string, name: string) =>
      zone === "Z1" && name === "api.example.com"
        ? records.map((one) => ({ name, type: "A", says: "203.0.113.7", removal: ["aws", "route53", "…"], ...one }))
        : [],
  },
});

describe("records that a zone has already", () => {
  it("are a problem before anything is begun: where they lead to is shown, and none is called left over", async () => {
    const findings = await found("records", [dns({ Api: record("A") })], there({}));
    expect(findings).toEqual([
      {
        code: "records",
        outcome: "problem",
        words: "A record of api.example.com in zone Z1 leads to 203.0.113.7 already, perhaps a live site",
        fix: {
          hints: [
            {
              text: "choose other domain.names for dev in astro.yaml (or redirect: false, if it only leads on to the app's), or another name for Api in the app",
            },
            {
              text: "delete it if nothing needs it, or to replace it; the name does not resolve until the run ends",
              command: ["aws", "route53", "…"],
            },
          ],
        },
      },
    ]);
  });

  it("are of a stack where one has them: then nothing is to be deleted", async () => {
    const tags = { Project: "blog", Environment: "prod", ManagedBy: "astro" };
    const { look } = there({});
    const holder = async () => ({ stack: "blog-prod-dns", tags, createdAt: new Date(0) });
    const [one] = await found("records", [dns({ Api: record("A") })], { look: { ...look, holder } });
    expect(one?.words).toMatch(
      /already: it is of stack blog-prod-dns, which belongs to project blog, environment prod$/,
    );
    expect(fixWords(one)).not.toContain("delete");
  });

  it("are good where a stack of the plan gives them up, and not where it keeps them", async () => {
    const { look } = there({});
    const holder = async () => ({ stack: "shop-dev-cdn", tags: {}, createdAt: new Date(0) });
    const cdn = (name: string) =>
      stackOf("shop-dev-cdn", "dns", { resources: { App: record("A", { Name: name, HostedZoneId: "Z1" }) } });
    const verdicts = async (name: string) =>
      found("records", [dns({ Api: record("A") }), cdn(name)], {
        look: { ...look, holder },
        deployed: [deployedAs(cdn("api.example.com"), "CREATE_COMPLETE")],
      });
    expect(await verdicts("app.example.com")).toMatchObject([{ outcome: "ok" }]);
    expect(await verdicts("api.example.com")).toMatchObject([{ outcome: "problem" }]);
  });

  it.each([
    ["A", { type: "CNAME" }, {}, 1],
    ["CNAME", { type: "TXT" }, {}, 1],
    ["A", { type: "AAAA" }, {}, 0],
    ["A", { type: "A", set: "blue" }, { SetIdentifier: "green", Weight: 1 }, 0],
    ["A", { type: "A", set: "blue" }, { SetIdentifier: "blue", Weight: 1 }, 1],
    ["A", { type: "A", set: "blue" }, {}, 1],
  ])("of %s beside %j: %j are in the way or not, as Route 53 has it", async (type, other, more, problems) => {
    const findings = await found("records", [dns({ Api: record(type, more) })], there(other));
    expect(findings.filter(({ outcome }) => outcome === "problem")).toHaveLength(problems);
  });

  it("are looked for in groups of records, in zones that other stacks made, and once a name", async () => {
    const asked: string[] = [];
    const group = {
      Type: "AWS::Route53::RecordSetGroup",
      Properties: { HostedZoneId: "Z1", RecordSets: [{ Name: "API.example.com.", Type: "A" }] },
    };
    const read = record("A", { HostedZoneId: outputOf("shop-dev-zone", "ZoneId") });
    const zone = deployedAs(stackOf("shop-dev-zone", "dns"), "CREATE_COMPLETE", { ZoneId: "Z1" });
    for (const resources of [{ Group: group }, { Read: read, Ipv6: record("AAAA") }]) {
      const given = { ...there({}), deployed: [zone], asked };
      const findings = await found("records", [stackOf("shop-dev-zone", "dns"), dns(resources)], given);
      expect(findings.map(({ outcome }) => outcome)).toEqual(["problem"]);
    }
    expect(asked.filter((one) => one === "recordsNamed")).toHaveLength(2);
  });

  it("are not looked for where nothing is added, and none is good", async () => {
    const stack = dns({ Api: record("A") });
    expect(await found("records", [stack], { ...there({}), deployed: [deployedAs(stack, "CREATE_COMPLETE")] })).toEqual(
      [],
    );
    expect(await found("records", [stack])).toMatchObject([
      { outcome: "ok", words: "the zones have none of the 1 that are added" },
    ]);
  });

  it("that nobody may look at are not checked", async () => {
    const look = { recordsNamed: () => Promise.reject(new NotChecked("may not look")) };
    expect(await found("records", [dns({ Api: record("A") })], { look })).toMatchObject([
      { outcome: "not-checked", words: "may not look" },
    ]);
  });
});

describe("a zone of the name that is to be made", () => {
  const zone = (more: object = {}) =>
    stackOf("shop-dev-zone", "dns", {
      resources: { Zone: { Type: "AWS::Route53::HostedZone", Properties: { Name: "example.com", ...more } } },
    });
  const zonesNamed = async () => [{ id: "Z9", records: 12 }];

  it("is said, with its id, what it holds, whether the domain leads to it, and the way to use it", async () => {
    const hostedZone = async () => ({ name: "example.com", isPrivate: false, servers: ["ns-1.awsdns-01.org"] });
    const nameServers = async () => ["NS-1.awsdns-01.org."];
    expect(await found("zone", [zone()], { look: { zonesNamed, hostedZone }, nameServers })).toEqual([
      {
        code: "zone",
        outcome: "warning",
        words:
          "example.com has a hosted zone here already: Z9 with 12 records, and the domain leads to it; the one that is made has none of them",
        warning: { type: "zone-exists", domain: "example.com", zone: "Z9", records: 12, delegated: true },
        fix: {
          hints: [
            {
              text: "to use the one there",
              command: command`astro init --env dev --domain example.com --zone Z9`,
            },
          ],
        },
      },
    ]);
  });

  it("is said with its stack where one has it", async () => {
    const holder = async () => ({ stack: "blog-zone", tags: {}, createdAt: new Date(0) });
    const [one] = await found("zone", [zone()], { look: { zonesNamed, holder } });
    expect(one?.words).toContain("Z9 with 12 records, of stack blog-zone, which has no tags of an environment");
  });

  it("is good where there is none, and nothing to a private one", async () => {
    expect(await found("zone", [zone()])).toMatchObject([{ outcome: "ok" }]);
    expect(await found("zone", [zone({ VPCs: [{ VPCId: "vpc-1", VPCRegion: "eu-west-1" }] })])).toEqual([]);
  });
});
