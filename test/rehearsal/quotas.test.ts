import { describe, expect, it } from "vitest";
import { type Driver, rehearse, template } from "./support/driver.ts";
import * as make from "./support/rules.ts";

const TARGET = "ServiceQuotasV20190624";
const VPCS = { ServiceCode: "vpc", QuotaCode: "L-F678F1CE" };

async function ask({ json }: Driver, operation: string, input: object) {
  return (await json("servicequotas", `${TARGET}.${operation}`, input)) as Record<string, unknown>;
}

async function outcome(driver: Driver, name: string, resources: object): Promise<string> {
  return (await driver.create(name, template(resources))).StackStatus ?? "";
}

describe("a quota", () => {
  it.each([
    ["vpc", { Vpc: make.vpc() }],
    ["igw", { Vpc: make.vpc(), ...make.gateway }],
    ["eip", { E: { Type: "AWS::EC2::EIP" } }],
    [
      "nat",
      {
        ...make.network,
        N: { Type: "AWS::EC2::NatGateway", Properties: { SubnetId: { Ref: "A" }, ConnectivityType: "private" } },
      },
    ],
    ["sg", { Vpc: make.vpc(), G: make.group() }],
    ["alb", { ...make.network, Balancer: make.balancer() }],
    ["rds", { D: make.database() }],
    ["cache", { C: make.cache() }],
    ["bucket", { B: make.bucket() }],
    ["table", { T: make.table() }],
    ["distribution", { D: make.distribution() }],
    [
      "certificate",
      {
        C: {
          Type: "AWS::CertificateManager::Certificate",
          Properties: { DomainName: "example.com", ValidationMethod: "DNS" },
        },
      },
    ],
    ["zone", { Zone: make.zone }],
  ])("that is used up lets no more be made: %s", async (quota, resources) => {
    const there = await rehearse();
    expect(await outcome(there, "shop", resources)).toBe("CREATE_COMPLETE");
    const exhausted = await rehearse({ faults: [{ quota }] });
    expect(await outcome(exhausted, "shop", resources)).toBe("ROLLBACK_COMPLETE");
  });

  it("is as high as a fault says", async () => {
    const driver = await rehearse({ faults: [{ quota: "vpc", value: 1 }] });
    expect(await outcome(driver, "one", { Vpc: make.vpc() })).toBe("CREATE_COMPLETE");
    expect(await outcome(driver, "two", { Vpc: make.vpc() })).toBe("ROLLBACK_COMPLETE");
    expect(await ask(driver, "GetServiceQuota", VPCS)).toMatchObject({ Quota: { Value: 1 } });
    expect(await ask(driver, "GetAWSDefaultServiceQuota", VPCS)).toMatchObject({ Quota: { Value: 5 } });
  });

  it("is raised some time after a request, and allows more resources then", async () => {
    const driver = await rehearse();
    const six = make.many(6, make.vpc());
    const asked = await ask(driver, "RequestServiceQuotaIncrease", { ...VPCS, DesiredValue: 8 });
    expect(asked).toMatchObject({
      RequestedQuota: { Status: "PENDING", DesiredValue: 8, QuotaName: "VPCs per Region" },
    });
    const again = await ask(driver, "RequestServiceQuotaIncrease", { ...VPCS, DesiredValue: 9 });
    expect(again.__type).toBe("ResourceAlreadyExistsException");
    expect(await outcome(driver, "early", six)).toBe("ROLLBACK_COMPLETE");
    await driver.rehearsal.clock.sleep(3_600_000);
    const { Id } = asked.RequestedQuota as { Id: string };
    expect(await ask(driver, "GetRequestedServiceQuotaChange", { RequestId: Id })).toMatchObject({
      RequestedQuota: { Status: "APPROVED" },
    });
    expect(await outcome(driver, "late", six)).toBe("CREATE_COMPLETE");
    expect(await ask(driver, "GetServiceQuota", VPCS)).toMatchObject({ Quota: { Value: 8 } });
  });

  it("is neither lowered on request nor known by any code", async () => {
    const driver = await rehearse();
    expect((await ask(driver, "RequestServiceQuotaIncrease", { ...VPCS, DesiredValue: 4 })).__type).toBe(
      "IllegalArgumentException",
    );
    expect((await ask(driver, "GetServiceQuota", { ...VPCS, QuotaCode: "L-00000000" })).__type).toBe(
      "NoSuchResourceException",
    );
  });
});
