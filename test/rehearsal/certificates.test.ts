import { CreateStackCommand, DescribeStackEventsCommand } from "@aws-sdk/client-cloudformation";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../src/rehearsal/state/faults.ts";
import { type Driver, rehearse, template } from "./support/driver.ts";
import * as make from "./support/rules.ts";

const zone = (Name: string) => ({ Type: "AWS::Route53::HostedZone", Properties: { Name } });
const certificate = (more: object = {}) => ({
  Type: "AWS::CertificateManager::Certificate",
  Properties: { DomainName: "app.example.com", ValidationMethod: "DNS", ...more },
});
const inZone = (HostedZoneId: unknown) =>
  certificate({ DomainValidationOptions: [{ DomainName: "app.example.com", HostedZoneId }] });

type Described = {
  readonly Certificate: {
    readonly Status: string;
    readonly DomainValidationOptions: readonly { readonly ResourceRecord: { Name: string; Value: string } }[];
  };
};

async function begin(driver: Driver, resources: object): Promise<void> {
  const TemplateBody = JSON.stringify(template(resources));
  await driver.cloudformation.send(new CreateStackCommand({ StackName: "shop", TemplateBody }));
}

async function described({ json, ids }: Driver): Promise<Described["Certificate"]> {
  const { Certificate: CertificateArn } = await ids("shop");
  const answer = await json("acm", "CertificateManager.DescribeCertificate", { CertificateArn });
  return (answer as unknown as Described).Certificate;
}

const HOUR = 3_600_000;

/** The stack's and the certificate's state after an hour, long after a record that is found. */
async function afterAnHour(resources: object, faults: readonly Fault[] = []) {
  const driver = await rehearse({ faults });
  await begin(driver, resources);
  await driver.rehearsal.clock.sleep(HOUR);
  const isDone = (await driver.history("shop")).includes("shop CREATE_COMPLETE");
  return { driver, isDone, status: (await described(driver)).Status };
}

const DONE = { isDone: true, status: "ISSUED" };
const WAITS = { isDone: false, status: "PENDING_VALIDATION" };

describe("a certificate is issued", () => {
  it.each([
    ["where its zone is made with it", { Zone: zone("example.com"), Certificate: inZone({ Ref: "Zone" }) }],
    ["where its zone was there before", { Certificate: inZone("Z0123456789ABCDEFGHIJ") }],
    ["where its DNS is elsewhere, and somebody adds the record there", { Certificate: certificate() }],
    ["by mail", { Zone: zone("example.com"), Certificate: certificate({ ValidationMethod: "EMAIL" }) }],
  ])("%s", async (_, resources) => {
    expect(await afterAnHour(resources)).toMatchObject(DONE);
  });

  it("once its record is in the zone that public DNS uses", async () => {
    const resources = { Zone: zone("example.com"), Certificate: certificate() };
    const { driver, ...waits } = await afterAnHour(resources);
    expect(waits).toEqual(WAITS);
    const { DomainValidationOptions } = await described(driver);
    const { Name = "", Value = "" } = DomainValidationOptions[0]?.ResourceRecord ?? {};
    const { Zone } = await driver.ids("shop");
    await driver.create(
      "records",
      template({
        R: {
          Type: "AWS::Route53::RecordSet",
          Properties: { HostedZoneId: Zone, Name, Type: "CNAME", TTL: "60", ResourceRecords: [Value] },
        },
      }),
    );
    expect((await driver.settled("shop")).StackStatus).toBe("CREATE_COMPLETE");
    expect((await described(driver)).Status).toBe("ISSUED");
  });
});

describe("a certificate of a name that another certificate of the account has validated", () => {
  it("is issued without a record of its own, in any region", async () => {
    const driver = await rehearse();
    const first = { Zone: zone("example.com"), Certificate: inZone({ Ref: "Zone" }) };
    await driver.create("shop", template(first));
    const far = driver.rehearsal.clock.now().getTime();
    expect((await driver.create("second", template({ Certificate: certificate() }))).StackStatus).toBe(
      "CREATE_COMPLETE",
    );
    expect(driver.rehearsal.clock.now().getTime() - far).toBeLessThan(HOUR);
  });
});

describe("a certificate waits", () => {
  it("if its zone is not delegated by the parent zone", async () => {
    const Zone = { ...zone("app.example.com"), DependsOn: "Top" };
    const resources = { Top: zone("example.com"), Zone, Certificate: inZone({ Ref: "Zone" }) };
    expect(await afterAnHour(resources)).toMatchObject(WAITS);
    const Leads = {
      Type: "AWS::Route53::RecordSet",
      Properties: {
        HostedZoneId: { Ref: "Top" },
        Name: "app.example.com",
        Type: "NS",
        TTL: "60",
        ResourceRecords: { "Fn::GetAtt": ["Zone", "NameServers"] },
      },
    };
    expect(await afterAnHour({ ...resources, Leads })).toMatchObject(DONE);
  });

  it("where the zone is not delegated", async () => {
    const resources = { Zone: zone("example.com"), Certificate: inZone({ Ref: "Zone" }) };
    expect(await afterAnHour(resources, [{ undelegated: "example.com" }])).toMatchObject(WAITS);
    expect(await afterAnHour(resources, [{ undelegated: "example.org" }])).toMatchObject(DONE);
  });

  it("for 72 hours without validation, and fails then", async () => {
    const fault = { resourceType: "AWS::CertificateManager::Certificate", effect: "unvalidated" } as const;
    const { driver, ...waits } = await afterAnHour({ Certificate: certificate() }, [fault]);
    expect(waits).toEqual(WAITS);
    await driver.rehearsal.clock.sleep(70 * HOUR);
    expect((await driver.history("shop")).at(-1)).toBe("Certificate CREATE_IN_PROGRESS");
    await driver.rehearsal.clock.sleep(2 * HOUR);
    expect((await driver.settled("shop")).StackStatus).toBe("ROLLBACK_COMPLETE");
    expect(await driver.history("shop")).toContain("Certificate CREATE_FAILED");
  });
});

describe("AWS demands that", () => {
  const ALIAS = "app.example.com";
  const uses = {
    "a listener's certificate is issued": (arn: string) => ({
      ...make.network,
      Balancer: make.balancer(),
      Listener: make.listener({ Port: 443, Protocol: "HTTPS", Certificates: [{ CertificateArn: arn }] }),
    }),
    "a distribution's certificate is issued": (arn: string) => ({
      D: make.distribution({
        Aliases: [ALIAS],
        ViewerCertificate: {
          AcmCertificateArn: arn,
          SslSupportMethod: "sni-only",
          MinimumProtocolVersion: "TLSv1.2_2021",
        },
      }),
    }),
  };

  it.each(Object.entries(uses))("%s", async (_, resources) => {
    const driver = await rehearse();
    const ask = async (operation: string, input: object) =>
      (await driver.json("acm", `CertificateManager.${operation}`, input)) as unknown as Described & {
        readonly CertificateArn: string;
      };
    await driver.create("zone", template({ Zone: zone("example.com") }));
    const { CertificateArn } = await ask("RequestCertificate", { DomainName: ALIAS, ValidationMethod: "DNS" });
    await driver.rehearsal.clock.sleep(HOUR);
    expect((await driver.create("early", template(resources(CertificateArn)))).StackStatus).toBe("ROLLBACK_COMPLETE");
    const { Certificate } = await ask("DescribeCertificate", { CertificateArn });
    expect(Certificate.Status).toBe("PENDING_VALIDATION");
    const { Name = "", Value = "" } = Certificate.DomainValidationOptions[0]?.ResourceRecord ?? {};
    const { Zone } = await driver.ids("zone");
    const Properties = { HostedZoneId: Zone, Name, Type: "CNAME", TTL: "60", ResourceRecords: [Value] };
    await driver.create("records", template({ R: { Type: "AWS::Route53::RecordSet", Properties } }));
    expect((await ask("DescribeCertificate", { CertificateArn })).Certificate.Status).toBe("ISSUED");
    expect((await driver.create("late", template(resources(CertificateArn)))).StackStatus).toBe("CREATE_COMPLETE");
  });
});

describe("while it waits, CloudFormation says", () => {
  const RECORD = /^Content of DNS Record is: \{Name: _\w+\.(\S+)\.,Type: CNAME,Value: _\w+\.acm-validations\.aws\.\}$/;
  const asked = async (more: object) => {
    const driver = await rehearse({});
    await begin(driver, { Certificate: certificate(more) });
    await driver.rehearsal.clock.sleep(60_000);
    const { StackEvents = [] } = await driver.cloudformation.send(
      new DescribeStackEventsCommand({ StackName: "shop" }),
    );
    return StackEvents.flatMap(({ ResourceStatus, ResourceStatusReason = "" }) => {
      const name = RECORD.exec(ResourceStatusReason)?.[1];
      return name === undefined ? [] : [`${ResourceStatus} ${name}`];
    }).reverse();
  };

  it("which record of each name has to be added; a wildcard shares its name's", async () => {
    expect(await asked({ SubjectAlternativeNames: ["example.com", "*.example.com"] })).toEqual([
      "CREATE_IN_PROGRESS app.example.com",
      "CREATE_IN_PROGRESS example.com",
    ]);
  });

  it("nothing about records that it adds itself, or about email validation", async () => {
    const DomainValidationOptions = [{ DomainName: "app.example.com", HostedZoneId: "Z0123456789ABCDEFGHIJ" }];
    expect(await asked({ DomainValidationOptions })).toEqual([]);
    expect(await asked({ ValidationMethod: "EMAIL" })).toEqual([]);
  });
});
