import { describe, expect, it } from "vitest";
import {
  count,
  difference,
  duration,
  money,
  monthly,
  quantity,
  roughDuration,
  shortAccount,
  stamp,
  unitPrice,
} from "../../src/view/format.ts";
import { doing, labelOutputs, resourceName, shortStack } from "../../src/view/words.ts";

describe("money", () => {
  it("has two decimals and grouped thousands", () => {
    expect([money(1204.5), money(0), money(-3), monthly(101.17)]).toEqual([
      "$1,204.50",
      "$0.00",
      "-$3.00",
      "$101.17/mo",
    ]);
  });

  it("never shows a negative nothing", () => {
    expect(money(-0.001)).toBe("$0.00");
  });

  it("carries the sign of a difference, and says when there is none", () => {
    expect([difference(101.17, 103.47), difference(3, 1), difference(1, 1.004)]).toEqual([
      "+$2.30",
      "-$2.00",
      "no change",
    ]);
  });

  it("shows a unit's price as exactly as the price list does", () => {
    expect([unitPrice(0.045), unitPrice(0.0000004), unitPrice(1)]).toEqual(["$0.045", "$0.0000004", "$1.00"]);
  });
});

describe("time", () => {
  it("is told in seconds, minutes or hours, never in sixty of one", () => {
    expect([0, 41.4, 59.6, 182, 3599, 3600, 3899].map(duration)).toEqual([
      "0s",
      "41s",
      "1m 00s",
      "3m 02s",
      "59m 59s",
      "1h 00m",
      "1h 04m",
    ]);
  });

  it("is estimated no more exactly than anybody knows", () => {
    expect([1, 41, 57, 58, 89, 595, 712, 3900].map(roughDuration)).toEqual([
      "~5s",
      "~40s",
      "~55s",
      "~1m",
      "~1m",
      "~10m",
      "~12m",
      "~1h 05m",
    ]);
  });

  it("begins a log line in one width", () => {
    expect([stamp(0), stamp(372.9), stamp(7261)]).toEqual(["00:00:00", "00:06:12", "02:01:01"]);
  });
});

describe("counts and names", () => {
  it("agree in number and group thousands", () => {
    expect([count(1, "stack"), count(12, "stack"), count(1204, "object")]).toEqual([
      "1 stack",
      "12 stacks",
      "1,204 objects",
    ]);
    expect([quantity(0.25), quantity(1204), quantity(0.00004)]).toEqual(["0.25", "1,204", "0"]);
  });

  it("show enough of an account to know it, too little to copy it", () => {
    expect(shortAccount("123456789012")).toBe("1234…9012");
  });

  it("turn a resource type into what a person calls it", () => {
    expect(
      [
        "AWS::RDS::DBInstance",
        "AWS::ElasticLoadBalancingV2::LoadBalancer",
        "AWS::ElastiCache::ReplicationGroup",
        "Custom::Thing",
        "odd",
      ].map(resourceName),
    ).toEqual(["DBInstance (RDS)", "LoadBalancer (ELB)", "ReplicationGroup (ElastiCache)", "Thing (custom)", "odd"]);
  });

  it("leave away what all stacks of an environment share, and nothing else", () => {
    expect(shortStack("astro-dev-load-balancer", "astro", "dev")).toBe("load-balancer");
    expect(shortStack("astro-bootstrap", "astro", "dev")).toBe("astro-bootstrap");
    expect(shortStack("astro-dev-", "astro", "dev")).toBe("astro-dev-");
  });

  it("say what a CloudFormation status means", () => {
    expect(["CREATE_IN_PROGRESS", "UPDATE_FAILED", "DELETE_COMPLETE", "IMPORT_ROLLBACK_COMPLETE"].map(doing)).toEqual([
      "creating",
      "updating",
      "removing",
      "import rollback complete",
    ]);
  });

  it("put the outputs a person looks for first, secrets together, the rest in words", () => {
    const outputs = {
      DatabaseEndpoint: "db.example",
      JwtSecretName: "astro/dev/jwt",
      RepositoryUri: "repo",
      ApiUrl: "http://api",
      DatabaseSecretName: "astro/dev/database",
      VPCId: "vpc-1",
      AppUrl: "https://app",
      ApiRecord: "api.example.com CNAME lb",
      AppRecord: "example.com ALIAS cdn",
    };
    expect(labelOutputs(outputs)).toEqual([
      ["App", "https://app"],
      ["API", "http://api"],
      ["Images", "repo"],
      ["Secrets", "astro/dev/jwt, astro/dev/database"],
      // Each on a line of its own, to be copied.
      ["Add to DNS", "api.example.com CNAME lb"],
      ["", "example.com ALIAS cdn"],
      ["Database endpoint", "db.example"],
      ["VPC id", "vpc-1"],
    ]);
  });
});
